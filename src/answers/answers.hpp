// Who answers a CALL: the host program's handler if there is one, else the gateway itself.
#pragma once

#include "answers/answer_context.hpp"
#include "answers/call_handlers.hpp"

#include <optional>
#include <string>
#include <utility>

namespace voltgate {

class answers final : public call_answerer {
  public:
    explicit answers(answer_context with) : with_(std::move(with)) {}

    /// Those of the host program. Before the threads run.
    [[nodiscard]] call_handlers& handlers() noexcept { return handlers_; }

    [[nodiscard]] host_answer answer(const inbound_call& call, std::string& out) override;
    [[nodiscard]] std::optional<rule> objection(const session& s, const ocpp::action_info& action) const override;

  private:
    const answer_context with_;
    call_handlers handlers_;
};

}  // namespace voltgate
