#include "stations/charge_point_record.hpp"

#include "events/text_writer.hpp"
#include "ocpp/frame.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

namespace {

namespace json = boost::json;
using time_point = std::chrono::system_clock::time_point;

// The texts of a boot, by the names they are stored under.
constexpr std::pair<std::string_view, std::string boot_record::*> boot_texts[] = {
    {"vendor", &boot_record::vendor},
    {"model", &boot_record::model},
    {"serialNumber", &boot_record::serial_number},
    {"firmwareVersion", &boot_record::firmware_version},
    {"iccid", &boot_record::iccid},
    {"imsi", &boot_record::imsi},
    {"meterType", &boot_record::meter_type},
    {"meterSerialNumber", &boot_record::meter_serial_number},
};

std::int64_t to_number(time_point t) {
    return std::chrono::duration_cast<std::chrono::microseconds>(t.time_since_epoch()).count();
}

time_point to_time(std::int64_t n) {
    constexpr std::int64_t furthest = time_point::duration::max() / std::chrono::microseconds(1);
    return time_point(std::chrono::microseconds(std::clamp(n, -furthest, furthest)));
}

std::string text_of(const json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    return v && v->is_string() ? std::string(v->get_string()) : std::string();
}

std::int64_t number_of(const json::object& o, std::string_view name) {
    const auto* v = o.if_contains(name);
    return v && v->is_int64() ? v->get_int64() : 0;
}

// Writes one object, member by member: records are written often, a document in between would cost ten times as much.
class object_writer {
  public:
    explicit object_writer(text_writer& out) : out_(out) {}
    /// The member's value is to be written next.
    void name(std::string_view n) {
        out_.put_all(is_empty_ ? std::string_view("{\"") : std::string_view(",\""), n, "\":");
        is_empty_ = false;
    }
    void text(std::string_view n, std::string_view value) {
        std::string quoted;
        ocpp::append_json_string(quoted, value);
        name(n);
        out_.put(quoted);
    }
    void number(std::string_view n, std::int64_t value) {
        name(n);
        out_.put(value);
    }
    void end() { out_.put(is_empty_ ? "{}" : "}"); }

  private:
    text_writer& out_;
    bool is_empty_ = true;
};

void write_boot(text_writer& out, const boot_record& b) {
    object_writer o(out);
    for (const auto& [name, member] : boot_texts)
        if (!(b.*member).empty()) o.text(name, b.*member);
    o.number("at", to_number(b.at));
    o.end();
}

void write_connector(text_writer& out, const connector_record& c) {
    object_writer o(out);
    o.number("id", c.connector_id);
    if (c.evse_id != c.connector_id) o.number("evse", c.evse_id);
    o.text("status", c.status);
    o.text("errorCode", c.error_code);
    o.number("at", to_number(c.at));
    o.end();
}

boot_record boot_from_json(const json::object& o) {
    boot_record b;
    for (const auto& [name, member] : boot_texts) b.*member = text_of(o, name);
    b.at = to_time(number_of(o, "at"));
    return b;
}

}  // namespace

stored_record charge_point::stored() const {
    const charge_point& record = *this;
    stored_record kept;
    kept.json.clear();
    text_writer out(kept.json, 1024);
    object_writer o(out);
    if (const auto boot = record.boot()) {
        o.name("boot");
        write_boot(out, *boot);
    }
    if (const auto connectors = record.connectors(); !connectors.empty()) {
        o.name("connectors");
        char before = '[';
        for (const auto& c : connectors) {
            out.put(std::exchange(before, ','));
            write_connector(out, c);
        }
        out.put(']');
    }
    if (const auto deviations = record.deviations(); !deviations.empty()) {
        o.name("deviations");
        object_writer counts(out);
        for (const auto& [r, count] : deviations) counts.number(to_string(r), count);
        counts.end();
    }
    const auto last_news = record.maintenance();
    if (!last_news.firmware_status.empty()) o.text("firmwareStatus", last_news.firmware_status);
    if (!last_news.diagnostics_status.empty()) o.text("diagnosticsStatus", last_news.diagnostics_status);

    const auto right_at = record.clock_right_at.load();
    if (right_at != time_point()) o.number("clockRightAt", to_number(right_at));
    if (const auto profile = record.seen_profile.load(); profile > 0) o.number("securityProfile", profile);
    o.end();
    out.finish();

    if (record.registered) kept.registration = static_cast<std::int64_t>(record.registration.load());
    kept.last_seen = record.last_seen;
    return kept;
}

void record_from_json(const stored_record& stored, charge_point& record) {
    record.last_seen = stored.last_seen;
    if (stored.registration && *stored.registration >= 0 && *stored.registration <= 2) {
        record.registration = static_cast<boot_config::status>(*stored.registration);
        record.registered = true;
    }
    boost::system::error_code ec;
    const auto parsed = json::parse(stored.json, ec);
    const auto* o = ec ? nullptr : parsed.if_object();
    if (!o) return;
    if (const auto* boot = o->if_contains("boot"); boot && boot->is_object()) {
        record.set_boot(boot_from_json(boot->get_object()));
    }
    if (const auto* connectors = o->if_contains("connectors"); connectors && connectors->is_array()) {
        for (const auto& c : connectors->get_array()) {
            if (!c.is_object()) continue;
            const auto& connector = c.get_object();
            const auto id = number_of(connector, "id");
            const auto evse = connector.contains("evse") ? number_of(connector, "evse") : id;
            record.set_status({evse, id}, text_of(connector, "status"), text_of(connector, "errorCode"),
                              to_time(number_of(connector, "at")));
        }
    }
    if (o->contains("clockRightAt")) record.clock_right_at = to_time(number_of(*o, "clockRightAt"));
    if (const auto* deviations = o->if_contains("deviations"); deviations && deviations->is_object()) {
        for (const auto& [name, count] : deviations->get_object()) {
            const auto r = rule_from_string(name);
            if (r && count.is_int64()) record.add_deviation(*r, static_cast<std::uint32_t>(count.get_int64()));
        }
    }
    record.seen_profile = static_cast<std::uint8_t>(std::clamp<std::int64_t>(number_of(*o, "securityProfile"), 0, 3));
    maintenance_status news;
    news.firmware_status = text_of(*o, "firmwareStatus");
    news.diagnostics_status = text_of(*o, "diagnosticsStatus");
    record.set_maintenance(std::move(news));
}

}  // namespace voltgate
