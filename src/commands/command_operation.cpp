#include "commands/command_operation.hpp"

#include <utility>

namespace voltgate {

command_operation::command_operation(handler h, asio::any_io_executor home, std::string id, voltgate::command c,
                                     std::uint64_t ticket_number, caller_patience p)
    : charge_point_id(std::move(id)),
      command(std::move(c)),
      ticket(ticket_number),
      patience(std::move(p)),
      completion_(std::move(h), std::move(home)) {}

command_operation::~command_operation() {
    completion_.leave_home();
    complete({}, command_result(outcome::not_sent, reason::stopping, "the gateway was destroyed"));
}

void command_operation::complete(error_code ec, command_result r, command_state reached) {
    if (!completion_.claim()) return;
    if (patience.reached) *patience.reached = reached;
    r.command_id = command.command_id;
    completion_.post(ec, std::move(r));
}

cancel_operation::~cancel_operation() {
    completion_.leave_home();
    complete(errc::gateway_not_running);
}

void cancel_operation::complete(error_code ec, command_cancellation c) {
    if (completion_.claim()) completion_.post(ec, c);
}

}  // namespace voltgate
