// One simulated charge point's connection, and what is counted over all of them.
#pragma once

#include "payloads.hpp"

#include <array>
#include <cstdint>
#include <string>

namespace ocppload {

enum class connection_state : std::uint8_t { unborn, connecting, upgrading, open, closing, gone };

struct connection {
    int fd = -1;
    std::uint32_t index = 0;
    connection_state state = connection_state::unborn;
    ocppload::action action = action::heartbeat;  // of the outstanding CALL
    bool outstanding = false;
    bool booted = false;
    bool frozen = false;  // has stopped reading
    bool wants_write = false;
    bool overdue = false;  // rate mode: the next CALL was due while one was outstanding
    bool in_fragments = false;
    std::uint32_t pings_waiting = 0;       // sent, without their pong
    std::uint32_t transaction_events = 0;  // of its one transaction
    std::uint64_t calls = 0;               // CALLs so far; the outstanding one has this number
    std::int64_t sent_at = 0;              // of the outstanding CALL; before that, the start of connect()
    std::int64_t due_at = 0;               // rate mode: of the outstanding CALL
    std::int64_t next_due = 0;             // rate mode: of the next one
    std::string in, out, message;          // unparsed bytes, unsent bytes, fragments so far
    std::string key;                       // Sec-WebSocket-Key, until the upgrade
};

struct counters {
    std::uint64_t sent = 0, answered = 0, callerrors = 0, bytes_out = 0, bytes_in = 0;
};

struct totals : counters {
    std::uint64_t connected = 0, connect_failed = 0, dropped = 0, timeouts = 0, late = 0, lost = 0;
    std::uint64_t duplicate = 0, unknown_id = 0, wrong_payload = 0, malformed = 0;
    std::uint64_t server_pings = 0, server_calls = 0, closed_cleanly = 0;
    std::uint64_t pings = 0, pongs = 0;
    std::uint64_t frozen_sent = 0, frozen_ended = 0;
    std::int64_t first_frozen_end = 0, last_frozen_end = 0;  // nanoseconds on the monotonic clock
    std::string first_error;
};

}  // namespace ocppload
