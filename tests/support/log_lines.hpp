// What a gateway logs, kept for a test to look into.
#pragma once

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "runtime/core.hpp"
#include "support/running_gateway.hpp"
#include "support/wait.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::test {

/// The gateway's log, for a test to look into.
class log_lines {
  public:
    [[nodiscard]] running_gateway::prepare taken() {
        return [this](gateway& gw) {
            log_config c;
            c.events = false;
            core_of(gw).set_log(std::make_unique<voltgate::log>(c, this_machine().clock(),
                                                                [this](log_config::severity, std::string_view line) {
                                                                    const std::lock_guard lock(mutex_);
                                                                    lines_.emplace_back(line);
                                                                }));
        };
    }
    [[nodiscard]] std::size_t count(std::string_view part) {
        const std::lock_guard lock(mutex_);
        std::size_t n = 0;
        for (const auto& line : lines_) n += line.find(part) != std::string::npos ? 1 : 0;
        return n;
    }
    void expect(std::string_view part, std::size_t times = 1) {
        eventually([&] { return count(part) >= times; }, "the log says: " + std::string(part));
    }

  private:
    std::mutex mutex_;
    std::vector<std::string> lines_;
};

}  // namespace voltgate::test
