#include "journal/age_guard.hpp"

namespace voltgate {

namespace {

std::chrono::system_clock::duration offset_of(age_guard::utc_time utc, age_guard::steady_time steady) {
    return utc.time_since_epoch() -
           std::chrono::duration_cast<age_guard::utc_time::duration>(steady.time_since_epoch());
}

}  // namespace

age_guard::age_guard(utc_time utc, steady_time steady, std::optional<utc_time> last_known) {
    begin(offset_of(utc, steady), steady);
    if (!last_known) return;
    using std::chrono::floor, std::chrono::seconds;  // in seconds no difference is too large
    const seconds ahead = floor<seconds>(utc).time_since_epoch() - floor<seconds>(*last_known).time_since_epoch();
    held_ = ahead > hold || ahead < -tolerance;
    if (held_) last_jump_ = ahead;
}

age_guard::news age_guard::look(utc_time utc, steady_time steady) {
    const offset now = offset_of(utc, steady);
    const offset moved = now - baseline_;
    if (moved > tolerance || moved < -tolerance) {
        begin(now, steady);
        held_ = true;
        last_jump_ = std::chrono::duration_cast<std::chrono::seconds>(moved);
        return news::jumped;
    }
    if (steady - since_ < hold) return news::none;
    const bool was_held = held_;
    begin(now, steady);
    return was_held ? news::goes_on : news::none;
}

bool age_guard::confirm(utc_time utc, steady_time steady) {
    if (!held_) return false;
    begin(offset_of(utc, steady), steady);
    return true;
}

void age_guard::begin(offset o, steady_time steady) noexcept {
    baseline_ = o;
    since_ = steady;
    held_ = false;
}

}  // namespace voltgate
