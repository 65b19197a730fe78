// How far a journal's numbers have come, and journal.state: the small file that remembers it beside journal.db, so that
// an older file in the journal's place is noticed.
#pragma once

#include "journal/sqlite.hpp"

#include <cstdint>
#include <optional>
#include <string>

namespace voltgate {

class file_system;

struct journal_counters {
    std::int64_t last_sequence = 0, next_transaction = 1, next_epoch = 1;
    bool operator==(const journal_counters&) const = default;
};

[[nodiscard]] journal_counters counters_of(sqlite::database& db);

/// Each number as far as the one that is further. Transaction numbers begin anew behind their last.
[[nodiscard]] journal_counters furthest(const journal_counters& a, const journal_counters& b);

/// Whether a number of `c` is behind that of `other`.
[[nodiscard]] bool is_behind(const journal_counters& c, const journal_counters& other);

/// The number of a transaction that many further on.
[[nodiscard]] std::int64_t transaction_number_after(std::int64_t number, std::int64_t many);

struct journal_state {
    std::string journal_id;
    std::string run;  // drawn anew whenever a gateway opens the journal
    journal_counters counters;
    bool operator==(const journal_state&) const = default;
};

/// "{directory}/journal.state"
[[nodiscard]] std::string journal_state_file(const std::string& directory);

/// Nullopt: there is none, or it says nothing that can be understood. Throws std::system_error.
[[nodiscard]] std::optional<journal_state> read_journal_state(file_system& files, const std::string& directory);

/// Throws std::system_error.
void write_journal_state(file_system& files, const std::string& directory, const journal_state& s);

/// A text of meta; empty: it is not there.
[[nodiscard]] std::string meta_text(sqlite::database& db, const char* name);

}  // namespace voltgate
