#include "support/stepped_gateway.hpp"

#include "journal/journal.hpp"
#include "runtime/stores.hpp"  // of src, not the one beside this file
#include "support/memory_acceptor.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace voltgate::test {

namespace {

config stepped_config(const stepped_gateway::configure& change) {
    config c;
    c.server.io_threads = 1;
    c.journal.enabled = false;
    if (change) change(c);
    return c;
}

}  // namespace

void memory_client::ask_for_upgrade(std::string_view charge_point_id, std::string_view more_headers) {
    say(
        fmt::format("GET /ocpp/{} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                    "Sec-WebSocket-Protocol: ocpp1.6\r\n{}\r\n",
                    charge_point_id, more_headers));
}

std::string memory_client::heard() {
    std::string all;
    std::array<char, 4096> bytes;
    auto step = end_->read(bytes.data(), bytes.size());
    for (; step.bytes > 0; step = end_->read(bytes.data(), bytes.size())) all.append(bytes.data(), step.bytes);
    if (step.what == tls_engine::status::eof) all += "(end)";
    return all;
}

stepped_gateway::stepped_gateway(const configure& change, std::size_t capacity)
    : core_(std::make_unique<gateway_core>(stepped_config(change), clock, machine_)) {
    leftovers left;
    REQUIRE_FALSE(open_stores(*core_, journal_, left));
    if (journal_) start_stores(*core_, journal_.get(), left);
    server_ = std::make_unique<http::server>(core_->http_parts());
    auto acceptor = std::make_unique<memory_acceptor>(thread(), capacity);
    acceptor_ = acceptor.get();
    server_->listen(listeners_of(core_->settings()).front(), std::move(acceptor));
    thread().io.timers.start();
    server_->start();
}

stepped_gateway::~stepped_gateway() {
    if (journal_) journal_->close();  // while the settings that it goes by are there
}

memory_client stepped_gateway::connect(std::string_view address) {
    return memory_client(acceptor_->connect({asio::ip::make_address(address), 50'000}));
}

std::size_t stepped_gateway::run(std::size_t most) {
    std::size_t ran = 0;
    thread().io.context.restart();
    while (ran < most && thread().io.context.poll_one() > 0) ++ran;
    return ran;
}

void stepped_gateway::advance(std::chrono::milliseconds by) {
    const auto end = clock->steady() + by;
    while (machine_.next_due() <= end) {
        clock->advance(std::max(machine_.next_due(), clock->steady()) - clock->steady());
        machine_.step();
        run();
    }
    clock->advance(end - clock->steady());
    machine_.ring();
    run();
}

}  // namespace voltgate::test
