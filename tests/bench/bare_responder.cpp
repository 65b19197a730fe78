// bare_responder PORT: what Boost.Beast and Boost.JSON cost by themselves, as a yardstick for the gateway. It accepts
// /ocpp/{anything}, parses each frame into a JSON document and answers every CALL; it knows nothing else of OCPP. One
// thread, concrete executor types, a plain socket, no read pending while a connection is idle.
#include "responder.hpp"

#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

namespace beast = boost::beast;
namespace json = boost::json;
using namespace responder;
using websocket_stream = beast::websocket::stream<tcp_socket, false>;
constexpr auto token = asio::as_tuple(asio::use_awaitable_t<executor>{});

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

}  // namespace

int main(int argc, char** argv) {
    return run("bare_responder", argc, argv,
               [](tcp_socket socket) { return serve(websocket_stream(std::move(socket))); });
}
