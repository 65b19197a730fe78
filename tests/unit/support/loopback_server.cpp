// A listening socket and a thread.
#include "loopback_server.hpp"

#include <fmt/format.h>

#include <cstring>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace voltgate::test {

void require(bool condition, std::source_location where) {
    if (!condition) throw unexpected(fmt::format("the script's condition in line {} does not hold", where.line()));
}

std::string server_side::read_request() {
    const deadline until;
    for (;;) {
        const auto end = stream_.buffer.find("\r\n\r\n");
        if (end != std::string::npos) {
            std::string head = stream_.buffer.substr(0, end);
            stream_.buffer.erase(0, end + 4);
            return head;
        }
        if (!stream_.connection.receive_more(stream_.buffer, until)) throw unexpected("the client hung up in its head");
    }
}

std::string server_side::read_bytes(std::size_t count) {
    const deadline until;
    while (stream_.buffer.size() < count)
        if (!stream_.connection.receive_more(stream_.buffer, until)) throw unexpected("the client hung up");
    std::string bytes = stream_.buffer.substr(0, count);
    stream_.buffer.erase(0, count);
    return bytes;
}

bool server_side::has_ended() {
    const deadline until;
    std::string ignored;
    while (stream_.connection.receive_more(ignored, until)) {
    }
    return true;
}

std::string server_side::upgrade(std::string_view subprotocol) {
    auto request = read_request();
    std::string answer =
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n";
    if (!subprotocol.empty()) answer += "Sec-WebSocket-Protocol: " + std::string(subprotocol) + "\r\n";
    send(answer + "\r\n");
    return request;
}

frame server_side::read_frame() {
    const deadline until;
    for (;;) {
        if (auto received = take_frame(stream_.buffer)) return std::move(*received);
        if (!stream_.connection.receive_more(stream_.buffer, until)) throw unexpected("the client hung up");
    }
}

void server_side::send_frame(opcode code, std::string_view payload, frame_options options) {
    options.masked = false;
    send(encode_frame(code, payload, options));
}

loopback_server::loopback_server(std::vector<script> scripts) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr generic{};
    std::memcpy(&generic, &address, sizeof address);
    socklen_t size = sizeof generic;
    if (listener_ < 0 || ::bind(listener_, &generic, size) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, &generic, &size) != 0)
        throw std::runtime_error("cannot open a listening socket");
    std::memcpy(&address, &generic, sizeof address);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this, scripts = std::move(scripts)] { run(scripts); });
}

loopback_server::~loopback_server() {
    ::shutdown(listener_, SHUT_RDWR);  // wakes an accept that no client will satisfy
    if (thread_.joinable()) thread_.join();
    ::close(listener_);
}

void loopback_server::run(const std::vector<script>& scripts) {
    try {
        for (const auto& one : scripts) {
            const int descriptor = ::accept(listener_, nullptr, nullptr);
            if (descriptor < 0) throw unexpected("no client came");
            server_side side(descriptor);
            one(side);
        }
    } catch (...) {
        failure_ = std::current_exception();
    }
}

void loopback_server::finish() {
    thread_.join();
    if (failure_) std::rethrow_exception(failure_);
}

}  // namespace voltgate::test
