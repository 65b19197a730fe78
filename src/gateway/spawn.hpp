// Coroutines that nobody waits for: what one of them throws is logged, not lost.
#pragma once

#include "session/io_thread.hpp"

#include <string_view>

namespace voltgate {

class log;

/// Runs it on the context, which `l` outlives. `what`: for the log, a literal.
void spawn(asio::io_context& context, log& l, std::string_view what, io_awaitable<void> coroutine);

}  // namespace voltgate
