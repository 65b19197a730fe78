// Runs one of the gateway's coroutines to its end, on the calling thread.
#pragma once

#include "async/io_types.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>

#include <utility>

namespace voltgate::test {

/// Throws what the coroutine threw. `io` has no other work that never ends.
template <class T>
T run(asio::io_context& io, io_awaitable<T> work) {
    auto result = asio::co_spawn(io.get_executor(), std::move(work), asio::use_future);
    io.restart();
    io.run();
    return result.get();
}

}  // namespace voltgate::test
