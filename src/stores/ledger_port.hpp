// What the gateway needs kept of commands: which were given, how far each has come, and what became of it.
#pragma once

#include "async/io_types.hpp"

#include <voltgate/command.hpp>
#include <voltgate/event.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// How far a command has come. dispatching: its bytes may be on their way.
enum class command_state : std::uint8_t { waiting, dispatching, done };

[[nodiscard]] std::string_view to_string(command_state s) noexcept;

/// One command as the ledger has it.
struct command_record {
    command_record() = default;
    std::string charge_point_id;    // as the caller spelt it
    voltgate::command command;      // its id is never empty
    std::uint64_t fingerprint = 0;  // of what was asked of whom
    std::chrono::system_clock::time_point created_at, updated_at;
    command_state state = command_state::waiting;
    command_result result;  // once it is done
    bool late = false;      // the answer came after the outcome had been given as unknown
};

/// Charge point, name and payload as one number: what must be the same for an id to mean the same command.
[[nodiscard]] std::uint64_t fingerprint_of(std::string_view charge_point_id, const command& c);

/// What the ledger says to a command that is to be taken on.
struct opened_command {
    enum class verdict : std::uint8_t {
        fresh,     // its id is new: it is kept as waiting
        done,      // it was given before, and this became of it
        going_on,  // it was given before and will be taken up by the next process
        conflict,  // its id stands for another command
        failed,    // it could not be kept
    };
    opened_command() = default;
    verdict what = verdict::failed;
    command_result result;     // done
    bool may_be_kept = false;  // failed, but perhaps not for good
};

/// Which commands are asked for. Those given last come first.
struct command_query {
    command_query() = default;
    std::string command_id;                        // empty: any
    std::string charge_point_id;                   // empty: any
    std::vector<std::string> charge_points;        // patterns, any of which has to match; empty: all
    std::optional<std::vector<std::string>> keys;  // folded ids, ascending: one of these; unset: any
    std::optional<command_state> state;
    std::uint64_t after = 0;  // the `next` of the page before; 0: the first page
    std::size_t limit = 1;
};

struct command_page {
    command_page() = default;
    std::vector<command_record> items;
    std::uint64_t next = 0;  // 0: there are no more
    std::string error;       // why they cannot be read
};

/// For each command: open(), then dispatching() and wait_again() any number of times, finish() once, upgrade() perhaps.
/// What is said of one command takes effect in the order in which it is said.
class command_ledger_port {
  public:
    virtual ~command_ledger_port() = default;

    /// Whether what is kept outlives the process.
    [[nodiscard]] virtual bool is_durable() const noexcept = 0;

    /// What earlier processes left unfinished, oldest first. Once, before all else.
    [[nodiscard]] virtual std::vector<command_record> left_over() = 0;

    // On an I/O thread, which is the one that is resumed. What cannot be kept within events.commit_timeout has failed.
    virtual io_awaitable<opened_command> open(command_record c) = 0;
    /// Says that bytes of it may leave from now on. Nothing: that is noted; else they may not before it is awaited,
    /// and not at all when it gives false. Cancelling it (terminal) leaves open whether it is noted.
    [[nodiscard]] virtual std::optional<io_awaitable<bool>> dispatching(const std::string& command_id) = 0;
    /// finish(), awaited until it is kept, or events.commit_timeout has passed.
    virtual io_awaitable<void> finish_surely(command_record c, command_result r, event e) = 0;
    virtual io_awaitable<command_page> find(command_query q) = 0;

    // Any thread; kept soon.
    /// Nothing of it was sent after all.
    virtual void wait_again(const std::string& command_id) = 0;
    /// `e` tells it, and becomes public together with it.
    virtual void finish(const command_record& c, const command_result& r, event e) = 0;
    /// An answer to a command whose outcome was given as unknown.
    virtual void upgrade(const command& c, const command_result& r, event e) = 0;
};

}  // namespace voltgate
