#include "journal/run_state.hpp"

#include "async/file_system.hpp"
#include "journal/event_table.hpp"
#include "stores/transaction_ids.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cerrno>
#include <iterator>
#include <system_error>

namespace voltgate {

namespace {

namespace json = boost::json;

constexpr std::int64_t numbers = transaction_ids::last_number;

// The way from one to the other is taken to be the short one.
bool transactions_behind(std::int64_t number, std::int64_t other) {
    const auto way = (other - number + numbers) % numbers;
    return way > 0 && way < numbers / 2;
}

}  // namespace

journal_counters counters_of(sqlite::database& db) {
    journal_counters c;
    c.last_sequence = last_sequence(db);
    c.next_transaction = db.number("SELECT value FROM meta WHERE name = 'next_transaction'").value_or(1);
    c.next_epoch = db.number("SELECT value FROM meta WHERE name = 'next_epoch'").value_or(1);
    return c;
}

journal_counters furthest(const journal_counters& a, const journal_counters& b) {
    journal_counters c;
    c.last_sequence = std::max(a.last_sequence, b.last_sequence);
    c.next_transaction =
        transactions_behind(a.next_transaction, b.next_transaction) ? b.next_transaction : a.next_transaction;
    c.next_epoch = std::max(a.next_epoch, b.next_epoch);
    return c;
}

bool is_behind(const journal_counters& c, const journal_counters& other) {
    return c.last_sequence < other.last_sequence || c.next_epoch < other.next_epoch ||
           transactions_behind(c.next_transaction, other.next_transaction);
}

std::int64_t transaction_number_after(std::int64_t number, std::int64_t many) {
    return 1 + (number - 1 + many) % numbers;
}

std::string journal_state_file(const std::string& directory) { return directory + "/journal.state"; }

std::optional<journal_state> read_journal_state(file_system& files, const std::string& directory) {
    const auto text = files.read(journal_state_file(directory));
    if (!text) return std::nullopt;
    boost::system::error_code ec;
    const auto parsed = json::parse(*text, ec);
    const auto* object = ec ? nullptr : parsed.if_object();
    if (!object) return std::nullopt;
    const auto text_of = [&](const char* name) {
        const auto* value = object->if_contains(name);
        return value && value->is_string() ? std::string(value->get_string()) : std::string();
    };
    const auto number_of = [&](const char* name) {
        const auto* value = object->if_contains(name);
        return value && value->is_int64() ? value->get_int64() : 0;
    };
    journal_state s;
    s.journal_id = text_of("journalId");
    s.run = text_of("run");
    s.counters.last_sequence = number_of("lastSequence");
    s.counters.next_transaction = number_of("nextTransaction");
    s.counters.next_epoch = number_of("nextEpoch");
    if (s.run.empty() || s.counters.next_transaction < 1 || s.counters.next_transaction > numbers) return std::nullopt;
    return s;
}

void write_journal_state(file_system& files, const std::string& directory, const journal_state& s) {
    json::object object;
    object["journalId"] = s.journal_id;
    object["run"] = s.run;
    object["lastSequence"] = s.counters.last_sequence;
    object["nextTransaction"] = s.counters.next_transaction;
    object["nextEpoch"] = s.counters.next_epoch;
    files.write(journal_state_file(directory), json::serialize(object) + '\n');
}

std::string meta_text(sqlite::database& db, const char* name) {
    sqlite::statement query(db, "SELECT value FROM meta WHERE name = ?");
    return query.bind(name).step() ? std::string(query.text(0)) : std::string();
}

}  // namespace voltgate
