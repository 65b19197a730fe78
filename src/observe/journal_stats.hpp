// What the journal tells of itself, for health and metrics.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace voltgate {

struct journal_stats {
    std::string trouble;  // empty: all is well; else what is wrong and what to do
    std::uint64_t events = 0, batches = 0, failed_batches = 0, shed_events = 0, failed_operations = 0;
    std::uint64_t commit_nanoseconds = 0;  // of all batches, waiting for the disk included
    std::uint64_t buffered_bytes = 0, file_bytes = 0;
    std::uint64_t last_sequence = 0;
    std::uint64_t long_transactions = 0;  // found to be running for more than a day
    std::uint64_t clock_jumps = 0;        // of the machine's clock
    bool ageing_held = false;             // after one of them: nothing is removed by age
    std::chrono::seconds last_clock_jump{0};
    bool restored = false;  // an older file was found in the journal's place when it was opened
};

/// Of a clock's jump: "+2400.0 h"
[[nodiscard]] std::string clock_jump_text(std::chrono::seconds by);

}  // namespace voltgate
