// What the writer does between batches: index, retention, checkpoints.
#include "journal/old_tags.hpp"
#include "journal/writer.hpp"
#include "observe/log.hpp"
#include "stores/stored_time.hpp"

#include <voltgate/clock.hpp>
#include <voltgate/gateway.hpp>

#include <algorithm>
#include <sqlite3.h>

namespace voltgate {

namespace {

constexpr auto housekeeping_interval = std::chrono::seconds(1);
constexpr auto save_interval = std::chrono::seconds(10);
constexpr int pages_before_checkpoint = 2000;
constexpr std::uint32_t clean_index_every = 10;
constexpr duration messages_are_known_for = std::chrono::hours(24);  // after their transaction's end
constexpr duration tags_are_needed_for = messages_are_known_for;     // to know a start that comes again
constexpr duration long_running = std::chrono::hours(24);
constexpr auto note_time_every = std::chrono::minutes(10);  // a write that wakes the disk

std::int64_t only_number(sqlite::statement& query) {
    const std::int64_t number = query.step() ? query.integer(0) : 0;
    query.reset();
    return number;
}

std::int64_t days_before(std::chrono::system_clock::time_point now, duration keep) { return stored_time(now - keep); }

// Often enough for what is kept the shortest time.
duration ageing_interval(const journal_config& limits) {
    duration shortest = std::min<duration>(std::chrono::seconds(10), limits.keep_outcomes);
    for (const duration keep : {limits.keep_events, limits.keep_transactions, limits.keep_personal})
        if (keep.count() > 0) shortest = std::min(shortest, keep);
    return shortest;
}

}  // namespace

void journal_writer::keep_house() {
    const disk_use marked(*this);
    try {
        if (wal_pages_ >= pages_before_checkpoint) checkpoint();
        if (tables_.index.is_due(tables_.events.next_sequence())) {
            begin();
            tables_.index.add_some(tables_.events.next_sequence());
            commit_.run();
        }
        const auto now = machine_time();
        if (now < next_housekeeping_) return;
        next_housekeeping_ = now + housekeeping_interval;
        keep_house_now();
        if (now < next_save_) return;
        next_save_ = now + save_interval;
        save_run();
    } catch (const sqlite::error&) {  // the next batch will meet the same trouble, and tell it
        undo();
    }
}

void journal_writer::keep_house_now() {
    const auto& limits = config_.journal;
    const auto now = clock_.utc();
    const bool trusted = may_age(now);
    if (!trusted) aged_at_.reset();
    const bool ages = trusted && (!aged_at_ || std::chrono::abs(now - *aged_at_) >= ageing_interval(limits));
    const std::uint64_t batches = batches_;
    if (!ages && kept_batches_ == batches) return;
    kept_batches_.reset();
    const auto free_pages = only_number(free_pages_);
    const auto used = (only_number(page_count_) - free_pages) * page_size_;
    file_bytes_ = static_cast<std::uint64_t>(used);
    const bool note_time = trusted && (!noted_time_ || std::chrono::abs(now - *noted_time_) >= note_time_every);
    begin();
    bool more = false;
    if (ages) {
        aged_at_.reset();
        more = remove_aged(now);
        if (!more) aged_at_ = now;
    }
    if (limits.max_size > 0 && used > static_cast<std::int64_t>(limits.max_size))
        more = tables_.events.remove_oldest() || more;
    if (note_time) {
        sqlite::statement note(db_, "INSERT OR REPLACE INTO meta (name, value) VALUES ('known_time', ?)");
        note.run(stored_time(now));
    }
    tables_.marks.save(tables_.events.next_sequence() - 1, tables_.events.first_sequence());
    if (++housekeepings_ % clean_index_every == 0) tables_.index.clean(tables_.events.first_sequence());
    commit_.run();
    tables_.marks.saved();
    if (note_time) noted_time_ = now;
    if (more) {
        next_housekeeping_ = {};  // after the next batch: removing keeps up with what comes
    } else if (free_pages > 0) {
        db_.execute("PRAGMA incremental_vacuum(256)");
    } else {
        kept_batches_ = batches;
    }
}

bool journal_writer::remove_aged(utc_time now) {
    const auto& limits = config_.journal;
    bool more = false;
    if (limits.keep_events.count() > 0) more = tables_.events.remove_older(days_before(now, limits.keep_events));
    tables_.transaction_records.date_anew(now);
    if (limits.keep_transactions.count() > 0) {
        more = tables_.transaction_records.remove_older(days_before(now, limits.keep_transactions)) || more;
        if (tables_.transaction_records.removed_unstopped()) tables_.station_transactions.forget();
        more = tables_.reservations.remove_older(days_before(now, limits.keep_transactions)) || more;
    }
    more = tables_.marks.remove_ended(days_before(now, messages_are_known_for)) || more;
    if (limits.keep_personal.count() > 0) {
        const auto keep = std::max(limits.keep_personal, tags_are_needed_for);
        more = replace_old_tags(db_, privacy_, days_before(now, keep)) || more;
    }
    long_transactions_ += tables_.transaction_records.mark_long_running(days_before(now, long_running), now);
    return tables_.commands.remove_older(days_before(now, limits.keep_outcomes)) || more;
}

bool journal_writer::may_age(utc_time now) {
    using news = age_guard::news;
    std::unique_lock lock(mutex_);
    const news what = guard_.look(now, clock_.steady());
    if (what == news::jumped) ++clock_jumps_;
    const bool held = guard_.held();
    const auto jump = guard_.last_jump();
    lock.unlock();
    if (what == news::jumped) tell_of_jump(jump);
    if (what == news::goes_on) log_.info("the clock has not jumped for 24 hours: what is old is removed again");
    return !held;
}

void journal_writer::tell_of_jump(std::chrono::seconds by) {
    log_.warning(
        "the machine's clock has jumped: nothing is removed by age until it has not jumped for 24 hours, or until POST "
        "/api/v1/clock/confirm says that it is right",
        {{"by", clock_jump_text(by)}});
}

bool journal_writer::confirm_clock() {
    {
        const std::lock_guard lock(mutex_);
        if (!guard_.confirm(clock_.utc(), clock_.steady())) return false;
    }
    log_.info("the machine's clock was confirmed: what is old is removed again");
    return true;
}

// A file that was written before times were noted in it has those of its events.
std::optional<journal_writer::utc_time> journal_writer::last_known_time(sqlite::database& db) {
    auto known = db.number("SELECT value FROM meta WHERE name = 'known_time'");
    if (!known) known = db.number("SELECT time FROM events ORDER BY first DESC LIMIT 1");
    return known ? std::optional(time_from_stored(*known)) : std::nullopt;
}

void journal_writer::save_run() noexcept {
    try {
        run_.save();
    } catch (const std::exception& e) {
        log_.warning("journal.state cannot be written", {{"why", e.what()}});
    }
}

void journal_writer::checkpoint() {
    sqlite3_wal_checkpoint_v2(db_.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
    wal_pages_ = 0;
}

}  // namespace voltgate
