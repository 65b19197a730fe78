// A refusal as HTTP shows it.
#pragma once

#include "observe/refusal_log.hpp"

#include <boost/json/object.hpp>

namespace voltgate::http {

[[nodiscard]] boost::json::object refusal_object(const refusal_log::entry& e);

}  // namespace voltgate::http
