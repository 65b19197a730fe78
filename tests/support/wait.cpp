// Polling with a deadline.
#include "support/wait.hpp"

#include <fmt/format.h>

#include <thread>

namespace voltgate::test {

void eventually(const std::function<bool()>& condition, std::string_view description,
                std::chrono::milliseconds patience) {
    const deadline until(patience);
    while (!condition()) {
        if (until.passed()) throw unexpected(fmt::format("not within {} ms: {}", patience.count(), description));
        std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
}

}  // namespace voltgate::test
