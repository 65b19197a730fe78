#include "load_run.hpp"

#include "text.hpp"

#include <algorithm>
#include <csignal>
#include <cstdio>

namespace ocppload {
namespace {

volatile std::sig_atomic_t signalled = 0;

}  // namespace

snapshot load_run::take_snapshot() {
    int gone = 0;
    snapshot s{fleet_.total(), sample_processes(options_.server_pids, gone), own_cpu_us(), kernel_slab_bytes(),
               now_ns()};
    if (gone) fleet_.note_missing_process(gone);
    return s;
}

void load_run::progress(const char* what) const {
    if (options_.quiet) return;
    std::fprintf(stderr, "ocppload: %s: %u open, %u booted, %lu failed, %lu answered\n", what, fleet_.open(),
                 fleet_.booted(), fleet_.total().connect_failed, fleet_.total().answered);
}

void load_run::enter(run_phase p, const char* name) {
    phase_ = p;
    fleet_.enter(p);
    phase_began_ = now_ns();
    progress(name);
}

// Moves to the next phase when the current one is over; false when the run is.
bool load_run::advance(std::int64_t now) {
    auto elapsed = static_cast<double>(now - phase_began_) / second_ns;
    if (signalled && phase_ < run_phase::drain) {
        interrupted_ = true;
        if (phase_ != run_phase::measure) measure_begin_ = take_snapshot();
        measure_end_ = take_snapshot();
        enter(run_phase::drain, "interrupted");
    }
    switch (phase_) {
        case run_phase::connect:
            if (fleet_.started() < options_.all_connections() || fleet_.connecting() > 0) return true;
            if (fleet_.booted() < fleet_.open()) return true;
            if (fleet_.open() == 0) die("no connection came up: %s", fleet_.total().first_error.c_str());
            when_connected_ = take_snapshot();
            enter(run_phase::warmup, "all connected");
            fleet_.begin_load(now);
            return true;
        case run_phase::warmup:
            if (elapsed < options_.warmup) return true;
            enter(run_phase::measure, "measuring");
            measure_begin_ = take_snapshot();
            return true;
        case run_phase::measure:
            if (elapsed < options_.duration) return true;
            measure_end_ = take_snapshot();
            enter(run_phase::drain, "draining");
            return true;
        case run_phase::drain:
            if (!fleet_.idle() && elapsed < options_.call_timeout + 1) return true;
            enter(run_phase::close, "closing");
            fleet_.begin_close();
            return true;
        case run_phase::close: return fleet_.closing() > 0 && elapsed < 10;
    }
    return false;
}

void load_run::run() {
    std::signal(SIGINT, [](int) { signalled = 1; });
    std::signal(SIGTERM, [](int) { signalled = 1; });
    at_start_ = take_snapshot();
    std::int64_t began = now_ns(), next_tick = began;
    phase_began_ = began;
    double connect_interval = second_ns / options_.connect_rate;
    auto next_connect = [&] { return began + static_cast<std::int64_t>(fleet_.started() * connect_interval); };
    auto more_to_connect = [&] {
        return phase_ == run_phase::connect && fleet_.started() < options_.all_connections() &&
               fleet_.connecting() < options_.connecting_limit;
    };
    while (true) {
        std::int64_t now = now_ns();
        while (more_to_connect() && now >= next_connect()) fleet_.start_connection();
        fleet_.run_schedule(now);
        if (now >= next_tick) {
            fleet_.find_timeouts(now);
            next_tick = now + 250'000'000;
        }
        if (!advance(now)) return;

        std::int64_t wake = std::min({next_tick, now + 10'000'000, fleet_.next_due()});
        if (more_to_connect()) wake = std::min(wake, next_connect());
        fleet_.wait(std::max<std::int64_t>(0, wake - now_ns()));
    }
}

bool load_run::all_well() const {
    const totals& t = fleet_.total();
    std::uint64_t faults = t.connect_failed + t.dropped + t.timeouts + lost() + t.duplicate + t.unknown_id +
                           t.wrong_payload + t.malformed + (t.pings - t.pongs);
    return faults == 0 && (t.callerrors == 0 || options_.allow_callerror) && !interrupted_;
}

}  // namespace ocppload
