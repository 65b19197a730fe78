#include "observe/process.hpp"

#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <sys/resource.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace voltgate {

namespace {

double seconds(const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; }

double seconds(const timespec& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) / 1e9; }

double cpu_seconds() {
    rusage usage{};
    if (::getrusage(RUSAGE_SELF, &usage) != 0) return 0;
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::uint64_t resident_bytes() {
    std::ifstream statm("/proc/self/statm");
    std::uint64_t size = 0;
    std::uint64_t resident = 0;
    if (!(statm >> size >> resident)) return 0;
    return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

std::uint64_t open_descriptors() {
    const char* directory = "/proc/self/fd";
    // Newer kernels say the number as the directory's size: reading one of 20,000 entries takes milliseconds.
    struct stat about{};
    if (::stat(directory, &about) == 0 && about.st_size > 0) return static_cast<std::uint64_t>(about.st_size);
    std::error_code error;
    std::filesystem::directory_iterator entries(directory, error);
    std::uint64_t count = 0;
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) ++count;
    return count > 0 ? count - 1 : 0;  // one is the iterator's own
}

std::uint64_t max_descriptors() {
    rlimit limit{};
    return ::getrlimit(RLIMIT_NOFILE, &limit) == 0 ? limit.rlim_cur : 0;
}

/// Seconds since 1970 when the machine was started. Not from /proc/stat: a sandbox may hide it.
double boot_time() {
    timespec now{}, up{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    ::clock_gettime(CLOCK_BOOTTIME, &up);
    return seconds(now) - seconds(up);
}

double start_time() {
    std::ifstream stat("/proc/self/stat");
    std::string text{std::istreambuf_iterator<char>(stat), {}};
    // The second field is the program's name in parentheses and may hold anything; the start time is the 22nd.
    const auto name_end = text.rfind(')');
    if (name_end == std::string::npos) return 0;
    std::size_t position = name_end;
    for (int field = 2; field < 22 && position != std::string::npos; ++field) position = text.find(' ', position + 1);
    if (position == std::string::npos) return 0;
    const auto ticks = std::strtod(text.c_str() + position, nullptr);
    return boot_time() + ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

}  // namespace

process_figures read_process_figures() {
    static const double started = start_time();
    return {cpu_seconds(), started, resident_bytes(), open_descriptors(), max_descriptors()};
}

}  // namespace voltgate
