// Futures between the gateway's threads and the test's.
#include "support/running_gateway.hpp"

#include <boost/asio/use_future.hpp>
#include <boost/json/serialize.hpp>
#include <boost/system/system_error.hpp>
#include <catch2/catch_test_macros.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace voltgate::test {

namespace {

constexpr std::chrono::seconds stop_margin(3);

config test_config(const running_gateway::configure& change) {
    config c;
    c.server.port = 0;
    c.server.io_threads = 1;
    c.log.level = log_config::severity::off;
    c.journal.enabled = false;
    c.shutdown.timeout = std::chrono::seconds(5);
    c.session.close_timeout = std::chrono::milliseconds(300);  // a blocked test does not answer a Close
    if (change) change(c);
    return c;
}

seen_event opened(event_ptr event) {
    seen_event result;
    result.payload = parse_json(event->payload).as_object();
    result.event = std::move(event);
    return result;
}

}  // namespace

event_log::event_log(gateway& source) : stream_(source.subscribe()) {}

bool event_log::receive(deadline until) {
    if (!pending_.valid()) pending_ = stream_.async_next(asio::use_future);
    if (pending_.wait_for(until.left()) != std::future_status::ready) return false;
    try {
        const auto item = pending_.get();
        if (item.missed > 0) throw unexpected(fmt::format("the test's event subscription lost {} events", item.missed));
        seen_.push_back(
            fmt::format("{} {} {}", item.event->charge_point_id, to_string(item.event->type), item.event->payload));
        waiting_.push_back(item.event);
        return true;
    } catch (const boost::system::system_error&) {
        return false;  // the gateway has stopped: nothing more will come
    }
}

std::string event_log::listing() const {
    std::string text = seen_.empty() ? "no event was seen" : "events seen:";
    for (const auto& line : seen_) text += "\n  " + line;
    return text;
}

seen_event event_log::next(std::string_view charge_point_id) {
    const deadline until;
    for (;;) {
        const auto found = std::find_if(waiting_.begin(), waiting_.end(),
                                        [&](const auto& e) { return e->charge_point_id == charge_point_id; });
        if (found != waiting_.end()) {
            auto event = std::move(*found);
            waiting_.erase(found);
            return opened(std::move(event));
        }
        if (!receive(until)) throw unexpected(fmt::format("no further event of {}; {}", charge_point_id, listing()));
    }
}

seen_event event_log::expect(event_type type, std::string_view charge_point_id) {
    return std::move(up_to(type, charge_point_id).back());
}

std::vector<seen_event> event_log::up_to(event_type type, std::string_view charge_point_id) {
    std::vector<seen_event> events;
    try {
        do {
            events.push_back(next(charge_point_id));
        } while (events.back().event->type != type);
        return events;
    } catch (const unexpected& e) {
        throw unexpected(fmt::format("waiting for {}: {}", to_string(type), e.what()));
    }
}

command_result pending_command::get(std::chrono::milliseconds patience) {
    if (result_.wait_for(patience) != std::future_status::ready)
        throw unexpected(fmt::format("the command did not complete within {} ms", patience.count()));
    return result_.get();
}

bool pending_command::completed() const {
    return result_.wait_for(std::chrono::seconds::zero()) == std::future_status::ready;
}

running_gateway::running_gateway(const configure& change, const prepare& handlers, std::shared_ptr<clock_source> clock)
    : gateway_(test_config(change), std::move(clock)), events_(gateway_) {
    stop_patience_ = test_config(change).shutdown.timeout + stop_margin;
    if (handlers) handlers(gateway_);
    std::string detail;
    const auto error = gateway_.start(&detail);
    if (error) throw unexpected(fmt::format("the gateway did not start: {}: {}", error.message(), detail));
}

running_gateway::~running_gateway() {
    try {
        if (!stopped_ && !stop_in_time())
            FAIL_CHECK("the gateway did not stop within " << stop_patience_.count() << " ms");
    } catch (const std::exception& e) {
        FAIL_CHECK("the gateway's stop failed: " << e.what());
    }
}

charge_point running_gateway::connect(std::string_view id, const connect_options& options) {
    charge_point cp(port(), id, options);
    cp.heartbeat();
    return cp;
}

pending_command running_gateway::send(std::string charge_point_id, voltgate::command c) {
    return pending_command(gateway_.async_send_command(std::move(charge_point_id), std::move(c), asio::use_future));
}

pending_command running_gateway::send(std::string charge_point_id, std::string action, const json::object& payload,
                                      std::chrono::milliseconds timeout) {
    return send(std::move(charge_point_id), voltgate::command(std::move(action), json::serialize(payload), timeout));
}

command_result running_gateway::command(std::string charge_point_id, std::string action, const json::object& payload,
                                        std::chrono::milliseconds timeout) {
    return send(std::move(charge_point_id), std::move(action), payload, timeout).get();
}

void running_gateway::begin_stop() {
    if (!stopping_.valid()) stopping_ = gateway_.async_stop(asio::use_future);
}

bool running_gateway::stop_in_time() {
    begin_stop();
    if (stopping_.wait_for(stop_patience_) != std::future_status::ready) return false;
    gateway_.stop();
    stopped_ = true;
    return true;
}

void running_gateway::stop() {
    if (!stopped_ && !stop_in_time())
        throw unexpected(fmt::format("the gateway did not stop within {} ms", stop_patience_.count()));
}

running_gateway::configure journal_in(const std::string& directory, running_gateway::configure more) {
    return [directory, more = std::move(more)](config& c) {
        c.journal.enabled = true;
        c.journal.path = directory;
        c.events.durability = events_config::durable::process;
        c.events.flush_interval = std::chrono::milliseconds(1);
        if (more) more(c);
    };
}

running_gateway::configure io_threads(int count, running_gateway::configure more) {
    return [count, more = std::move(more)](config& c) {
        c.server.io_threads = static_cast<std::size_t>(count);
        if (more) more(c);
    };
}

}  // namespace voltgate::test
