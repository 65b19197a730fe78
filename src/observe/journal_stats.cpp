#include "observe/journal_stats.hpp"

#include <fmt/format.h>

namespace voltgate {

std::string clock_jump_text(std::chrono::seconds by) {
    return fmt::format("{:+.1f} h", std::chrono::duration<double, std::ratio<3600>>(by).count());
}

}  // namespace voltgate
