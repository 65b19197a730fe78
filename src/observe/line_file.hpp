// The file, pipe or terminal that log lines are written to.
#pragma once

#include <atomic>
#include <string>
#include <string_view>
#include <system_error>

namespace voltgate {

/// write_line is for one thread; the rest is thread-safe.
class line_file {
  public:
    /// Standard error.
    line_file();

    /// A file, appended to and created where needed. Throws std::system_error.
    explicit line_file(std::string path);

    ~line_file();
    line_file(const line_file&) = delete;
    line_file& operator=(const line_file&) = delete;

    /// `line` ends with '\n'. False when it could not be written, or not wholly.
    [[nodiscard]] bool write_line(std::string_view line) noexcept;

    /// From now on lines that cannot be written soon are lost, so that nothing waits for a reader that never comes.
    void hurry() noexcept { hurry_ = true; }

    /// Opens the path anew. On failure the file that is open stays in use.
    std::error_code reopen() noexcept;

  private:
    bool wait_until_writable() noexcept;
    void look_at_kind() noexcept;

    std::string path_;  // empty: standard error
    int descriptor_;    // the number stays the same over reopen
    std::atomic<bool> regular_{false};
    std::atomic<bool> hurry_{false};
    bool given_up_ = false;
};

}  // namespace voltgate
