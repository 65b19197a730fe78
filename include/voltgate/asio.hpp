// The one place that says which Asio this is, and the names every room uses for it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/system/error_code.hpp>

namespace voltgate {

namespace asio = boost::asio;
using boost::system::error_code;

}  // namespace voltgate
