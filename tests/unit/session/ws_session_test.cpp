// What becomes of a session whose host throws.
#include "session/ws_session.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "support/manual_clock.hpp"
#include "support/no_gateway.hpp"
#include "support/raw_websocket.hpp"

#include <voltgate/gateway.hpp>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>

#include <future>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;

namespace {

namespace beast_http = boost::beast::http;

enum class place : std::uint8_t { enter, objection, answer, deviated };

class throwing_host final : public no_gateway {
  public:
    explicit throwing_host(place where) : where_(where) {}

    io_awaitable<void> enter(std::shared_ptr<session>) override {
        throw_in(place::enter);
        co_return;
    }
    void leave(session&, end_reason why) override { left = why; }
    host_answer answer(const inbound_call&, std::string&) override {
        throw_in(place::answer);
        return {};
    }
    std::optional<rule> objection(const session&, const ocpp::action_info&) const override {
        throw_in(place::objection);
        return std::nullopt;
    }
    void deviated(session&, rule, std::string_view) override { throw_in(place::deviated); }

    std::optional<end_reason> left;

  private:
    void throw_in(place here) const {
        if (here == where_) throw std::runtime_error("the host failed");
    }

    place where_;
};

}  // namespace

TEST_CASE("A session whose host throws leaves and ends, and the exception is told", "[session]") {
    const auto where = GENERATE(place::enter, place::objection, place::answer, place::deviated);
    const session_config config;
    const auto settings = std::make_shared<const charge_point_settings>(settings_for({}, "CP-1"));
    manual_clock clock;
    metrics counters{1};
    throwing_host host(where);
    session_thread thread{0, 0, clock, this_machine(), counters.shard_of(0)};
    asio::basic_socket_acceptor<asio::ip::tcp, io_executor> acceptor(
        thread.io.context, asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
    auto client = std::async(std::launch::async, [port = acceptor.local_endpoint().port()] {
        // The first has a member that nobody knows; another one waits behind it.
        return converse(port, encode_frame(opcode::text, R"([2,"1","Heartbeat",{"x":1}])") +
                                  encode_frame(opcode::text, R"([2,"2","Heartbeat",{}])"));
    });
    auto socket = acceptor.accept();
    boost::beast::flat_buffer buffer;
    beast_http::request_parser<beast_http::empty_body> parser;
    beast_http::read_header(socket, buffer, parser);
    accepted_upgrade upgrade(transport(std::move(socket)),
                             std::string(parser.get()[beast_http::field::sec_websocket_key]));
    upgrade.surplus.assign(static_cast<const char*>(buffer.data().data()), buffer.data().size());
    start_ws_session(thread, host.ports, config, settings, session_origin(), std::move(upgrade));
    CHECK_THROWS_WITH(thread.io.context.run(), "the host failed");
    CHECK(host.left == end_reason::failed);
    CHECK(host.is_over);
    CHECK(thread.sessions == nullptr);
    thread.io.context.restart();
    CHECK(thread.io.context.run() == 0);
    CHECK(client.get().code == 1006);
}
