// The keys of the tables that a file may hold many of: [[model]], [[charge_point]], [[api.tokens]],
// [[listener]].
#include "config/key_parts.hpp"
#include "config/keys.hpp"
#include "config/texts.hpp"

#include <utility>

namespace voltgate::settings {

namespace {

keys_of_profile make_profile_keys() {
    keys_of_profile keys;
    const auto add = [&](auto... a) { keys.push_back(entry<profile_settings>(std::move(a)...)); };
    add("registration", word<boot_config::status>(), "As boot.registration.", MEMBER(registration));
    add("interval", time(s, 30 * day, s), "As boot.interval.", MEMBER(interval));
    add("default_version", word<ocpp::version>(),
        "OCPP version of a charge point that names none when it connects. Not set: it is refused.",
        MEMBER(default_version));
    add("ping_interval", time(0, day), "As session.ping_interval.", MEMBER(ping_interval));
    add("idle_timeout", time(0, 7 * day), "As session.idle_timeout.", MEMBER(idle_timeout));
    add("timestamp_milliseconds", boolean(), "As the key of this name above.", MEMBER(timestamp_milliseconds));
    add("match_stops_without_id", boolean(), "As transactions.match_stops_without_id.", MEMBER(match_stops_without_id));
    add("lone_phase_counts", boolean(), "As transactions.lone_phase_counts.", MEMBER(lone_phase_counts));
    add("security_profile", number(0, 3), "The least security profile that it may connect with.",
        MEMBER(security_profile));
    add("message_rate", number(0, max_rate), "As limits.message_rate.", MEMBER(message_rate));
    add("message_burst", number(1, 10'000'000), "As limits.message_burst.", MEMBER(message_burst));
    add("action_rates", texts(is_action_rate, action_rate_allowed), "As limits.action_rates.", MEMBER(action_rates));
    add("conformance", word<level>(), "Level of every rule that is not named in rules.", MEMBER(conformance));
    add_rules(keys, "rules.", MEMBER(rules));
    return keys;
}

template <class Owner>
void add_profile(std::vector<key<Owner>>& keys) {
    for (const auto& k : profile_keys()) {
        auto& own = keys.emplace_back();
        own.name = k.name;
        own.rules = k.rules;
        own.text = k.text;
        own.get = k.get;
        own.set = k.set;
    }
}

keys_of_model make_model_keys() {
    keys_of_model keys;
    const auto add = [&](auto... a) { keys.push_back(entry<model_config>(std::move(a)...)); };
    add("vendor", text(is_pattern, pattern_allowed), "Vendors that the entry is for. Not set: any.", MEMBER(vendor));
    add("model", text(is_pattern, pattern_allowed), "Models that the entry is for. Not set: any.", MEMBER(model));
    add("firmware", text(is_pattern, pattern_allowed), "Firmware versions that the entry is for. Not set: any.",
        MEMBER(firmware));
    add_profile(keys);
    return keys;
}

keys_of_charge_point make_charge_point_keys() {
    keys_of_charge_point keys;
    const auto add = [&](auto... a) { keys.push_back(entry<charge_point_config>(std::move(a)...)); };
    add("pattern", text(is_pattern, pattern_allowed), "Ids that the entry is for. Letter case does not matter.",
        MEMBER(pattern));
    add("password", text(is_password_hash, password_hash_allowed),
        "Its password, hashed. One that was set through the HTTP interface goes before it.", MEMBER(password));
    keys.back().secret = true;
    add("serial_number", text(is_subject_text, subject_text_allowed),
        "The common name of its certificate, for security.certificate_identity = \"serial\".", MEMBER(serial_number));
    add_profile(keys);
    return keys;
}

keys_of_token make_token_keys() {
    keys_of_token keys;
    const auto add = [&](auto... a) { keys.push_back(entry<api_token_config>(std::move(a)...)); };
    add("name", text(is_token_name, token_name_allowed), "Who has the token: the audit log says so.", MEMBER(name));
    add("sha256", text(is_sha256, sha256_allowed), "The token, hashed.", MEMBER(sha256));
    keys.back().secret = true;
    add("scopes", words<api_scope>(),
        "What it may do. read: see what is not personal. command: give commands. operate: close transactions, cancel "
        "commands, confirm the clock. admin: change id tags, credentials and charge points. personal: see whose tags "
        "they are.",
        MEMBER(scopes));
    add("charge_points", texts(is_pattern, pattern_allowed),
        "Patterns of charge point ids, as [[charge_point]] has them: there are no others for it. Empty: all.",
        MEMBER(charge_points));
    add("labels", texts(is_label, label_allowed),
        "Labels of charge points, as the HTTP interface sets them: without all of these there is none for it. Empty: "
        "all.",
        MEMBER(labels));
    return keys;
}

keys_of_listener make_listener_keys() {
    keys_of_listener keys;
    const auto add = [&](auto... a) { keys.push_back(entry<listener_config>(std::move(a)...)); };
    add("port", number(0, 65535), "As server.port.", MEMBER(port));
    add("address", text(is_address, address_allowed), "As server.address.", MEMBER(address));
    add("security_profile", number(0, 3), profile_text, MEMBER(security_profile));
    add("serve", word<server_config::served>(), serve_text, MEMBER(serve));
    add("tls", boolean(), tls_text, MEMBER(tls));
    add("allow_insecure", boolean(), "As server.allow_insecure.", MEMBER(allow_insecure));
    add("proxy_protocol", boolean(), proxy_text, MEMBER(proxy_protocol));
    add("trusted_proxies", texts(is_network, network_allowed), proxies_text, MEMBER(trusted_proxies));
    add("forwarded", word<server_config::forwarded_header>(), forwarded_text, MEMBER(forwarded));
    add("tls_at_proxy", boolean(), tls_at_proxy_text, MEMBER(tls_at_proxy));
    return keys;
}

}  // namespace

const keys_of_profile& profile_keys() {
    static const keys_of_profile keys = make_profile_keys();
    return keys;
}

const keys_of_model& model_keys() {
    static const keys_of_model keys = make_model_keys();
    return keys;
}

const keys_of_charge_point& charge_point_keys() {
    static const keys_of_charge_point keys = make_charge_point_keys();
    return keys;
}

const keys_of_token& token_keys() {
    static const keys_of_token keys = make_token_keys();
    return keys;
}

const keys_of_listener& listener_keys() {
    static const keys_of_listener keys = make_listener_keys();
    return keys;
}

}  // namespace voltgate::settings
