#include "journal/replay.hpp"

#include "journal/event_record.hpp"
#include "session/host.hpp"
#include "stations/charge_point.hpp"
#include "text/beginning_of.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

namespace {

namespace json = boost::json;

constexpr std::size_t longest_status = 64;

std::string_view text_of(const json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    return v && v->is_string() ? std::string_view(v->get_string()) : std::string_view();
}

void seen(charge_point& record, const event& e) { record.last_seen = std::max(record.last_seen.load(), e.timestamp); }

void replay_end(const json::object& payload, const event& e, charge_point& record) {
    // That of a crash is told when the gateway is started again: nobody knows when it happened.
    if (text_of(payload, "reason") != to_string(end_reason::crashed)) seen(record, e);
}

void replay_boot(const json::object& payload, const event& e, charge_point& record) {
    using enum boot_config::status;
    seen(record, e);
    boot_record boot;
    boot.vendor = text_of(payload, "vendor");
    boot.model = text_of(payload, "model");
    boot.serial_number = text_of(payload, "serialNumber");
    boot.firmware_version = text_of(payload, "firmwareVersion");
    boot.iccid = text_of(payload, "iccid");
    boot.imsi = text_of(payload, "imsi");
    boot.meter_type = text_of(payload, "meterType");
    boot.meter_serial_number = text_of(payload, "meterSerialNumber");
    boot.at = e.timestamp;
    record.set_boot(boot);
    for (const auto status : {accepted, pending, rejected}) {
        if (text_of(payload, "registrationStatus") != to_string(status)) continue;
        record.registration = status;
        record.registered = true;
    }
}

void replay_status(const json::object& payload, const event& e, charge_point& record) {
    seen(record, e);
    const auto* connector = payload.if_contains("connectorId");
    const auto* status = payload.if_contains("status");
    if (!connector || !connector->is_int64() || !status || !status->is_string()) return;
    const auto* evse = payload.if_contains("evseId");
    const auto evse_id = evse && evse->is_int64() ? evse->get_int64() : connector->get_int64();
    record.set_status({evse_id, connector->get_int64()}, status->get_string(), text_of(payload, "errorCode"),
                      e.occurred_at.value_or(e.timestamp));
}

void replay_news(const json::object& payload, const event& e, charge_point& record,
                 std::string maintenance_status::* member) {
    seen(record, e);
    auto news = record.maintenance();
    news.*member = beginning_of(text_of(payload, "status"), longest_status);
    record.set_maintenance(std::move(news));
}

bool is_of_records(event_type t) noexcept {
    switch (t) {
        case event_type::charge_point_connected:
        case event_type::charge_point_booted:
        case event_type::charge_point_disconnected:
        case event_type::connector_status_changed:
        case event_type::firmware_status_changed:
        case event_type::diagnostics_status_changed: return true;
        default: return false;
    }
}

void replay(const event& e, charge_point& record) {
    boost::system::error_code ec;
    const auto parsed = json::parse(e.payload, ec);
    const auto* payload = ec ? nullptr : parsed.if_object();
    if (!payload) return;
    switch (e.type) {
        case event_type::charge_point_connected: return seen(record, e);
        case event_type::charge_point_booted: return replay_boot(*payload, e, record);
        case event_type::charge_point_disconnected: return replay_end(*payload, e, record);
        case event_type::connector_status_changed: return replay_status(*payload, e, record);
        case event_type::firmware_status_changed:
            return replay_news(*payload, e, record, &maintenance_status::firmware_status);
        case event_type::diagnostics_status_changed:
            return replay_news(*payload, e, record, &maintenance_status::diagnostics_status);
        default: return;
    }
}

}  // namespace

void replay_events(sqlite::database& db, registry& into, charge_point_port& port) {
    sqlite::statement rows(db,
                           "SELECT first, body FROM events WHERE first > "
                           "(SELECT value FROM meta WHERE name = 'saved_sequence') ORDER BY first");
    event e;
    while (rows.step()) {
        std::string_view body = rows.text(1), ahead = body;
        while (const auto head = take_record_head(ahead)) {
            const auto record = is_of_records(head->type) ? into.find(head->charge_point_id) : nullptr;
            if (record && take_record(body, e)) {
                replay(e, *record);
                port.changed(record);
            }
            body = ahead;
        }
    }
}

}  // namespace voltgate
