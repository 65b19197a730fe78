#include "observe/spawn.hpp"

#include "observe/log.hpp"

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <utility>

namespace voltgate {

void spawn(const io_executor& executor, log& l, std::string_view what, io_awaitable<void> coroutine) {
    asio::co_spawn(executor, std::move(coroutine),
                   [&l, what](const std::exception_ptr& failure) { log_failure(l, what, failure); });
}

void log_failure(log& l, std::string_view what, const std::exception_ptr& failure) noexcept {
    if (!failure) return;
    try {
        std::rethrow_exception(failure);
    } catch (const std::exception& e) {
        l.error("an exception ended a task", {{"task", what}, {"what", e.what()}});
    } catch (...) {
        l.error("an exception ended a task", {{"task", what}});
    }
}

}  // namespace voltgate
