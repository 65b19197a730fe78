#include "gateway/command_operation.hpp"

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/execution/outstanding_work.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/prefer.hpp>
#include <boost/asio/system_executor.hpp>

#include <utility>

namespace voltgate {

command_operation::command_operation(handler h, asio::any_io_executor home, std::string id, voltgate::command c,
                                     std::uint64_t ticket_number, caller_patience p)
    : charge_point_id(std::move(id)),
      command(std::move(c)),
      ticket(ticket_number),
      patience(std::move(p)),
      handler_(std::move(h)),
      home_(std::move(home)),
      executor_(asio::prefer(asio::get_associated_executor(handler_, asio::any_completion_executor(home_)),
                             asio::execution::outstanding_work.tracked)) {}

command_operation::~command_operation() {
    home_ = asio::system_executor();  // the gateway's own may be gone already
    complete({}, command_result(outcome::not_sent, reason::stopping, "the gateway was destroyed"));
}

void command_operation::on_cancel(std::function<void()> cancel) {
    auto slot = asio::get_associated_cancellation_slot(handler_);
    if (!slot.is_connected()) return;
    slot.assign([cancel = std::move(cancel)](asio::cancellation_type type) {
        if (type != asio::cancellation_type::none) cancel();
    });
}

void command_operation::complete(error_code ec, command_result r, command_state reached) {
    if (completed_.exchange(true)) return;
    if (patience.reached) *patience.reached = reached;
    r.command_id = command.command_id;
    // The slot belongs to the caller: it is cleared where the caller emits, on the caller's executor.
    auto run = [h = std::move(handler_), ec, r = std::move(r)]() mutable {
        if (auto slot = asio::get_associated_cancellation_slot(h); slot.is_connected()) slot.clear();
        std::move(h)(ec, std::move(r));
    };
    // By way of a thread of ours: never from within a session that is in the middle of something.
    asio::post(home_, [executor = std::exchange(executor_, {}), run = std::move(run)]() mutable {
        asio::dispatch(executor, std::move(run));
    });
}

}  // namespace voltgate
