// The Asio types of the gateway's threads. All but the owner of a thread know its context by its executor alone.
#pragma once

#include <voltgate/asio.hpp>

#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>

namespace voltgate {

// Concrete types throughout: any_io_executor costs two microseconds a message.
using io_executor = asio::io_context::executor_type;
template <class T>
using io_awaitable = asio::awaitable<T, io_executor>;

/// Of the thread whose context this is.
[[nodiscard]] inline io_executor executor_of(asio::execution_context& context) {
    return static_cast<asio::io_context&>(context).get_executor();
}

}  // namespace voltgate
