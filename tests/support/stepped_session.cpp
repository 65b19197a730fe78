#include "support/stepped_session.hpp"

#include "session/ws_session.hpp"

#include <voltgate/gateway.hpp>

#include <fmt/format.h>

#include <array>
#include <utility>

namespace voltgate::test {

stepped_session::stepped_session(no_gateway& host, const session_config& config, std::size_t capacity)
    : config_(config), host_(host) {
    host_.is_over = false;
    thread_ = std::make_unique<session_thread>(0, 0, clock, machine_, counters_.shard_of(0));
    thread_->io.timers.start();
    auto [gateway, charge_point] = memory_end::pair(thread_->io.context.get_executor(), capacity);
    charge_point_ = std::move(charge_point);
    session_origin origin;
    origin.charge_point_id = "CP-1";
    origin.subprotocol = "ocpp1.6";
    voltgate::config whole;
    whole.session = config;
    auto settings = std::make_shared<const charge_point_settings>(settings_for(whole, origin.charge_point_id));
    accepted_upgrade upgrade(transport(std::move(gateway)), "dGhlIHNhbXBsZSBub25jZQ==");
    start_ws_session(*thread_, host.ports, config_, std::move(settings), std::move(origin), std::move(upgrade));
}

// What waits goes first, with what it owns, in whatever state it is.
stepped_session::~stepped_session() { thread_.reset(); }

std::size_t stepped_session::run(std::size_t most) {
    std::size_t ran = 0;
    thread_->io.context.restart();
    while (ran < most && thread_->io.context.poll_one() > 0) ++ran;
    return ran;
}

void stepped_session::advance(std::chrono::milliseconds by) {
    clock.advance(by);
    while (machine_.step()) {
    }
    run();
}

void stepped_session::say(std::string_view bytes) {
    static_cast<void>(charge_point_->write(bytes.data(), bytes.size()));
}

std::string stepped_session::heard() {
    std::array<char, 4096> bytes;
    auto step = charge_point_->read(bytes.data(), bytes.size());
    for (; step.bytes > 0; step = charge_point_->read(bytes.data(), bytes.size()))
        received_.append(bytes.data(), step.bytes);
    const auto end_of_head = received_.find("\r\n\r\n");
    if (!upgraded_ && end_of_head != std::string::npos) {
        received_.erase(0, end_of_head + 4);
        upgraded_ = true;
    }
    std::string words;
    while (upgraded_) {
        const auto f = take_frame(received_);
        if (!f) break;
        switch (f->code) {
            case opcode::text: words += "text " + f->payload; break;
            case opcode::pong: words += "pong " + f->payload; break;
            case opcode::ping: words += "ping " + f->payload; break;
            case opcode::close: words += fmt::format("close {}", close_code(f->payload)); break;
            case opcode::binary: words += "binary " + f->payload; break;
            case opcode::continuation: words += "continuation"; break;
        }
        words += "; ";
    }
    if (step.what == tls_engine::status::eof) words += "end";
    return words;
}

}  // namespace voltgate::test
