// What the tables of keys are made of.
#pragma once

#include "config/codec.hpp"
#include "config/keys.hpp"
#include "config/rule_texts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace voltgate::settings {

inline constexpr std::int64_t ms = 1;
inline constexpr std::int64_t s = 1000 * ms;
inline constexpr std::int64_t hour = 3600 * s;
inline constexpr std::int64_t day = 24 * hour;
inline constexpr std::int64_t kib = 1024;
inline constexpr std::int64_t mib = 1024 * kib;
inline constexpr std::int64_t gib = 1024 * mib;
inline constexpr std::int64_t max_rate = 1'000'000;

template <class Owner, class Member>
key<Owner> entry(std::string name, value_rules rules, std::string text, Member member) {
    key<Owner> k;
    k.name = std::move(name);
    k.rules = std::move(rules);
    k.text = std::move(text);
    k.get = [member](const Owner& owner) { return get_member(member(owner)); };
    k.set = [member](Owner& owner, const value& v) { set_member(member(owner), v); };
    return k;
}

/// A key for every conformance rule: `prefix` and the rule's name. `rules_of` gives the owner's map of them.
template <class Owner, class Rules>
void add_rules(std::vector<key<Owner>>& keys, const std::string& prefix, Rules rules_of) {
    for (std::size_t i = 0; i < rule_count; ++i) {
        const auto r = static_cast<rule>(i);
        key<Owner> k;
        k.name = prefix + std::string(to_string(r));
        k.rules = word<level>();
        k.text = std::string(rule_text(r));
        k.get = [r, rules_of](const Owner& owner) -> std::optional<value> {
            const auto& rules = rules_of(owner);
            const auto found = rules.find(r);
            if (found == rules.end()) return std::nullopt;
            return codec<level>::to(found->second);
        };
        k.set = [r, rules_of](Owner& owner, const value& v) { rules_of(owner)[r] = codec<level>::from(v); };
        keys.push_back(std::move(k));
    }
}

// Keys that [server] and [[listener]] have in common.
inline constexpr const char* profile_text =
    "OCPP security profile of the charge points that connect here. 0: nobody has to authenticate but those that have a "
    "password. 1: everybody needs a password. 2: the same, with TLS. 3: TLS with a certificate of the charge point.";
inline constexpr const char* serve_text =
    "What is served here: charge points, the HTTP interface (api), or both. All else is answered with 404.";
inline constexpr const char* tls_text =
    "HTTPS on a listener that serves the API alone. Security profiles 2 and 3 use TLS in any case, 0 and 1 never.";

inline constexpr const char* proxy_text =
    "Connections come through balancers that say in a PROXY header (version 1 or 2) whose they are. That address is "
    "the charge point's or caller's then, for everything. Only for a listener that is reached through them alone.";
inline constexpr const char* proxies_text =
    "Addresses and networks of these balancers, and of those that forwarded is for. With proxy_protocol a connection "
    "from anywhere else is closed; with forwarded its header is not believed.";
inline constexpr const char* forwarded_text =
    "The header in which balancers that speak HTTP say whose a request is: the rightmost address in it that is not one "
    "of trusted_proxies. No other header is looked at.";
inline constexpr const char* tls_at_proxy_text =
    "The balancers end TLS. A charge point that came to them through it, as X-Forwarded-Proto or the proto of "
    "Forwarded says, has security profile 2, others 1; never 3. They have to set that header, or their clients do.";

/// Where a value lives: a member of the owner.
#define MEMBER(path) [](auto& c) -> auto& { return c.path; }

}  // namespace voltgate::settings
