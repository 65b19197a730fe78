// The engine's steps over a pair of sockets, against OpenSSL's own client.
#include "security/tls_engine.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/tls_context.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

using namespace voltgate;
using namespace voltgate::test;
using status = tls_engine::status;

namespace {

struct pair {
    explicit pair(tls_version version = tls_version::v13) {
        int both[2];
        REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, both) == 0);
        server_socket = both[0];
        client_socket = both[1];
        const auto loaded = tls_context::load(site.config(), std::make_shared<tls_ticket_keys>(this_machine()),
                                              this_machine().clock().utc());
        REQUIRE(loaded.error.empty());
        engine = loaded.context->accept(server_socket, false);
        shared = site.client(version);
        client = shared->begin(client_socket);
    }
    ~pair() {
        ::close(server_socket);
        end_client();
    }
    void end_client() {
        client.reset();
        if (client_socket >= 0) ::close(client_socket);
        client_socket = -1;
    }
    void shake_hands() {
        bool server = false, other = false;
        for (int i = 0; i < 20 && !(server && other); ++i) {
            if (!other) other = client->handshake() == tls_stream::outcome::bytes;
            if (!server) server = engine->handshake().what == status::done;
        }
        REQUIRE((server && other));
        std::size_t n = 0;
        char c;
        static_cast<void>(client->receive(&c, 1, n));  // the session ticket
    }
    void client_sends(std::string_view text) {
        std::size_t n = 0;
        REQUIRE(client->send(text.data(), text.size(), n) == tls_stream::outcome::bytes);
        REQUIRE(n == text.size());
    }

    tls_site site;
    int server_socket = -1, client_socket = -1;
    std::unique_ptr<tls_engine> engine;
    std::shared_ptr<tls_client> shared;
    std::unique_ptr<tls_stream> client;
};

std::string read_all(tls_engine& engine, std::size_t piece) {
    std::string text, buffer(piece, 0);
    for (;;) {
        const auto s = engine.read(buffer.data(), buffer.size());
        if (s.what != status::done) return text;
        text.append(buffer, 0, s.bytes);
    }
}

}  // namespace

TEST_CASE("A handshake, bytes in both directions and a goodbye", "[tls]") {
    pair p(GENERATE(tls_version::v12, tls_version::v13));
    CHECK(p.engine->handshake().what == status::want_read);
    CHECK_FALSE(p.engine->heard());
    p.shake_hands();
    CHECK(p.engine->heard());
    CHECK_FALSE(p.engine->resumed());
    CHECK_FALSE(p.engine->peer_certificate());
    char buffer[64];
    CHECK(p.engine->read(buffer, sizeof buffer).what == status::want_read);
    p.client_sends("ping");
    const auto got = p.engine->read(buffer, sizeof buffer);
    CHECK(got.what == status::done);
    CHECK(std::string_view(buffer, got.bytes) == "ping");
    const auto sent = p.engine->write("pong", 4);
    CHECK(sent.what == status::done);
    CHECK(sent.bytes == 4);
    std::size_t n = 0;
    CHECK(p.client->receive(buffer, sizeof buffer, n) == tls_stream::outcome::bytes);
    CHECK(std::string_view(buffer, n) == "pong");
    p.client->say_goodbye();
    CHECK(p.engine->read(buffer, sizeof buffer).what == status::eof);
    CHECK(p.engine->write("late", 4).what == status::done);  // the other direction is open still
    p.engine->shutdown();
}

TEST_CASE("What OpenSSL holds is known, and half a record is not taken for it", "[tls]") {
    pair p;
    p.shake_hands();
    CHECK(read_all(*p.engine, 16).empty());
    CHECK_FALSE(p.engine->holds_bytes());
    p.client_sends(std::string(100, 'a'));
    p.client_sends(std::string(100, 'b'));
    char buffer[60];
    CHECK(p.engine->read(buffer, sizeof buffer).bytes == 60);
    CHECK(p.engine->holds_bytes());
    CHECK(read_all(*p.engine, sizeof buffer).size() == 140);
    CHECK_FALSE(p.engine->holds_bytes());

    // A record in two pieces, sent by hand between the client and the engine.
    pair cut;
    cut.shake_hands();
    int relay[2];
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, relay) == 0);
    SSL_set_wfd(cut.client->native(), relay[0]);
    cut.client_sends("in two pieces");
    char record[200];
    const auto size = ::read(relay[1], record, sizeof record);
    REQUIRE(size > 20);
    REQUIRE(::write(cut.client_socket, record, 20) == 20);
    CHECK(cut.engine->read(buffer, sizeof buffer).what == status::want_read);
    CHECK_FALSE(cut.engine->holds_bytes());
    REQUIRE(::write(cut.client_socket, record + 20, static_cast<std::size_t>(size - 20)) == size - 20);
    CHECK(read_all(*cut.engine, sizeof buffer) == "in two pieces");
    ::close(relay[0]);
    ::close(relay[1]);
}

TEST_CASE("A connection that ends without a goodbye is truncated", "[tls]") {
    pair p(GENERATE(tls_version::v12, tls_version::v13));
    const bool within_handshake = GENERATE(true, false);
    if (within_handshake) {
        static_cast<void>(p.client->handshake());
        CHECK(p.engine->handshake().what == status::want_read);
    } else {
        p.shake_hands();
    }
    REQUIRE(::shutdown(p.client_socket, SHUT_WR) == 0);
    char buffer[16];
    const auto s = within_handshake ? p.engine->handshake() : p.engine->read(buffer, sizeof buffer);
    CHECK(s.what == status::truncated);
    CHECK(s.error);
    CHECK(p.engine->read(buffer, sizeof buffer).what == status::failed);
    CHECK(p.engine->write("x", 1).what == status::failed);
    p.engine->shutdown();
}

TEST_CASE("Writing to a peer that has gone is an error and no signal", "[tls]") {
    pair p;
    p.shake_hands();
    p.end_client();
    const auto s = p.engine->write("x", 1);
    CHECK(s.what == status::failed);
    CHECK(s.error.value() == EPIPE);
    CHECK(p.engine->write("x", 1).error.value() == EPIPE);
}

TEST_CASE("What is no TLS fails with a reason", "[tls]") {
    pair p;
    const std::string_view request = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
    REQUIRE(::write(p.client_socket, request.data(), request.size()) > 0);
    const auto s = p.engine->handshake();
    CHECK(s.what == status::failed);
    CHECK(s.error.category() == tls_category());
    CHECK(p.engine->failure().find("http request") != std::string::npos);
}

TEST_CASE("A peer that does not read makes writing wait, and reading goes on meanwhile", "[tls]") {
    pair p(GENERATE(tls_version::v12, tls_version::v13));
    p.shake_hands();
    std::string sent;
    tls_engine::step s;
    std::string piece(40'000, 0);
    for (;;) {
        std::fill(piece.begin(), piece.end(), static_cast<char>('a' + sent.size() % 26));
        s = p.engine->write(piece.data(), piece.size());
        if (s.what != status::done) break;
        CHECK(s.bytes == tls_engine::record_size);
        sent.append(piece, 0, s.bytes);
    }
    REQUIRE(s.what == status::want_write);
    p.client_sends("still there?");
    CHECK(read_all(*p.engine, 100) == "still there?");
    if (p.shared->version() == "TLSv1.3") {  // the peer asks for new keys in the middle of it
        SSL_key_update(p.client->native(), SSL_KEY_UPDATE_REQUESTED);
        p.client_sends("new keys");
        CHECK(read_all(*p.engine, 100) == "new keys");
    }
    std::string received(sent.size() + tls_engine::record_size, 0);
    std::size_t have = 0;
    while (have < received.size()) {
        std::size_t n = 0;
        const auto what = p.client->receive(received.data() + have, received.size() - have, n);
        if (what == tls_stream::outcome::bytes) have += n;
        if (what == tls_stream::outcome::want_read) {
            s = p.engine->write(piece.data(), piece.size());
            if (s.what == status::done) break;
        }
    }
    CHECK(s.what == status::done);
    while (have < received.size()) {
        std::size_t n = 0;
        REQUIRE(p.client->receive(received.data() + have, received.size() - have, n) == tls_stream::outcome::bytes);
        have += n;
    }
    CHECK(received == sent + piece.substr(0, tls_engine::record_size));
    p.client_sends("and on");
    CHECK(read_all(*p.engine, 100) == "and on");
}

TEST_CASE("What was given up does nothing more", "[tls]") {
    pair p;
    p.shake_hands();
    p.engine->give_up({ECANCELED, boost::system::system_category()});
    char c;
    CHECK(p.engine->read(&c, 1).error.value() == ECANCELED);
    CHECK(p.engine->write(&c, 1).error.value() == ECANCELED);
    p.engine->shutdown();
    p.client_sends("x");  // the descriptor is not touched any more
    CHECK_FALSE(p.engine->holds_bytes());
}
