// What all connections and sessions of one I/O thread share. Nothing of it needs a lock: it is used on that thread
// alone.
#pragma once

#include "async/io_thread.hpp"
#include "observe/metrics.hpp"
#include "ocpp/payload.hpp"
#include "session/frame_pool.hpp"
#include "session/handshake_turns.hpp"
#include "session/history.hpp"
#include "websocket/deflate.hpp"

#include <voltgate/event.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

class session;

struct session_thread {
    session_thread(std::size_t index, std::size_t history_bytes, const clock_source& clock, platform& p,
                   metrics::shard& shard_in)
        : shard(shard_in), history(history_bytes), io(index, clock, p) {}

    [[nodiscard]] io_executor executor() noexcept { return io.executor(); }

    metrics::shard& shard;
    frame_pool frames;
    deflate_codec deflate;
    // Into which one session at a time receives; what it says is taken out before another one runs.
    static constexpr std::size_t most_received = 16 * 1024;
    std::unique_ptr<char[]> received = std::make_unique_for_overwrite<char[]>(most_received);
    ocpp::payload_reader reader;
    history_ring history;
    event scratch_event;                  // keeps its strings' memory from one event to the next
    session* sessions = nullptr;          // all live ones but those below, linked through session::next_
    session* closing_sessions = nullptr;  // those that were told to close
    // Goes before all of the above, which sessions still find when their coroutines are destroyed with it.
    io_thread io;
    handshake_turns handshakes{executor()};
};

/// All of a gateway.
using session_threads = std::vector<std::unique_ptr<session_thread>>;

/// Recent frames of one charge point, oldest first. Any thread.
[[nodiscard]] std::vector<history_entry> messages_of(const session_threads& threads, std::string_view charge_point_id,
                                                     std::size_t limit);
/// See history_ring::rewrite. Any thread.
void rewrite_messages(const session_threads& threads, const std::function<std::string(std::string_view)>& change);

}  // namespace voltgate
