// Single members of event payloads.
#include "events/payload_fields.hpp"

#include "events/decimal.hpp"
#include "ocpp/frame.hpp"
#include "text/bytes.hpp"
#include "text/timestamp.hpp"

#include <algorithm>

namespace voltgate {

namespace {

using ocpp::value_kind;

constexpr char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

bool is_plain(std::string_view text) noexcept {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != '\\'; });
}

}  // namespace

std::optional<std::string> text_in(ocpp::value_view v) {
    using ocpp::value_kind;
    const auto kind = v.kind();
    const bool is_text = kind == value_kind::string || kind == value_kind::integer || kind == value_kind::number;
    return is_text ? std::optional(v.string()) : std::nullopt;
}

text_writer put_odd_string(text_writer out, ocpp::value_view v, std::string_view fallback) {
    switch (v.kind()) {
        case value_kind::integer:
        case value_kind::number:
            out.put('"');
            out.put(v.raw());
            out.put('"');
            break;
        case value_kind::absent:
        case value_kind::null:
        case value_kind::string: out.put(fallback); break;
        case value_kind::boolean:
        case value_kind::array:
        case value_kind::object: out.put("null"); break;
    }
    return out;
}

std::string_view find_word(ocpp::value_view v, std::span<const std::string_view> words) noexcept {
    if (v.kind() != value_kind::string) return {};
    const auto text = v.raw();
    for (const auto word : words)
        if (word.size() == text.size() && ocpp::same_bytes(word.data(), text.data(), text.size())) return word;
    for (const auto word : words)
        if (word.size() == text.size() && std::equal(word.begin(), word.end(), text.begin(), text.end(),
                                                     [](char a, char b) { return lower(a) == lower(b); }))
            return word;
    return {};
}

void put_word(text_writer& out, ocpp::value_view v, std::string_view word, std::string_view fallback) {
    if (word.empty()) {
        put_string(out, v, fallback);
        return;
    }
    out.put('"');
    out.put(word);
    out.put('"');
}

void put_integer(text_writer& out, const std::optional<std::int64_t>& n) {
    if (n)
        out.put(*n);
    else
        out.put("null");
}

void put_integer(text_writer& out, ocpp::value_view v) { put_integer(out, v.integer()); }

void put_number(text_writer& out, ocpp::value_view v) {
    const auto kind = v.kind();
    const bool is_text = kind == value_kind::string || kind == value_kind::integer || kind == value_kind::number;
    const auto number = is_text ? read_decimal(v.raw()) : std::nullopt;
    if (number)
        put_decimal(out, *number, 0);
    else
        out.put("null");
}

std::optional<std::chrono::system_clock::time_point> time_of(ocpp::value_view v) noexcept {
    if (v.kind() != value_kind::string) return std::nullopt;
    const auto reading = ocpp::read_timestamp(v.raw());
    if (!reading) return std::nullopt;
    return reading->time;
}

std::optional<std::chrono::system_clock::time_point> put_timestamp(text_writer& out, ocpp::value_view v) {
    const auto text = v.kind() == value_kind::string ? v.raw() : std::string_view();
    const auto reading = text.empty() ? std::nullopt : ocpp::read_timestamp(text);
    if (!reading) {
        out.put("null");
        return std::nullopt;
    }
    out.put('"');
    constexpr std::size_t at_t = 10;
    if (!reading->odd && text.back() == 'Z' && text[at_t] == 'T') {
        out.put(text);
    } else {
        const auto fraction = reading->time.time_since_epoch() % std::chrono::seconds(1);
        thread_local std::string written;
        written.clear();
        ocpp::append_timestamp(written, reading->time, fraction.count() != 0);
        out.put(written);
    }
    out.put('"');
    return reading->time;
}

void put_own_text(text_writer& out, std::string_view text) {
    if (text.empty()) {
        out.put("null");
    } else if (is_plain(text)) {
        out.put('"');
        out.put(text);
        out.put('"');
    } else {
        std::string escaped;
        ocpp::append_json_string(escaped, text);
        out.put(escaped);
    }
}

void put_reading(text_writer& out, std::string_view name, const std::optional<exact_decimal>& reading) {
    out.put_all(",\"", name, "\":", reading ? std::string_view(reading->text()) : std::string_view("null"));
}

void put_time(text_writer& out, std::string_view name,
              const std::optional<std::chrono::system_clock::time_point>& time) {
    out.put_all(",\"", name, "\":");
    if (!time) return out.put("null");
    std::string text;
    ocpp::append_timestamp(text, *time, true);
    out.put_all("\"", text, "\"");
}

void put_text(text_writer& out, std::string_view name, std::string_view text) {
    out.put_all(",\"", name, "\":");
    put_own_text(out, text);
}

void add_members(std::string& object, std::string_view members) {
    object.pop_back();
    object.append(object.size() == 1 && !members.empty() ? members.substr(1) : members).append(1, '}');
}

void put_registration(text_writer& out, std::string_view status, std::int64_t interval) {
    out.put(R"(,"registrationStatus":)");
    put_own_text(out, status);
    out.put(R"(,"intervalSeconds":)");
    out.put(interval);
    out.put('}');
}

void put_signing(text_writer& out, ocpp::value_view csr, bool accepted, std::string_view reason) {
    out.put(R"({"csr":)");
    put_string(out, csr);
    out.put(R"(,"status":)");
    out.put(accepted ? std::string_view(R"("Accepted")") : std::string_view(R"("Rejected")"));
    out.put(R"(,"reason":)");
    put_own_text(out, reason);
}

void put_address(text_writer& out, ocpp::value_view connector) {
    constexpr std::size_t surely_fits = 9;
    const auto text = connector.raw();
    if (connector.kind() != value_kind::integer || text.size() > surely_fits) {
        put_address(out, connector.integer());
        return;
    }
    out.put(R"("evseId":)");
    out.put(text);
    out.put(R"(,"connectorId":)");
    out.put(text);
}

void put_address(text_writer& out, const std::optional<std::int64_t>& connector) {
    out.put(R"("evseId":)");
    put_integer(out, connector);
    out.put(R"(,"connectorId":)");
    put_integer(out, connector);
}

}  // namespace voltgate
