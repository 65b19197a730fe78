// What the writer does while the journal cannot be written: it says so, tries again, and gives up what is overdue.
#include "journal/advice.hpp"
#include "journal/event_record.hpp"
#include "journal/writer.hpp"
#include "observe/log.hpp"

#include <utility>

namespace voltgate {

namespace {

constexpr auto retry_pause = std::chrono::milliseconds(200);  // after a batch that failed
constexpr auto closing_retry_pause = std::chrono::milliseconds(20);

}  // namespace

void journal_writer::set_trouble(const std::string& what) {
    {
        const std::lock_guard lock(mutex_);
        if (trouble_ == what) return;
        trouble_ = what;
    }
    if (what.empty()) {
        log_.info("the journal can be written again");
    } else {
        log_.error("the journal cannot be written", {{"why", what}});
    }
}

// What waited was given up, and nothing new comes: else the trouble would seem to last until something does.
void journal_writer::try_again() {
    const disk_use marked(*this);
    try {
        begin();
        db_.execute("UPDATE meta SET value = value WHERE name = 'process'");
        db_.execute("COMMIT");
        set_trouble({});
    } catch (const sqlite::error& e) {
        failed_batches_.fetch_add(1, std::memory_order_relaxed);
        undo();
        set_trouble(with_advice(e));
    }
}

journal_writer::steady_time journal_writer::next_attempt() const {
    const std::lock_guard lock(mutex_);
    return failed_at_ + (closed_ ? closing_retry_pause : retry_pause);
}

// What has come since is written with it; what is overdue no more.
void journal_writer::prepare_retry(steady_time now) {
    bool closing = false;
    {
        const std::lock_guard lock(mutex_);
        closing = closed_;
        writing_.append(input_);
        input_.clear();
        urgent_ = false;
    }
    if (closing && give_up_at_ == never) give_up_at_ = now + config_.events.commit_timeout / 4;
    give_up(now, now >= give_up_at_);
    pending_bytes_ = writing_.bytes();
}

void journal_writer::give_up(steady_time now, bool all) {
    std::vector<journal_input::placed_op> kept, lost;
    for (auto& placed : writing_.ops) (all || placed.op->deadline_ <= now ? lost : kept).push_back(std::move(placed));
    for (const auto& placed : lost) writing_.op_bytes -= placed.bytes;
    writing_.ops = std::move(kept);
    complete(std::move(lost), false);
    if (!all) return;
    std::string_view rest = writing_.records;
    while (take_record_head(rest)) shed_.fetch_add(1, std::memory_order_relaxed);
    writing_.clear();
}

}  // namespace voltgate
