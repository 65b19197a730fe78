// The unfinished reports of a session, and when the next of them is given up.
#pragma once

#include "async/timing_wheel.hpp"
#include "events/report_assembler.hpp"

#include <chrono>
#include <functional>
#include <utility>

namespace voltgate {

struct session_reports {
    session_reports(memory_budget& memory, std::function<void()> expire)
        : assembler(memory), expire_(std::move(expire)) {}

    report_assembler assembler;
    wheel_node due{calling<&session_reports::on_due>(*this)};

  private:
    void on_due(std::chrono::steady_clock::time_point) {
        const auto expire = expire_;  // which may be the end of this
        expire();
    }

    std::function<void()> expire_;
};

}  // namespace voltgate
