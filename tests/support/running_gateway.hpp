// A gateway in this process, on a free port, with its events collected.
#pragma once

#include "support/charge_point.hpp"
#include "support/json.hpp"
#include "support/wait.hpp"

#include <voltgate/gateway.hpp>

#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::test {

/// An event, its payload parsed.
struct seen_event {
    event_ptr event;
    json::object payload;
};

/// Collects the events of a gateway from its construction on. For one thread at a time.
class event_log {
  public:
    explicit event_log(gateway& source);

    /// The next event of this charge point that has this type; earlier ones of the same charge point are passed over,
    /// those of others stay. Throws `unexpected`, listing what came, when there is none in time.
    seen_event expect(event_type type, std::string_view charge_point_id);
    /// The very next event of this charge point.
    seen_event next(std::string_view charge_point_id);
    /// All further events of this charge point up to and with the next of this type.
    std::vector<seen_event> up_to(event_type type, std::string_view charge_point_id);

  private:
    using item_future = std::future<stream_item>;
    bool receive(deadline until);
    [[nodiscard]] std::string listing() const;

    event_stream stream_;
    item_future pending_;
    std::deque<event_ptr> waiting_;
    std::vector<std::string> seen_;  // for failure messages
};

/// A command under way.
class pending_command {
  public:
    explicit pending_command(std::future<command_result> result) : result_(std::move(result)) {}
    /// Throws `unexpected` when the command does not complete in time, system_error for misuse.
    command_result get(std::chrono::milliseconds patience = default_patience);
    [[nodiscard]] bool completed() const;

  private:
    std::future<command_result> result_;
};

/// Starts in its constructor; its destructor stops the gateway and fails the test when that takes too long.
class running_gateway {
  public:
    using configure = std::function<void(config&)>;
    using prepare = std::function<void(gateway&)>;

    /// `change` alters the configuration a test starts from: port 0, one I/O thread, no log, no journal,
    /// shutdown.timeout 5 s.
    /// `handlers` runs before start(), for on_call.
    explicit running_gateway(const configure& change = {}, const prepare& handlers = {},
                             std::shared_ptr<clock_source> clock = nullptr);
    running_gateway(const running_gateway&) = delete;
    running_gateway& operator=(const running_gateway&) = delete;
    ~running_gateway();

    [[nodiscard]] std::uint16_t port() const noexcept { return gateway_.port(); }
    [[nodiscard]] gateway* operator->() noexcept { return &gateway_; }
    [[nodiscard]] gateway& operator*() noexcept { return gateway_; }

    /// A charge point that the gateway knows as connected: the upgrade's answer may arrive before that.
    [[nodiscard]] charge_point connect(std::string_view id, const connect_options& options = {});

    /// Starts a command; the test goes on and lets the charge point answer.
    [[nodiscard]] pending_command send(std::string charge_point_id, std::string action,
                                       const json::object& payload = {}, std::chrono::milliseconds timeout = {});
    [[nodiscard]] pending_command send(std::string charge_point_id, voltgate::command c);
    /// Sends and waits: for commands that need no answer of a charge point that this thread plays.
    command_result command(std::string charge_point_id, std::string action, const json::object& payload = {},
                           std::chrono::milliseconds timeout = {});

    [[nodiscard]] event_log& events() noexcept { return events_; }
    seen_event expect_event(event_type type, std::string_view charge_point_id) {
        return events_.expect(type, charge_point_id);
    }
    /// Waits until the gateway has noticed that the charge point is gone.
    seen_event expect_disconnect(std::string_view charge_point_id) {
        return events_.expect(event_type::charge_point_disconnected, charge_point_id);
    }

    /// Drains now instead of at the end of the test. Throws `unexpected` when it takes longer than shutdown.timeout
    /// and a margin.
    void stop();
    /// Begins to drain; stop() waits for it.
    void begin_stop();

  private:
    [[nodiscard]] bool stop_in_time();

    std::chrono::milliseconds stop_patience_{};
    gateway gateway_;
    event_log events_;
    std::future<void> stopping_;
    bool stopped_ = false;
};

/// A configuration with a journal in this directory that stores at once, and what `more` changes.
[[nodiscard]] running_gateway::configure journal_in(const std::string& directory, running_gateway::configure more = {});

/// A configuration with this many I/O threads, and what `more` changes.
[[nodiscard]] running_gateway::configure io_threads(int count, running_gateway::configure more = {});

}  // namespace voltgate::test
