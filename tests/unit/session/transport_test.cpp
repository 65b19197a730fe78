// The transport with TLS on it, as Asio's operations see it.
#include "session/transport.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/tls_context.hpp"
#include "support/tcp_connection.hpp"
#include "support/tls_site.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <future>
#include <optional>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct connected {
    connected() {
        asio::basic_socket_acceptor<asio::ip::tcp, io_executor> acceptor(
            context.get_executor(), asio::ip::tcp::endpoint(asio::ip::address_v4::loopback(), 0));
        auto connecting = std::async(std::launch::async, [this, port = acceptor.local_endpoint().port()] {
            return tcp_connection(port, tcp_through(site.client()), test::deadline());
        });
        here.emplace(acceptor.accept());
        const auto loaded = tls_context::load(site.config(), std::make_shared<tls_ticket_keys>(this_machine()),
                                              this_machine().clock().utc());
        here->secure([&](int descriptor) { return loaded.context->accept(descriptor, false); });
        tls_engine::step s;
        while ((s = here->tls()->handshake()).what != tls_engine::status::done) {
            REQUIRE(s.what == tls_engine::status::want_read);
            here->async_wait(asio::socket_base::wait_read, [](error_code) {});
            run();
        }
        there = connecting.get();
    }

    struct outcome {
        std::optional<error_code> ec;
        std::size_t bytes = 0;
        void operator()(error_code e, std::size_t n) {
            ec = e;
            bytes = n;
        }
    };
    void run() {
        context.restart();
        context.run();
    }

    tls_site site;
    asio::io_context context{1};
    std::optional<transport> here;
    tcp_connection there;
};

}  // namespace

TEST_CASE("Small buffers go out in one record", "[tls]") {
    connected c;
    const std::string head = "head", body(5000, 'b');
    const std::array buffers = {asio::buffer(std::string_view()), asio::buffer(head), asio::buffer(body)};
    connected::outcome written;
    c.here->async_write_some(buffers, std::ref(written));
    CHECK_FALSE(written.ec);  // not before it returned
    c.run();
    CHECK(written.ec == error_code());
    CHECK(written.bytes == head.size() + body.size());
    std::string text;
    REQUIRE(c.there.receive_more(text, test::deadline()));
    CHECK(text == head + body);
}

TEST_CASE("Waiting ends at once while TLS holds bytes", "[tls]") {
    connected c;
    c.there.send("abcdef", test::deadline());
    std::array<char, 2> two;
    connected::outcome read;
    c.here->async_read_some(asio::buffer(two), std::ref(read));
    c.run();
    CHECK(read.bytes == 2);
    std::optional<error_code> waited;
    c.here->async_wait_readable([&](error_code ec) { waited = ec; });
    CHECK_FALSE(waited);
    c.run();
    CHECK(waited == error_code());
    error_code ec;
    std::array<char, 16> rest;
    CHECK(c.here->receive(asio::buffer(rest), ec) == 4);
    CHECK(c.here->receive(asio::buffer(rest), ec) == 0);
    CHECK(ec == asio::error::would_block);
}

TEST_CASE("A read that was cancelled can be repeated", "[tls]") {
    connected c;
    std::array<char, 16> buffer;
    connected::outcome read;
    asio::cancellation_signal cancel;
    c.here->async_read_some(asio::buffer(buffer), asio::bind_cancellation_slot(cancel.slot(), std::ref(read)));
    cancel.emit(asio::cancellation_type::terminal);
    c.run();
    CHECK(read.ec == asio::error::operation_aborted);
    c.there.send("again", test::deadline());
    c.here->async_read_some(asio::buffer(buffer), std::ref(read));
    c.run();
    CHECK(read.ec == error_code());
    CHECK(std::string_view(buffer.data(), read.bytes) == "again");
}

TEST_CASE("After a write that was cancelled half-way nothing more is written", "[tls]") {
    connected c;
    const std::string piece(tls_engine::record_size, 'x');
    std::size_t records = 0;
    connected::outcome written;
    written.ec = error_code();
    while (written.ec) {  // until nobody takes more
        written.ec.reset();
        c.here->async_write_some(asio::buffer(piece), std::ref(written));
        c.context.restart();
        c.context.poll();
        records += written.ec ? 1 : 0;
    }
    CHECK(records > 0);
    c.here->cancel();
    c.run();
    CHECK(written.ec == asio::error::operation_aborted);
    c.here->async_write_some(asio::buffer(piece), std::ref(written));
    c.run();
    CHECK(written.ec == asio::error::operation_aborted);
    CHECK(written.bytes == 0);
}

TEST_CASE("The peer's goodbye is the end of the stream, anything else is not", "[tls]") {
    connected c;
    std::array<char, 16> buffer;
    connected::outcome read;
    SECTION("goodbye") {
        c.there.shutdown_send();
        c.here->async_read_some(asio::buffer(buffer), std::ref(read));
        c.run();
        CHECK(read.ec == asio::error::eof);
    }
    SECTION("none") {
        c.there.close();
        c.here->async_read_some(asio::buffer(buffer), std::ref(read));
        c.run();
        CHECK(read.ec == asio::error::connection_reset);
    }
    SECTION("closed here while reading") {
        c.here->async_read_some(asio::buffer(buffer), std::ref(read));
        c.here->close();
        c.run();
        CHECK(read.ec == asio::error::operation_aborted);
        std::string text;
        CHECK_FALSE(c.there.receive_more(text, test::deadline()));
        CHECK_FALSE(c.there.was_truncated());
    }
}
