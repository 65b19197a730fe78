#include "ocpp/personal.hpp"

#include "ocpp/frame.hpp"
#include "text/json_text.hpp"
#include "text/timestamp.hpp"

#include <algorithm>
#include <array>

namespace voltgate::ocpp {

namespace {

constexpr std::array<std::string_view, 5> tag_names = {"idtag", "idtoken", "id_tag", "id_token", "customeridentifier"};
constexpr std::array<std::string_view, 2> tag_words = {"tag", "tok"};  // in all names but the last
constexpr std::array<std::string_view, 3> names_beside_tag = {"type", "status",
                                                              "vendorid"};  // in an object in its place
constexpr std::array<std::string_view, 2> names_of_ids = {"transactionid", "chargepointid"};
// What charge points are and measure.
constexpr std::array<std::string_view, 14> names_of_facts = {"measurand",
                                                             "phase",
                                                             "context",
                                                             "model",
                                                             "vendor",
                                                             "chargepointmodel",
                                                             "chargepointvendor",
                                                             "vendorname",
                                                             "firmwareversion",
                                                             "serialnumber",
                                                             "chargepointserialnumber",
                                                             "chargeboxserialnumber",
                                                             "metertype",
                                                             "meterserialnumber"};
constexpr std::array<std::string_view, 2> names_of_reading = {"actualvalue", "attributevalue"};
constexpr int deepest_text = 3;  // JSON in a string in JSON in a string …

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// `word` is in lower case.
bool begins_with(std::string_view text, std::string_view word) noexcept {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char w, char c) { return w == lower(c); });
}

bool is_word(std::string_view text, std::string_view word) noexcept {
    return text.size() == word.size() && begins_with(text, word);
}

bool is_one_of(std::string_view text, const auto& words) noexcept {
    return std::any_of(words.begin(), words.end(), [text](std::string_view word) { return is_word(text, word); });
}

// How a TokenReader's Token is named: as a setting, "TokenReader.Token", or as a component and a variable.
enum class token_name : std::uint8_t { none, setting, variable };

token_name token_named_in(std::string_view json) noexcept {
    constexpr std::string_view reader = "tokenreader", token = "token", end_of_setting = ".token";
    bool has_reader = false, has_token = false, has_setting = false;
    for (auto at = json.find('"'); at != std::string_view::npos; at = json.find('"', at + 1)) {
        const auto rest = json.substr(at + 1);
        const auto text = rest.substr(0, rest.find('"'));
        has_token = has_token || is_word(text, token);
        if (!begins_with(text, reader)) continue;
        const auto end = text.substr(text.size() - std::min(end_of_setting.size(), text.size()));
        has_reader = has_reader || text.size() == reader.size();
        has_setting = has_setting || is_word(end, end_of_setting);
    }
    if (has_reader && has_token) return token_name::variable;
    return has_setting ? token_name::setting : token_name::none;
}

// With escapes resolved, whatever that makes of the rest.
token_name token_named_anyhow(std::string_view json) {
    const auto plain = token_named_in(json);
    return plain == token_name::none && json.find("\\u") != std::string_view::npos ? token_named_in(unescape(json))
                                                                                   : plain;
}

bool names_tag(std::string_view name) noexcept {
    return std::any_of(tag_names.begin(), tag_names.end(), [name](std::string_view end) {
        return name.size() >= end.size() && begins_with(name.substr(name.size() - end.size()), end);
    });
}

// Quick, and never wrong in that there is none.
bool may_be_personal(std::string_view json) noexcept {
    for (std::size_t i = 0; i + 2 < json.size(); ++i) {
        const char c = lower(json[i]);
        if (c != 't' && c != 'c' && c != '\\') continue;
        const auto rest = json.substr(i);
        if (begins_with(rest, tag_words[0]) || begins_with(rest, tag_words[1]) || begins_with(rest, "customer") ||
            rest.starts_with("\\u"))  // it may spell one of them
            return true;
    }
    return false;
}

bool is_of_number(char c) noexcept {
    return json_text::is_digit(c) || std::string_view("+-.eE").find(c) != std::string_view::npos;
}

// UTF-8 beyond ASCII is taken for letters.
bool is_of_word(char c) noexcept {
    return json_text::is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool has_digit(std::string_view text) noexcept { return std::any_of(text.begin(), text.end(), json_text::is_digit); }

bool is_uuid(std::string_view text) noexcept {
    constexpr std::string_view shape = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    return text.size() == shape.size() && std::equal(text.begin(), text.end(), shape.begin(), [](char c, char s) {
               return s == '-' ? c == '-' : json_text::is_digit(c) || (lower(c) >= 'a' && lower(c) <= 'f');
           });
}

// Neither the books nor what holds them together are taken for somebody's tag.
bool is_of_books(std::string_view name, std::string_view text) noexcept {
    return is_one_of(name, names_of_ids) || is_one_of(name, names_of_facts) ||
           (is_word(name, "value") && json_text::is_number(text)) || is_uuid(text) || is_rfc3339(text);
}

// `keep_whole`: if it is all of the text and has no digit it stays.
std::optional<std::string> change_words(std::string_view text, const wanted_tags& wanted, bool keep_whole) {
    const auto is_border = [text](std::size_t at) {
        return at == 0 || at == text.size() || !is_of_word(text[at - 1]) || !is_of_word(text[at]);
    };
    std::string out;
    std::size_t copied = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (!is_border(at)) continue;
        for (const std::size_t length : wanted.lengths) {
            if (length < wanted_tags::shortest_word || length > text.size() - at || !is_border(at + length)) continue;
            const auto word = text.substr(at, length);
            if (keep_whole && length == text.size() && !has_digit(word)) continue;
            const auto by = wanted.change(word);
            if (!by) continue;
            out.append(text.substr(copied, at - copied)).append(*by);
            copied = at + length;
            at = copied - 1;
            break;
        }
    }
    if (copied == 0) return std::nullopt;
    return out.append(text.substr(copied));
}

// From its opening brace to its end, or to that of the text.
std::string_view object_from(const char* open, const char* end) noexcept {
    int depth = 0;
    bool in_string = false;
    for (const char* at = open; at != end; ++at) {
        if (in_string) {
            if (*at == '\\' && at + 1 != end) ++at;
            in_string = *at != '"';
        } else if (*at == '"') {
            in_string = true;
        } else if (*at == '{') {
            ++depth;
        } else if (*at == '}' && --depth == 0) {
            return {open, static_cast<std::size_t>(at + 1 - open)};
        }
    }
    return {open, static_cast<std::size_t>(end - open)};
}

/// Goes through a text once; what it finds is told by what stands before it, so it needs no whole JSON.
class tag_walk {
  public:
    /// One of them: what is personal is changed, or what is wanted.
    tag_walk(std::string_view json, const personal_change* change, const wanted_tags* wanted, int nesting)
        : text_(json),
          at_(json.data()),
          end_(at_ + json.size()),
          copied_(at_),
          change_(change),
          wanted_(wanted),
          nesting_(nesting) {}

    std::optional<std::string> run() {
        while (at_ != end_) {
            const char c = *at_;
            if (c == '"') {
                take_string();
            } else if (is_tag() && (c == '-' || json_text::is_digit(c))) {
                take_number();
            } else if (wanted_ && is_of_word(c)) {
                take_loose();
            } else {
                take_mark(c);
                ++at_;
            }
        }
        if (out_.empty()) return std::nullopt;
        out_.append(copied_, end_);
        return std::move(out_);
    }

  private:
    struct open_object {
        const char* open;
        std::optional<token_name> names;  // once it was looked at
    };
    static constexpr std::size_t most_objects = 16;  // deeper than any message has them

    enum class text_name : std::uint8_t { none, data, reading, value };

    static text_name what_text(std::string_view name) noexcept {
        if (is_word(name, "data")) return text_name::data;
        if (is_word(name, "value")) return text_name::value;
        return is_one_of(name, names_of_reading) ? text_name::reading : text_name::none;
    }

    [[nodiscard]] bool is_tag() const noexcept { return in_tag_ && !beside_tag_; }

    void take_mark(char c) {
        if (c == '{' || c == '[') {
            if (c == '{' && objects_++ < most_objects) open_[objects_ - 1] = {at_, std::nullopt};
            ++depth_;
            if (!in_tag_) return;
            ++depth_in_tag_;
            beside_tag_ = false;
        } else if (c == '}' || c == ']') {
            if (c == '}' && objects_ > 0) --objects_;
            if (--depth_ < depth_of_customer_) depth_of_customer_ = 0;
            if (c == '}') {
                name_.clear();
                text_name_ = text_name::none;
            }
            beside_tag_ = false;
            if (depth_in_tag_ == 0 || --depth_in_tag_ == 0) in_tag_ = false;
        } else if (c == ',') {
            beside_tag_ = false;
            if (depth_in_tag_ == 0) in_tag_ = false;
        }
    }

    void take_string() {
        const char* const open = at_++;
        bool escaped = false;
        while (at_ != end_ && *at_ != '"') {
            escaped = escaped || *at_ == '\\';
            at_ += *at_ == '\\' && at_ + 1 != end_ ? 2 : 1;
        }
        const std::string_view raw(open + 1, static_cast<std::size_t>(at_ - open - 1));
        if (at_ != end_) ++at_;
        const bool is_name = json_text::peek(json_text::skip_blanks(at_, end_), end_) == ':';
        std::string plain;
        if (escaped) plain = unescape(raw);
        const std::string_view text = escaped ? std::string_view(plain) : raw;
        if (is_name) take_name(text);
        if (text.empty()) return;
        if (wanted_) {
            replace(open, is_name ? change_words(text, *wanted_, true) : change_wanted(text));
        } else if (is_name) {
            return;
        } else if (is_tag() || is_text()) {
            replace(open, (*change_)(text, is_tag() ? personal::tag : personal::text));
        } else if (escaped && nesting_ < deepest_text && may_be_personal(text)) {
            replace(open, tag_walk(text, change_, nullptr, nesting_ + 1).run());
        } else if (text == "NotifyCustomerInformation") {
            depth_of_customer_ = depth_;
        }
    }

    void take_name(std::string_view name) {
        if (wanted_) name_ = name;
        text_name_ = what_text(name);
        if (depth_in_tag_ > 0) {
            beside_tag_ = is_one_of(name, names_beside_tag);
        } else {
            in_tag_ = names_tag(name);
        }
    }

    [[nodiscard]] std::optional<std::string> change_wanted(std::string_view text) const {
        if (is_tag()) {
            auto by = changed_tag(text, *wanted_);
            if (by || names_tag(name_)) return by;  // another tag that holds it is somebody else's
            return change_words(text, *wanted_, false);
        }
        const char* const end = text.data() + text.size();
        const char first = json_text::peek(json_text::skip_blanks(text.data(), end), end);
        if (nesting_ < deepest_text && (first == '{' || first == '['))
            return tag_walk(text, nullptr, wanted_, nesting_ + 1).run();
        if (is_of_books(name_, text)) return std::nullopt;
        return change_words(text, *wanted_, true);
    }

    // Data of NotifyCustomerInformation, and the value of a TokenReader's Token.
    bool is_text() {
        switch (text_name_) {
            case text_name::none: return false;
            case text_name::data: return depth_of_customer_ > 0;
            case text_name::reading: return is_of_token_reader(0);
            case text_name::value: return is_of_token_reader(0) || is_of_token_reader(1);
        }
        return false;
    }

    // The object that stands so many above the innermost.
    bool is_of_token_reader(std::size_t above) {
        if (!token_name_) token_name_ = token_named_anyhow(text_);
        if (*token_name_ == token_name::none) return false;
        if (objects_ <= above || objects_ - above > most_objects) return false;
        auto& object = open_[objects_ - above - 1];
        if (!object.names) object.names = token_named_anyhow(object_from(object.open, end_));
        return *object.names == token_name::variable || (*object.names == token_name::setting && above == 0);
    }

    void take_number() {
        const char* const first = at_;
        while (at_ != end_ && is_of_number(*at_)) ++at_;
        const std::string_view number(first, static_cast<std::size_t>(at_ - first));
        replace(first, wanted_ ? wanted_->change(number) : (*change_)(number, personal::tag));
    }

    // Words, numbers and rubbish outside of strings.
    void take_loose() {
        const char* const first = at_;
        while (at_ != end_ && !json_text::is_blank(*at_) &&
               std::string_view("\",:[]{}").find(*at_) == std::string_view::npos)
            ++at_;
        const std::string_view text(first, static_cast<std::size_t>(at_ - first));
        if (json_text::is_number(text) || text == "true" || text == "false" || text == "null") return;
        const auto by = change_words(text, *wanted_, false);
        if (!by) return;
        out_.append(copied_, first).append(*by);
        copied_ = at_;
    }

    // What stands from `from` to here.
    void replace(const char* from, const std::optional<std::string>& by) {
        if (!by) return;
        out_.append(copied_, from);
        append_json_string(out_, *by);
        copied_ = at_;
    }

    const std::string_view text_;
    const char* at_;
    const char* const end_;
    const char* copied_;
    const personal_change* const change_;
    const wanted_tags* const wanted_;
    const int nesting_;
    int depth_ = 0;
    int depth_in_tag_ = 0;       // brackets and braces open since the name of the tag
    int depth_of_customer_ = 0;  // where NotifyCustomerInformation was named; 0: nowhere around here
    bool in_tag_ = false;
    bool beside_tag_ = false;                // in an object in its place, what is no tag
    std::string name_;                       // of the last member, where it is wanted
    text_name text_name_ = text_name::none;  // what it may hold
    std::optional<token_name> token_name_;   // all of the text
    std::array<open_object, most_objects> open_{};
    std::size_t objects_ = 0;
    std::string out_;
};

}  // namespace

std::optional<std::string> changed_personal(std::string_view json, const personal_change& change) {
    if (!may_be_personal(json)) return std::nullopt;
    return tag_walk(json, &change, nullptr, 0).run();
}

void mask_tags(std::string& json) {
    static const personal_change mask = [](std::string_view, personal) { return std::optional<std::string>(tag_mask); };
    if (auto masked = changed_personal(json, mask)) json = std::move(*masked);
}

std::optional<std::string> changed_tag(std::string_view text, const wanted_tags& wanted) {
    if (auto by = wanted.change(text)) return by;
    while (!text.empty() && json_text::is_blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && json_text::is_blank(text.back())) text.remove_suffix(1);
    return text.empty() ? std::nullopt : wanted.change(text);
}

std::optional<std::string> changed_words(std::string_view text, const wanted_tags& wanted) {
    return is_uuid(text) || is_rfc3339(text) ? wanted.change(text) : change_words(text, wanted, false);
}

std::optional<std::string> changed_everywhere(std::string_view json, const wanted_tags& wanted) {
    return tag_walk(json, nullptr, &wanted, 0).run();
}

}  // namespace voltgate::ocpp
