// One run from the first connection to the last: its phases, and a snapshot of everything where they meet.
#pragma once

#include "fleet.hpp"
#include "options.hpp"
#include "processes.hpp"

#include <cstdint>

namespace ocppload {

struct snapshot {
    counters count;
    process_sample server;
    double own_cpu_us = 0, slab = 0;
    std::int64_t at = 0;
};

class load_run {
  public:
    explicit load_run(const options& o) : options_(o), fleet_(options_) {}
    load_run(const load_run&) = delete;
    load_run& operator=(const load_run&) = delete;

    void run();
    /// Nothing failed, was lost or wrongly answered.
    bool all_well() const;

    const options& what() const { return options_; }
    const ocppload::fleet& fleet() const { return fleet_; }
    const snapshot& at_start() const { return at_start_; }
    const snapshot& when_connected() const { return when_connected_; }
    const snapshot& measure_begin() const { return measure_begin_; }
    const snapshot& measure_end() const { return measure_end_; }
    std::uint64_t lost() const { return fleet_.total().lost + fleet_.still_unanswered(); }

  private:
    snapshot take_snapshot();
    void progress(const char* what) const;
    void enter(run_phase p, const char* name);
    bool advance(std::int64_t now);

    options options_;
    ocppload::fleet fleet_;
    run_phase phase_ = run_phase::connect;
    std::int64_t phase_began_ = 0;
    bool interrupted_ = false;
    snapshot at_start_, when_connected_, measure_begin_, measure_end_;
};

/// The report on standard output: a table, or JSON.
void print_report(const load_run& r);

}  // namespace ocppload
