// What TLS costs a gateway: CPU per full and resumed handshake and per message, resident bytes per idle session.
//
//     tls_load PORT PID COUNT [1.2|1.3|plain] [CERTIFICATE KEY]
//
// PID is the gateway's. COUNT charge points connect one after the other with full handshakes and stay; then COUNT
// handshakes resume a session and leave; then all send messages, 200 at a time. Figures come from /proc. With a
// certificate: profile 3. Plain: without TLS, for the price of its messages.
#include <fmt/format.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <vector>

namespace {

struct usage {
    double cpu_seconds = 0;
    double resident_bytes = 0;
};

usage usage_of(const std::string& pid) {
    std::ifstream stat("/proc/" + pid + "/stat"), statm("/proc/" + pid + "/statm");
    std::string word;
    double user = 0, kernel = 0;
    for (int field = 1; field <= 15 && stat >> word; ++field) {
        if (field == 14) user = std::stod(word);
        if (field == 15) kernel = std::stod(word);
    }
    double total = 0, resident = 0;
    statm >> total >> resident;
    return {(user + kernel) / static_cast<double>(::sysconf(_SC_CLK_TCK)),
            resident * static_cast<double>(::sysconf(_SC_PAGESIZE))};
}

void must(bool ok, const char* what) {
    if (!ok) throw std::runtime_error(what);
}

SSL_SESSION* last_session = nullptr;

class connection {
  public:
    connection(SSL_CTX* context, std::uint16_t port, SSL_SESSION* resume) {
        socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in to{};
        to.sin_family = AF_INET;
        to.sin_port = htons(port);
        to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        must(::connect(socket_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0, "cannot connect");
        if (!context) return;
        const int on = 1;  // or a request right behind a TLS 1.2 handshake waits for an acknowledgement
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ssl_ = SSL_new(context);
        SSL_set_fd(ssl_, socket_);
        if (resume) SSL_set_session(ssl_, resume);
        must(SSL_connect(ssl_) == 1, "the handshake failed");
    }
    ~connection() {
        if (ssl_) SSL_set_shutdown(ssl_, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);  // or it could not be resumed
        SSL_free(ssl_);
        ::close(socket_);
    }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    std::string ask(const std::string& request) {
        send(request);
        std::string text;
        while (text.find("\r\n\r\n") == std::string::npos) text += receive();
        return text;
    }
    void send(const std::string& bytes) {
        const auto size = static_cast<int>(bytes.size());
        const auto sent = ssl_ ? SSL_write(ssl_, bytes.data(), size) : ::send(socket_, bytes.data(), bytes.size(), 0);
        must(sent == size, "cannot send");
    }
    /// What is there, at least a byte: an answer is small enough to come in one piece.
    std::string receive() {
        std::array<char, 4096> piece;
        const auto n = ssl_ ? SSL_read(ssl_, piece.data(), static_cast<int>(piece.size()))
                            : ::recv(socket_, piece.data(), piece.size(), 0);
        must(n > 0, "no answer");
        return {piece.data(), static_cast<std::size_t>(n)};
    }
    [[nodiscard]] bool resumed() const { return SSL_session_reused(ssl_) == 1; }

  private:
    int socket_ = -1;
    SSL* ssl_ = nullptr;
};

std::string upgrade(std::size_t index) {
    return fmt::format(
        "GET /ocpp/TLS-{} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: ocpp1.6\r\n\r\n",
        index);
}

std::string masked_text(const std::string& text) {
    std::string frame = "\x81";
    if (text.size() < 126) {
        frame += static_cast<char>(0x80 | text.size());
    } else {
        frame += {'\xFE', static_cast<char>(text.size() >> 8), static_cast<char>(text.size() & 0xFF)};
    }
    return frame + std::string(4, '\0') + text;
}

// A meter reading of nine values, or what is sent most often beside it.
std::string message(std::size_t index) {
    if (index % 2 == 0) return masked_text(fmt::format(R"([2,"{}","Heartbeat",{{}}])", index));
    std::string values;
    for (int i = 0; i < 9; ++i)
        values += fmt::format(R"({}{{"value":"{}","measurand":"Current.Import","unit":"A"}})", i ? "," : "", i);
    return masked_text(
        fmt::format(R"([2,"{}","MeterValues",{{"connectorId":1,"meterValue":[{{"timestamp":"2026-01-02T03:04:05Z",)"
                    R"("sampledValue":[{}]}}]}}])",
                    index, values));
}

void exchange_messages(std::vector<std::unique_ptr<connection>>& all, const std::string& pid) {
    constexpr std::size_t at_once = 200, rounds = 300;
    const auto process = static_cast<pid_t>(std::stoi(pid));
    const usage before = usage_of(pid);
    std::size_t count = 0;
    for (std::size_t round = 0; round < rounds; ++round) {
        const std::size_t first = round * at_once % all.size(), last = std::min(all.size(), first + at_once);
        // Held meanwhile: how fast this program encrypts must not change how many messages the gateway finds at a time.
        must(::kill(process, SIGSTOP) == 0, "cannot hold the gateway");
        for (std::size_t i = first; i < last; ++i) all[i]->send(message(count++));
        ::kill(process, SIGCONT);
        for (std::size_t i = first; i < last; ++i)
            must(all[i]->receive().find("[3,") != std::string::npos, "a message was refused");
    }
    fmt::print("{} messages: {:.1f} us CPU each\n", count,
               (usage_of(pid).cpu_seconds - before.cpu_seconds) * 1e6 / static_cast<double>(count));
}

void run(std::uint16_t port, const std::string& pid, std::size_t count, SSL_CTX* context) {
    const std::string health = "GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    for (int i = 0; i < 20; ++i) connection(context, port, nullptr).ask(health);  // what is set up once
    const usage idle = usage_of(pid);
    std::vector<std::unique_ptr<connection>> all;
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back(std::make_unique<connection>(context, port, nullptr));
        must(all.back()->ask(upgrade(i)).starts_with("HTTP/1.1 101"), "the upgrade was refused");
    }
    const usage full = usage_of(pid);
    std::size_t resumed = 0;
    if (!context) return exchange_messages(all, pid);
    for (std::size_t i = 0; i < count; ++i) {
        connection c(context, port, last_session);
        resumed += c.resumed() ? 1 : 0;
        must(c.ask(health).starts_with("HTTP/1.1 "), "no answer");
    }
    const usage after = usage_of(pid);
    const auto n = static_cast<double>(count);
    fmt::print("{} sessions: {:.0f} resident bytes each, {:.3f} ms CPU per full handshake with upgrade\n", count,
               (full.resident_bytes - idle.resident_bytes) / n, (full.cpu_seconds - idle.cpu_seconds) * 1000 / n);
    fmt::print("{} of {} handshakes resumed: {:.3f} ms CPU each with one request\n", resumed, count,
               (after.cpu_seconds - full.cpu_seconds) * 1000 / n);
    exchange_messages(all, pid);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4 && argc != 5 && argc != 7) {
        fmt::print(stderr, "usage: tls_load PORT PID COUNT [1.2|1.3|plain] [CERTIFICATE KEY]\n");
        return 2;
    }
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    const bool old = argc > 4 && std::string_view(argv[4]) == "1.2";
    SSL_CTX_set_max_proto_version(context, old ? TLS1_2_VERSION : TLS1_3_VERSION);
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, [](SSL*, SSL_SESSION* session) {
        SSL_SESSION_free(last_session);
        last_session = session;
        return 1;
    });
    try {
        if (argc == 7) {
            must(SSL_CTX_use_certificate_chain_file(context, argv[5]) == 1, "cannot use the certificate");
            must(SSL_CTX_use_PrivateKey_file(context, argv[6], SSL_FILETYPE_PEM) == 1, "cannot use the key");
        }
        run(static_cast<std::uint16_t>(std::stoi(argv[1])), argv[2], static_cast<std::size_t>(std::stoul(argv[3])),
            argc > 4 && std::string_view(argv[4]) == "plain" ? nullptr : context);
    } catch (const std::exception& e) {
        fmt::print(stderr, "tls_load: {}\n", e.what());
        return 1;
    }
    SSL_SESSION_free(last_session);
    SSL_CTX_free(context);
    return 0;
}
