#include "journal/message_marks.hpp"

#include "events/told_transaction.hpp"
#include "journal/event_record.hpp"
#include "stores/stored_time.hpp"
#include "stores/transaction_ids.hpp"
#include "stores/transaction_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <limits>
#include <sqlite3.h>

namespace voltgate {

namespace {

constexpr std::uint64_t parts_of_an_owner = 1U << 20U;

/// Where a part of an owner's marks stands.
std::int64_t place_of(message_marks::owner who, std::uint64_t part) {
    const auto kept = std::min(part, parts_of_an_owner - 1);
    return who * static_cast<std::int64_t>(parts_of_an_owner) + static_cast<std::int64_t>(kept);
}

}  // namespace

message_marks::message_marks(sqlite::database& db, charge_point_table& charge_points)
    : find_progress_(db, "SELECT told, latest, reading, reading_at FROM transaction_progress WHERE owner = ?"),
      find_parts_(db, "SELECT marks FROM transaction_marks WHERE place BETWEEN ? AND ? ORDER BY place"),
      save_progress_(db,
                     "INSERT OR REPLACE INTO transaction_progress (owner, told, latest, reading, reading_at) "
                     "VALUES (?, ?, ?, ?, ?)"),
      save_part_(db, "INSERT OR REPLACE INTO transaction_marks (place, marks) VALUES (?, ?)"),
      remove_parts_(db, "DELETE FROM transaction_marks WHERE place >= ? AND place < ?"),
      set_sequence_(db, "UPDATE meta SET value = ? WHERE name = 'marked_sequence'"),
      number_of_station_(db,
                         "SELECT coalesce((SELECT s.number FROM station_transactions s JOIN transactions t "
                         "ON t.number = s.number WHERE s.transaction_id = ?1 AND s.charge_point = ?2 "
                         "AND coalesce(t.start_received, 0) <= ?3 ORDER BY s.number DESC LIMIT 1), "
                         "(SELECT number FROM station_transactions WHERE transaction_id = ?1 AND charge_point = ?2 "
                         "ORDER BY number DESC LIMIT 1))"),
      charge_point_of_(db, "SELECT charge_point FROM transactions WHERE number = ?"),
      ended_(db,
             "SELECT number, changed_at, stopped_at IS NULL AND presumed_at IS NULL AND closed_at IS NULL "
             "FROM transactions INDEXED BY transactions_by_change WHERE changed_at > ? AND changed_at < ? "
             "ORDER BY changed_at LIMIT 200"),
      remove_progress_(db, "DELETE FROM transaction_progress WHERE owner = ?"),
      set_removed_(db, "INSERT OR REPLACE INTO meta (name, value) VALUES ('marks_removed_to', ?)"),
      transaction_key_(db.number("SELECT value FROM meta WHERE name = 'transaction_key'").value_or(0)),
      removed_to_(db.number("SELECT value FROM meta WHERE name = 'marks_removed_to'").value_or(0)),
      removing_to_(removed_to_) {
    const auto marked = db.number("SELECT value FROM meta WHERE name = 'marked_sequence'").value_or(0);
    saved_sequence_ = saving_sequence_ = static_cast<std::uint64_t>(marked);
    replay(db, charge_points);
    committed();
}

message_marks::owner message_marks::owner_of(charge_point_table& charge_points, const record_head& head,
                                             std::string_view payload) {
    const std::int64_t charge_point = charge_points.row_of(head.charge_point_id);
    const auto id = told_transaction_id(payload);
    if (id.empty()) return of_charge_point(charge_point);
    if (head.version != ocpp::version::v16) {
        const bool known = number_of_station_.bind(id, charge_point, head.timestamp).step();
        const bool found = known && !number_of_station_.is_null(0);
        const owner number = found ? number_of_station_.integer(0) : of_charge_point(charge_point);
        number_of_station_.reset();
        return number;
    }
    std::int64_t numeric = 0;
    std::from_chars(id.data(), id.data() + id.size(), numeric);
    const auto number = transaction_ids(static_cast<std::uint64_t>(transaction_key_)).number_of(numeric);
    if (!number) return of_charge_point(charge_point);
    const bool its_own = charge_point_of_.bind(*number).step() && charge_point_of_.integer(0) == charge_point;
    charge_point_of_.reset();
    return its_own ? owner{*number} : of_charge_point(charge_point);
}

void message_marks::replay(sqlite::database& db, charge_point_table& charge_points) {
    sqlite::statement rows(db,
                           "SELECT body, last FROM events WHERE first > "
                           "(SELECT value FROM meta WHERE name = 'marked_sequence') ORDER BY first");
    while (rows.step()) {
        std::string_view body = rows.text(0);
        while (const auto head = take_record_head(body)) {
            const bool has_reading = head->type == event_type::transaction_meter_values;
            if (head->mark == 0 && !has_reading) continue;  // a reading may be in the second event of a message
            const owner who = owner_of(charge_points, *head, head->payload);
            std::optional<time_point> at;
            if (head->has_occurred_at) at = time_from_stored(head->occurred_at);
            static_cast<void>(check(who, head->mark, at));
            if (!has_reading || who < 0) continue;
            if (const auto told = told_reading(head->payload)) note_reading(who, told->wh, told->at);
        }
        undo_.clear();
        if (unsaved_messages_ >= unsaved_before_save) save_replayed(db, static_cast<std::uint64_t>(rows.integer(1)));
    }
}

// A file that was repaired has all its events read: what they tell does not wait in memory.
void message_marks::save_replayed(sqlite::database& db, std::uint64_t last_sequence) {
    const bool alone = sqlite3_get_autocommit(db.handle()) != 0;
    if (alone) db.execute("BEGIN IMMEDIATE");
    save_all(last_sequence);
    if (alone) db.execute("COMMIT");
    saved();
}

message_marks::entry& message_marks::load(owner who) {
    if (const auto known = entries_.find(who); known != entries_.end()) return known->second;
    make_room();
    entry loaded;
    if (find_progress_.bind(who).step()) {
        const auto told = static_cast<std::uint64_t>(find_progress_.integer(0));
        const auto latest = find_progress_.maybe_integer(1);
        if (auto wh = exact_decimal::read(find_progress_.text(2))) {
            loaded.last = reading{std::move(*wh), find_progress_.maybe_integer(3)};
        }
        find_progress_.reset();
        std::vector<message_mark> marks;
        find_parts_.bind(place_of(who, 0), place_of(who, parts_of_an_owner - 1));
        while (find_parts_.step()) {
            const auto part = find_parts_.text(0);
            const auto count = part.size() / sizeof(message_mark);
            marks.resize(marks.size() + count);
            std::memcpy(marks.data() + marks.size() - count, part.data(), count * sizeof(message_mark));
        }
        marks_held_ += marks.size();
        loaded.messages = message_memory(marks, told, latest);
        loaded.saved_told = told;
    }
    return entries_.emplace(who, std::move(loaded)).first->second;
}

// What is saved can be read again.
void message_marks::make_room() {
    if (entries_.size() < most_entries && marks_held_ < most_marks) return;
    std::erase_if(entries_, [](const auto& e) { return !e.second.unsaved; });
    marks_held_ = 0;
    for (const auto& e : entries_) marks_held_ += e.second.messages.held();
}

void message_marks::touch(owner who, entry& e) {
    if (!e.unsaved) unsaved_.push_back(who);
    e.unsaved = true;
}

message_check message_marks::check(owner who, message_mark mark, std::optional<time_point> at) {
    message_check result;
    if (mark == 0) return result;
    entry& e = load(who);
    const auto time = stored_time(at);
    result.repeated = e.messages.repeated(mark, time);
    if (result.repeated) return result;
    result.may_be_repeated = e.messages.may_be_repeated(time);
    undo_.push_back({who, false, e.messages.latest(), std::nullopt});
    e.messages.note(mark, time);
    ++marks_held_;
    ++unsaved_messages_;
    touch(who, e);
    return result;
}

void message_marks::note_reading(owner who, const exact_decimal& wh, std::optional<time_point> at) {
    entry& e = load(who);
    const auto last_at = e.last && e.last->at ? std::optional(time_from_stored(*e.last->at)) : std::nullopt;
    if (e.last && came_late(wh, at, e.last->wh, last_at)) return;
    undo_.push_back({who, true, std::nullopt, e.last});
    e.last = reading{wh, stored_time(at)};
    touch(who, e);
}

void message_marks::rolled_back() {
    for (auto c = undo_.rbegin(); c != undo_.rend(); ++c) {
        entry& e = entries_[c->who];
        if (c->is_reading) {
            e.last = c->last;
        } else {
            e.messages.undo(c->latest);
            --unsaved_messages_;
        }
    }
    undo_.clear();
    removing_to_ = removed_to_;
}

void message_marks::save_one(owner who, entry& e) {
    const auto& messages = e.messages;
    std::optional<std::string> wh;
    std::optional<std::int64_t> at;
    if (e.last) {
        wh = e.last->wh.text();
        at = e.last->at;
    }
    save_progress_.run(who, messages.told(), messages.latest(), wh, at);
    const std::uint64_t oldest = messages.told() - std::min<std::uint64_t>(messages.told(), message_memory::most);
    std::uint64_t part = std::max(std::min(e.saved_told, messages.told()), oldest) / marks_of_a_part;
    for (; part * marks_of_a_part < messages.told(); ++part) {
        std::array<message_mark, marks_of_a_part> marks{};
        const auto first = part * marks_of_a_part;
        const auto count = std::min(marks_of_a_part, messages.told() - first);
        for (std::uint64_t i = 0; i < count; ++i) {
            if (first + i >= oldest) marks[i] = messages.mark(first + i);
        }
        const std::string_view bytes(reinterpret_cast<const char*>(marks.data()), count * sizeof(message_mark));
        save_part_.run(place_of(who, part), sqlite::blob{bytes});
    }
    if (oldest > 0) remove_parts_.run(place_of(who, 0), place_of(who, oldest / marks_of_a_part));
}

void message_marks::save(std::uint64_t last_sequence, std::uint64_t first_sequence) {
    saving_sequence_ = saved_sequence_;
    const bool much = unsaved_messages_ >= unsaved_before_save || last_sequence >= saved_sequence_ + events_before_save;
    const bool events_are_gone = first_sequence > saved_sequence_ + 1;
    if (much || events_are_gone) save_all(last_sequence);
}

void message_marks::save_all(std::uint64_t last_sequence) {
    for (const auto who : unsaved_) save_one(who, entries_[who]);
    set_sequence_.run(last_sequence);
    saving_sequence_ = last_sequence;
}

void message_marks::saved() noexcept {
    removed_to_ = removing_to_;
    if (saving_sequence_ == saved_sequence_) return;
    for (const auto who : unsaved_) {
        entry& e = entries_[who];
        e.saved_told = e.messages.told();
        e.unsaved = false;
    }
    unsaved_.clear();
    unsaved_messages_ = 0;
    saved_sequence_ = saving_sequence_;
}

bool message_marks::remove_ended(std::int64_t before) {
    std::vector<owner> gone;
    std::int64_t reached = removed_to_;
    std::size_t rows = 0;
    ended_.bind(removed_to_, before);
    while (ended_.step()) {
        ++rows;
        reached = ended_.integer(1);
        if (ended_.integer(2) == 0) gone.push_back(ended_.integer(0));
    }
    for (const auto number : gone) {
        if (const auto known = entries_.find(number); known != entries_.end()) {
            if (known->second.unsaved) continue;  // heard of since: it goes another time, with its transaction
            entries_.erase(known);
        }
        remove_parts_.run(place_of(number, 0), place_of(number + 1, 0));
        remove_progress_.run(number);
    }
    if (reached != removed_to_) set_removed_.run(reached);
    removing_to_ = reached;
    constexpr std::size_t at_once = 200;
    return rows == at_once;
}

}  // namespace voltgate
