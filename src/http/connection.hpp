// One HTTP connection: its requests, one after the other, until it ends or becomes a charge point's session.
#pragma once

#include "async/timing_wheel.hpp"
#include "http/message.hpp"
#include "http/server.hpp"
#include "observe/refusal.hpp"
#include "security/peer.hpp"
#include "session/transport.hpp"
#include "session/ws_session.hpp"

#include <boost/asio/cancellation_signal.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::http {

struct caller;
struct upgrade_decision;

class connection : public std::enable_shared_from_this<connection> {
  public:
    connection(server& s, const listener& l, session_thread& thread, arrival&& came);
    ~connection();

    /// Whether it is to run(), beside `open` others: be it only to be told no. Once, before run().
    [[nodiscard]] bool let_in(std::size_t open);
    static io_awaitable<void> run(std::shared_ptr<connection> self);
    /// Ends it now if no request is being answered, else after the response. Any thread.
    void close();

  private:
    using request_parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    using request_header = boost::beast::http::request_header<>;

    enum class next : std::uint8_t { keep_alive, close };
    io_awaitable<bool> read_proxy_header();
    [[nodiscard]] bool let_in_peer();
    /// False: it is not worth telling.
    [[nodiscard]] bool refuse(admission::refusal why);
    void give_up(admission::refusal why, std::string_view detail);
    /// For the log, /api/v1/refusals and /metrics. `head`: what was asked for, if it came.
    void note(refusal_reason why, std::string_view detail, const request_header* head = nullptr);
    void note(const admission::refusal& why, const request_header* head = nullptr);
    void set_peer(const asio::ip::address& address, unsigned port);
    /// Whose the request is, and how it came to the balancer.
    void read_forwarded(const request_header& head);
    /// What the limits have against one whose address a balancer's header named.
    [[nodiscard]] std::optional<admission::refusal> objection_to_forwarded();
    io_awaitable<bool> handshake();
    io_awaitable<void> end_handshake(bool said_anything);
    io_awaitable<next> serve_one();
    [[nodiscard]] bool serves(bool charge_point) const noexcept;
    [[nodiscard]] bool is_of_charge_point(const request_header& head) const;
    io_awaitable<void> refuse_first(const request_header& head);
    io_awaitable<void> refuse_unserved(const request_header& head, bool of_charge_point);
    io_awaitable<error_code> read_request(request_parser& parser);
    [[nodiscard]] bool has_gone(error_code ec) const noexcept;
    void note_unreadable(error_code ec);
    io_awaitable<void> refuse_unreadable(error_code ec);
    io_awaitable<next> answer(request_parser& parser);
    io_awaitable<next> answer_early(const request_parser& parser, const request& req, const caller& who, response r);
    [[nodiscard]] error_code limit_body(request_parser& parser);
    io_awaitable<void> upgrade(request_parser& parser);
    /// Makes a refusal of `d` if it is not who it says it is.
    io_awaitable<void> authenticate(const request_parser& parser, const peer_facts& peer, upgrade_decision& d);
    void log_accepted(const upgrade_decision& d, std::string_view offered);
    io_awaitable<void> stream_events(request req);
    void wake_stream_after(duration time);
    io_awaitable<bool> write(response r, bool keep_alive, bool head_only);
    io_awaitable<bool> write_text(std::string text);
    io_awaitable<void> linger();
    void arm(duration limit);
    void disarm() noexcept { timer_.disarm(); }
    void on_due(std::chrono::steady_clock::time_point now);

    server& server_;
    const listener& listener_;
    session_thread& thread_;
    transport stream_;
    wheel_node timer_{calling<&connection::on_due>(*this)};
    boost::beast::flat_buffer buffer_;
    asio::cancellation_signal wake_stream_;
    asio::ip::address peer_address_;
    std::string remote_address_;
    std::string proxy_address_;                  // the balancer's own, where headers say whose a request is
    std::shared_ptr<void> place_;                // among those of its address
    std::optional<admission::refusal> refused_;  // what its first request is answered
    std::optional<limited_slot> telling_;        // and its place among those who are told so
    std::string cors_origin_;                    // of the page that sent the current request, if it may read the answer
    peer_facts peer_;
    std::uint64_t order_;          // among all, by when they were accepted, or went on after they had been idle
    const char* body_limit_ = "";  // the key that bounds the current request's body
    bool timed_out_ = false;
    bool wakes_stream_ = false;     // the timer does, and ends nothing
    bool through_proxy_ = false;    // from a balancer whose headers say whose a request is
    bool forwarded_known_ = false;  // the current request's did
    bool between_requests_ = true;
    bool upgraded_ = false;
    bool served_ = false;
    bool reader_gone_ = false;  // of the live stream
};

}  // namespace voltgate::http
