// The small files beside a journal, and its directory. A simulation brings its own; SQLite has its own layer below it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

/// Holds a directory until its end, also against other processes.
class directory_lock {
  public:
    virtual ~directory_lock() = default;
};

/// Any thread. All throw std::system_error.
class file_system {
  public:
    virtual ~file_system() = default;

    /// Makes the directory where there is none, for its owner alone. Throws errc::address_in_use while somebody holds
    /// it.
    [[nodiscard]] virtual std::unique_ptr<directory_lock> lock(const std::string& directory) = 0;
    /// What is in it; none: there is no such file.
    [[nodiscard]] virtual std::optional<std::string> read(const std::string& path) = 0;
    /// Puts a text in the place of the file's: whole or not at all, also after a power cut.
    virtual void write(const std::string& path, std::string_view text) = 0;
    /// Makes an empty file for its owner alone, where there was none.
    virtual void make_private(const std::string& path) = 0;
    /// Gives a file that is complete its name, for good.
    virtual void rename(const std::string& from, const std::string& to) = 0;
    /// Waits until a file, or the names in a directory, are on the disk.
    virtual void sync(const std::string& path) = 0;
};

}  // namespace voltgate
