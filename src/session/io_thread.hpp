// What all sessions of one I/O thread share. One io_context per thread: a session's strand is its thread's io_context,
// so nothing here needs a lock.
#pragma once

#include "async/io_types.hpp"
#include "async/thread_timers.hpp"
#include "observe/metrics.hpp"
#include "ocpp/payload.hpp"
#include "session/frame_pool.hpp"
#include "session/handshake_turns.hpp"
#include "session/history.hpp"
#include "session/op_allocator.hpp"
#include "websocket/deflate.hpp"

#include <voltgate/asio.hpp>
#include <voltgate/event.hpp>

#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <utility>

namespace voltgate {

class session;
class clock_source;

/// as_result for what is awaited for every message.
[[nodiscard]] inline auto as_result_often() { return asio::bind_allocator(op_allocator<void>(), as_result); }

struct io_thread {
    io_thread(std::size_t thread_index, std::size_t history_bytes, const clock_source& clock_in,
              metrics::shard& shard_in, std::unique_ptr<wheel_alarm> bell = nullptr)
        : index(thread_index),
          clock(clock_in),
          shard(shard_in),
          history(history_bytes),
          timers(asio::make_service<thread_timers>(context, clock, std::move(bell))) {}

    /// What is to run on it goes there; the context is for whoever runs the thread.
    [[nodiscard]] io_executor executor() noexcept { return context.get_executor(); }

    std::size_t index;
    const clock_source& clock;
    metrics::shard& shard;
    frame_pool frames;
    deflate_codec deflate;
    // Into which one session at a time receives; what it says is taken out before another one runs.
    static constexpr std::size_t most_received = 16 * 1024;
    std::unique_ptr<char[]> received = std::make_unique_for_overwrite<char[]>(most_received);
    ocpp::payload_reader reader;
    history_ring history;
    event scratch_event;          // keeps its strings' memory from one event to the next
    session* sessions = nullptr;  // all live ones, linked through session::next_
    // Sessions whose coroutines are destroyed with it find all of the above still there.
    asio::io_context context{1};
    thread_timers& timers;
    handshake_turns handshakes{executor()};
};

}  // namespace voltgate
