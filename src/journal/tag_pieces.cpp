#include "journal/tag_pieces.hpp"

#include "journal/command_table.hpp"
#include "journal/event_record.hpp"
#include "journal/id_tag_table.hpp"
#include "journal/reservation_table.hpp"
#include "journal/transaction_pages.hpp"
#include "text/beginning_of.hpp"

#include <cstddef>
#include <utility>

namespace voltgate {

namespace {

using part = tag_position::part;

constexpr std::size_t transactions_at_once = 200;
constexpr std::size_t piece_bytes = 4 * 1024 * 1024;  // of what is looked at for one piece

tag_position beginning_of(part p, bool under_pseudonym = false) {
    tag_position at;
    at.what = p;
    at.under_pseudonym = under_pseudonym;
    return at;
}

void read_transactions_of(sqlite::database& db, const std::string& tag, tag_piece& piece) {
    transaction_query q;
    q.id_tag = tag;
    q.limit = transactions_at_once;
    tag_position& at = piece.next;
    if (at.after > 0) q.after = transaction_cursor{0, at.after};
    auto page = read_transactions(db, q);
    piece.transactions = std::move(page.items);
    if (page.next) {
        at.after = page.next->number;
    } else {
        at = at.under_pseudonym ? beginning_of(part::events) : beginning_of(part::transactions, true);
    }
}

void read_all_events(sqlite::database& db, tag_piece& piece) {
    sqlite::statement rows(db, "SELECT first, body FROM events WHERE first > ? ORDER BY first");
    rows.bind(piece.next.after);
    std::size_t seen = 0;
    event e;
    while (rows.step()) {
        piece.next.after = rows.integer(0);
        std::string_view body = rows.text(1);
        seen += body.size();
        e.sequence = static_cast<std::uint64_t>(piece.next.after);
        for (; take_record(body, e); ++e.sequence) {
            piece.events.push_back(e);
            seen += sizeof e;
        }
        if (seen >= piece_bytes) return;
    }
    piece.next = beginning_of(part::commands);
}

void read_all_commands(sqlite::database& db, tag_piece& piece) {
    auto more = read_commands_after(db, piece.next.after, piece_bytes);
    piece.commands = std::move(more.items);
    piece.next.after = more.last;
    if (!more.more) piece.next = beginning_of(part::reservations);
}

}  // namespace

tag_piece read_tag_piece(sqlite::database& db, const named_tag& of, const tag_position& from) {
    tag_piece piece;
    piece.next = from;
    switch (from.what) {
        case part::entry:
            piece.entry = read_id_tag(db, of.tag);
            piece.next = beginning_of(part::transactions);
            break;
        case part::transactions: read_transactions_of(db, from.under_pseudonym ? of.pseudonym : of.tag, piece); break;
        case part::events: read_all_events(db, piece); break;
        case part::commands: read_all_commands(db, piece); break;
        case part::reservations:
            piece.reservations = read_reservations_of(db, of.tag, of.pseudonym);
            piece.next = beginning_of(part::end);
            break;
        case part::end: break;
    }
    return piece;
}

}  // namespace voltgate
