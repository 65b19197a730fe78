#include "http/settings_json.hpp"

#include "async/random_source.hpp"
#include "config/action_rate.hpp"
#include "config/keys.hpp"
#include "config/profile_json.hpp"
#include "config/texts.hpp"
#include "http/entity_tag.hpp"
#include "http/upgrade.hpp"
#include "security/credentials.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"
#include "text/quote.hpp"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace voltgate::http {

namespace {

namespace json = boost::json;
using settings::layer;

constexpr std::string_view rules_section = "rules";
constexpr std::size_t most_labels = 16;

bool decides(const layer& l, const settings::key<profile_settings>& k, const std::optional<settings::value>& in_force) {
    const auto said = k.get(*l.says);
    if (settings::section_of(k.name) == rules_section) return said || l.says->conformance;
    // Models only raise it: one that says less decides nothing.
    return said && (k.name != "security_profile" || said == in_force);
}

std::string source_of(const std::vector<layer>& layers, const settings::key<profile_settings>& k,
                      const std::optional<settings::value>& in_force) {
    for (auto l = layers.rbegin(); l != layers.rend(); ++l)
        if (decides(*l, k, in_force)) return settings::name_of(*l);
    return "general";
}

error_text read_id(const json::value& v, std::string& id) {
    const auto* text = v.if_string();
    if (!text) return "id must be a text";
    if (!id.empty() && fold_id(id) != fold_id(*text)) return "id is not the one in the path";
    if (const auto fault = identity_fault(*text)) return fault.in("id");
    id = *text;
    return {};
}

error_text read_labels(const json::value& v, charge_point_profile& p) {
    const auto* list = v.if_array();
    const std::string expected = "labels must be a list of at most " + std::to_string(most_labels) + " texts, each " +
                                 std::string(settings::label_allowed);
    if (!list || list->size() > most_labels) return expected;
    std::vector<std::string> labels;
    for (const auto& label : *list) {
        if (!label.is_string() || !settings::is_label(label.get_string())) return expected;
        labels.emplace_back(label.get_string());
    }
    p.set_labels(std::move(labels));
    return {};
}

error_text read_serial_number(const json::value& v, charge_point_profile& p) {
    if (v.is_null()) return {};
    const auto* text = v.if_string();
    if (!text || !settings::is_subject_text(*text))
        return "expectedSerialNumber must be null or a text of " + std::string(settings::subject_text_allowed);
    if (text->empty()) return "expectedSerialNumber is empty: leave it out where none is expected";
    p.serial_number = *text;
    return {};
}

error_text read_overrides(const json::value& v, charge_point_profile& p) {
    const auto* o = v.if_object();
    if (!o) return "overrides must be an object with keys of [[charge_point]]";
    profile_settings overrides;
    if (const auto wrong = settings::read_profile(*o, overrides)) return wrong.in("overrides");
    for (const auto& rate : overrides.action_rates.value_or(std::vector<std::string>()))
        if (const auto wrong = settings::unknown_action(rate)) return wrong.in("overrides.action_rates");
    p.set_overrides(overrides);
    return {};
}

error_text read_password(const json::value& v, random_source& random, std::string& hash) {
    const auto* text = v.if_string();
    if (!text) return "password must be a text";
    if (!hash.empty()) return "give password or passwordHash, not both";
    if (const auto fault = password_fault(*text)) return fault.in("password");
    hash = hash_password(*text, random);
    return {};
}

error_text read_hash(const json::value& v, std::string& hash) {
    const auto* text = v.if_string();
    if (!text || !settings::is_password_hash(*text))
        return "passwordHash must be " + std::string(settings::password_hash_allowed);
    if (!hash.empty()) return "give password or passwordHash, not both";
    hash = *text;
    return {};
}

error_text read_member(std::string_view name, const json::value& v, random_source* salts, profile_entry& e) {
    if (name == "id") return read_id(v, e.profile.charge_point_id);
    if (name == "labels") return read_labels(v, e.profile);
    if (name == "expectedSerialNumber") return read_serial_number(v, e.profile);
    if (name == "overrides") return read_overrides(v, e.profile);
    if (salts && name == "password") return read_password(v, *salts, e.password);
    if (salts && name == "passwordHash") return read_hash(v, e.password);
    return "unknown member " + in_quotes(name) + "; known: id, labels, expectedSerialNumber, overrides" +
           (salts ? ", password, passwordHash" : "");
}

}  // namespace

json::object settings_object(const effective_settings& e) {
    const auto all = settings::as_profile(*e.in_force);
    json::object o, rules;
    for (const auto& k : settings::profile_keys()) {
        if (k.name == "conformance") continue;  // the rules say it, each for itself
        const auto v = k.get(all);
        json::object shown;
        shown["value"] = v ? settings::to_json(k.rules, *v) : json::value(nullptr);
        shown["from"] = source_of(e.layers, k, v);
        const auto section = settings::section_of(k.name);
        if (section == rules_section) {
            rules[std::string_view(k.name).substr(section.size() + 1)] = std::move(shown);
        } else {
            o[k.name] = std::move(shown);
        }
    }
    o[rules_section] = std::move(rules);
    return o;
}

json::array labels_of(const profile_ptr& p) {
    json::array labels;
    if (p)
        for (const auto& label : p->labels) labels.emplace_back(label);
    return labels;
}

void put_profile(json::object& o, const profile_ptr& p) {
    o["labels"] = labels_of(p);
    o["expectedSerialNumber"] = p && !p->serial_number.empty() ? json::value(p->serial_number) : json::value(nullptr);
    o["overrides"] = p && p->overriding ? settings::profile_to_json(*p->overriding) : json::object();
}

void add_profile_tag(response& r, std::uint64_t revision) {
    r.headers.emplace_back("ETag", entity_tag(revision));
    r.tagged_whole = false;
}

error_text read_profile_entry(std::string_view text, random_source* salts, profile_entry& e) {
    boost::system::error_code ec;
    const auto parsed = json::parse(text, ec);
    if (ec) return "is not JSON: " + ec.message();
    const auto* o = parsed.if_object();
    if (!o) return "must be a JSON object";
    for (const auto& [name, v] : *o)
        if (auto wrong = read_member(name, v, salts, e)) return wrong;
    if (e.profile.charge_point_id.empty()) return "id is missing";
    return {};
}

}  // namespace voltgate::http
