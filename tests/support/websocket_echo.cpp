#include "support/websocket_echo.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "observe/metrics.hpp"
#include "runtime/drain.hpp"
#include "session/ws_session_type.hpp"
#include "support/no_gateway.hpp"

#include <voltgate/gateway.hpp>

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>

#include <string>
#include <thread>
#include <utility>

namespace voltgate::test {

namespace {

namespace beast_http = boost::beast::http;

class echo_session final : public ws_session {
  public:
    using ws_session::ws_session;

  private:
    void on_message(frame_ptr f, bool is_text) override {
        if (closing()) return;
        f->opcode = is_text ? websocket::opcode::text : websocket::opcode::binary;
        send(std::move(f));
    }
};

struct real_clock : clock_source {
    [[nodiscard]] std::chrono::steady_clock::time_point steady() const noexcept override {
        return std::chrono::steady_clock::now();
    }
    [[nodiscard]] std::chrono::system_clock::time_point utc() const noexcept override {
        return std::chrono::system_clock::now();
    }
};

session_config configuration(const websocket_echo::configure& change) {
    session_config c;
    c.compress_from = 0;
    if (change) change(c);
    return c;
}

}  // namespace

struct websocket_echo::state {
    state(std::uint16_t port, const configure& change)
        : config(configuration(change)),
          settings(std::make_shared<charge_point_settings>(settings_for({}, "echo"))),
          acceptor(thread.io.context, asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), port)),
          runner([this] { run(); }) {}

    void run() {
        thread.io.timers.start();
        asio::co_spawn(thread.io.context, accept(), asio::detached);
        thread.io.context.run();
    }

    io_awaitable<void> accept() {
        for (;;) {
            auto [ec, socket] = co_await acceptor.async_accept(thread.io.context, as_result);
            if (stopping) co_return;
            if (!ec) asio::co_spawn(thread.io.context, upgrade(std::move(socket)), asio::detached);
        }
    }

    io_awaitable<void> upgrade(io_socket socket) {
        boost::beast::flat_buffer buffer;
        beast_http::request_parser<beast_http::empty_body> parser;
        auto [ec, n] = co_await beast_http::async_read_header(socket, buffer, parser, as_result);
        if (ec) co_return;
        const auto offers = parser.get()[beast_http::field::sec_websocket_extensions];
        const auto rest = buffer.data();
        std::string key(parser.get()[beast_http::field::sec_websocket_key]);
        accepted_upgrade accepted(transport(std::move(socket)), std::move(key));
        accepted.deflate = negotiate_deflate({offers.data(), offers.size()});
        accepted.surplus.assign(static_cast<const char*>(rest.data()), rest.size());
        auto o = std::make_unique<ws_session::opening>(std::move(accepted));
        auto s = std::make_shared<echo_session>(thread, host.ports, config, settings, session_origin(),
                                                std::move(o->upgrade.connection));
        co_await ws_session::run(std::move(s), std::move(o));
    }

    void stop() {
        asio::post(thread.io.context, [this] {
            stopping = true;
            error_code ignored;
            acceptor.close(ignored);
            thread.io.timers.stop();
            drop_all(thread);
        });
        runner.join();
    }

    const session_config config;
    const std::shared_ptr<const charge_point_settings> settings;
    real_clock clock;
    metrics counters{1};
    session_thread thread{0, 0, clock, this_machine(), counters.shard_of(0)};
    no_gateway host;
    bool stopping = false;
    asio::basic_socket_acceptor<asio::ip::tcp, io_executor> acceptor;
    std::thread runner;
};

websocket_echo::websocket_echo(std::uint16_t port, const configure& change)
    : state_(std::make_unique<state>(port, change)) {}

websocket_echo::~websocket_echo() { state_->stop(); }

std::uint16_t websocket_echo::port() const noexcept {
    error_code ignored;
    return state_->acceptor.local_endpoint(ignored).port();
}

}  // namespace voltgate::test
