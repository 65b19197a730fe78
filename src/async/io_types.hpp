// The Asio types of the gateway's threads. All but the owner of a thread know its context by its executor alone.
#pragma once

#include <voltgate/asio.hpp>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/deferred.hpp>
#include <boost/asio/execution_context.hpp>
#include <boost/asio/io_context.hpp>

namespace voltgate {

// Concrete types throughout: any_io_executor costs two microseconds a message.
using io_executor = asio::io_context::executor_type;
template <class T>
using io_awaitable = asio::awaitable<T, io_executor>;

/// The token for awaiting inside the gateway: errors come back as values.
inline constexpr auto as_result = asio::as_tuple(asio::deferred);

/// Of the thread whose context this is.
[[nodiscard]] inline io_executor executor_of(asio::execution_context& context) {
    return static_cast<asio::io_context&>(context).get_executor();
}

}  // namespace voltgate
