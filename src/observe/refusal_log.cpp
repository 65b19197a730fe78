#include "observe/refusal_log.hpp"

#include "observe/log.hpp"
#include "text/quote.hpp"

#include <algorithm>
#include <utility>

namespace voltgate {

namespace {

using severity = log_config::severity;

const token_rate line_rate(1, 20);  // lines a second for each reason, and how many at once
constexpr std::chrono::seconds between_summaries{10};

std::size_t index(refusal_reason r) noexcept { return static_cast<std::size_t>(r); }

// A port that the internet reaches is knocked at all day: what names no charge point is not worth a warning.
severity severity_of(const refusal& r) noexcept {
    return r.charge_point_id.empty() ? severity::info : severity::warning;
}

void tidy(std::string& text) {
    constexpr std::string_view replacement = "\xEF\xBF\xBD", cut = "\xE2\x80\xA6";
    std::string tidied;
    for (std::string_view rest = text; !rest.empty();) {
        if (tidied.size() >= refusal_log::longest_text) {
            tidied += cut;
            break;
        }
        const std::size_t n = utf8_sequence(rest);
        tidied += n == 0 ? replacement : rest.substr(0, n);
        rest.remove_prefix(std::max<std::size_t>(n, 1));
    }
    text = std::move(tidied);
}

std::string lower_case(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

// Without the port, which is another one each time.
std::string_view host_of(std::string_view endpoint) noexcept {
    if (endpoint.starts_with('[')) return endpoint.substr(0, endpoint.find(']') + 1);
    const auto colon = endpoint.find(':');
    return endpoint.find(':', colon + 1) == std::string_view::npos ? endpoint.substr(0, colon) : endpoint;
}

std::string key_of(const refusal& r) {
    std::string key(1, static_cast<char>(r.reason));
    key.append(host_of(r.remote_address)) += '\n';
    return key.append(r.listener).append(1, '\n').append(lower_case(r.charge_point_id));
}

}  // namespace

std::string_view to_string(refusal_reason r) noexcept {
    switch (r) {
        case refusal_reason::untrusted_proxy: return "untrusted_proxy";
        case refusal_reason::proxy_header: return "proxy_header";
        case refusal_reason::connections: return "connections";
        case refusal_reason::connections_per_address: return "connections_per_address";
        case refusal_reason::connection_rate: return "connection_rate";
        case refusal_reason::connection_rate_per_address: return "connection_rate_per_address";
        case refusal_reason::stopping: return "stopping";
        case refusal_reason::tls_handshake: return "tls_handshake";
        case refusal_reason::bad_request: return "bad_request";
        case refusal_reason::path: return "path";
        case refusal_reason::not_served: return "not_served";
        case refusal_reason::identity: return "identity";
        case refusal_reason::subprotocol: return "subprotocol";
        case refusal_reason::unknown_charge_point: return "unknown_charge_point";
        case refusal_reason::credentials: return "credentials";
        case refusal_reason::certificate: return "certificate";
        case refusal_reason::security_profile: return "security_profile";
        case refusal_reason::weaker_than_live: return "weaker_than_live";
        case refusal_reason::authenticator: return "authenticator";
        case refusal_reason::serial_number: return "serial_number";
        case refusal_reason::ownership: return "ownership";
    }
    return "?";
}

void refusal_log::add(refusal r, wall_time now, steady_time steady, log& l) {
    for (auto* text : {&r.detail, &r.path, &r.subprotocols, &r.charge_point_id}) tidy(*text);
    counts_[index(r.reason)].fetch_add(1, std::memory_order_relaxed);
    bool worth_a_line = l.enabled(severity::debug);
    if (!worth_a_line) {
        const std::lock_guard lock(mutex_);
        worth_a_line = lines_[index(r.reason)].take(steady, line_rate);
        if (!worth_a_line) ++unlogged_[index(r.reason)];
    }
    if (worth_a_line) {
        l.write(severity_of(r), "refused",
                {{"reason", to_string(r.reason)},
                 {"remote", r.remote_address},
                 {"listener", r.listener},
                 {"charge_point", r.charge_point_id},
                 {"path", r.path},
                 {"subprotocols", r.subprotocols},
                 {"detail", r.detail}});
    }
    const std::lock_guard lock(mutex_);
    keep(std::move(r), now);
}

void refusal_log::keep(refusal&& r, wall_time now) {
    auto key = key_of(r);
    auto found = by_key_.find(key);
    if (found == by_key_.end()) {
        if (entries_.size() >= most_kept) {
            by_key_.erase(key_of(entries_.back().what));
            entries_.pop_back();
        }
        entries_.emplace_front().first = now;
        found = by_key_.emplace(std::move(key), entries_.begin()).first;
    }
    entry& e = *found->second;
    e.what = std::move(r);
    e.last = now;
    e.number = ++last_number_;
    ++e.count;
    entries_.splice(entries_.begin(), entries_, found->second);
}

void refusal_log::tell_unlogged(steady_time now, log& l) {
    std::array<std::uint64_t, refusal_reason_count> untold{};
    {
        const std::lock_guard lock(mutex_);
        if (now - told_unlogged_ < between_summaries) return;
        told_unlogged_ = now;
        std::swap(untold, unlogged_);
    }
    for (std::size_t i = 0; i < untold.size(); ++i) {
        if (untold[i] == 0) continue;
        const auto reason = to_string(static_cast<refusal_reason>(i));
        l.warning("refused more, which GET /api/v1/refusals tells", {{"reason", reason}, {"count", untold[i]}});
    }
}

refusal_log::page refusal_log::read(const query& q) const {
    page p;
    const auto wanted = lower_case(q.charge_point_id);
    const std::lock_guard lock(mutex_);
    for (const auto& e : entries_) {
        if (q.before > 0 && e.number >= q.before) continue;
        if (!wanted.empty() && lower_case(e.what.charge_point_id) != wanted) continue;
        if (q.reason && e.what.reason != *q.reason) continue;
        if (p.items.size() == q.limit) {
            p.next = p.items.back().number;
            break;
        }
        p.items.push_back(e);
    }
    return p;
}

std::size_t refusal_log::forget(const std::function<bool(const refusal&)>& unwanted) {
    const std::lock_guard lock(mutex_);
    return std::erase_if(entries_, [&](const entry& e) {
        if (!unwanted(e.what)) return false;
        by_key_.erase(key_of(e.what));
        return true;
    });
}

std::array<std::uint64_t, refusal_reason_count> refusal_log::counts() const noexcept {
    std::array<std::uint64_t, refusal_reason_count> all{};
    for (std::size_t i = 0; i < all.size(); ++i) all[i] = counts_[i].load(std::memory_order_relaxed);
    return all;
}

}  // namespace voltgate
