#include "journal/journal.hpp"

#include "async/platform.hpp"
#include "journal/run_state.hpp"
#include "journal/writer.hpp"

#include <voltgate/clock.hpp>

#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/post.hpp>

#include <utility>

namespace voltgate {

journal::journal(const config& c, const clock_source& clock, platform& machine, event_bus& bus, log& l)
    : machine_(machine),
      commit_timeout_(c.events.commit_timeout),
      lock_(machine.files().lock(c.journal.path)),
      writer_(std::make_unique<journal_writer>(c, clock, machine, bus, l)),
      file_(journal_file(c.journal.path)),
      id_(meta_text(writer_->database(), "journal_id")),
      reader_(std::make_unique<journal_reader>(file_, machine)) {}

journal::~journal() { close(); }

sqlite::database& journal::database() noexcept { return writer_->database(); }

privacy_book& journal::privacy() noexcept { return writer_->privacy(); }

random_source& journal::random() noexcept { return machine_.random(); }

void journal::start() { writer_->start(); }

void journal::record(event& e) { writer_->record(e); }

void journal::submit(std::shared_ptr<journal_op> op) { static_cast<void>(writer_->submit(std::move(op), false)); }

io_awaitable<bool> journal::perform(std::shared_ptr<journal_op> op) { co_return co_await async_perform(op); }

io_awaitable<void> journal::flush() {
    if (!writer_->stats().trouble.empty()) co_return;
    const std::shared_ptr<journal_op> nothing = make_op([](journal_batch&) {});
    co_await async_perform(nothing);
}

void journal::start(std::shared_ptr<journal_op> op, journal_op::completion handler, const io_executor& home) {
    op->home_ = home;
    op->deadline_ = machine_.clock().steady() + commit_timeout_;
    op->handler_ = std::move(handler);
    if (auto slot = asio::get_associated_cancellation_slot(op->handler_); slot.is_connected()) {
        const std::weak_ptr<journal_op> weak = op;
        slot.assign([weak, home](asio::cancellation_type type) {
            if (type == asio::cancellation_type::none) return;
            asio::post(home, [weak] {
                if (const auto waiting = weak.lock()) waiting->complete(false);
            });
        });
    }
    if (writer_->submit(op, true)) return;
    asio::post(home, [op] { op->complete(false); });
}

journal_stats journal::stats() const { return writer_->stats(); }

bool journal::confirm_clock() { return writer_->confirm_clock(); }

void journal::close() {
    writer_->close();
    reader_.reset();
}

}  // namespace voltgate
