// A configuration file for the length of a test, and what loading a text gives.
#pragma once

#include <voltgate/config.hpp>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <unistd.h>
#include <vector>

namespace voltgate::test {

/// Removed at the end of the test. Its directory is its own, so that tests may run side by side.
class config_file {
  public:
    explicit config_file(std::string_view text) : directory_(make_directory()), path_(directory_ / "voltgate.toml") {
        std::ofstream(path_, std::ios::binary) << text;
    }
    config_file(const config_file&) = delete;
    config_file& operator=(const config_file&) = delete;
    ~config_file() {
        std::error_code ignored;
        std::filesystem::remove_all(directory_, ignored);
    }
    [[nodiscard]] std::string path() const { return path_.string(); }
    [[nodiscard]] std::string directory() const { return directory_.string(); }

  private:
    static std::filesystem::path make_directory() {
        auto pattern = (std::filesystem::temp_directory_path() / "voltgate-config-XXXXXX").string();
        return ::mkdtemp(pattern.data()) != nullptr ? pattern : throw std::runtime_error("no temporary directory");
    }

    std::filesystem::path directory_;
    std::filesystem::path path_;
};

inline config_result load_text(std::string_view text, const std::vector<std::string>& environment = {}) {
    const config_file file(text);
    return load_config(file.path(), environment);
}

/// The errors as they are shown, with the file named F.
inline std::vector<std::string> errors_of(std::string_view text, const std::vector<std::string>& environment = {}) {
    const config_file file(text);
    std::vector<std::string> shown;
    for (auto e : load_config(file.path(), environment).errors) {
        if (e.file == file.path()) e.file = "F";
        shown.push_back(to_string(e));
    }
    return shown;
}

/// The text of a file of the repository.
inline std::string repository_file(std::string_view name) {
    const auto root = std::filesystem::path(VOLTGATE_SOURCE_DIR);
    std::ifstream file(root / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace voltgate::test
