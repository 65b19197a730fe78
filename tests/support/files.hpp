// What files hold.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace voltgate::test {

inline std::string content_of(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// All files of the directory, one after the other.
inline std::string content_of_all(const std::string& directory) {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(directory))
        if (entry.is_regular_file()) all += content_of(entry.path().string());
    return all;
}

}  // namespace voltgate::test
