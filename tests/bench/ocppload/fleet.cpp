#include "fleet.hpp"

#include "text.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstdarg>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace ocppload {

using state = connection_state;

std::int64_t now_ns() {
    timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1'000'000'000LL + t.tv_nsec;
}

fleet::fleet(const options& o)
    : options_(o),
      random_(o.seed),
      epoll_(epoll_create1(EPOLL_CLOEXEC)),
      connections_(o.all_connections()),
      events_(1024) {
    for (const std::string& v : o.versions) payloads_.emplace_back(random_, o.mix, v != "1.6");
    if (epoll_ < 0) die("epoll_create1: %s", std::strerror(errno));
}

fleet::~fleet() { close(epoll_); }

std::string fleet::id_of(const connection& c) const { return options_.id_prefix + format("%06u", c.index); }

void fleet::note_error(const char* format, ...) {
    if (!total_.first_error.empty()) return;
    char text[400];
    va_list args;
    va_start(args, format);
    std::vsnprintf(text, sizeof text, format, args);
    va_end(args);
    total_.first_error = text;
}

void fleet::watch(connection& c, bool write, int operation) {
    c.wants_write = write;
    epoll_event e{};
    e.events = static_cast<std::uint32_t>(c.frozen ? EPOLLRDHUP : EPOLLIN);
    if (write) e.events |= static_cast<std::uint32_t>(EPOLLOUT);
    e.data.u32 = c.index;
    if (epoll_ctl(epoll_, operation, c.fd, &e) < 0) die("epoll_ctl: %s", std::strerror(errno));
}

// Ends a connection, whatever its state. `why` is null where the end was wanted.
void fleet::drop(connection& c, const char* why) {
    if (c.state == state::gone) return;
    bool was_up = c.state == state::open;
    if (c.frozen) {
        if (why) {
            ++total_.frozen_ended;
            total_.last_frozen_end = now_ns();
            if (total_.first_frozen_end == 0) total_.first_frozen_end = total_.last_frozen_end;
        }
    } else if (why && c.state != state::closing) {
        ++(was_up ? total_.dropped : total_.connect_failed);
        note_error("connection %u (%s): %s", c.index, id_of(c).c_str(), why);
    }
    if (was_up) --open_;
    if (c.state == state::closing) --closing_;
    if (c.state == state::connecting || c.state == state::upgrading) --connecting_;
    if (c.booted) --booted_;
    if (c.outstanding) ++total_.lost, --outstanding_;
    pings_waiting_ -= c.pings_waiting;
    c.pings_waiting = 0;
    c.outstanding = c.booted = false;
    c.state = state::gone;
    ::close(c.fd);
    c.fd = -1;
}

void fleet::send_bytes(connection& c, std::string_view bytes) {
    if (c.out.empty()) {
        ssize_t n = send(c.fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n < 0 && errno != EAGAIN && errno != EINTR) return drop(c, std::strerror(errno));
        bytes.remove_prefix(n < 0 ? 0 : static_cast<std::size_t>(n));
        if (bytes.empty()) return;
    }
    c.out.append(bytes);
    if (!c.wants_write) watch(c, true);
}

void fleet::flush(connection& c) {
    ssize_t n = send(c.fd, c.out.data(), c.out.size(), MSG_NOSIGNAL);
    if (n < 0 && errno != EAGAIN && errno != EINTR) return drop(c, std::strerror(errno));
    if (n > 0) c.out.erase(0, static_cast<std::size_t>(n));
    if (c.out.empty()) std::string().swap(c.out), watch(c, false);
}

void fleet::send_frame(connection& c, opcode code, std::string_view payload) {
    frame_scratch_.clear();
    append_frame(frame_scratch_, code, payload, static_cast<std::uint32_t>(random_.next()));
    if (phase_ == run_phase::measure && !c.frozen) total_.bytes_out += frame_scratch_.size();
    send_bytes(c, frame_scratch_);
}

void fleet::start_connection() {
    connection& c = connections_[started_];
    c.index = started_++;
    c.fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (c.fd < 0) die("socket: %s", std::strerror(errno));
    int one = 1;
    setsockopt(c.fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    setsockopt(c.fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &one, sizeof one);
    if (c.index >= options_.connections) {
        int bytes = 4096;  // a frozen charge point's buffers fill quickly
        setsockopt(c.fd, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
    }
    sockaddr_in source{}, target{};
    source.sin_family = target.sin_family = AF_INET;
    source.sin_addr.s_addr = htonl(0x7F000001 + c.index % options_.sources);
    target.sin_port = htons(static_cast<std::uint16_t>(options_.port));
    inet_pton(AF_INET, options_.host.c_str(), &target.sin_addr);
    c.state = state::connecting;
    c.sent_at = now_ns();
    ++connecting_;
    if (bind(c.fd, reinterpret_cast<sockaddr*>(&source), sizeof source) < 0) return drop(c, std::strerror(errno));
    int result = connect(c.fd, reinterpret_cast<sockaddr*>(&target), sizeof target);
    if (result < 0 && errno != EINPROGRESS) return drop(c, std::strerror(errno));
    watch(c, true, EPOLL_CTL_ADD);
}

void fleet::wait(std::int64_t timeout_ns) {
    timespec timeout{timeout_ns / 1'000'000'000, timeout_ns % 1'000'000'000};
    int n = epoll_pwait2(epoll_, events_.data(), static_cast<int>(events_.size()), &timeout, nullptr);
    if (n < 0 && errno != EINTR) die("epoll_pwait2: %s", std::strerror(errno));
    for (int i = 0; i < n; ++i) {
        const epoll_event& e = events_[static_cast<std::size_t>(i)];
        on_event(connections_[e.data.u32], e.events);
    }
}

void fleet::on_event(connection& c, std::uint32_t events) {
    constexpr std::uint32_t over = EPOLLERR | EPOLLHUP;
    if (c.state == state::connecting) {
        if (events & (EPOLLOUT | over)) on_connected(c);
        return;
    }
    if (c.frozen && events & (EPOLLRDHUP | over)) return drop(c, "the server ended it");
    if (events & (EPOLLIN | over) && c.state != state::gone) on_readable(c);
    if (events & EPOLLOUT && c.state != state::gone && c.wants_write) flush(c);
}

void fleet::on_connected(connection& c) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(c.fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error) return drop(c, std::strerror(error));
    c.state = state::upgrading;
    watch(c, false);
    std::uint64_t raw[2] = {random_.next(), random_.next()};
    c.key = base64({reinterpret_cast<const char*>(raw), sizeof raw});
    std::string id = id_of(c);
    std::string request = "GET " + options_.url_prefix + id + " HTTP/1.1\r\nHost: " + options_.host + ":" +
                          std::to_string(options_.port) + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
                          "Sec-WebSocket-Key: " + c.key +
                          "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: " + subprotocol(c) + "\r\n";
    if (options_.basic_auth) request += "Authorization: Basic " + base64(id + ":" + options_.password) + "\r\n";
    send_bytes(c, request + "\r\n");
}

// Returns how many bytes the server's answer to the upgrade request takes, 0 if it is not all here.
std::size_t fleet::take_upgrade(connection& c, std::string_view bytes) {
    std::size_t end = bytes.find("\r\n\r\n");
    if (end == std::string_view::npos) {
        if (bytes.size() > 16384) drop(c, "an endless HTTP response");
        return 0;
    }
    std::string problem = check_upgrade(std::string(bytes.substr(0, end + 2)), c.key, subprotocol(c));
    if (!problem.empty()) {
        drop(c, problem.c_str());
        return end + 4;
    }
    connect_time_.add(now_ns() - c.sent_at);
    c.state = state::open;
    std::string().swap(c.key);
    --connecting_;
    ++open_;
    ++total_.connected;
    send_call(c, action::boot_notification, 0);
    return end + 4;
}

void fleet::on_readable(connection& c) {
    static char buffer[65536];
    ssize_t n = recv(c.fd, buffer, sizeof buffer, 0);
    if (n < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (n <= 0) {
        return drop(c, c.state == state::closing ? nullptr : n == 0 ? "end of stream" : std::strerror(errno));
    }
    if (phase_ == run_phase::measure) total_.bytes_in += static_cast<std::uint64_t>(n);
    std::string joined;
    std::string_view bytes(buffer, static_cast<std::size_t>(n));
    if (!c.in.empty()) joined.swap(c.in), bytes = joined.append(bytes);
    std::size_t taken = 0;
    if (c.state == state::upgrading) taken = take_upgrade(c, bytes);
    if (c.state == state::open || c.state == state::closing) taken += take_frames(c, bytes.substr(taken));
    if (c.state != state::gone && taken < bytes.size()) c.in = bytes.substr(taken);
}

// Handles the frames at the front of `bytes`; returns how many bytes they took.
std::size_t fleet::take_frames(connection& c, std::string_view bytes) {
    std::size_t taken = 0;
    while ((c.state == state::open || c.state == state::closing) && !c.frozen) {
        frame f;
        if (const char* problem = read_frame(bytes.substr(taken), f)) drop(c, problem);
        if (c.state == state::gone || f.size == 0) break;
        on_frame(c, f);
        taken += f.size;
    }
    return taken;
}

void fleet::on_frame(connection& c, const frame& f) {
    switch (f.code) {
        case opcode::text:
            if (c.in_fragments) return drop(c, "a new message began inside a fragmented one");
            if (f.final) return on_text(c, f.payload);
            c.in_fragments = true;
            c.message.assign(f.payload);
            return;
        case opcode::continuation: return on_continuation(c, f);
        case opcode::ping: ++total_.server_pings; return send_frame(c, opcode::pong, f.payload);
        case opcode::pong:
            if (c.pings_waiting > 0) ++total_.pongs, --c.pings_waiting, --pings_waiting_;
            return;
        case opcode::close:
            if (c.state == state::closing) {
                ++total_.closed_cleanly;
                return drop(c, nullptr);
            }
            send_frame(c, opcode::close, f.payload.substr(0, 2));
            return drop(c, "the server closed it");
        case opcode::binary: break;
    }
    drop(c, "a frame that is neither text nor control");
}

void fleet::on_continuation(connection& c, const frame& f) {
    if (!c.in_fragments) return drop(c, "a continuation frame without a message");
    c.message.append(f.payload);
    if (c.message.size() > 1 << 20) return drop(c, "a message over 1 MiB");
    if (!f.final) return;
    c.in_fragments = false;
    on_text(c, c.message);
    std::string().swap(c.message);
}

void fleet::begin_close() {
    for (connection& c : connections_) {
        if (c.state == state::connecting || c.state == state::upgrading) drop(c, "not connected by the end of the run");
        if (c.state != state::open) continue;
        if (c.frozen) {
            drop(c, nullptr);
            continue;
        }
        if (c.outstanding) ++total_.lost, c.outstanding = false, --outstanding_;
        send_frame(c, opcode::close, std::string_view("\x03\xe8", 2));
        if (c.state != state::open) continue;
        c.state = state::closing;
        --open_;
        ++closing_;
    }
}

}  // namespace ocppload
