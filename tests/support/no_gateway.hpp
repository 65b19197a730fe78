// The host of sessions that need none.
#pragma once

#include "events/memory_budget.hpp"
#include "session/host.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate::test {

/// Lets everything happen and answers with nothing. To be derived from for what a test wants to see or to say.
struct no_gateway : session_host, call_answerer, command_source {
    io_awaitable<void> enter(std::shared_ptr<session>) override { co_return; }
    void leave(session&, end_reason) override {}
    void session_over() override { is_over = true; }
    host_answer answer(const inbound_call&, std::string&) override { return {}; }
    std::optional<rule> objection(const session&, const ocpp::action_info&) const override { return std::nullopt; }
    bool may_be_sent_to(const session&, const outbound_call&) const override { return true; }
    memory_budget& large_messages() noexcept override { return large; }
    void handed_over(session&, const outbound_call&) override {}
    void answered(session&, const outbound_call&, const command_result&) override {}
    void late_answer(session&, const outbound_call&, command_result) override {}
    void deviated(session&, rule, std::string_view) override {}

    memory_budget large{0};
    const session_ports ports{*this, *this, *this};
    bool is_over = false;  // its session
};

}  // namespace voltgate::test
