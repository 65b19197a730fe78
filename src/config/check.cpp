// check_config: the checks that a configuration has to pass, whether it was loaded or made in code.
#include "config/check.hpp"

#include "config/keys.hpp"
#include "config/texts.hpp"

#include <voltgate/config.hpp>

#include <fmt/format.h>

#include <optional>
#include <set>

namespace voltgate {

namespace {

template <class Owner, class Name>
void check_keys(const Owner& owner, const std::vector<settings::key<Owner>>& keys, Name shown_name,
                std::vector<config_error>& errors) {
    for (const auto& k : keys) {
        const auto v = k.get(owner);
        if (!v) continue;
        if (const auto what = settings::problem(k, *v))
            errors.push_back({{}, 0, shown_name(k.name), std::string(what.text())});
    }
}

/// Of the listener at `index` among all: the first one stands in [server].
std::string listener_key(std::size_t index, std::string_view key_name) {
    if (index == 0) return fmt::format("server.{}", key_name);
    return settings::entry_key_name(settings::listener_section, index - 1, key_name);
}

// Empty: nobody who is not known gets in.
std::string open_doors(const config& c, const listener_config& l, std::size_t index) {
    using served = server_config::served;
    std::string doors;
    const auto add = [&](std::string_view what) { doors.append(doors.empty() ? "" : "; ").append(what); };
    if (l.serve != served::api && l.security_profile == 0) {
        add(fmt::format("charge points need no password (set {} = 1)", listener_key(index, "security_profile")));
    } else if (l.serve != served::api && l.security_profile < 3 &&
               c.security.unknown_charge_points == security_config::unknown_answer::accept) {
        add("charge points without a known password are let in (set security.unknown_charge_points = \"refuse\")");
    }
    if (l.serve != served::charge_points && c.api.tokens.empty()) {
        add("the HTTP interface needs no token (make one with `voltgate hash-token` and add it as [[api.tokens]])");
    }
    return doors;
}

void check_exposure(const config& c, const listener_config& l, std::size_t index, std::vector<config_error>& errors) {
    if (l.allow_insecure || !settings::is_address(l.address) || settings::is_loopback(l.address)) return;
    const auto doors = open_doors(c, l, index);
    if (doors.empty()) return;
    auto what = fmt::format(
        "other machines can reach {} and anybody may come in: {}; or listen on \"127.0.0.1\" or \"::1\", or set "
        "{} = true only on a trusted network",
        l.address, doors, listener_key(index, "allow_insecure"));
    errors.push_back({{}, 0, listener_key(index, "address"), std::move(what)});
}

struct contradiction {
    std::string_view key;
    std::string what;
};

std::optional<contradiction> find_proxy_contradiction(const listener_config& l) {
    using header = server_config::forwarded_header;
    const bool reads_header = l.forwarded != header::none;
    if (l.proxy_protocol && reads_header)
        return contradiction{"forwarded",
                             "says whose a request is, and so does proxy_protocol = true; balancers do one or the "
                             "other, choose it"};
    if (reads_header && l.security_profile == 3)
        return contradiction{"forwarded",
                             "means that TLS ends at a balancer, whose certificate would count for the charge point's; "
                             "let TLS pass through, with proxy_protocol"};
    if ((l.proxy_protocol || reads_header) && l.trusted_proxies.empty())
        return contradiction{l.proxy_protocol ? "proxy_protocol" : "forwarded",
                             "means that balancers are believed whose connection it is; name their addresses or "
                             "networks in trusted_proxies"};
    if (!l.proxy_protocol && !reads_header && !l.trusted_proxies.empty())
        return contradiction{"trusted_proxies",
                             "are for proxy_protocol = true or forwarded; set one of these, or remove them"};
    if (l.tls_at_proxy && !reads_header)
        return contradiction{"tls_at_proxy",
                             "needs forwarded, the header that says which charge points came to the balancer through "
                             "TLS"};
    if (l.tls_at_proxy && (l.serve == server_config::served::api || l.security_profile != 1))
        return contradiction{"tls_at_proxy",
                             "is for charge points with passwords on a listener without TLS of its own; set "
                             "security_profile = 1, which is 2 for those that came to the balancer through TLS. Mutual "
                             "TLS (3) cannot end at a balancer: let it pass through, with proxy_protocol"};
    return std::nullopt;
}

std::optional<contradiction> find_contradiction(const listener_config& l, const tls_config& tls) {
    if (l.serve == server_config::served::api && l.security_profile > 0)
        return contradiction{
            "security_profile",
            "is for charge points, and serve = \"api\" lets none connect; remove it, or set tls = true "
            "for HTTPS"};
    if (l.serve != server_config::served::api && l.tls && l.security_profile < 2)
        return contradiction{"tls", fmt::format("security profile {} is without TLS; choose 2 or 3, or serve = \"api\"",
                                                l.security_profile)};
    if (l.uses_tls() && tls.certificates.empty())
        return contradiction{l.tls ? "tls" : "security_profile",
                             "means TLS and needs a certificate; name one in tls.certificates"};
    if (l.security_profile == 3 && tls.client_ca.empty())
        return contradiction{"security_profile",
                             "3 means that charge points have certificates; name the CAs that issue them in "
                             "tls.client_ca"};
    return find_proxy_contradiction(l);
}

void check_listeners(const config& c, std::vector<config_error>& errors) {
    const auto all = listeners_of(c);
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& l = all[i];
        check_exposure(c, l, i, errors);
        if (c.server.path == "/" && l.serve == server_config::served::all) {
            auto what = fmt::format(
                "\"/\" would take the paths of the HTTP interface; serve charge points on listeners of their own, with "
                "{} = \"charge_points\" here",
                listener_key(i, "serve"));
            errors.push_back({{}, 0, "server.path", std::move(what)});
        }
        if (auto found = find_contradiction(l, c.tls))
            errors.push_back({{}, 0, listener_key(i, found->key), std::move(found->what)});
        for (std::size_t k = 0; k < i; ++k) {
            if (l.port == 0 || l.port != all[k].port || l.address != all[k].address) continue;
            auto what = fmt::format("{} is the port of {} on the same address; choose another", l.port,
                                    listener_key(k, "port"));
            errors.push_back({{}, 0, listener_key(i, "port"), std::move(what)});
            break;
        }
    }
}

void check_tls(const tls_config& tls, std::vector<config_error>& errors) {
    if (!tls.keys.empty() && tls.keys.size() != tls.certificates.size()) {
        auto what =
            fmt::format("names {} and tls.certificates {}; name one key for each certificate, in the same order",
                        tls.keys.size(), tls.certificates.size());
        errors.push_back({{}, 0, "tls.keys", std::move(what)});
    }
    if (!tls.crl.empty() && tls.client_ca.empty())
        errors.push_back({{}, 0, "tls.crl", "needs tls.client_ca, the CAs whose revocation lists these are"});
}

void check_signing(const signing_config& signing, std::vector<config_error>& errors) {
    if (signing.certificate.empty() && !signing.key.empty())
        errors.push_back({{}, 0, "signing.key", "needs signing.certificate, the CA whose key this is"});
}

void check_models(const config& c, std::vector<config_error>& errors) {
    for (std::size_t i = 0; i < c.models.size(); ++i) {
        const auto& m = c.models[i];
        const auto name_of = [i](const std::string& name) {
            return settings::entry_key_name(settings::model_section, i, name);
        };
        check_keys(m, settings::model_keys(), name_of, errors);
        if (!m.vendor && !m.model && !m.firmware)
            errors.push_back({{}, 0, name_of("model"), "is missing, as are vendor and firmware; set one of them"});
    }
}

constexpr std::size_t most_token_patterns = 500;  // each is a part of a statement, which may be a thousand deep

void check_tokens(const config& c, std::vector<config_error>& errors) {
    std::set<std::string_view> names;
    for (std::size_t i = 0; i < c.api.tokens.size(); ++i) {
        const auto name_of = [i](const std::string& name) {
            return settings::entry_key_name(settings::token_section, i, name);
        };
        check_keys(c.api.tokens[i], settings::token_keys(), name_of, errors);
        if (c.api.tokens[i].charge_points.size() > most_token_patterns) {
            auto what = fmt::format("at most {} patterns; give its charge points a label, and the token labels = [...]",
                                    most_token_patterns);
            errors.push_back({{}, 0, name_of("charge_points"), std::move(what)});
        }
        if (!names.insert(c.api.tokens[i].name).second)
            errors.push_back({{}, 0, name_of("name"), "stands for another token already; give each its own"});
    }
}

}  // namespace

std::string settings::entry_key_name(std::string_view section, std::size_t index, std::string_view key_name) {
    return fmt::format("{}[{}].{}", section, index, key_name);
}

std::vector<listener_config> listeners_of(const config& c) {
    const auto& s = c.server;
    std::vector<listener_config> all = {{s.address, s.port, s.security_profile, s.serve, s.tls, s.allow_insecure,
                                         s.proxy_protocol, s.trusted_proxies, s.forwarded, s.tls_at_proxy}};
    all.insert(all.end(), c.listeners.begin(), c.listeners.end());
    return all;
}

std::vector<config_error> check_config(const config& c) {
    std::vector<config_error> errors;
    check_keys(c, settings::config_keys(), [](const std::string& name) { return name; }, errors);
    check_models(c, errors);
    for (std::size_t i = 0; i < c.charge_points.size(); ++i) {
        const auto name_of = [i](const std::string& name) {
            return settings::entry_key_name(settings::charge_point_section, i, name);
        };
        check_keys(c.charge_points[i], settings::charge_point_keys(), name_of, errors);
    }
    check_tokens(c, errors);
    for (std::size_t i = 0; i < c.listeners.size(); ++i) {
        const auto name_of = [i](const std::string& name) {
            return settings::entry_key_name(settings::listener_section, i, name);
        };
        check_keys(c.listeners[i], settings::listener_keys(), name_of, errors);
    }
    check_listeners(c, errors);
    check_tls(c.tls, errors);
    check_signing(c.signing, errors);
    settings::check_idle_times(c, errors);
    settings::check_action_rates(c, errors);
    return errors;
}

std::string to_string(const config_error& e) {
    std::string out = e.file;
    if (e.line > 0) out += fmt::format("{}{}", out.empty() ? "line " : ":", e.line);
    for (const auto* part : {&e.key, &e.message}) {
        if (part->empty()) continue;
        if (!out.empty()) out += ": ";
        out += *part;
    }
    return out;
}

}  // namespace voltgate
