// CPU time and memory of the server's processes and of this one, from /proc.
#pragma once

#include <vector>

namespace ocppload {

struct process_sample {
    double cpu_us = 0;
    double rss = 0, peak = 0;  // bytes
};

/// Added up over the processes; one that is gone sets `gone`.
process_sample sample_processes(const std::vector<int>& pids, int& gone);
double own_cpu_us();
double kernel_slab_bytes();

}  // namespace ocppload
