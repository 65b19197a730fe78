#include "http/upgrade.hpp"

#include "async/random_source.hpp"
#include "http/admission.hpp"
#include "text/json_text.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace voltgate::http {

namespace {

constexpr std::size_t longest_key = 24;  // 16 bytes in base64
constexpr std::size_t longest_identity = 255;

struct path_reading {
    bool below = false;         // it lies below server.path
    bool odd = false;           // rule::odd_path
    std::string_view identity;  // still encoded
};

std::vector<std::string_view> segments_of(std::string_view path, bool& odd) {
    std::vector<std::string_view> segments;
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto slash = path.find('/');
        const auto segment = path.substr(0, slash);
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
        if (!segment.empty()) {
            segments.push_back(segment);
        } else {
            odd = true;  // doubled or trailing slash
        }
    }
    return segments;
}

path_reading read_path(std::string_view target, const server_config& config) {
    path_reading reading;
    const auto path = path_of(target);
    reading.odd = !path.empty() && path.data() != target.data();  // absolute form
    if (path.empty() || path.front() != '/') return reading;
    auto segments = segments_of(path, reading.odd);
    bool ignored = false;
    const auto base = segments_of(config.path, ignored);
    if (segments.size() < base.size() || !std::equal(base.begin(), base.end(), segments.begin())) return reading;
    segments.erase(segments.begin(), segments.begin() + static_cast<std::ptrdiff_t>(base.size()));
    if (segments.size() == 2 && segments[0] == segments[1]) {  // the identity twice
        reading.odd = true;
        segments.pop_back();
    }
    if (segments.size() > 1) return reading;
    reading.below = true;
    if (!segments.empty()) reading.identity = segments.front();
    return reading;
}

bool is_of_http_interface(std::string_view segment) noexcept {
    constexpr std::string_view places[] = {"api", "health", "connections", "metrics"};
    return std::ranges::find(places, segment) != std::end(places);
}

std::string supported(const server_config& config) {
    std::string names;
    for (const auto v : config.versions) names.append(names.empty() ? "" : ", ").append(ocpp::subprotocol(v));
    return names;
}

bool may_compress(const server_config& config, ocpp::version v) noexcept {
    using compressed = server_config::compressed;
    return config.compression == compressed::all || (config.compression == compressed::v2 && v != ocpp::version::v16);
}

using result = metrics::connection_result;
using reason = refusal_reason;

result result_of(reason why) noexcept {
    switch (why) {
        case reason::path:
        case reason::identity: return result::bad_identity;
        case reason::subprotocol: return result::no_subprotocol;
        default: return result::bad_request;
    }
}

std::string place_of(const server_config& config) {
    return (config.path == "/" ? std::string() : config.path) + "/{charge point id}";
}

upgrade_decision refuse(reason why, unsigned status, std::string_view detail) {
    upgrade_decision d;
    d.result = result_of(why);
    d.reason = why;
    d.detail = detail;
    d.refusal = problem(status, detail);
    if (status == 426) d.refusal.headers.emplace_back("Sec-WebSocket-Version", "13");
    return d;
}

}  // namespace

std::string_view path_of(std::string_view target) noexcept {
    target = target.substr(0, target.find_first_of("?#"));
    const auto scheme = target.find("://");
    if (scheme == std::string_view::npos) return target;
    return target.substr(std::min(target.find('/', scheme + 3), target.size()));
}

std::string likely_identity(std::string_view target, const server_config& config) {
    const auto reading = read_path(target, config);
    auto name = reading.identity;
    if (!reading.below) {  // most often it is the rest of the path that is wrong
        bool ignored = false;
        const auto segments = segments_of(path_of(target), ignored);
        if (segments.empty() || is_of_http_interface(segments.front())) return {};
        name = segments.back();
    }
    auto identity = percent_decode(name).value_or("");
    return identity_fault(identity) ? std::string() : identity;
}

void append_list(std::vector<std::string_view>& elements, std::string_view header) {
    while (!header.empty()) {
        const auto comma = header.find(',');
        auto element = header.substr(0, comma);
        header = comma == std::string_view::npos ? std::string_view{} : header.substr(comma + 1);
        while (!element.empty() && (element.front() == ' ' || element.front() == '\t')) element.remove_prefix(1);
        while (!element.empty() && (element.back() == ' ' || element.back() == '\t')) element.remove_suffix(1);
        if (!element.empty()) elements.push_back(element);
    }
}

error_text identity_fault(std::string_view identity) {
    if (identity.empty()) return "the path names no charge point; connect to {server.path}/{charge point id}";
    if (identity.size() > longest_identity) return "the charge point id is longer than 255 bytes";
    if (identity.find('/') != std::string_view::npos) return "the charge point id holds a slash";
    const bool control = std::any_of(identity.begin(), identity.end(),
                                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (control) return "the charge point id holds control characters";
    if (identity.front() == ' ' || identity.back() == ' ') return "the charge point id begins or ends with a blank";
    if (!ocpp::json_text::is_utf8(identity)) return "the charge point id is not UTF-8";
    return {};
}

bool is_charge_point_target(std::string_view target, const server_config& config) {
    return read_path(target, config).below;
}

upgrade_decision decide_upgrade(const upgrade_headers& h, const peer_facts& peer, const server_config& config,
                                const settings_source& settings_of) {
    const auto path = read_path(h.target, config);
    if (!path.below) return refuse(reason::path, 404, "charge points connect to " + place_of(config));
    if (!h.is_get_http11) return refuse(reason::bad_request, 400, "a WebSocket upgrade is a GET request of HTTP/1.1");
    if (h.no_host) return refuse(reason::bad_request, 400, "the request has no header Host");
    if (h.two_hosts) return refuse(reason::bad_request, 400, "the request has more than one header Host");
    if (h.version != "13") return refuse(reason::bad_request, 426, "Sec-WebSocket-Version must be 13");
    if (h.key.empty()) return refuse(reason::bad_request, 400, "Sec-WebSocket-Key is missing");
    if (h.key.size() > longest_key)
        return refuse(reason::bad_request, 400, "Sec-WebSocket-Key is longer than 24 bytes");
    auto identity = percent_decode(path.identity);
    if (!identity) return refuse(reason::identity, 400, "the charge point id holds a % that is no percent-encoding");
    if (const auto fault = identity_fault(*identity)) return refuse(reason::identity, 400, fault.text());

    auto settings = settings_of(*identity);
    upgrade_decision d;
    const auto tolerated = [&](rule r) {
        d.origin.deviations.push_back(r);
        return settings->conformance.of(r) != level::strict;
    };
    if (path.odd && !tolerated(rule::odd_path))
        return refuse(reason::path, 404, "the path is not in its canonical form");
    if (!h.connection_upgrade && !tolerated(rule::missing_connection_upgrade)) {
        return refuse(reason::bad_request, 400, "the header Connection does not name upgrade");
    }

    if (h.subprotocols.empty()) {
        if (!settings->default_version || !tolerated(rule::missing_subprotocol)) {
            return refuse(reason::subprotocol, 400,
                          "Sec-WebSocket-Protocol is missing; supported: " + supported(config));
        }
        d.origin.version = *settings->default_version;
    } else {
        const auto enabled = [&](std::string_view name) {
            const auto v = ocpp::version_of_subprotocol(name);
            return v && std::find(config.versions.begin(), config.versions.end(), *v) != config.versions.end();
        };
        const auto chosen = std::find_if(h.subprotocols.begin(), h.subprotocols.end(), enabled);
        if (chosen != h.subprotocols.end()) {
            d.origin.version = *ocpp::version_of_subprotocol(*chosen);
            d.origin.subprotocol = *chosen;
        } else if (config.no_subprotocol == server_config::no_subprotocol_answer::accept_and_close) {
            d.close_at_once = true;
            d.reason = reason::subprotocol;
            d.detail = "no sub-protocol in common; supported: " + supported(config);
        } else {
            return refuse(reason::subprotocol, 400, "no sub-protocol in common; supported: " + supported(config));
        }
    }
    if (may_compress(config, d.origin.version)) d.deflate = negotiate_deflate(h.extensions);
    d.accepted = true;
    d.origin.charge_point_id = std::move(*identity);
    d.origin.security_profile = peer.profile;
    d.settings = std::move(settings);
    return d;
}

response refusal_of(authentication_failure f, random_source& random) {
    using failure = authentication_failure;
    switch (f) {
        case failure::profile_too_low:
            return problem(403, "this charge point connects with a higher security profile: use that listener");
        case failure::weaker_than_live:
            return problem(403, "this charge point is connected, and authenticated more strongly");
        case failure::certificate_missing:
        case failure::certificate_mismatch:
            return problem(403, "the client certificate is not that of this charge point");
        case failure::authenticator_failed: {
            response busy = problem(503, "it cannot be found out who this charge point is; try again later");
            add_retry_after(busy, random);
            return busy;
        }
        default: break;
    }
    // One answer for all: which identities there are is nobody's business.
    response r = problem(401, "charge points authenticate with Authorization: Basic, {charge point id}:{password}");
    r.headers.emplace_back("WWW-Authenticate", "Basic realm=\"voltgate\", charset=\"UTF-8\"");
    return r;
}

refusal_reason reason_of(authentication_failure f) noexcept {
    using failure = authentication_failure;
    switch (f) {
        case failure::unknown_charge_point: return reason::unknown_charge_point;
        case failure::profile_too_low: return reason::security_profile;
        case failure::certificate_missing:
        case failure::certificate_mismatch: return reason::certificate;
        case failure::weaker_than_live: return reason::weaker_than_live;
        case failure::refused_by_host:
        case failure::authenticator_failed: return reason::authenticator;
        case failure::serial_mismatch: return reason::serial_number;
        default: return reason::credentials;
    }
}

std::string_view explanation_of(authentication_failure f) noexcept {
    using failure = authentication_failure;
    switch (f) {
        case failure::none: return "nothing";
        case failure::missing: return "it sent no password (Authorization: Basic)";
        case failure::malformed: return "its Authorization header cannot be read";
        case failure::wrong_user: return "the user in its Authorization header is not its identity";
        case failure::wrong_password: return "its password is wrong";
        case failure::unknown_charge_point: return "no password of it is known (PUT .../credentials)";
        case failure::profile_too_low:
            return "it is configured for, or was seen on, a higher security profile than this listener has "
                   "(DELETE .../credentials/seen-profile forgets the latter)";
        case failure::certificate_missing: return "it has no certificate";
        case failure::certificate_mismatch:
            return "the subject of its certificate does not fit it (security.certificate_identity, "
                   "security.certificate_organization)";
        case failure::weaker_than_live: return "it is connected, and authenticated more strongly";
        case failure::refused_by_host: return "the host program's authenticator refused it";
        case failure::authenticator_failed: return "the host program's authenticator did not answer in time";
        case failure::serial_mismatch: return "its serial number is not that of its certificate";
    }
    return "?";
}

}  // namespace voltgate::http
