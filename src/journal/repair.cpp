// Saving what can be read of a damaged journal: row by row into a new file, over the damaged places.
#include "async/platform.hpp"
#include "journal/advice.hpp"
#include "journal/durable_file.hpp"
#include "journal/event_record.hpp"
#include "journal/journal_run.hpp"
#include "journal/maintenance.hpp"
#include "journal/salvage.hpp"
#include "journal/schema.hpp"
#include "journal/tables.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <optional>
#include <ostream>
#include <set>
#include <sqlite3.h>
#include <stdexcept>
#include <system_error>
#include <vector>

namespace voltgate {

namespace {

namespace fs = std::filesystem;

// What was given out last may be among what is lost: counting goes on this far behind.
constexpr std::int64_t sequence_margin = 1'000'000;
constexpr std::size_t page_bytes = journal_page_bytes;

// The new file's trouble, which must not be taken for damage of the old one.
struct cannot_write : std::runtime_error {
    explicit cannot_write(const sqlite::error& e) : std::runtime_error(with_advice(e)) {}
};

template <class Function>
void write(Function f) {
    try {
        f();
    } catch (const sqlite::error& e) {
        throw cannot_write(e);
    }
}

// ------------------------------------------------------------------------------------------------------- copying

struct table {
    table() = default;
    std::string name, columns, parameters, key;
    bool numbered = true;  // it has row numbers
};

// Those that an earlier version did not make are missing in its files.
bool has_column(sqlite::database& db, const std::string& table, std::string_view column) {
    sqlite::statement columns(db, "SELECT count(*), sum(name = ?2) FROM pragma_table_info(?1)");
    return !columns.bind(table, column).step() || columns.integer(0) == 0 || columns.integer(1) > 0;
}

// The tables of `db`, with the columns that `from` has as well.
std::vector<table> tables_of(sqlite::database& db, sqlite::database& from) {
    sqlite::statement list(db,
                           "SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND "
                           "name NOT LIKE 'sqlite_%' AND name NOT IN "
                           "('meta', 'events', 'events_of_charge_point', 'events_of_type') ORDER BY name");
    std::vector<table> tables;
    while (list.step()) {
        table t;
        t.name = list.text(0);
        t.numbered = list.integer(1) == 0;
        tables.push_back(std::move(t));
    }
    for (auto& t : tables) {
        sqlite::statement columns(db, "SELECT name, pk FROM pragma_table_info(?)");
        columns.bind(t.name);
        while (columns.step()) {
            if (!has_column(from, t.name, columns.text(0))) continue;
            t.columns.append(t.columns.empty() ? "" : ", ").append(columns.text(0));
            t.parameters.append(t.parameters.empty() ? "?" : ", ?");
            if (columns.integer(1) == 1) t.key = columns.text(0);
        }
    }
    return tables;
}

void copy_table(sqlite::database& from, sqlite::database& to, const table& t, std::ostream& report) {
    sqlite::statement insert(to,
                             fmt::format("INSERT OR IGNORE INTO {} ({}) VALUES ({})", t.name, t.columns, t.parameters));
    std::int64_t copied = 0;
    const int first = t.numbered ? 1 : 0;  // column 0 is the row number
    const auto copy = [&](sqlite::statement& row) {
        write([&] { insert.copy_row(row, first); });
        copied += to.changes();
    };
    bool whole = false;
    try {
        whole =
            t.numbered
                ? scan(from, fmt::format("SELECT rowid, {} FROM {} WHERE rowid > ? ORDER BY rowid", t.columns, t.name),
                       copy)
                : scan_both_ways(from, fmt::format("SELECT {} FROM {}", t.columns, t.name), t.key, copy);
    } catch (const sqlite::error& e) {
        if (!is_damage(e) && e.code() != SQLITE_ERROR) throw;
        report << t.name << ": " << e.what() << '\n';
    }
    report << fmt::format("{}: {} rows saved{}\n", t.name, copied, whole ? "" : "; some could not be read");
}

std::int64_t counter(sqlite::database& db, const char* name) {
    sqlite::statement query(db, "SELECT value FROM meta WHERE name = ?");
    return query.bind(name).step() ? query.integer(0) : 0;
}

struct saved_events {
    std::int64_t first = 0, last = 0, count = 0, lost = 0;
    std::uint64_t epoch = 0;
    bool whole = true;
};

// The records at the front of a row that can be read.
std::string_view readable_part(std::string_view body, std::int64_t most, std::int64_t& count, std::uint64_t& epoch) {
    std::string_view rest = body;
    event e;
    for (count = 0; count < most && take_record(rest, e); ++count) epoch = std::max(epoch, e.epoch);
    return body.substr(0, body.size() - rest.size());
}

saved_events copy_events(sqlite::database& from, sqlite::database& to, std::ostream& report) {
    saved_events saved;
    sqlite::statement insert(to, "INSERT OR IGNORE INTO events (first, last, time, body) VALUES (?, ?, ?, ?)");
    const auto known_to_be_lost = counter(to, "repaired_sequence");
    const auto lose = [&](std::int64_t first, std::int64_t last) {
        if (first > last) return;
        saved.lost += last - first + 1;
        report << fmt::format("events {} to {} are lost\n", first, last);
    };
    const auto copy = [&](sqlite::statement& row) {
        const auto first = row.integer(1), last = row.integer(2);
        if (first <= saved.last || last < first) return;
        if (saved.last > 0) lose(std::max(saved.last, known_to_be_lost) + 1, first - 1);
        std::int64_t count = 0;
        const auto body = readable_part(row.text(4), last - first + 1, count, saved.epoch);
        if (count > 0) {
            write([&] { insert.run(first, first + count - 1, row.integer(3), sqlite::blob{body}); });
            if (saved.first == 0) saved.first = first;
        }
        lose(first + count, last);
        saved.last = last;
        saved.count += count;
    };
    try {
        saved.whole =
            scan(from, "SELECT first, first, last, time, body FROM events WHERE first > ? ORDER BY first", copy);
    } catch (const sqlite::error& e) {
        if (!is_damage(e) && e.code() != SQLITE_ERROR) throw;
        saved.whole = false;
        report << "events: " << e.what() << '\n';
    }
    saved.whole = saved.whole && saved.lost == 0;
    report << fmt::format("events: {} saved, with the numbers {} to {}{}\n", saved.count, saved.first, saved.last,
                          saved.whole ? "" : "; others could not be read");
    return saved;
}

// ------------------------------------------------------------------------------------------------------ counters

void set_counter(sqlite::database& db, const char* name, std::int64_t value) {
    sqlite::statement set(db, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)");
    set.run(name, value);
}

// False: none was found.
bool copy_counters(sqlite::database& from, sqlite::database& to, std::ostream& report) {
    std::vector<std::string> missing = {"journal_id", "transaction_key", "next_transaction", "next_epoch"};
    const std::size_t wanted = missing.size();
    sqlite::statement insert(to, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)");
    const auto copy = [&](sqlite::statement& row) {
        write([&] { insert.copy_row(row, 0); });
        std::erase(missing, row.text(0));
    };
    try {
        static_cast<void>(scan_both_ways(from, "SELECT name, value FROM meta", "name", copy));
    } catch (const sqlite::error& e) {
        report << "meta: " << e.what() << '\n';
    }
    for (const auto& name : missing) report << "the counter " << name << " is lost\n";
    if (std::find(missing.begin(), missing.end(), "transaction_key") != missing.end()) {
        report << "transactions that are running will not be known by their ids any more: their stops will be events "
                  "with \"known\":false\n";
    }
    return missing.size() < wanted;
}

// Nothing that was given out is given again.
void advance_counters(sqlite::database& to, const saved_events& events, const std::optional<journal_state>& known,
                      random_source& random) {
    const journal_counters given = known ? known->counters : journal_counters();
    const auto seen = std::max({events.last, counter(to, "indexed_sequence"), counter(to, "saved_sequence"),
                                counter(to, "repaired_sequence"), given.last_sequence});
    const bool tail_in_doubt = !events.whole || seen > events.last;
    set_counter(to, "repaired_sequence", tail_in_doubt ? seen + sequence_margin : seen);
    set_counter(to, "indexed_sequence", 0);
    set_counter(to, "marked_sequence", 0);  // the events tell what the table lacks
    const auto largest = to.number("SELECT max(number) FROM transactions").value_or(0);
    journal_counters counters;
    counters.next_transaction = std::max(counter(to, "next_transaction"), largest + 1);
    counters.next_epoch = std::max(counter(to, "next_epoch"), static_cast<std::int64_t>(events.epoch) + 1);
    counters = furthest(counters, given);
    set_counter(to, "next_transaction", transaction_number_after(counters.next_transaction, transaction_margin));
    set_counter(to, "next_epoch", counters.next_epoch + epoch_margin);
    begin_run(to, known, random);
}

void make_index(sqlite::database& to) {
    journal_tables tables(to);
    tables.index.catch_up(tables.events.next_sequence());
}

// --------------------------------------------------------------------------------------------------------- files

bool has_tables(const std::string& file) {
    try {
        auto db = open_for_reading(file);
        return db.number("SELECT count(*) FROM sqlite_schema").value_or(0) > 0;
    } catch (const sqlite::error& e) {
        if (!is_damage(e)) throw;
        return false;
    }
}

using page = std::array<char, page_bytes>;

page read_page(const std::string& file, std::uint32_t number) {
    page p{};
    std::ifstream from(file, std::ios::binary);
    from.seekg(static_cast<std::streamoff>(number - 1) * static_cast<std::streamoff>(page_bytes));
    from.read(p.data(), p.size());
    if (!from) throw std::system_error(EIO, std::generic_category(), file);
    return p;
}

std::uint32_t number_at(const page& p, std::size_t offset, std::size_t bytes) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < bytes; ++i) value = value << 8U | static_cast<std::uint8_t>(p.at(offset + i));
    return value;
}

// The pages below the first one that say which tables there are. See "B-tree Pages" in SQLite's file format.
std::vector<std::uint32_t> pages_below(const page& first) {
    constexpr std::size_t header = 100;
    constexpr std::uint32_t interior = 5;
    std::vector<std::uint32_t> pages;
    if (number_at(first, header, 1) != interior) return pages;
    const auto cells = number_at(first, header + 3, 2);
    for (std::size_t i = 0; i < cells; ++i) {
        pages.push_back(number_at(first, number_at(first, header + 12 + 2 * i, 2), 4));
    }
    pages.push_back(number_at(first, header + 8, 4));
    return pages;
}

// Whether a page begins a table with row numbers, or an index; unknown: it is damaged.
enum class tree : std::uint8_t { rows, keys, unknown };
tree tree_of(const page& p) {
    const auto kind = number_at(p, 0, 1);
    if (kind == 5 || kind == 13) return tree::rows;
    return kind == 2 || kind == 10 ? tree::keys : tree::unknown;
}

// Those that a log of changes has a newer state of. See "The WAL File" in SQLite's file format.
std::set<std::uint32_t> pages_in_log(const std::string& log) {
    constexpr std::streamoff log_header = 32, frame_header = 24;
    std::set<std::uint32_t> numbers;
    std::ifstream from(log, std::ios::binary);
    page head{};
    for (std::streamoff at = log_header;; at += frame_header + static_cast<std::streamoff>(page_bytes)) {
        from.seekg(at);
        if (!from.read(head.data(), frame_header)) return numbers;
        numbers.insert(number_at(head, 0, 4));
    }
}

// Tables begin in the same places in all journals, but for those that an earlier version made with other tables.
void check_places(const std::string& file, const std::string& of) {
    auto db = open_for_reading(of);
    const auto newer = pages_in_log(file + "-wal");
    // The index came later, and may be anywhere: it is not read.
    sqlite::statement roots(db,
                            "SELECT rootpage FROM sqlite_schema WHERE rootpage > 1 AND name <> 'running_of_id_tag'");
    while (roots.step()) {
        const auto root = static_cast<std::uint32_t>(roots.integer(0));
        if (newer.contains(root) || fs::file_size(file) < root * page_bytes) continue;
        const auto found = tree_of(read_page(file, root));
        if (found != tree::unknown && found != tree_of(read_page(of, root)))
            throw std::runtime_error(
                "the list of its tables is lost, and they are in other places than those of a new "
                "journal: an earlier version made it. Restore a backup");
    }
}

// A file that does not say which tables it has, with the pages of a new journal that do.
void give_schema(const std::string& file, const std::string& of) {
    page first = read_page(of, 1);
    const auto below = pages_below(first);
    const auto put = [&](std::size_t offset, std::uint64_t value) {
        for (std::size_t i = 0; i < 4; ++i) first.at(offset + i) = static_cast<char>(value >> (24 - 8 * i));
    };
    put(24, 1);  // change counter, and below the change that the size is of
    put(28, fs::file_size(file) / page_bytes);
    put(32, 0);  // no free pages
    put(36, 0);
    put(92, 1);
    std::fstream target(file, std::ios::in | std::ios::out | std::ios::binary);
    target.write(first.data(), first.size());
    for (const auto number : below) {
        const page p = read_page(of, number);
        target.seekp(static_cast<std::streamoff>(number - 1) * static_cast<std::streamoff>(page_bytes));
        target.write(p.data(), p.size());
    }
    if (!target.flush()) throw std::system_error(errno, std::generic_category(), file);
}

void copy_all(const std::string& from_file, const std::string& to_file, const std::optional<journal_state>& known,
              random_source& random, std::ostream& report) {
    auto from = open_for_reading(from_file);
    if (!is_journal(from)) throw std::runtime_error(from_file + " is a database of another program");
    if (from.number("PRAGMA user_version") != journal_schema_version)
        throw std::runtime_error(from_file + " was written by another version of the gateway: repair it with that one");
    auto to = open_for_writing(to_file, commit_durability::disk, random);
    to.execute("PRAGMA wal_autocheckpoint = 1000");
    to.execute("BEGIN IMMEDIATE");
    const bool has_any_counter = copy_counters(from, to, report);
    const auto events = copy_events(from, to, report);
    if (!has_any_counter && events.count == 0) throw std::runtime_error("nothing of a journal was found in it");
    for (const auto& t : tables_of(to, from)) copy_table(from, to, t, report);
    advance_counters(to, events, known, random);
    to.execute("COMMIT");
    make_index(to);
    to.execute("PRAGMA wal_checkpoint(TRUNCATE)");
}

}  // namespace

bool repair_journal(const std::string& directory, platform& machine, std::ostream& report) {
    const std::string file = journal_file(directory), repaired = file + ".repaired", salvaged = file + ".salvaged";
    if (!fs::exists(file)) {
        report << file << ": no such file\n";
        return false;
    }
    return tell_errors(report, "nothing was changed", [&] {
        const auto lock = machine.files().lock(directory);
        remove_database(repaired);
        remove_database(salvaged);
        const scratch_database new_file(repaired), copy(salvaged);
        std::string source = file;
        if (!has_tables(file)) {
            report << "which tables it has cannot be read; trying with those of a new journal\n";
            {
                const auto fresh = open_for_writing(repaired, commit_durability::disk, machine.random());
            }
            check_places(file, repaired);
            fs::copy_file(file, salvaged);
            if (fs::exists(file + "-wal")) fs::copy_file(file + "-wal", salvaged + "-wal");
            give_schema(salvaged, repaired);
            remove_database(repaired);
            source = salvaged;
        }
        copy_all(source, repaired, read_journal_state(machine.files(), directory), machine.random(), report);
        replace_database(repaired, file, "damaged", machine, report);
        report << "the journal is repaired\n";
    });
}

}  // namespace voltgate
