#include "journal/message_marks.hpp"

#include "journal/event_record.hpp"

#include <algorithm>

namespace voltgate {

message_marks::message_marks(sqlite::database& db, charge_point_table& charge_points)
    : find_(db, "SELECT m0, m1, m2, m3 FROM message_marks WHERE charge_point = ?"),
      save_(db, "INSERT OR REPLACE INTO message_marks (charge_point, m0, m1, m2, m3) VALUES (?, ?, ?, ?, ?)"),
      set_sequence_(db, "UPDATE meta SET value = ? WHERE name = 'marked_sequence'") {
    sqlite::statement rows(db,
                           "SELECT body FROM events WHERE first > "
                           "(SELECT value FROM meta WHERE name = 'marked_sequence') ORDER BY first");
    while (rows.step()) {
        std::string_view body = rows.text(0);
        while (const auto head = take_record_head(body)) {
            if (head->mark != 0) static_cast<void>(repeated(charge_points.row_of(head->charge_point_id), head->mark));
        }
    }
    committed();
}

message_marks::entry& message_marks::load(std::int64_t charge_point) {
    if (const auto known = entries_.find(charge_point); known != entries_.end()) return known->second;
    if (entries_.size() >= most_kept) std::erase_if(entries_, [](const auto& e) { return !e.second.unsaved; });
    entry loaded;
    if (find_.bind(charge_point).step()) {
        for (int i = 0; i < 4; ++i)
            loaded.marks[static_cast<std::size_t>(i)] = static_cast<message_mark>(find_.integer(i));
        find_.reset();
    }
    return entries_.emplace(charge_point, loaded).first->second;
}

void message_marks::note(entry& e, message_mark mark) noexcept {
    std::copy_backward(e.marks.begin(), e.marks.end() - 1, e.marks.end());
    e.marks[0] = mark;
}

bool message_marks::repeated(std::int64_t charge_point, message_mark mark) {
    if (mark == 0) return false;
    entry& e = load(charge_point);
    if (std::find(e.marks.begin(), e.marks.end(), mark) != e.marks.end()) return true;
    undo_.emplace_back(charge_point, e.marks);
    note(e, mark);
    if (!e.unsaved) unsaved_.push_back(charge_point);
    e.unsaved = true;
    return false;
}

void message_marks::rolled_back() {
    for (auto change = undo_.rbegin(); change != undo_.rend(); ++change) {
        entries_[change->first].marks = change->second;
    }
    undo_.clear();
}

void message_marks::save(std::uint64_t last_sequence) {
    if (unsaved_.empty() && last_sequence < saved_sequence_ + most_read_again) return;
    for (const auto charge_point : unsaved_) {
        const auto& marks = entries_[charge_point].marks;
        save_.run(charge_point, marks[0], marks[1], marks[2], marks[3]);
    }
    set_sequence_.run(last_sequence);
    saving_sequence_ = last_sequence;
}

void message_marks::saved() noexcept {
    for (const auto charge_point : unsaved_) entries_[charge_point].unsaved = false;
    unsaved_.clear();
    saved_sequence_ = saving_sequence_;
}

}  // namespace voltgate
