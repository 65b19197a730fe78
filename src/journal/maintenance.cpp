// Checking and exporting; repair.cpp has the rest.
#include "journal/maintenance.hpp"

#include "journal/advice.hpp"
#include "journal/event_record.hpp"
#include "journal/schema.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <ostream>
#include <system_error>
#include <vector>

namespace voltgate {

namespace {

constexpr int most_lines = 20;  // of a report, about the same thing

void report_counts(sqlite::database& db, std::ostream& report) {
    sqlite::statement tables(db, "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name");
    std::vector<std::string> names;
    while (tables.step()) names.emplace_back(tables.text(0));
    for (const auto& name : names) {
        report << fmt::format("{}: {} rows\n", name,
                              db.number(fmt::format("SELECT count(*) FROM {}", name).c_str()).value_or(0));
    }
}

bool report_structure(sqlite::database& db, std::ostream& report) {
    sqlite::statement check(db, fmt::format("PRAGMA quick_check({})", most_lines));
    bool whole = true;
    while (check.step()) {
        if (check.text(0) == "ok") continue;
        whole = false;
        report << "DAMAGED: " << check.text(0) << '\n';
    }
    return whole;
}

bool report_owner(sqlite::database& db, std::ostream& report) {
    const auto version = db.number("PRAGMA user_version").value_or(0);
    report << "schema: version " << version << '\n';
    const bool ours = is_journal(db);
    if (!ours) report << "DAMAGED: it is no journal of a gateway\n";
    const bool known = version <= journal_schema_version;
    if (!known)
        report << fmt::format("a newer version of the gateway wrote it; this one knows schema {}\n",
                              journal_schema_version);
    const bool counters = ours && has_counters(db);
    if (ours && !counters) report << "DAMAGED: a part of its counters is missing\n";
    return ours && known && counters;
}

// How many records there are, up to the first that cannot be read.
std::int64_t count_records(std::string_view body) {
    std::int64_t count = 0;
    while (take_record_head(body)) ++count;
    return count;
}

bool report_events(sqlite::database& db, std::ostream& report) {
    const auto repaired = db.number("SELECT value FROM meta WHERE name = 'repaired_sequence'").value_or(0);
    std::int64_t first = 0, last = 0, events = 0, missing = 0, missing_before_repair = 0;
    int lines = 0;
    bool whole = true;
    const auto tell = [&](const std::string& line) {
        if (lines++ < most_lines) report << line << '\n';
    };
    sqlite::statement rows(db, "SELECT first, last, body FROM events ORDER BY first");
    while (rows.step()) {
        const auto begin = rows.integer(0), end = rows.integer(1);
        if (first == 0) first = begin;
        if (last != 0 && begin != last + 1) {
            (begin - 1 <= repaired ? missing_before_repair : missing) += begin - last - 1;
            if (begin - 1 > repaired) tell(fmt::format("DAMAGED: events {} to {} are missing", last + 1, begin - 1));
        }
        const auto count = count_records(rows.text(2));
        if (count != end - begin + 1) {
            whole = false;
            tell(fmt::format("DAMAGED: of the events {} to {} only {} can be read", begin, end, count));
        }
        events += count;
        last = end;
    }
    report << fmt::format("events: {} with the numbers {} to {}, {} missing\n", events, first, last, missing);
    if (missing_before_repair > 0) {
        report << fmt::format("events: {} more numbers were lost or passed over by a repair\n", missing_before_repair);
    }
    return whole && missing == 0;
}

}  // namespace

bool check_file(sqlite::database& db, std::ostream& report) {
    const bool whole = report_structure(db, report);
    if (!report_owner(db, report)) return false;
    report_counts(db, report);
    return report_events(db, report) && whole;
}

bool check_journal(const std::string& directory, std::ostream& report) {
    const auto file = journal_file(directory);
    try {
        report << fmt::format("{}: {} bytes\n", file, std::filesystem::file_size(file));
        auto db = open_for_reading(file);
        const bool whole = check_file(db, report);
        report << (whole ? "the journal is whole\n"
                         : "the journal is not whole: \"voltgate journal repair\" saves the rest\n");
        return whole;
    } catch (const sqlite::error& e) {
        report << (e.damaged() ? "DAMAGED: " : "") << with_advice(e) << '\n';
    } catch (const std::system_error& e) {
        report << e.what() << '\n';
    }
    return false;
}

// Page by page, so that the writer's log of changes does not have to grow until all is read.
bool export_journal(const std::string& directory, const std::string& node_id, std::ostream& out, std::ostream& report) {
    try {
        auto db = open_for_reading(journal_file(directory));
        sqlite::statement page(db, "SELECT first, last, body FROM events WHERE first > ? ORDER BY first LIMIT 64");
        bool whole = true;
        std::string line;
        event e;
        for (std::int64_t after = 0, before = -1; after != before && out;) {
            before = after;
            page.bind(after);
            while (page.step()) {
                after = page.integer(0);
                std::string_view body = page.text(2);
                e.sequence = static_cast<std::uint64_t>(after);
                for (; take_record(body, e); ++e.sequence) {
                    line.clear();
                    append_json(line, e, node_id);
                    out << line << '\n';
                }
                const auto expected = static_cast<std::uint64_t>(page.integer(1)) + 1;
                if (e.sequence == expected) continue;
                report << fmt::format("events {} to {} cannot be read\n", e.sequence, expected - 1);
                whole = false;
            }
        }
        out.flush();
        if (!out) report << "the events could not be written\n";
        return whole && out;
    } catch (const sqlite::error& e) {
        report << with_advice(e) << '\n';
        return false;
    }
}

}  // namespace voltgate
