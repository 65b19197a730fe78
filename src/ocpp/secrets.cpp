#include "ocpp/secrets.hpp"

#include "ocpp/frame.hpp"
#include "ocpp/payload.hpp"

#include <algorithm>
#include <array>

namespace voltgate::ocpp {

namespace {

constexpr std::string_view withheld = "\"withheld: it cannot be read and may hold a password\"";
constexpr std::array<std::string_view, 2> secret_words = {"authorizationkey", "password"};
constexpr std::string_view pin = "KeyCode";  // the type of a 2.x token that is one

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// `word` is in lower case.
bool begins_with(std::string_view text, std::string_view word) noexcept {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char w, char c) { return w == lower(c); });
}

bool names_secret(std::string_view name) noexcept {
    for (std::size_t i = 0; i < name.size(); ++i)
        for (const auto word : secret_words)
            if (begins_with(name.substr(i), word)) return true;
    return false;
}

std::string key_of(value_view member) { return unescape(member.key()); }

/// Collects the secrets of a payload, and the texts that hold one of `others`.
class secret_search {
  public:
    secret_search(std::vector<value_view>& found, std::span<const std::string> others)
        : found_(found), others_(others) {}

    void look_into(value_view v) {
        if (v.kind() == value_kind::object) look_into_object(v);
        if (v.kind() == value_kind::string && holds_another(v)) found_.push_back(v);
        for (auto child = v.first(); child.kind() != value_kind::absent; child = child.next()) look_into(child);
    }

  private:
    [[nodiscard]] bool holds_another(value_view v) const {
        return std::any_of(others_.begin(), others_.end(), [text = v.string()](const std::string& secret) {
            return !secret.empty() && text.find(secret) != std::string::npos;
        });
    }

    void take(value_view v) {
        const auto kind = v.kind();
        const bool is_scalar = kind == value_kind::string || kind == value_kind::integer || kind == value_kind::number;
        if (is_scalar && !v.raw().empty()) found_.push_back(v);
    }

    void take_members(value_view object, std::initializer_list<std::string_view> names) {
        if (object.kind() != value_kind::object) return;
        for (auto m = object.first(); m.kind() != value_kind::absent; m = m.next())
            if (std::find(names.begin(), names.end(), key_of(m)) != names.end()) take(m);
    }

    void look_into_object(value_view object) {
        bool is_secret = false;
        for (auto m = object.first(); m.kind() != value_kind::absent; m = m.next()) {
            const auto key = key_of(m);
            if (key == "key") is_secret = is_secret || names_secret(m.string());
            if (key == "variable") is_secret = is_secret || names_secret(m["name"].string());
            if (key == "vpn") take_members(m, {"password", "key"});
            if (key == "type" && m.raw() == pin) take_members(object, {"idToken"});
            if (key == "basicAuthPassword" || key == "apnPassword") take(m);
        }
        if (!is_secret) return;
        take_members(object, {"value", "attributeValue", "actualValue"});
        const auto attributes = object["variableAttribute"];
        for (auto a = attributes.first(); a.kind() != value_kind::absent; a = a.next()) take_members(a, {"value"});
    }

    std::vector<value_view>& found_;
    std::span<const std::string> others_;
};

// False: it cannot be read. A reader of its own: those of the threads hold what is being answered.
template <class Use>
bool find_secrets(std::string_view json, std::span<const std::string> others, Use use) {
    payload_reader reader;
    if (!reader.read(json, nullptr)) return false;
    std::vector<value_view> found;
    secret_search(found, others).look_into(reader.root());
    std::sort(found.begin(), found.end(), [](value_view a, value_view b) { return a.json().data() < b.json().data(); });
    use(found);
    return true;
}

}  // namespace

bool may_hold_secret(std::string_view json) noexcept {
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string_view rest = json.substr(i);
        switch (lower(json[i])) {
            case 'a':
            case 'p':
                for (const auto word : secret_words)
                    if (begins_with(rest, word)) return true;
                break;
            case 'v':
                if (rest.starts_with("vpn")) return true;
                break;
            case 'k':
                if (rest.starts_with(pin)) return true;
                break;
            case '\\':  // it may spell one of them
                if (begins_with(rest, "\\u")) return true;
                break;
            default: break;
        }
    }
    return false;
}

std::vector<std::string> secrets_in(std::string_view json) {
    std::vector<std::string> secrets;
    if (!may_hold_secret(json)) return secrets;
    static_cast<void>(find_secrets(json, {}, [&](const std::vector<value_view>& found) {
        for (const auto v : found) secrets.push_back(v.string());
    }));
    return secrets;
}

std::string without(std::string text, std::span<const std::string> secrets) {
    for (const auto& secret : secrets) {
        for (auto at = text.find(secret); !secret.empty() && at != std::string::npos;
             at = text.find(secret, at + secret_mark.size()))
            text.replace(at, secret.size(), secret_mark);
    }
    return text;
}

std::string without_secrets(std::string_view json, std::span<const std::string> others) {
    if (others.empty() && !may_hold_secret(json)) return std::string(json);
    std::string out;
    const auto copy = [&](const std::vector<value_view>& found) {
        const char* at = json.data();
        for (const auto v : found) {
            const auto slice = v.json();
            if (slice.data() < at) continue;  // found twice
            out.append(at, slice.data()).append(1, '"').append(secret_mark).append(1, '"');
            at = slice.data() + slice.size();
        }
        out.append(at, json.data() + json.size());
    };
    if (!find_secrets(json, others, copy)) return std::string(withheld);
    return out;
}

}  // namespace voltgate::ocpp
