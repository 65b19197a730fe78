#include "journal/profile_table.hpp"

#include "config/profile_json.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <memory>
#include <string>
#include <utility>

namespace voltgate {

namespace {

namespace json = boost::json;

std::string to_text(const charge_point_profile& p) {
    json::object o;
    if (!p.labels.empty()) o["labels"] = json::array(p.labels.begin(), p.labels.end());
    if (!p.serial_number.empty()) o["serialNumber"] = p.serial_number;
    if (p.overriding) o["overrides"] = settings::profile_to_json(*p.overriding);
    return json::serialize(o);
}

void from_text(std::string_view text, charge_point_profile& p) {
    boost::system::error_code ec;
    const auto parsed = json::parse(text, ec);
    const auto* o = ec ? nullptr : parsed.if_object();
    if (!o) return;
    std::vector<std::string> labels;
    if (const auto* list = o->if_contains("labels"); list && list->is_array())
        for (const auto& label : list->get_array())
            if (label.is_string()) labels.emplace_back(label.get_string());
    p.set_labels(std::move(labels));
    if (const auto* serial = o->if_contains("serialNumber"); serial && serial->is_string())
        p.serial_number = serial->get_string();
    if (const auto* overrides = o->if_contains("overrides"); overrides && overrides->is_object()) {
        profile_settings settings;
        // What a later version allows and this one does not is left out.
        static_cast<void>(settings::read_profile(overrides->get_object(), settings));
        p.set_overrides(settings);
    }
}

// Of a row "id, profile".
profile_ptr profile_of(const sqlite::statement& row) {
    auto p = std::make_shared<charge_point_profile>();
    p->charge_point_id = row.text(0);
    from_text(row.text(1), *p);
    return p;
}

}  // namespace

profile_table::profile_table(sqlite::database& db)
    : put_(db, "INSERT OR REPLACE INTO charge_point_profiles (key, id, profile) VALUES (?, ?, ?)"),
      remove_(db, "DELETE FROM charge_point_profiles WHERE key = ?"),
      find_(db, "SELECT id, profile FROM charge_point_profiles WHERE key = ?") {}

void profile_table::put(std::string_view key, const charge_point_profile& p) {
    put_.run(key, p.charge_point_id, to_text(p));
}

void profile_table::remove(std::string_view key) { remove_.run(key); }

profile_ptr profile_table::find(std::string_view key) {
    profile_ptr found;
    find_.bind(key);
    while (find_.step()) found = profile_of(find_);
    return found;
}

std::vector<profile_ptr> read_profiles(sqlite::database& db) {
    sqlite::statement rows(db, "SELECT id, profile FROM charge_point_profiles ORDER BY key");
    std::vector<profile_ptr> all;
    while (rows.step()) all.push_back(profile_of(rows));
    return all;
}

}  // namespace voltgate
