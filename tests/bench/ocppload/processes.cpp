#include "processes.hpp"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <string>
#include <sys/resource.h>
#include <unistd.h>

namespace ocppload {
namespace {

// The bytes of a line "Name:   123 kB".
double field_bytes(const std::string& path, const char* name) {
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with(name)) return std::strtod(line.c_str() + std::strlen(name), nullptr) * 1024;
    }
    return 0;
}

}  // namespace

process_sample sample_processes(const std::vector<int>& pids, int& gone) {
    process_sample sum;
    for (int pid : pids) {
        std::string dir = "/proc/" + std::to_string(pid);
        std::ifstream file(dir + "/stat");
        std::string text;
        if (!std::getline(file, text)) {
            gone = pid;
            continue;
        }
        unsigned long utime = 0, stime = 0;
        std::size_t name_end = text.rfind(')');
        if (name_end != std::string::npos) {
            std::sscanf(text.c_str() + name_end + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &utime,
                        &stime);
        }
        sum.cpu_us += static_cast<double>(utime + stime) * 1e6 / static_cast<double>(sysconf(_SC_CLK_TCK));
        sum.rss += field_bytes(dir + "/status", "VmRSS:");
        sum.peak += field_bytes(dir + "/status", "VmHWM:");
    }
    return sum;
}

double own_cpu_us() {
    rusage u;
    getrusage(RUSAGE_SELF, &u);
    return static_cast<double>(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 +
           static_cast<double>(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

double kernel_slab_bytes() { return field_bytes("/proc/meminfo", "Slab:"); }

}  // namespace ocppload
