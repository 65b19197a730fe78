// What the writer does between batches: index, retention, checkpoints.
#include "journal/stored_time.hpp"
#include "journal/writer.hpp"

#include <voltgate/gateway.hpp>

#include <sqlite3.h>

namespace voltgate {

namespace {

constexpr auto housekeeping_interval = std::chrono::seconds(1);
constexpr int pages_before_checkpoint = 2000;
constexpr std::uint32_t clean_index_every = 10;
constexpr duration messages_are_known_for = std::chrono::hours(24);  // after their transaction's end
constexpr duration long_running = std::chrono::hours(24);

std::int64_t days_before(std::chrono::system_clock::time_point now, duration keep) { return stored_time(now - keep); }

}  // namespace

void journal_writer::keep_house() {
    const disk_use marked(*this);
    try {
        if (wal_pages_ >= pages_before_checkpoint) checkpoint();
        if (tables_.index.is_due(tables_.events.next_sequence())) {
            begin();
            tables_.index.add_some(tables_.events.next_sequence());
            db_.execute("COMMIT");
        }
        const auto now = std::chrono::steady_clock::now();
        if (now < next_housekeeping_) return;
        next_housekeeping_ = now + housekeeping_interval;
        keep_house_now();
    } catch (const sqlite::error&) {  // the next batch will meet the same trouble, and tell it
        undo();
    }
}

void journal_writer::keep_house_now() {
    const auto& limits = config_.journal;
    const auto now = clock_.utc();
    const auto page_size = db_.number("PRAGMA page_size").value_or(0);
    const auto used =
        (db_.number("PRAGMA page_count").value_or(0) - db_.number("PRAGMA freelist_count").value_or(0)) * page_size;
    file_bytes_ = static_cast<std::uint64_t>(used);
    bool more = false;
    begin();
    if (limits.keep_events.count() > 0) more = tables_.events.remove_older(days_before(now, limits.keep_events));
    if (limits.keep_transactions.count() > 0)
        more = tables_.transaction_records.remove_older(days_before(now, limits.keep_transactions)) || more;
    more = tables_.marks.remove_ended(days_before(now, messages_are_known_for)) || more;
    long_transactions_ += tables_.transaction_records.mark_long_running(days_before(now, long_running), now);
    if (limits.keep_transactions.count() > 0)
        more = tables_.reservations.remove_older(days_before(now, limits.keep_transactions)) || more;
    more = tables_.commands.remove_older(days_before(now, limits.keep_outcomes)) || more;
    if (limits.max_size > 0 && used > static_cast<std::int64_t>(limits.max_size))
        more = tables_.events.remove_oldest() || more;
    tables_.marks.save(tables_.events.next_sequence() - 1);
    if (++housekeepings_ % clean_index_every == 0) tables_.index.clean(tables_.events.first_sequence());
    db_.execute("COMMIT");
    tables_.marks.saved();
    if (more) {
        next_housekeeping_ = {};  // after the next batch: removing keeps up with what comes
    } else {
        db_.execute("PRAGMA incremental_vacuum(256)");
    }
}

void journal_writer::checkpoint() {
    sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    wal_pages_ = 0;
}

}  // namespace voltgate
