// What the operating system knows of this process.
#pragma once

#include <cstdint>

namespace voltgate {

struct process_figures {
    double cpu_seconds = 0;  // user and kernel
    double start_time = 0;   // seconds since 1970
    std::uint64_t resident_bytes = 0;
    std::uint64_t open_descriptors = 0;
    std::uint64_t max_descriptors = 0;  // the soft limit
};

/// Figures that cannot be had are 0.
[[nodiscard]] process_figures read_process_figures();

}  // namespace voltgate
