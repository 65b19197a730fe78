// Coroutines that nobody waits for: what one of them throws is logged, not lost.
#pragma once

#include "async/io_types.hpp"

#include <exception>
#include <string_view>

namespace voltgate {

class log;

/// Runs it on the executor's thread, whose context `l` outlives. `what`: for the log, a literal.
void spawn(const io_executor& executor, log& l, std::string_view what, io_awaitable<void> coroutine);
/// The same for one whose end somebody waits for: what it threw, if anything.
void log_failure(log& l, std::string_view what, const std::exception_ptr& failure) noexcept;

}  // namespace voltgate
