#include "session/memory_pipe.hpp"

#include <boost/asio/append.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace voltgate {

namespace {

constexpr std::array all_events = {memory_end::event::readable, memory_end::event::writable, memory_end::event::broken};

}  // namespace

/// All ends of one thread. What waits when its context is destroyed is destroyed with it, as a wait for a socket is: it
/// may own the session that owns the end.
class memory_end::waits final : public asio::execution_context::service {
  public:
    static asio::execution_context::id id;
    explicit waits(asio::execution_context& context) : service(context) {}

    void shutdown() override {
        while (first_) {
            memory_end* const end = first_;
            end->leave();
            for (auto& w : end->waiting_) waiter dropped = std::move(w);
        }
    }

    void enter(memory_end& end) noexcept {
        end.next_ = first_;
        end.link_ = &first_;
        if (first_) first_->link_ = &end.next_;
        first_ = &end;
    }

  private:
    memory_end* first_ = nullptr;
};

asio::execution_context::id memory_end::waits::id;

memory_end::two_ends memory_end::pair(const io_executor& executor, std::size_t capacity) {
    two_ends ends = {std::make_unique<memory_end>(executor, capacity),
                     std::make_unique<memory_end>(executor, capacity)};
    ends[0]->other_ = ends[1].get();
    ends[1]->other_ = ends[0].get();
    return ends;
}

memory_end::memory_end(const io_executor& executor, std::size_t capacity) : executor_(executor), capacity_(capacity) {
    asio::use_service<waits>(executor_.context()).enter(*this);
}

memory_end::~memory_end() {
    close();
    leave();
}

void memory_end::leave() noexcept {
    if (!link_) return;
    *link_ = next_;
    if (next_) next_->link_ = link_;
    link_ = nullptr;
}

memory_end::step memory_end::read(void* to, std::size_t size) {
    using status = tls_engine::status;
    if (closed_) return {status::failed, 0, asio::error::bad_descriptor};
    const std::size_t n = std::min(size, received_.size());
    if (n == 0 && size > 0) return {peer_has_finished_ ? status::eof : status::want_read, 0, {}};
    std::memcpy(to, received_.data(), n);
    received_.erase(0, n);
    if (other_) other_->look();
    return {status::done, n, {}};
}

memory_end::step memory_end::write(const void* from, std::size_t size) {
    using status = tls_engine::status;
    if (closed_) return {status::failed, 0, asio::error::bad_descriptor};
    if (!other_ || finished_) return {status::failed, 0, asio::error::broken_pipe};
    const std::size_t n = std::min(size, room());
    if (n == 0 && size > 0) return {status::want_write, 0, {}};
    other_->received_.append(static_cast<const char*>(from), n);
    other_->look();
    return {status::done, n, {}};
}

std::size_t memory_end::room() const noexcept { return other_ ? capacity_ - other_->received_.size() : 0; }

bool memory_end::ready(event what) const noexcept {
    if (closed_) return true;
    if (what == event::readable) return !received_.empty() || peer_has_finished_;
    if (what == event::broken) return !other_;
    return !other_ || finished_ || room() > 0;
}

void memory_end::start_wait(event what, waiter handler) {
    waiting_[static_cast<std::size_t>(what)] = std::move(handler);
    look();
}

void memory_end::complete(event what, error_code ec) {
    auto& place = waiting_[static_cast<std::size_t>(what)];
    if (!place) return;
    waiter handler = std::move(place);
    place = {};
    asio::get_associated_cancellation_slot(handler).clear();
    asio::post(executor_, asio::append(std::move(handler), ec));
}

void memory_end::look() {
    const error_code ec = closed_ ? error_code(asio::error::operation_aborted) : error_code();
    for (const event what : all_events)
        if (ready(what)) complete(what, ec);
}

void memory_end::finish() {
    if (std::exchange(finished_, true) || !other_) return;
    other_->peer_has_finished_ = true;
    other_->look();
}

void memory_end::close() {
    if (closed_) return;
    finish();
    closed_ = true;
    if (other_) {
        other_->other_ = nullptr;
        other_->look();
        other_ = nullptr;
    }
    look();
}

void memory_end::cancel() {
    for (const event what : all_events) complete(what, asio::error::operation_aborted);
}

}  // namespace voltgate
