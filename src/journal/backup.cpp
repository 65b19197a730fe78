#include "journal/backup.hpp"

#include "async/platform.hpp"
#include "journal/advice.hpp"
#include "journal/durable_file.hpp"
#include "journal/erase_tag.hpp"
#include "journal/journal_run.hpp"
#include "journal/maintenance.hpp"
#include "journal/privacy_book.hpp"
#include "journal/schema.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <optional>
#include <ostream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <system_error>
#include <utility>

namespace voltgate {

namespace {

namespace fs = std::filesystem;

void require_file(const std::string& file) {
    if (!fs::exists(file)) throw std::runtime_error(file + ": no such file");
}

// --------------------------------------------------------------------------------------------------------- backup

void copy_journal(const std::string& from, const std::string& to, random_source& random) {
    auto journal = open_for_reading(from);
    if (!is_journal(journal)) throw std::runtime_error(from + " is a database of another program");
    sqlite::database copy(to, sqlite::open_mode::read_write);
    copy.copy_from(journal);
    copy.execute("PRAGMA journal_mode = DELETE");  // one file, that can be read where nothing can be written
    mark_as_backup(copy, random);
}

// What is wrong with a copy that was just made was wrong before.
std::string summary_of(const std::string& copy, std::ostream& report) {
    auto db = open_for_reading(copy);
    std::ostringstream found;
    if (!check_file(db, found)) {
        report << found.str();
        throw std::runtime_error("the journal is not whole: \"voltgate journal repair\" saves the rest");
    }
    return fmt::format("events up to {}, {} transactions, {} bytes", counters_of(db).last_sequence,
                       db.number("SELECT count(*) FROM transactions").value_or(0), fs::file_size(copy));
}

// -------------------------------------------------------------------------------------------------------- restore

// With its log of changes, if it is a file that a gateway has left.
void copy_backup(const std::string& from, const std::string& to) {
    remove_database(to);
    for (const char* suffix : {"", "-wal"}) {
        if (!fs::exists(from + suffix)) continue;
        fs::copy_file(from + suffix, to + suffix);
        fs::permissions(to + suffix, fs::perms::owner_read | fs::perms::owner_write);
    }
}

void require_whole(const std::string& copy, const std::string& from, std::ostream& report) {
    const std::string advice =
        from +
        " is no whole journal. Take another backup; what can be read of this one is saved when it is put in the place "
        "of journal.db, without a journal.db-wal, and \"voltgate journal repair\" is run";
    try {
        auto db = open_for_reading(copy);
        if (is_journal(db) && db.number("PRAGMA user_version").value_or(0) > journal_schema_version)
            throw std::runtime_error(from + " was written by a newer version of the gateway: restore it with that one");
        std::ostringstream found;
        if (check_file(db, found)) return;
        report << found.str();
    } catch (const sqlite::error& e) {
        if (!e.damaged()) throw;
        report << "DAMAGED: " << e.what() << '\n';
    }
    throw std::runtime_error(advice);
}

// What was given out in this directory, as far as its files tell.
journal_state present_state(const std::string& file, const std::optional<journal_state>& known, std::ostream& report) {
    journal_state present = known.value_or(journal_state());
    if (!fs::exists(file)) return present;
    try {
        auto db = open_for_reading(file);
        present.counters = furthest(counters_of(db), present.counters);
        present.journal_id = meta_text(db, "journal_id");
    } catch (const sqlite::error& e) {
        report << "the present journal cannot be read: " << e.what() << '\n';
    }
    return present;
}

struct restored_file {
    std::int64_t last_sequence = 0, erased_again = 0;
    std::string old_id, new_id;
};

restored_file renew(const std::string& file, const journal_counters& present, const std::optional<journal_state>& known,
                    const privacy_book& privacy, random_source& random) {
    restored_file r;
    auto db = open_for_writing(file, commit_durability::disk, random);
    r.old_id = meta_text(db, "journal_id");
    db.execute("BEGIN IMMEDIATE");
    renew_restored(db, present, random);
    begin_run(db, known, random);
    db.execute("COMMIT");
    const auto erased = erase_again(db, privacy, random);
    r.erased_again = erased.transactions + erased.events + erased.commands + erased.reservations;
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    r.last_sequence = counters_of(db).last_sequence;
    r.new_id = meta_text(db, "journal_id");
    return r;
}

void report_restored(const restored_file& r, const journal_state& present, std::ostream& report) {
    report << fmt::format("the journal is restored, as journal {} with the events up to {}\n", r.new_id,
                          r.last_sequence);
    if (present.counters.last_sequence > r.last_sequence) {
        report << fmt::format("the events {} to {} of journal {} are not in it, nor what they tell of\n",
                              r.last_sequence + 1, present.counters.last_sequence, present.journal_id);
    }
    report << fmt::format(
        "readers of events: a position of journal {} is answered 410; they begin anew, without a position or at 0, and "
        "get events they have had under the same eventId. New events go on with number {}\n",
        present.journal_id.empty() ? r.old_id : present.journal_id, r.last_sequence + 1);
    if (r.erased_again > 0)
        report << fmt::format("tags that were erased since are erased again, in {} places\n", r.erased_again);
    report << fmt::format("transaction ids go on {} numbers ahead, epochs {}\n", transaction_margin, epoch_margin);
}

}  // namespace

bool backup_journal(const std::string& directory, const std::string& to, platform& machine, std::ostream& report) {
    return tell_errors(report, "no backup was made", [&] {
        const std::string file = journal_file(directory), partial = to + ".partial";
        require_file(file);
        if (fs::exists(to)) throw std::runtime_error(to + " exists: choose another name");
        if (fs::exists(partial))
            throw std::runtime_error(partial +
                                     " exists: another backup is being made, or one was interrupted: "
                                     "then remove it");
        machine.files().make_private(partial);
        const scratch_database scratch(partial);
        copy_journal(file, partial, machine.random());
        const auto summary = summary_of(partial, report);
        machine.files().sync(partial);
        machine.files().rename(partial, to);
        report << to << ": " << summary << '\n';
    });
}

bool restore_journal(const std::string& directory, const std::string& from, platform& machine, std::ostream& report) {
    return tell_errors(report, "nothing was changed", [&] {
        const std::string file = journal_file(directory), restored = file + ".restored";
        require_file(from);
        const auto lock = machine.files().lock(directory);
        if (fs::exists(file) && fs::equivalent(from, file)) throw std::runtime_error(from + " is the journal itself");
        const scratch_database scratch(restored);
        copy_backup(from, restored);
        require_whole(restored, from, report);
        const auto known = read_journal_state(machine.files(), directory);
        const auto present = present_state(file, known, report);
        const auto done = renew(restored, present.counters, known, privacy_book(directory, machine), machine.random());
        machine.files().sync(restored);
        replace_database(restored, file, "replaced", machine, report);
        report_restored(done, present, report);
    });
}

}  // namespace voltgate
