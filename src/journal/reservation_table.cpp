#include "journal/reservation_table.hpp"

#include "events/map_v2.hpp"
#include "journal/key_list.hpp"
#include "journal/pattern_condition.hpp"
#include "ocpp/payload.hpp"
#include "stations/charge_point.hpp"
#include "stores/stored_time.hpp"
#include "text/fold_id.hpp"
#include "text/timestamp.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace voltgate {

namespace {

reservation_state state_after(reservation_update::end how) noexcept {
    switch (how) {
        case reservation_update::end::expired: return reservation_state::expired;
        case reservation_update::end::removed: return reservation_state::cancelled;
        case reservation_update::end::without_transaction: return reservation_state::used;
    }
    return reservation_state::expired;
}

// What 2.x charge points give as the reason why they cannot cancel a reservation that they do not have. The standard's
// word is NotFound. 1.6 gives no reasons.
bool is_unknown_there(std::string_view reason_code) {
    constexpr std::string_view words[] = {"notfound", "unknownreservation", "unknownreservationid"};
    return std::ranges::find(words, fold_id(reason_code)) != std::end(words);
}

// What was asked for has come about: it is made, or it is not there any more.
bool is_done(ocpp::value_view answer, bool cancelling) {
    if (answer["status"].string() == "Accepted") return true;
    return cancelling && is_unknown_there(answer["statusInfo"]["reasonCode"].string());
}

}  // namespace

std::optional<reservation_change> reservation_change_of(const command& c, const command_result& r) {
    const bool made = c.action == "ReserveNow", cancelled = c.action == "CancelReservation";
    if (r.outcome != outcome::result || (!made && !cancelled)) return std::nullopt;
    thread_local ocpp::payload_reader reader;
    if (!reader.read(r.payload, nullptr) || !is_done(reader.root(), cancelled)) return std::nullopt;
    if (!reader.read(c.payload, nullptr)) return std::nullopt;
    const auto request = reader.root();
    reservation_change change;
    change.cancelled = cancelled;
    const bool of_2x = made && request["idToken"];
    const auto id = request[of_2x ? "id" : "reservationId"].integer();
    if (!id) return std::nullopt;
    change.value.id = *id;
    if (cancelled) return change;
    const auto expires_at = ocpp::read_timestamp(request[of_2x ? "expiryDateTime" : "expiryDate"].raw());
    if (!expires_at) return std::nullopt;
    change.value.expires_at = expires_at->time;
    if (of_2x) {
        change.value.evse_id = request["evseId"].integer();
        change.value.id_tag = read_id_token(request["idToken"]).shown();
        change.value.parent_id_tag = read_id_token(request["groupIdToken"]).shown();
    } else {
        change.value.connector_id = request["connectorId"].integer();
        change.value.evse_id = change.value.connector_id;  // as everywhere: connector n is EVSE n
        change.value.id_tag = request["idTag"].string();
        change.value.parent_id_tag = request["parentIdTag"].string();
    }
    return change;
}

reservation_table::reservation_table(sqlite::database& db, charge_point_table& charge_points)
    : db_(db),
      charge_points_(charge_points),
      find_(db,
            "SELECT number, expires_at FROM reservations WHERE charge_point = ? AND reservation = ? AND state = 0 "
            "ORDER BY number DESC LIMIT 1"),
      find_used_(db,
                 "SELECT 1 FROM reservations WHERE charge_point = ? AND reservation = ? AND station_transaction = ? "
                 "LIMIT 1"),
      // The tag's group is that of the list. One for this connector and one for this very tag come first.
      find_matching_(
          db,
          "SELECT number, reservation, coalesce(evse, connector, 0) > 0 AS is_here, id_tag = ?3 COLLATE NOCASE AS "
          "is_own "
          "FROM reservations WHERE charge_point = ?1 AND state = 0 AND expires_at > ?4 AND "
          "coalesce(evse, connector, 0) IN (0, ?2) AND (is_own OR (parent <> '' AND (parent = ?3 COLLATE NOCASE OR "
          "parent = (SELECT parent FROM id_tags WHERE key = ?5) COLLATE NOCASE))) "
          "ORDER BY is_here DESC, is_own DESC, number DESC LIMIT 1"),
      insert_(
          db,
          "INSERT INTO reservations (charge_point, reservation, connector, evse, id_tag, parent, expires_at, state, "
          "updated_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)"),
      replace_(
          db,
          "UPDATE reservations SET connector = ?, evse = ?, id_tag = ?, parent = ?, expires_at = ?, updated_at = ? "
          "WHERE number = ?"),
      end_(db,
           "UPDATE reservations SET state = ?, updated_at = ?, transaction_id = ?, station_transaction = ? "
           "WHERE number = ?"),
      remove_older_(db,
                    "DELETE FROM reservations WHERE number IN (SELECT number FROM reservations WHERE "
                    "max(expires_at, updated_at) < ? ORDER BY max(expires_at, updated_at) LIMIT ?)") {}

reservation_table::number reservation_table::find(std::string_view charge_point_id, std::int64_t id) {
    number found;
    if (!find_.bind(charge_points_.row_of(charge_point_id), id).step()) return found;
    found = find_.integer(0);
    found_expiry_ = find_.integer(1);
    find_.reset();
    return found;
}

void reservation_table::apply(std::string_view charge_point_id, const reservation_change& change,
                              std::chrono::system_clock::time_point now) {
    const auto& value = change.value;
    number known = find(charge_point_id, value.id);
    if (change.cancelled) return finish(known, reservation_state::cancelled, now);
    if (known && found_expiry_ <= stored_time(now)) {  // the id is used again
        finish(std::exchange(known, std::nullopt), reservation_state::expired, now);
    }
    if (known) {
        replace_.run(value.connector_id, value.evse_id, value.id_tag, value.parent_id_tag,
                     stored_time(value.expires_at), stored_time(now), *known);
    } else {
        insert_.run(charge_points_.row_of(charge_point_id), value.id, value.connector_id, value.evse_id, value.id_tag,
                    value.parent_id_tag, stored_time(value.expires_at), stored_time(now));
    }
}

void reservation_table::finish(number known, reservation_state state, std::chrono::system_clock::time_point now,
                               number transaction, std::optional<std::string> station_transaction) {
    if (known) end_.run(static_cast<int>(state), stored_time(now), transaction, station_transaction, *known);
}

void reservation_table::use(std::string_view charge_point_id, std::int64_t id, std::int64_t transaction_id,
                            std::chrono::system_clock::time_point now) {
    finish(find(charge_point_id, id), reservation_state::used, now, transaction_id);
}

void reservation_table::use(std::string_view charge_point_id, std::int64_t id, const std::string& transaction_id,
                            std::chrono::system_clock::time_point now) {
    const number known = find(charge_point_id, id);
    if (!known) return;
    const bool used_one_before = find_used_.bind(charge_points_.row_of(charge_point_id), id, transaction_id).step();
    find_used_.reset();
    if (!used_one_before) finish(known, reservation_state::used, now, {}, transaction_id);
}

std::optional<reservation_table::match> reservation_table::find_matching(std::string_view charge_point_id,
                                                                         std::optional<std::int64_t> connector_or_evse,
                                                                         std::string_view id_tag,
                                                                         std::chrono::system_clock::time_point now) {
    if (id_tag.empty()) return std::nullopt;
    const std::string key = fold_id(id_tag);
    find_matching_.bind(charge_points_.row_of(charge_point_id), connector_or_evse, id_tag, stored_time(now), key);
    if (!find_matching_.step()) return std::nullopt;
    const match found{find_matching_.integer(0), find_matching_.integer(1)};
    find_matching_.reset();
    return found;
}

std::optional<std::int64_t> reservation_table::use_matching(std::string_view charge_point_id,
                                                            std::optional<std::int64_t> connector_or_evse,
                                                            std::string_view id_tag, std::int64_t transaction_id,
                                                            std::chrono::system_clock::time_point now) {
    const auto found = find_matching(charge_point_id, connector_or_evse, id_tag, now);
    if (!found) return std::nullopt;
    finish(found->number, reservation_state::used, now, transaction_id);
    return found->id;
}

std::optional<std::int64_t> reservation_table::use_matching(std::string_view charge_point_id,
                                                            std::optional<std::int64_t> connector_or_evse,
                                                            std::string_view id_tag, const std::string& transaction_id,
                                                            std::chrono::system_clock::time_point now) {
    const auto found = find_matching(charge_point_id, connector_or_evse, id_tag, now);
    if (!found) return std::nullopt;
    finish(found->number, reservation_state::used, now, {}, transaction_id);
    return found->id;
}

void reservation_table::end(std::string_view charge_point_id, reservation_update news,
                            std::chrono::system_clock::time_point now) {
    finish(find(charge_point_id, news.id), state_after(news.how), now);
}

bool reservation_table::remove_older(std::int64_t before) {
    remove_older_.run(before, rows_at_once);
    return db_.changes() == rows_at_once;
}

bool is_reserved(sqlite::database& db, std::string_view charge_point_id, std::int64_t id) {
    sqlite::statement row(db,
                          "SELECT 1 FROM reservations JOIN charge_points c ON c.row = charge_point "
                          "WHERE c.key = ? AND reservation = ? AND state = 0");
    const std::string key = fold_id(charge_point_id);
    return row.bind(key, id).step();
}

reservation_page read_reservations(sqlite::database& db, const reservation_query& q) {
    reservation_page page;
    const std::int64_t now = stored_time(q.now);
    std::string sql =
        "SELECT number, c.id, reservation, connector, id_tag, parent, expires_at, updated_at, "
        "coalesce(station_transaction, transaction_id), coalesce(evse, connector), "
        "CASE WHEN state = 0 AND expires_at <= ?1 THEN 3 ELSE state END AS now_state "
        "FROM reservations JOIN charge_points c ON c.row = charge_point WHERE number < ?2 ";
    sql += q.charge_point_id.empty() ? "AND ?3 = ''" : "AND c.key = ?3";
    sql += pattern_condition(q.charge_points, "c.id");
    if (q.keys) sql += " AND c.key IN (SELECT value FROM json_each(?5))";
    sql += " AND (?4 IS NULL OR now_state = ?4) ORDER BY number DESC LIMIT ?6";
    std::optional<std::int64_t> state;
    if (q.state) state = static_cast<int>(*q.state);
    const std::int64_t before = q.after > 0 ? static_cast<std::int64_t>(q.after) : INT64_MAX;
    const std::string key = fold_id(q.charge_point_id);
    const auto keys = key_list(q.keys);
    sqlite::statement rows(db, sql);
    rows.bind(now, before, key, state, keys, std::uint64_t{q.limit});
    while (rows.step()) {
        reservation r;
        r.charge_point_id = rows.text(1);
        r.id = rows.integer(2);
        r.connector_id = rows.maybe_integer(3);
        r.id_tag = rows.text(4);
        r.parent_id_tag = rows.text(5);
        r.expires_at = time_from_stored(rows.integer(6));
        r.updated_at = time_from_stored(rows.integer(7));
        r.transaction_id = rows.text(8);
        r.evse_id = rows.maybe_integer(9);
        r.state = static_cast<reservation_state>(rows.integer(10));
        page.items.push_back(std::move(r));
        page.next = static_cast<std::uint64_t>(rows.integer(0));
    }
    if (page.items.size() < q.limit) page.next = 0;
    return page;
}

std::vector<reservation> read_reservations_of(sqlite::database& db, std::string_view tag, std::string_view pseudonym) {
    std::vector<reservation> all;
    sqlite::statement rows(db,
                           "SELECT c.id, r.reservation, r.id_tag, r.parent, r.expires_at FROM reservations r JOIN "
                           "charge_points c ON c.row = r.charge_point WHERE lower(r.id_tag) IN (?1, ?2) OR "
                           "lower(r.parent) IN (?1, ?2) ORDER BY r.number");
    const std::string key = fold_id(tag);
    rows.bind(key, pseudonym);
    while (rows.step()) {
        auto& r = all.emplace_back();
        r.charge_point_id = rows.text(0);
        r.id = rows.integer(1);
        r.id_tag = rows.text(2);
        r.parent_id_tag = rows.text(3);
        r.expires_at = time_from_stored(rows.integer(4));
    }
    return all;
}

}  // namespace voltgate
