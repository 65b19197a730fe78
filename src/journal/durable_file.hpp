// Files that are there whole or not at all, also after a power cut. All throw std::system_error.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

/// Waits until a file, or the names in a directory, are on the disk.
void sync_path(const std::string& path);

/// Makes an empty file for its owner alone, where there was none.
void make_private_file(const std::string& path);

/// Gives a file that is complete its name.
void rename_durably(const std::string& from, const std::string& to);

/// Puts a text in the place of the file's.
void write_durably(const std::string& path, std::string_view text);

/// A database without the logs of changes beside it.
void remove_database(const std::string& file);

/// Removes a database at its end, unless it was given another name.
class scratch_database {
  public:
    explicit scratch_database(std::string file) : file_(std::move(file)) {}
    ~scratch_database();
    scratch_database(const scratch_database&) = delete;
    scratch_database& operator=(const scratch_database&) = delete;

  private:
    std::string file_;
};

/// Puts a database in the place of another, if there is one, which is kept as {file}.{why}-{time}, with its log of
/// changes. When it throws, all is as it was.
void replace_database(const std::string& by, const std::string& file, std::string_view why, std::ostream& report);

}  // namespace voltgate
