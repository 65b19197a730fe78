#include "ocpp/secrets.hpp"

#include "ocpp/frame.hpp"
#include "ocpp/payload.hpp"
#include "text/json_text.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <utility>

namespace voltgate::ocpp {

namespace {

constexpr std::string_view withheld = "\"withheld: it cannot be read and may hold a password\"";
constexpr std::array<std::string_view, 10> secret_words = {
    "authorizationkey", "password", "passwd", "passphrase", "pwd", "psk", "authkey", "apikey", "secretkey", "simpin"};
constexpr std::string_view private_key = "private key-----";  // in lower case
constexpr std::string_view after_scheme = "://";
constexpr std::string_view pin = "KeyCode";  // the type of a 2.x token that is one

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// `word` is in lower case.
bool begins_with(std::string_view text, std::string_view word) noexcept {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char w, char c) { return w == lower(c); });
}

/// The words that make a name one of a secret.
struct word_list {
    explicit word_list(std::vector<std::string> all) : words(std::move(all)) {
        for (const auto& word : words) begins[static_cast<unsigned char>(word.front())] = true;
    }
    /// Whether one of them stands at the beginning.
    [[nodiscard]] bool begin(std::string_view text) const noexcept {
        return begins[static_cast<unsigned char>(lower(text.front()))] &&
               std::any_of(words.begin(), words.end(), [text](const auto& word) { return begins_with(text, word); });
    }
    std::vector<std::string> words;  // in lower case, none empty
    std::array<bool, 256> begins{};  // what they begin with
};

std::atomic<const word_list*>& words_in_force() {
    static const word_list known(std::vector<std::string>(secret_words.begin(), secret_words.end()));
    static std::atomic<const word_list*> in_force(&known);
    return in_force;
}

const word_list& words() noexcept { return *words_in_force().load(std::memory_order_acquire); }

bool names_secret(std::string_view name) noexcept {
    const auto& all = words();
    for (std::size_t i = 0; i < name.size(); ++i)
        if (all.begin(name.substr(i))) return true;
    return false;
}

std::string key_of(value_view member) { return unescape(member.key()); }

/// "user:password" of "scheme://user:password@host/path"; empty: there is none.
std::string_view login_in(std::string_view url) noexcept {
    const auto scheme_end = url.find(after_scheme);
    if (scheme_end == std::string_view::npos) return {};
    auto authority = url.substr(scheme_end + after_scheme.size());
    authority = authority.substr(0, authority.find_first_of("/?#"));
    const auto at = authority.rfind('@');
    return at == std::string_view::npos ? std::string_view() : authority.substr(0, at);
}

std::size_t logins_in(std::string_view text) noexcept {
    std::size_t n = 0;
    for (auto at = text.find(after_scheme); at != std::string_view::npos; at = text.find(after_scheme, at + 1))
        n += login_in(text.substr(at)).empty() ? 0 : 1;
    return n;
}

bool holds_private_key(std::string_view text) noexcept {
    for (std::size_t i = 0; i < text.size(); ++i)
        if (begins_with(text.substr(i), private_key)) return true;
    return false;
}

/// Behind `name`, with its quotes, and a colon; null: no colon follows.
const char* value_behind(std::string_view text, std::size_t at, std::string_view name) noexcept {
    const auto* const end = text.data() + text.size();
    const auto* const colon = json_text::skip_blanks(text.data() + at + name.size(), end);
    return json_text::peek(colon, end) == ':' ? json_text::skip_blanks(colon + 1, end) : nullptr;
}

/// Whether a word in quotes stands here, one that nothing is missing of.
bool is_whole_word(const char* at, const char* end) noexcept {
    if (json_text::peek(at, end) != '"') return false;
    const auto* const first = ++at;
    while (at != end && (json_text::is_digit(*at) || (lower(*at) >= 'a' && lower(*at) <= 'z'))) ++at;
    return at != first && json_text::peek(at, end) == '"';
}

// A 2.x token is a PIN if its type says so, and the type often stands behind it.
bool lacks_token_type(std::string_view text) noexcept {
    constexpr std::string_view token = "\"idToken\"", type = "\"type\"";
    const auto* const end = text.data() + text.size();
    std::size_t tokens = 0, types = 0;
    for (auto at = text.find(token); at != std::string_view::npos; at = text.find(token, at + token.size())) {
        const auto* const value = value_behind(text, at, token);
        if (value == nullptr || json_text::peek(value, end) != '{') ++tokens;
    }
    if (tokens == 0) return false;
    if (text.find("\"additionalIdToken\"") != std::string_view::npos) return true;  // these have types too
    for (auto at = text.find(type); at != std::string_view::npos; at = text.find(type, at + type.size())) {
        const auto* const value = value_behind(text, at, type);
        if (value != nullptr && is_whole_word(value, end)) ++types;
    }
    return types < tokens;
}

/// A secret in a JSON text, escaped as it stands there: all of a value with its quotes, or a part of a string.
struct secret {
    std::string_view slice;
    bool is_value = true;
    std::string text;  // unescaped
};

/// Collects the secrets of a payload, and the texts that hold one of `others`.
class secret_search {
  public:
    secret_search(std::vector<secret>& found, std::span<const std::string> others) : found_(found), others_(others) {}

    void look_into(value_view v) {
        if (v.kind() == value_kind::object) look_into_object(v);
        if (v.kind() == value_kind::string) look_into_string(v);
        for (auto child = v.first(); child.kind() != value_kind::absent; child = child.next()) look_into(child);
    }

  private:
    [[nodiscard]] bool holds_another(const std::string& text) const {
        return std::any_of(others_.begin(), others_.end(), [&text](const std::string& other) {
            return !other.empty() && text.find(other) != std::string::npos;
        });
    }

    void take(value_view v) {
        const auto kind = v.kind();
        const bool is_scalar = kind == value_kind::string || kind == value_kind::integer || kind == value_kind::number;
        if (is_scalar && !v.raw().empty()) found_.push_back({v.json(), true, v.string()});
    }

    void look_into_string(value_view v) {
        const auto raw = v.raw();
        const bool plain = raw.find('\\') == std::string_view::npos;
        const auto text = v.string();
        if (holds_another(text) || holds_private_key(text)) return take(v);
        const auto login = plain ? login_in(raw) : std::string_view();
        const auto logins = logins_in(text);
        if (logins == 1 && !login.empty()) {
            found_.push_back({login, false, std::string(login)});
        } else if (logins > 0) {
            take(v);
        }
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
            if (names_secret(key)) take(m);
        }
        if (!is_secret) return;
        take_members(object, {"value", "attributeValue", "actualValue"});
        const auto attributes = object["variableAttribute"];
        for (auto a = attributes.first(); a.kind() != value_kind::absent; a = a.next()) take_members(a, {"value"});
    }

    std::vector<secret>& found_;
    std::span<const std::string> others_;
};

// False: it cannot be read. A reader of its own: those of the threads hold what is being answered.
template <class Use>
bool find_secrets(std::string_view json, std::span<const std::string> others, Use use) {
    payload_reader reader;
    if (!reader.read(json, nullptr)) return false;
    std::vector<secret> found;
    secret_search(found, others).look_into(reader.root());
    const auto earlier = [](const secret& a, const secret& b) {
        return a.slice.data() != b.slice.data() ? a.slice.data() < b.slice.data() : a.slice.size() > b.slice.size();
    };
    std::sort(found.begin(), found.end(), earlier);
    use(found);
    return true;
}

}  // namespace

void add_secret_names(const std::vector<std::string>& names) {
    // A list that was in force stays: somebody may be reading it.
    static std::mutex mutex;
    static std::vector<std::unique_ptr<const word_list>> lists;
    const std::lock_guard lock(mutex);
    auto all = words().words;
    for (const auto& name : names) {
        std::string word = name;
        std::ranges::transform(word, word.begin(), lower);
        if (!word.empty() && std::ranges::find(all, word) == all.end()) all.push_back(std::move(word));
    }
    if (all.size() == words().words.size()) return;
    lists.push_back(std::make_unique<const word_list>(std::move(all)));
    words_in_force().store(lists.back().get(), std::memory_order_release);
}

bool may_hold_secret(std::string_view json) noexcept {
    const auto& names = words();
    for (std::size_t i = 0; i < json.size(); ++i) {
        const std::string_view rest = json.substr(i);
        if (names.begin(rest)) return true;
        switch (lower(json[i])) {
            case 'p':
                if (begins_with(rest, private_key)) return true;
                break;
            case '@': return true;  // of a URL with a password
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
    return lacks_token_type(json);
}

std::vector<std::string> secrets_in(std::string_view json) {
    std::vector<std::string> secrets;
    if (!may_hold_secret(json)) return secrets;
    static_cast<void>(find_secrets(json, {}, [&](const std::vector<secret>& found) {
        for (const auto& s : found) secrets.push_back(s.text);
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
    const auto copy = [&](const std::vector<secret>& found) {
        const char* at = json.data();
        for (const auto& s : found) {
            if (s.slice.data() < at) continue;  // found twice
            out.append(at, s.slice.data());
            if (s.is_value) {
                out.append(1, '"').append(secret_mark).append(1, '"');
            } else {
                out.append(secret_mark);
            }
            at = s.slice.data() + s.slice.size();
        }
        out.append(at, json.data() + json.size());
    };
    if (!find_secrets(json, others, copy)) return std::string(withheld);
    return out;
}

std::string raw_without_secrets(std::string_view text, std::size_t most) {
    if (may_hold_secret(text)) return "withheld: may hold a secret";
    constexpr std::string_view unreadable = "\xEF\xBF\xBD";
    std::string out;
    const auto* const end = text.data() + text.size();
    for (const auto* at = text.data(); at != end;) {
        const auto length = json_text::sequence_length(at, end);
        const auto piece = length == 0 ? unreadable : std::string_view(at, length);
        if (out.size() + piece.size() > most) break;
        out += piece;
        at += std::max<std::size_t>(length, 1);
    }
    return out;
}

}  // namespace voltgate::ocpp
