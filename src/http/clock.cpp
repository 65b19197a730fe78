// /api/v1/clock/confirm: after a jump of the machine's clock, somebody says that it is right.
#include "http/router.hpp"
#include "stores/queries.hpp"

namespace voltgate::http {

io_awaitable<response> confirm_clock(route_context& c) {
    auto& reader = c.thread.reader;
    if (!reader.read(c.req.body, nullptr) || reader.root().kind() != ocpp::value_kind::object ||
        reader.root().size() != 0) {
        co_return problem(problem_kind::wrong_body, "the body must be {}");
    }
    if (!c.parts.queries()) co_return journal_is_off();
    if (!c.parts.queries()->state->confirm_clock()) {
        co_return problem(409, "there is nothing to confirm: the machine's clock has not jumped, or not again");
    }
    co_return response(204, {});
}

}  // namespace voltgate::http
