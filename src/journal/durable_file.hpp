// Databases that take the place of others: whole or not at all, also after a power cut. All throw std::system_error.
#pragma once

#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

class platform;

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
void replace_database(const std::string& by, const std::string& file, std::string_view why, platform& machine,
                      std::ostream& report);

}  // namespace voltgate
