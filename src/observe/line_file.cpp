#include "observe/line_file.hpp"

#include <climits>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace voltgate {

namespace {

using namespace std::chrono_literals;

constexpr auto look_up_interval = 200ms;  // how soon a waiting write notices hurry()
constexpr auto patience_in_a_hurry = 600ms;

int open_for_appending(const std::string& path) noexcept {
    constexpr mode_t readable_by_group = 0640;
    return ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, readable_by_group);
}

std::error_code last_error() noexcept { return {errno, std::generic_category()}; }

}  // namespace

line_file::line_file() : descriptor_(STDERR_FILENO) { look_at_kind(); }

line_file::line_file(std::string path) : path_(std::move(path)), descriptor_(open_for_appending(path_)) {
    if (descriptor_ < 0) throw std::system_error(last_error(), "log.file: cannot open " + path_);
    look_at_kind();
}

line_file::~line_file() {
    if (!path_.empty()) ::close(descriptor_);
}

void line_file::look_at_kind() noexcept {
    struct stat about{};
    regular_ = ::fstat(descriptor_, &about) == 0 && S_ISREG(about.st_mode);
}

bool line_file::wait_until_writable() noexcept {
    auto waited = 0ms;
    while (!given_up_) {
        pollfd one{descriptor_, POLLOUT, 0};
        const auto ready = ::poll(&one, 1, static_cast<int>(look_up_interval.count()));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
        if (!hurry_) continue;
        waited += look_up_interval;
        given_up_ = waited >= patience_in_a_hurry;
    }
    return false;
}

bool line_file::write_line(std::string_view line) noexcept {
    while (!line.empty()) {
        std::size_t piece = line.size();
        if (!regular_) {
            // A pipe that is ready takes this much without blocking.
            piece = std::min<std::size_t>(piece, PIPE_BUF);
            if (!wait_until_writable()) return false;
        }
        const auto written = ::write(descriptor_, line.data(), piece);
        if (written < 0 && (errno == EINTR || errno == EAGAIN)) continue;
        if (written <= 0) return false;
        line.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

std::error_code line_file::reopen() noexcept {
    if (path_.empty()) return {};
    const int fresh = open_for_appending(path_);
    if (fresh < 0) return last_error();
    std::error_code failure;
    if (::dup3(fresh, descriptor_, O_CLOEXEC) < 0) failure = last_error();
    ::close(fresh);
    look_at_kind();
    return failure;
}

}  // namespace voltgate
