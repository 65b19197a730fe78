// What TLS costs a gateway: CPU per full and resumed handshake, resident bytes per idle session.
//
//     tls_load PORT PID COUNT [1.2|1.3] [CERTIFICATE KEY]
//
// PID is the gateway's. COUNT charge points connect one after the other with full handshakes and stay; then COUNT
// handshakes resume a session and leave. Figures come from /proc. With a certificate: profile 3.
#include <fmt/format.h>

#include <arpa/inet.h>
#include <array>
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
        const int on = 1;  // or a request right behind a TLS 1.2 handshake waits for an acknowledgement
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        ssl_ = SSL_new(context);
        SSL_set_fd(ssl_, socket_);
        if (resume) SSL_set_session(ssl_, resume);
        must(SSL_connect(ssl_) == 1, "the handshake failed");
    }
    ~connection() {
        SSL_set_shutdown(ssl_, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN);  // or the session could not be resumed
        SSL_free(ssl_);
        ::close(socket_);
    }
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    std::string ask(const std::string& request) {
        must(SSL_write(ssl_, request.data(), static_cast<int>(request.size())) > 0, "cannot send");
        std::string text;
        std::array<char, 4096> piece;
        while (text.find("\r\n\r\n") == std::string::npos) {
            const int n = SSL_read(ssl_, piece.data(), static_cast<int>(piece.size()));
            must(n > 0, "no answer");
            text.append(piece.data(), static_cast<std::size_t>(n));
        }
        return text;
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
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4 && argc != 5 && argc != 7) {
        fmt::print(stderr, "usage: tls_load PORT PID COUNT [1.2|1.3] [CERTIFICATE KEY]\n");
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
            context);
    } catch (const std::exception& e) {
        fmt::print(stderr, "tls_load: {}\n", e.what());
        return 1;
    }
    SSL_SESSION_free(last_session);
    SSL_CTX_free(context);
    return 0;
}
