// What a 2.x charge point is answered to a TransactionEvent, and what all answers say of tokens.
#pragma once

#include "answers/answer_context.hpp"
#include "events/map_v2.hpp"

#include <string>

namespace voltgate {

/// Appends `{"idTokenInfo":{…}`, without the closing brace.
void append_token_info(std::string& out, const id_tag_info& info, const session& s);

/// Who may charge with it; tokens that authorise nothing are accepted.
[[nodiscard]] io_awaitable<id_tag_info> find_token(const answer_context& with, const session& s, id_token token);

[[nodiscard]] host_answer answer_transaction_event(const answer_context& with, const inbound_call& call,
                                                   std::string& out);

}  // namespace voltgate
