// The Asio types of the gateway's threads.
#pragma once

#include <voltgate/asio.hpp>

#include <boost/asio/io_context.hpp>

namespace voltgate {

// Concrete types throughout: any_io_executor costs two microseconds a message.
using io_executor = asio::io_context::executor_type;
template <class T>
using io_awaitable = asio::awaitable<T, io_executor>;

}  // namespace voltgate
