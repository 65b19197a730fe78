// journal.db names the run that writes it (`run`) and the one that journal.state named when this run began
// (`run_before`). It is written first and synchronised, journal.state follows. Killed in between, journal.state still
// names `run_before`; killed anywhere else, it names `run`, and its numbers are not ahead of those that are committed.
// A file that fits in neither way is another one than journal.state was written for.
#include "journal/journal_run.hpp"

#include "async/platform.hpp"
#include "async/random_source.hpp"
#include "events/event_id.hpp"
#include "journal/schema.hpp"
#include "observe/log.hpp"

#include <utility>

namespace voltgate {

namespace {

void replace_meta(sqlite::database& db, const char* name, const auto& value) {
    sqlite::statement set(db, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)");
    set.run(name, value);
}

bool was_replaced(sqlite::database& db, const std::optional<journal_state>& known) {
    if (!meta_text(db, "backup").empty()) return true;
    const auto run = meta_text(db, "run"), run_before = meta_text(db, "run_before");
    if (!known) return !run_before.empty();  // the file came alone from another directory
    if (run == known->run) return is_behind(counters_of(db), known->counters);
    if (run_before == known->run) return false;
    const bool is_new = run.empty() && counters_of(db) == journal_counters();
    return !is_new;
}

// Whatever commits promise otherwise: journal.state must not outlive what it was written for.
void commit_to_disk(sqlite::database& db, auto change) {
    const auto promised = db.number("PRAGMA synchronous").value_or(2);
    db.execute("PRAGMA synchronous = FULL");
    db.execute("BEGIN IMMEDIATE");
    change();
    db.execute("COMMIT");
    db.execute(("PRAGMA synchronous = " + std::to_string(promised)).c_str());
}

}  // namespace

void renew_restored(sqlite::database& db, const journal_counters& known, random_source& random) {
    const auto given = furthest(counters_of(db), known);
    replace_meta(db, "next_transaction", transaction_number_after(given.next_transaction, transaction_margin));
    replace_meta(db, "next_epoch", given.next_epoch + epoch_margin);
    replace_meta(db, "journal_id", make_uuid(random).substr(0, 8));
    db.execute("UPDATE commands SET state = 1 WHERE state = 0");
    db.execute("DELETE FROM meta WHERE name = 'backup'");
}

void mark_as_backup(sqlite::database& db, random_source& random) { replace_meta(db, "backup", make_uuid(random)); }

std::string begin_run(sqlite::database& db, const std::optional<journal_state>& known, random_source& random) {
    auto run = make_uuid(random);
    replace_meta(db, "run", run);
    replace_meta(db, "run_before", known ? known->run : std::string());
    return run;
}

journal_run::journal_run(sqlite::database& db, std::string directory, platform& machine, log& l)
    : db_(db), directory_(std::move(directory)), machine_(machine) {
    random_source& random = machine.random();
    const auto known = read_journal_state(machine.files(), directory_);
    restored_ = was_replaced(db, known);
    const auto found = meta_text(db, "journal_id");
    std::string run;
    commit_to_disk(db, [&] {
        if (restored_) renew_restored(db, known ? known->counters : journal_counters(), random);
        run = begin_run(db, known, random);
    });
    state_.run = std::move(run);
    save();
    // A file that comes without journal.state from now on has left it somewhere.
    if (!known) replace_meta(db, "run_before", state_.run);
    if (!restored_) return;
    l.warning(
        "journal.db is a backup, or older than what was written here: transaction ids and epochs move ahead, and "
        "readers of events have to begin anew, their positions get 410",
        {{"file", journal_file(directory_)},
         {"found_journal_id", found},
         {"new_journal_id", state_.journal_id},
         {"last_sequence", state_.counters.last_sequence},
         {"last_sequence_known", known ? known->counters.last_sequence : 0}});
}

void journal_run::save() {
    journal_state now;
    now.journal_id = meta_text(db_, "journal_id");
    now.run = state_.run;
    now.counters = counters_of(db_);
    if (now == state_) return;
    write_journal_state(machine_.files(), directory_, now);
    state_ = std::move(now);
}

}  // namespace voltgate
