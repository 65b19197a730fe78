// The log: structured lines, as text for people or as JSON, to standard error, to a file or into a host's own log.
#pragma once

#include <voltgate/config.hpp>
#include <voltgate/log.hpp>

#include <atomic>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <system_error>

namespace voltgate {

class clock_source;
class platform;

/// All members are thread-safe. A line is formatted by the thread that logs it and written by a worker of the log's
/// own: logging never waits for the disk or a reader of the log. When `queue_lines` lines wait, the oldest is dropped
/// and counted. A line is at most `max_line_bytes` long: long values are cut, and what has no room is left out,
/// visibly.
///
/// Text of others may stand in every value and in `message`: it can neither break a line nor the JSON.
class log {
  public:
    using severity = log_config::severity;
    using sink = log_sink;

    static constexpr std::size_t queue_lines = 8192;
    static constexpr std::size_t max_line_bytes = 16 * 1024;

    /// Logs nothing.
    log();

    /// To standard error or to the file, which is appended to. Throws std::system_error when the file cannot be opened.
    /// `machine` outlives it.
    log(const log_config& c, platform& machine);

    /// Into `s`, which gets each line without its end, on the thread that logs it. It must be thread-safe, must not
    /// throw and should be quick. `c.file` is not used. `clock` outlives it.
    log(const log_config& c, const clock_source& clock, sink s);

    /// Writes what waits. Gives up on a pipe that nobody reads.
    ~log();

    log(const log&) = delete;
    log& operator=(const log&) = delete;
    /// Lines go where those of `other` would have gone. While nobody logs.
    log& operator=(log&& other) noexcept;

    [[nodiscard]] bool enabled(severity s) const noexcept {
        return s != severity::off && s >= level_.load(std::memory_order_relaxed);
    }
    void set_level(severity s) noexcept { level_.store(s, std::memory_order_relaxed); }

    using fields = std::initializer_list<log_field>;
    void write(severity s, std::string_view message, std::span<const log_field> f = {}) noexcept;
    void write(severity s, std::string_view message, fields f) noexcept {
        write(s, message, std::span<const log_field>(f.begin(), f.size()));
    }
    void trace(std::string_view message, fields f = {}) noexcept { write(severity::trace, message, f); }
    void debug(std::string_view message, fields f = {}) noexcept { write(severity::debug, message, f); }
    void info(std::string_view message, fields f = {}) noexcept { write(severity::info, message, f); }
    void warning(std::string_view message, fields f = {}) noexcept { write(severity::warning, message, f); }
    void error(std::string_view message, fields f = {}) noexcept { write(severity::error, message, f); }

    /// Whether event() does anything: ask before an event is serialised for it.
    [[nodiscard]] bool takes_events() const noexcept { return events_ && enabled(severity::info); }

    /// An event as append_json wrote it, at level info.
    void event(std::string_view json) noexcept;

    /// Opens the log file anew, for a tool that has moved the old one away. On failure the old one stays in use.
    std::error_code reopen() noexcept;

    /// Lines that were not written.
    [[nodiscard]] std::uint64_t dropped() const noexcept;

    class output;  // where lines go

  private:
    const clock_source* clock_;  // null: nothing is logged
    std::atomic<severity> level_;
    bool json_;
    bool events_;
    std::unique_ptr<output> output_;  // null: nothing is logged
};

}  // namespace voltgate
