// The files of the operating system.
#pragma once

#include "async/file_system.hpp"

namespace voltgate {

class machine_files final : public file_system {
  public:
    [[nodiscard]] std::unique_ptr<directory_lock> lock(const std::string& directory) override;
    [[nodiscard]] std::optional<std::string> read(const std::string& path) override;
    void write(const std::string& path, std::string_view text) override;
    void make_private(const std::string& path) override;
    void rename(const std::string& from, const std::string& to) override;
    void sync(const std::string& path) override;
};

}  // namespace voltgate
