// What a process tells first: that it has started, and the ends of the sessions that the process before left open.
#pragma once

#include "journal/journal_op.hpp"
#include "journal/sqlite.hpp"

#include <voltgate/event.hpp>
#include <voltgate/ocpp/version.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace voltgate {

/// How the process before ended. unknown: nobody noted it.
enum class last_stop : std::uint8_t { unknown, first, clean, crashed };

struct open_session {
    std::string charge_point_id;
    std::uint64_t epoch = 0;
    std::optional<ocpp::version> version;
};

/// What the process before left behind.
struct leftovers {
    last_stop stop = last_stop::unknown;
    std::vector<open_session> open_sessions;
};
/// Before the journal is started.
[[nodiscard]] leftovers read_leftovers(sqlite::database& db);

/// `left` null: there is no journal that could tell.
[[nodiscard]] event gateway_started(const leftovers* left, std::chrono::system_clock::time_point now);

/// The journal's first operation: gateway.started and the ends, in one commit.
[[nodiscard]] std::shared_ptr<journal_op> make_first_op(leftovers left, std::chrono::system_clock::time_point now);

}  // namespace voltgate
