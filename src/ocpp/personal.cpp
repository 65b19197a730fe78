#include "ocpp/personal.hpp"

#include "ocpp/frame.hpp"
#include "ocpp/json_text.hpp"

#include <algorithm>
#include <array>

namespace voltgate::ocpp {

namespace {

constexpr std::array<std::string_view, 5> tag_names = {"idtag", "idtoken", "id_tag", "id_token", "customeridentifier"};
constexpr std::array<std::string_view, 2> tag_words = {"tag", "tok"};  // in all names but the last
constexpr int deepest_text = 3;                                        // JSON in a string in JSON in a string …

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// `word` is in lower case.
bool begins_with(std::string_view text, std::string_view word) noexcept {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char w, char c) { return w == lower(c); });
}

bool names_tag(std::string_view name) noexcept {
    return std::any_of(tag_names.begin(), tag_names.end(), [name](std::string_view end) {
        return name.size() >= end.size() && begins_with(name.substr(name.size() - end.size()), end);
    });
}

// Quick, and never wrong in that there is none.
bool may_hold_tag(std::string_view json) noexcept {
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

/// Goes through a text once; what it finds is told by what stands before it, so it needs no whole JSON.
class tag_walk {
  public:
    tag_walk(std::string_view json, const tag_change& change, int depth)
        : at_(json.data()), end_(at_ + json.size()), copied_(at_), change_(change), depth_(depth) {}

    std::optional<std::string> run() {
        while (at_ != end_) {
            const char c = *at_;
            if (c == '"') {
                take_string();
            } else if (is_tag_ && (c == '-' || json_text::is_digit(c))) {
                take_number();
            } else {
                if (c == '{' || c == '}' || c == ']' || (c == ',' && !in_list_)) is_tag_ = in_list_ = false;
                if (c == '[') in_list_ = is_tag_;
                ++at_;
            }
        }
        if (out_.empty()) return std::nullopt;
        out_.append(copied_, end_);
        return std::move(out_);
    }

  private:
    void take_string() {
        const char* const open = at_++;
        bool escaped = false;
        while (at_ != end_ && *at_ != '"') {
            escaped = escaped || *at_ == '\\';
            at_ += *at_ == '\\' && at_ + 1 != end_ ? 2 : 1;
        }
        const std::string_view raw(open + 1, static_cast<std::size_t>(at_ - open - 1));
        if (at_ != end_) ++at_;
        if (json_text::peek(json_text::skip_blanks(at_, end_), end_) == ':') {
            is_tag_ = names_tag(escaped ? unescape(raw) : raw);
            in_list_ = false;
        } else if (is_tag_) {
            if (!raw.empty()) replace(open, change_(escaped ? unescape(raw) : std::string(raw)));
        } else if (escaped && depth_ < deepest_text && may_hold_tag(raw)) {
            const auto inner = unescape(raw);
            replace(open, tag_walk(inner, change_, depth_ + 1).run());
        }
    }

    void take_number() {
        const char* const first = at_;
        while (at_ != end_ && is_of_number(*at_)) ++at_;
        replace(first, change_(std::string_view(first, static_cast<std::size_t>(at_ - first))));
    }

    // What stands from `from` to here.
    void replace(const char* from, const std::optional<std::string>& by) {
        if (!by) return;
        out_.append(copied_, from);
        append_json_string(out_, *by);
        copied_ = at_;
    }

    const char* at_;
    const char* const end_;
    const char* copied_;
    const tag_change& change_;
    const int depth_;
    bool is_tag_ = false, in_list_ = false;
    std::string out_;
};

}  // namespace

std::optional<std::string> changed_tags(std::string_view json, const tag_change& change) {
    if (!may_hold_tag(json)) return std::nullopt;
    return tag_walk(json, change, 0).run();
}

void mask_tags(std::string& json) {
    static const tag_change mask = [](std::string_view) { return std::optional<std::string>(tag_mask); };
    if (auto masked = changed_tags(json, mask)) json = std::move(*masked);
}

}  // namespace voltgate::ocpp
