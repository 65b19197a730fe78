#include "journal/erase_tag.hpp"

#include "async/platform.hpp"
#include "events/event_id.hpp"
#include "journal/advice.hpp"
#include "journal/event_record.hpp"
#include "journal/event_table.hpp"
#include "journal/journal.hpp"
#include "journal/privacy_book.hpp"
#include "journal/tables.hpp"
#include "journal/tag_rewriter.hpp"
#include "ocpp/personal.hpp"
#include "stations/charge_point.hpp"
#include "stores/stored_time.hpp"
#include "text/fold_id.hpp"

#include <voltgate/clock.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <map>
#include <memory>
#include <ostream>
#include <sqlite3.h>
#include <utility>

namespace voltgate {

namespace {

constexpr std::int64_t always = std::numeric_limits<std::int64_t>::max();

/// A tag and its pseudonym become one that is drawn here.
class replacement {
  public:
    replacement(std::string_view tag, std::string keyed, random_source& random)
        : key_(fold_id(tag)), pseudonym_(std::move(keyed)), fresh_(random_pseudonym(random)) {}
    [[nodiscard]] bool is_of(std::string_view tag) const { return tag == pseudonym_ || fold_id(tag) == key_; }
    [[nodiscard]] stored_tag_change change() const {
        return {
            [this](std::string_view tag, std::int64_t) { return is_of(tag) ? std::optional(fresh_) : std::nullopt; },
            {key_.size(), pseudonym_.size()}};
    }
    [[nodiscard]] const std::string& key() const noexcept { return key_; }
    [[nodiscard]] const std::string& pseudonym() const noexcept { return pseudonym_; }

  private:
    std::string key_, pseudonym_, fresh_;
};

bool is_busy(sqlite::database& db, const replacement& r) {
    sqlite::statement running(db,
                              "SELECT 1 FROM transactions WHERE id_tag_key IN (?, ?) AND stopped_at IS NULL AND "
                              "presumed_at IS NULL AND closed_at IS NULL LIMIT 1");
    if (running.bind(r.key(), r.pseudonym()).step()) return true;
    sqlite::statement waiting(db, "SELECT command_id, payload, trace_id FROM commands WHERE state < 2");
    bool named = false;
    const auto change = r.change();
    const ocpp::wanted_tags wanted{change.lengths, [&](std::string_view tag) -> std::optional<std::string> {
                                       named = named || r.is_of(tag);
                                       return std::nullopt;
                                   }};
    while (!named && waiting.step()) {
        static_cast<void>(ocpp::changed_words(waiting.text(0), wanted));
        static_cast<void>(ocpp::changed_everywhere(waiting.text(1), wanted));
        static_cast<void>(ocpp::changed_words(waiting.text(2), wanted));
    }
    return named;
}

// Up to when a backup is to be erased in again. A clock that was ahead may have dated something later than now.
std::int64_t end_of_stored(sqlite::database& db, std::int64_t now) {
    return std::max({now, db.number("SELECT max(changed_at) FROM transactions").value_or(0),
                     db.number("SELECT time FROM events ORDER BY first DESC LIMIT 1").value_or(0)});
}

event erasure_event(const std::string& pseudonym, const rewritten_tags& count,
                    std::chrono::system_clock::time_point now) {
    event e;
    e.type = event_type::privacy_erased;
    e.timestamp = now;
    e.payload = fmt::format(R"({{"pseudonym":"{}","transactions":{},"events":{},"commands":{},"reservations":{}}})",
                            pseudonym, count.transactions, count.events, count.commands, count.reservations);
    return e;
}

// Old pages with the tag are in the log of changes until then. While somebody reads there it is not emptied; no writer
// waits for that.
void empty_log(sqlite::database& db) noexcept {
    sqlite3_busy_timeout(db.handle(), 0);
    sqlite3_wal_checkpoint_v2(db.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(db.handle(), sqlite::busy_timeout_ms);
}

class begin_op final : public journal_op {
  public:
    begin_op(const replacement& r, privacy_book& book, std::string tag, std::int64_t now)
        : replacement_(r), book_(book), tag_(std::move(tag)), now_(now) {}
    void apply(journal_batch& batch) override {
        busy = is_busy(batch.tables.db, replacement_);
        if (!busy) book_.note_erased(tag_, end_of_stored(batch.tables.db, now_));
    }
    bool busy = false;

  private:
    const replacement replacement_;
    privacy_book& book_;
    const std::string tag_;
    const std::int64_t now_;
};

class step_op final : public journal_op {
  public:
    step_op(std::shared_ptr<const replacement> r, tag_place from, rewritten_tags so_far)
        : replacement_(std::move(r)), from_(from), before_(so_far) {}
    void apply(journal_batch& batch) override {
        place = from_;
        count = before_;
        tag_rewriter rewriter(batch.tables.db);
        more = rewriter.step(place, always, replacement_->change(), count);
        batch.tables.station_transactions.forget();  // it may remember a record with the tag
    }
    tag_place place;
    rewritten_tags count;
    bool more = false;

  private:
    const std::shared_ptr<const replacement> replacement_;
    const tag_place from_;
    const rewritten_tags before_;
};

class tell_op final : public journal_op {
  public:
    explicit tell_op(event e) : event_(std::move(e)) {}
    void apply(journal_batch& batch) override {
        batch.add(event_);
        db_ = &batch.tables.db;
    }
    void committed() noexcept override { empty_log(*db_); }

  private:
    event event_;
    sqlite::database* db_ = nullptr;
};

// All tables, in transactions of a few rows.
rewritten_tags rewrite_all(sqlite::database& db, bool open_too, const stored_tag_change& change) {
    db.execute("PRAGMA wal_autocheckpoint = 1000");  // the log of changes is not to become as large as the file
    tag_rewriter rewriter(db, open_too);
    rewritten_tags count;
    for (int table = 0; table < tag_rewriter::table_count; ++table) {
        tag_place place;
        place.table = table;
        for (bool more = true; more;) {
            db.execute("BEGIN IMMEDIATE");
            more = rewriter.step(place, always, change, count);
            db.execute("COMMIT");
        }
    }
    return count;
}

void append_event(sqlite::database& db, event e, random_source& random) {
    e.id = make_event_id(random);
    std::string record;
    append_record(record, e);
    db.execute("BEGIN IMMEDIATE");
    event_table(db).append(record, 1, stored_time(e.timestamp));
    db.execute("COMMIT");
}

}  // namespace

io_awaitable<erased_tag> erase_tag(journal& j, std::string tag, std::chrono::system_clock::time_point now) {
    erased_tag result;
    const auto r = std::make_shared<const replacement>(tag, j.privacy().pseudonym_of(tag), j.random());
    const auto begin = std::make_shared<begin_op>(*r, j.privacy(), std::move(tag), stored_time(now));
    if (!co_await j.perform(begin)) co_return result;
    if (begin->busy) {
        result.what = erased_tag::fate::busy;
        co_return result;
    }
    tag_place place;
    while (place.table < tag_rewriter::table_count) {
        const auto step = std::make_shared<step_op>(r, place, result.count);
        if (!co_await j.perform(step)) co_return result;
        result.count = step->count;
        place = step->place;
        if (step->more) continue;
        const int next = place.table + 1;
        place = tag_place();
        place.table = next;
    }
    auto tell = std::make_shared<tell_op>(erasure_event(r->pseudonym(), result.count, now));
    if (co_await j.perform(std::move(tell))) result.what = erased_tag::fate::done;
    co_return result;
}

bool erase_stored_tag(const std::string& directory, const std::string& tag, platform& machine, std::ostream& report) {
    bool is_done = false;
    const bool went_well = tell_errors(report, "it was not erased, or not all of it", [&] {
        const auto file = journal_file(directory);
        if (!std::filesystem::exists(file)) throw std::runtime_error(file + ": no such file");
        const auto lock = machine.files().lock(directory);
        auto db = open_for_writing(file, commit_durability::disk, machine.random());
        privacy_book book(directory, machine);
        const replacement r(tag, book.pseudonym_of(tag), machine.random());
        if (is_busy(db, r)) {
            report << "a transaction of this tag has not ended or a command that names it waits: nothing was changed\n";
            return;
        }
        const auto now = machine.clock().utc();
        book.note_erased(tag, end_of_stored(db, stored_time(now)));
        const auto count = rewrite_all(db, false, r.change());
        append_event(db, erasure_event(r.pseudonym(), count, now), machine.random());
        empty_log(db);
        report << fmt::format("erased in {} transactions, {} events, {} commands and {} reservations\n",
                              count.transactions, count.events, count.commands, count.reservations);
        is_done = true;
    });
    return went_well && is_done;
}

rewritten_tags erase_again(sqlite::database& db, const privacy_book& book, random_source& random) {
    if (!book.has_erasures()) return {};
    std::map<std::string, std::string> fresh;  // by folded tag
    const auto change = [&](std::string_view tag, std::int64_t stored_at) -> std::optional<std::string> {
        if (!book.is_erased(tag, stored_at)) return std::nullopt;
        auto& name = fresh[fold_id(tag)];
        if (name.empty()) name = random_pseudonym(random);
        return name;
    };
    const auto count = rewrite_all(db, true, {change, book.erased_lengths()});
    empty_log(db);
    return count;
}

}  // namespace voltgate
