#include "ocpp/secrets.hpp"
#include "session/session_parts.hpp"

#include <voltgate/clock.hpp>
#include <voltgate/gateway.hpp>

#include <utility>

namespace voltgate {

std::string_view to_string(end_reason r) noexcept {
    switch (r) {
        case end_reason::peer_closed: return "peer_closed";
        case end_reason::connection_lost: return "connection_lost";
        case end_reason::replaced: return "replaced";
        case end_reason::stopping: return "stopping";
        case end_reason::idle: return "idle";
        case end_reason::slow_consumer: return "slow_consumer";
        case end_reason::message_timeout: return "message_timeout";
        case end_reason::message_too_big: return "message_too_big";
        case end_reason::protocol_error: return "protocol_error";
        case end_reason::refused: return "refused";
        case end_reason::failed: return "failed";
        case end_reason::crashed: return "crashed";
    }
    return "?";
}

session::session(session_thread& thread, const session_ports& ports, const session_config& config,
                 std::shared_ptr<const charge_point_settings> settings, session_origin&& origin)
    : thread_(thread),
      ports_(ports),
      config_(config),
      settings_(std::move(settings)),
      id_(std::move(origin.charge_point_id)),
      remote_address_(std::move(origin.remote_address)),
      place_(std::move(origin.place)),
      connected_at_(thread.io.clock.utc()),
      last_byte_(thread.io.clock.steady()),
      limits_(*settings_),
      order_(origin.order),
      security_profile_(origin.security_profile),
      strength_(origin.strength),
      version_(origin.version) {
    if (!origin.certificate_name.empty())
        certificate_name_ = std::make_unique<const std::string>(std::move(origin.certificate_name));
    last_activity_.store(connected_at_.time_since_epoch().count(), std::memory_order_relaxed);
    link_into(thread_.sessions);
    if (settings_->ping_interval.count() > 0) ping_due_ = deadline::at(last_byte_ + settings_->ping_interval);
    watch(next_due());
}

session::~session() {
    if (link_) watch_.disarm();
    unlink();
}

void session::link_into(session*& list) noexcept {
    next_ = list;
    if (next_) next_->link_ = &next_;
    link_ = &list;
    list = this;
}

// On the session's own thread: others may hold it, and destroy it, long after it has ended.
void session::unlink() noexcept {
    if (!link_) return;
    *link_ = next_;
    if (next_) next_->link_ = link_;
    link_ = nullptr;
    next_ = nullptr;
}

void session::use_settings(std::shared_ptr<const charge_point_settings> settings) {
    if (settings == settings_) return;
    limits_.change(*settings);  // while what they refer to is still there
    const auto pings = settings->ping_interval;
    if (pings != settings_->ping_interval) ping_due_ = deadline::never();
    if (pings.count() > 0 && ping_due_.is_never()) ping_due_ = deadline::at(last_byte_ + pings);
    settings_ = std::move(settings);
    watch(next_due());
}

void session::touch() noexcept {
    last_byte_ = thread_.io.clock.steady();
    pings_unanswered_ = 0;
    last_activity_.store(thread_.io.clock.utc().time_since_epoch().count(), std::memory_order_relaxed);
}

void session::stamp(frame& f) const noexcept {
    f.received = last_activity();
    f.received_steady = last_byte_;
}

void session::expect_message(bool started) {
    if (!started) {
        message_due_ = deadline::never();
    } else if (message_due_.is_never()) {
        message_due_ = deadline::at(last_byte_ + config_.message_timeout);
        watch(message_due_);
    }
}

void session::on_pong() {
    if (ping_sent_ == std::chrono::steady_clock::time_point{}) return;
    thread_.shard.ping_rtt(last_byte_ - ping_sent_);
    ping_sent_ = {};
}

void session::count_deviation(rule r, std::string_view text) {
    thread_.shard.deviation(r);
    if (level_of(r) != level::lenient) ports_.host.deviated(*this, r, text);
}

void session::remember(const frame& f, verdict v) {
    thread_.history.add(id_, f.received, frame_direction::received, v, f.text);
}

void session::remember_without_secrets(const frame& f, verdict v, std::span<const std::string> others) {
    if (others.empty() && !ocpp::may_hold_secret(f.text)) return remember(f, v);
    thread_.history.add(id_, f.received, frame_direction::received, v, ocpp::without_secrets(f.text, others));
}

bool session::quiet() const noexcept {
    return !is_answering() && inbound_.empty() && outbox_.empty() && sending_.empty() &&
           (!outbound_ || outbound_idle());
}

// ---------------------------------------------------------------------------------------------------- the end of it

void session::leave(end_reason why) {
    if (std::exchange(left_, true)) return;
    why_ = why;
    fail_outbound(why);
    ports_.host.leave(*this, why);
}

void session::close(std::uint16_t code, std::string_view text, end_reason why) {
    if (state_ != state::open) return;
    state_ = state::closing;
    unlink();
    link_into(thread_.closing_sessions);
    why_ = why;
    close_code_ = code;
    close_text_ = text;
    close_due_ = thread_.io.timers.after(config_.close_timeout);
    watch(close_due_);
    inbound_.clear();
    look_for_room();
    if (entering_) ends_.notify_all();  // it may be pausing
    flush();
}

io_awaitable<void> session::pause(std::chrono::milliseconds time) {
    const auto until = thread_.io.timers.after(time);
    while (state_ == state::open && !until.passed(thread_.io.timers.now())) {
        co_await ends_.async_wait(thread_.io.timers, until, as_result);
    }
    if (state_ < state::dropped && peer_has_gone()) drop(end_reason::connection_lost);
}

io_awaitable<void> session::enter() {
    entering_ = true;
    std::exception_ptr failure;
    try {
        co_await ports_.host.enter(shared_from_this());
    } catch (...) {
        failure = std::current_exception();
    }
    entering_ = false;
    entered_.notify_all();
    if (failure) std::rethrow_exception(failure);
    flush();  // commands may have come already
}

io_awaitable<void> session::replace() {
    const auto self = shared_from_this();
    leave(end_reason::replaced);
    close(1008, "replaced by a newer connection of the same identity", end_reason::replaced);
    while (entering_) co_await entered_.async_wait(thread_.io.timers, as_result);
}

void session::drop(end_reason why) {
    if (state_ >= state::dropped) return;
    leave(state_ == state::closing ? why_ : why);
    state_ = state::dropped;
    inbound_.clear();
    drop_outbox();
    sending_.clear();
    abandon_running();
    hang_up();
    watch_.disarm();
    ends_.notify_all();
    drained_.notify_all();
    look_for_room();
}

void session::end_with(std::uint16_t code, end_reason why) {
    leave(why);
    if (state_ >= state::dropped) return;
    drop_outbox();
    close(code, {}, why);
}

void session::drop_outbox() noexcept {
    thread_.shard.queued(-static_cast<std::int64_t>(outbox_.bytes()));
    outbox_.clear();
}

void session::start_child(io_awaitable<void> child, asio::cancellation_slot slot, std::shared_ptr<void> kept) {
    auto failed = [this, kept = std::move(kept)](const std::exception_ptr&) { on_child_failed(); };
    const io_executor here = thread_.executor();
    children_.spawn(here, std::move(child), std::move(failed), here, slot);
}

void session::on_child_failed() noexcept {
    try {
        drop(end_reason::failed);
    } catch (...) {
        state_ = state::dropped;  // the first one is told
        hang_up();
        ends_.notify_all();
    }
}

io_awaitable<void> session::dropped() {
    while (state_ < state::dropped) co_await ends_.async_wait(thread_.io.timers, as_result);
}

io_awaitable<void> session::wind_down(end_reason why) {
    if (state_ == state::open) drop(why);
    co_await dropped();
    co_await children_.async_join(thread_.io.timers);
    state_ = state::ended;
    if (link_) watch_.disarm();
    unlink();
    place_.reset();
}

// ------------------------------------------------------------------------------------------------------ deadlines

void session::watch(deadline d) {
    if (d < watch_.due() && state_ < state::dropped) thread_.io.timers.arm(watch_, d);
}

void session::on_due(std::chrono::steady_clock::time_point now) {
    try {
        end_overdue(now);
    } catch (...) {
        drop(end_reason::failed);
        throw;
    }
    if (state_ < state::dropped) watch(next_due());
}

void session::end_overdue(std::chrono::steady_clock::time_point now) {
    if (blocked_ && write_due_.passed(now)) return drop(end_reason::slow_consumer);
    if (outbound_ && outbound_->due.passed(now)) expire_calls(now);
    if (state_ == state::closing) {
        if (close_due_.passed(now)) drop(why_);
        return;
    }
    if (is_answering() && running_->due.passed(now)) {
        abandon_running();
        continue_inbound();
    }
    if (!is_answering() && !inbound_.empty() && inbound_.front()->not_before <= now) continue_inbound();
    if (state_ != state::open) return;
    if (message_due_.passed(now)) return drop(end_reason::message_timeout);
    if (not_reading_) return;
    if (settings_->idle_timeout.count() > 0 && now - last_byte_ >= settings_->idle_timeout) {
        return close(1001, "nothing received within the idle timeout", end_reason::idle);
    }
    if (ping_due_.passed(now)) ping(now);
}

void session::ping(std::chrono::steady_clock::time_point now) {
    ping_due_ = deadline::at(now + settings_->ping_interval);
    if (!start_ping()) return;
    if (pings_unanswered_ == 1) count_deviation(rule::missing_pong, "a ping of the gateway was not answered");
    if (pings_unanswered_ < 2) ++pings_unanswered_;
    ping_sent_ = now;
}

deadline session::next_due() const noexcept {
    deadline next = deadline::never();
    if (blocked_) next = write_due_;
    if (outbound_) next = std::min(next, outbound_->due);
    if (state_ == state::closing) return std::min(next, close_due_);
    next = std::min(next, message_due_);
    if (is_answering()) {
        next = std::min(next, running_->due);
    } else if (!inbound_.empty()) {
        next = std::min(next, deadline::at(inbound_.front()->not_before));
    }
    if (not_reading_) return next;
    if (settings_->idle_timeout.count() > 0) next = std::min(next, deadline::at(last_byte_ + settings_->idle_timeout));
    return std::min(next, ping_due_);
}

// ------------------------------------------------------------------------------------------------------- writing

void session::expect_progress() {
    write_due_ = thread_.io.timers.after(config_.write_timeout);
    watch(write_due_);
}

void session::send(frame_ptr f) {
    if (state_ != state::open) return;
    const auto too_much = [&] {
        return outbox_.bytes() + f->text.size() > config_.outbox_bytes || outbox_.size() >= config_.outbox_messages;
    };
    if (too_much()) send_what_waits();
    if (too_much()) return drop(end_reason::slow_consumer);
    thread_.shard.queued(static_cast<std::int64_t>(f->text.size()));
    outbox_.push(std::move(f));
    flush();
}

frame_ptr session::next_answer() {
    frame_ptr f = outbox_.pop();
    if (f) thread_.shard.queued(-static_cast<std::int64_t>(f->text.size()));
    return f;
}

frame_ptr session::next_call() {
    return outbound_ && !entering_ && state_ == state::open ? next_call_frame() : frame_ptr();
}

frame_ptr session::goodbye() {
    if (state_ != state::closing || std::exchange(goodbye_said_, true)) return {};
    frame_ptr f = thread_.frames.lease();
    f->opcode = websocket::opcode::close;
    f->text = websocket::close_payload(close_code_, close_text_);
    return f;
}

void session::on_sent() {
    if (!answers_pile_up()) drained_.notify_all();
}

io_awaitable<void> session::outbox_drained() {
    not_reading_ = true;
    while (answers_pile_up()) co_await drained_.async_wait(thread_.io.timers, as_result);
    read_on();
}

// What is there came meanwhile.
void session::read_on() {
    not_reading_ = false;
    last_byte_ = thread_.io.clock.steady();
    watch(next_due());
}

bool session::inbound_full() const noexcept {
    constexpr std::size_t times_more = 4;
    if (inbound_.empty() || state_ != state::open) return false;
    if (!outbound_ || !outbound_->calls.in_flight())
        return inbound_.size() >= config_.inbound_queue || inbound_.bytes() >= config_.max_message_bytes;
    // The answer stands behind them.
    const std::size_t largest = std::max(config_.max_message_bytes, config_.max_transaction_message_bytes);
    return inbound_.size() >= times_more * config_.inbound_queue || inbound_.bytes() >= times_more * largest;
}

io_awaitable<void> session::inbound_taken() {
    not_reading_ = true;
    while (inbound_full()) co_await taken_.async_wait(thread_.io.timers, as_result);
    read_on();
}

void session::look_for_room() noexcept {
    if (not_reading_ && !inbound_full()) taken_.notify_all();
}

}  // namespace voltgate
