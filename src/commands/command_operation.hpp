// Who gave a command, and who wants it cancelled: each is told exactly once, on his own executor.
#pragma once

#include "commands/caller_completion.hpp"
#include "stores/ledger_port.hpp"

#include <voltgate/asio.hpp>
#include <voltgate/command.hpp>

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace voltgate {

/// How long a caller waits for his command.
struct caller_patience {
    enum class until : std::uint8_t {
        done,
        waiting,  // or until it waits for a charge point that is not connected
        taken,    // or until it is kept and on its way
    };
    until what = until::done;
    /// How far the command had come when the caller was told; his result counts only if it was done. May be null.
    std::shared_ptr<command_state> reached;
};

class command_operation {
  public:
    using handler = caller_completion<command_result>::handler;

    command_operation(handler h, asio::any_io_executor home, std::string id, voltgate::command c,
                      std::uint64_t ticket_number, caller_patience p);

    /// Forgotten on the way (the gateway was destroyed): still answered.
    ~command_operation();
    command_operation(const command_operation&) = delete;
    command_operation& operator=(const command_operation&) = delete;

    /// Lets the caller's cancellation call `cancel`, which must be thread-safe. Before the operation is shared.
    void on_cancel(std::function<void()> cancel) { completion_.on_cancel(std::move(cancel)); }

    /// Posts the handler. Any thread; the first call counts.
    void complete(error_code ec, command_result r, command_state reached = command_state::done);

    const std::string charge_point_id;
    const voltgate::command command;
    const std::uint64_t ticket;  // grows with every command that is given
    const caller_patience patience;
    std::atomic<bool> cancelled{false};

  private:
    caller_completion<command_result> completion_;
};

class cancel_operation {
  public:
    using handler = caller_completion<command_cancellation>::handler;

    cancel_operation(handler h, asio::any_io_executor home, std::string id)
        : command_id(std::move(id)), completion_(std::move(h), std::move(home)) {}

    /// Forgotten on the way (the gateway was destroyed): still answered.
    ~cancel_operation();
    cancel_operation(const cancel_operation&) = delete;
    cancel_operation& operator=(const cancel_operation&) = delete;

    /// Posts the handler. Any thread; the first call counts.
    void complete(error_code ec, command_cancellation c = {});

    const std::string command_id;

  private:
    caller_completion<command_cancellation> completion_;
};

}  // namespace voltgate
