// What the yardsticks have in common: one thread, concrete executor types, plain sockets on the loopback interface.
#pragma once

#include <boost/asio.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <string_view>
#include <utility>

namespace responder {

namespace asio = boost::asio;
using asio::ip::tcp;
using executor = asio::io_context::executor_type;
using tcp_socket = asio::basic_stream_socket<tcp, executor>;

/// Made once a second.
inline std::string_view now_text() {
    static std::time_t last = 0;
    static char text[32];
    static std::size_t size;
    std::time_t now = std::time(nullptr);
    if (now != last) {
        std::tm utc;
        gmtime_r(&now, &utc);
        size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
        last = now;
    }
    return {text, size};
}

template <class Serve>
asio::awaitable<void, executor> listen(asio::io_context& context, unsigned short port, Serve serve) {
    asio::basic_socket_acceptor<tcp, executor> acceptor(context.get_executor());
    tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen(4096);
    constexpr auto token = asio::as_tuple(asio::use_awaitable_t<executor>());
    while (true) {
        tcp_socket socket(context.get_executor());
        auto [error] = co_await acceptor.async_accept(socket, token);
        if (error) continue;
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(context.get_executor(), serve(std::move(socket)), asio::detached);
    }
}

/// The program: serves on the port that its one argument is, until it is told to end. `serve` makes the coroutine of
/// one connection.
template <class Serve>
int run(const char* name, int argc, char** argv, Serve serve) {
    int port = argc == 2 ? std::atoi(argv[1]) : 0;
    if (port < 1 || port > 65535) {
        std::fprintf(stderr, "usage: %s PORT\n", name);
        return 2;
    }
    asio::io_context context(1);
    asio::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([&](boost::system::error_code, int) { context.stop(); });
    auto report = [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    };
    asio::co_spawn(context.get_executor(), listen(context, static_cast<unsigned short>(port), serve), report);
    context.run();
    return 0;
}

}  // namespace responder
