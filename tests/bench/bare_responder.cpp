// bare_responder PORT: what Boost.Beast and Boost.JSON cost by themselves, as a yardstick for the gateway. It accepts
// /ocpp/{anything}, parses each frame into a JSON document and answers every CALL; it knows nothing else of OCPP. One
// thread, concrete executor types, a plain socket, no read pending while a connection is idle.
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace json = boost::json;
using asio::ip::tcp;
using executor = asio::io_context::executor_type;
using tcp_socket = asio::basic_stream_socket<tcp, executor>;
using websocket_stream = beast::websocket::stream<tcp_socket, false>;
constexpr auto token = asio::as_tuple(asio::use_awaitable_t<executor>{});

std::string_view now_text() {
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

// The CALLRESULT to a CALL; false if `text` is none.
bool answer(std::string_view text, std::string& out) {
    static unsigned char parser_memory[4096];
    static json::parser parser(json::storage_ptr{}, json::parse_options{}, parser_memory, sizeof parser_memory);
    unsigned char memory[16384];
    json::monotonic_resource resource(memory, sizeof memory);
    parser.reset(&resource);
    boost::system::error_code error;
    parser.write(text.data(), text.size(), error);
    if (error) return false;
    json::value message = parser.release();
    const json::array* members = message.if_array();
    if (!members || members->size() != 4) return false;
    const auto* type = (*members)[0].if_int64();
    const auto* id = (*members)[1].if_string();
    const auto* action = (*members)[2].if_string();
    if (!type || *type != 2 || !id || !action || !(*members)[3].is_object()) return false;

    out.assign("[3,\"").append(id->data(), id->size());
    if (*action == "Heartbeat") {
        out.append("\",{\"currentTime\":\"").append(now_text()).append("\"}]");
    } else if (*action == "BootNotification") {
        out.append("\",{\"status\":\"Accepted\",\"currentTime\":\"").append(now_text()).append("\",\"interval\":300}]");
    } else {
        out.append("\",{}]");
    }
    return true;
}

// Buffers that a connection needs only while a message is handled.
struct work {
    beast::flat_buffer in;
    std::string out;
};
std::vector<std::unique_ptr<work>> pool;

std::unique_ptr<work> lease() {
    if (pool.empty()) return std::make_unique<work>();
    auto w = std::move(pool.back());
    pool.pop_back();
    return w;
}

void give_back(std::unique_ptr<work> w) {
    w->in.clear();
    pool.push_back(std::move(w));
}

asio::awaitable<bool, executor> shake_hands(websocket_stream& ws) {
    beast::flat_buffer buffer;
    beast::http::request<beast::http::empty_body> request;
    auto [read_error, size] = co_await beast::http::async_read(ws.next_layer(), buffer, request, token);
    if (read_error || !request.target().starts_with("/ocpp/")) co_return false;
    ws.auto_fragment(false);
    ws.text(true);
    auto choose_protocol = [](beast::websocket::response_type& response) {
        response.set(beast::http::field::sec_websocket_protocol, "ocpp1.6");
    };
    ws.set_option(beast::websocket::stream_base::decorator(choose_protocol));
    auto [accept_error] = co_await ws.async_accept(request, token);
    co_return !accept_error;
}

asio::awaitable<void, executor> serve(websocket_stream ws) {
    if (!co_await shake_hands(ws)) co_return;
    while (true) {
        auto [wait_error] = co_await ws.next_layer().async_wait(tcp::socket::wait_read, token);
        if (wait_error) co_return;
        auto leased = lease();
        auto [read_error, read_size] = co_await ws.async_read(leased->in, token);
        if (read_error) co_return;
        std::string_view text(static_cast<const char*>(leased->in.data().data()), leased->in.size());
        if (answer(text, leased->out)) {
            auto [write_error, written] = co_await ws.async_write(asio::buffer(leased->out), token);
            if (write_error) co_return;
        }
        give_back(std::move(leased));
    }
}

asio::awaitable<void, executor> listen(asio::io_context& context, unsigned short port) {
    asio::basic_socket_acceptor<tcp, executor> acceptor(context.get_executor());
    tcp::endpoint endpoint(asio::ip::address_v4::loopback(), port);
    acceptor.open(endpoint.protocol());
    acceptor.set_option(asio::socket_base::reuse_address(true));
    acceptor.bind(endpoint);
    acceptor.listen(4096);
    while (true) {
        tcp_socket socket(context.get_executor());
        auto [error] = co_await acceptor.async_accept(socket, token);
        if (error) continue;
        socket.set_option(tcp::no_delay(true));
        asio::co_spawn(context.get_executor(), serve(websocket_stream(std::move(socket))), asio::detached);
    }
}

}  // namespace

int main(int argc, char** argv) {
    int port = argc == 2 ? std::atoi(argv[1]) : 0;
    if (port < 1 || port > 65535) {
        std::fputs("usage: bare_responder PORT\n", stderr);
        return 2;
    }
    asio::io_context context(1);
    asio::signal_set signals(context, SIGTERM, SIGINT);
    signals.async_wait([&](boost::system::error_code, int) { context.stop(); });
    auto report = [](const std::exception_ptr& error) {
        if (error) std::rethrow_exception(error);
    };
    asio::co_spawn(context.get_executor(), listen(context, static_cast<unsigned short>(port)), report);
    context.run();
}
