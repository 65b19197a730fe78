#include "ocpp/salvage.hpp"

#include "ocpp/payload.hpp"
#include "ocpp/schema_table.hpp"
#include "text/json_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

namespace voltgate::ocpp {

namespace {

/// What was read of a value. A part: of an object its members that count, of a list its elements that do.
enum class found : std::uint8_t { whole, part, nothing };

constexpr std::size_t longest_name = 64;          // in `missing`; none that matters is longer
constexpr std::size_t most_missing_of_text = 24;  // leaves room for what the schema requires

[[nodiscard]] bool is_list(std::string_view name) noexcept {
    return name == "meterValue" || name == "transactionData" || name == "sampledValue";
}

/// Whether an element that is not closed is of use: one with a time and samples is, a sample is not.
[[nodiscard]] bool has_useful_parts(std::string_view list) noexcept { return is_list(list) && list != "sampledValue"; }

[[nodiscard]] bool is_hex(char c) noexcept {
    return json_text::is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/// Length of the escape at `at`, a backslash; 0 when it is none.
[[nodiscard]] std::size_t escape_length(const char* at, const char* end) noexcept {
    if (end - at < 2) return 0;
    if (at[1] == 'u') return end - at >= 6 && std::all_of(at + 2, at + 6, is_hex) ? 6 : 0;
    return std::string_view("\"\\/bfnrt").find(at[1]) != std::string_view::npos ? 2 : 0;
}

[[nodiscard]] std::string_view beginning(std::string_view name) noexcept {
    if (name.size() <= longest_name) return name;
    auto size = longest_name;
    while (size > 0 && (static_cast<unsigned char>(name[size]) & 0xC0U) == 0x80) --size;
    return name.substr(0, size);
}

/// The names of the members around a value, and its own: "transactionInfo.transactionId".
class member_path {
  public:
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] bool in_list() const noexcept { return lists_ > 0; }

    void enter(std::string_view name) {
        sizes_.push_back(text_.size());
        if (!text_.empty()) text_ += '.';
        text_ += beginning(name);
        if (is_list(name)) ++lists_;
    }
    void leave(std::string_view name) {
        text_.resize(sizes_.back());
        sizes_.pop_back();
        if (is_list(name)) --lists_;
    }

  private:
    std::string text_;
    std::vector<std::size_t> sizes_;
    std::size_t lists_ = 0;
};

class salvager {
  public:
    salvager(const char* at, const char* end, salvaged_payload& result)
        : at_(at), end_(end), result_(result), out_(result.json) {}

    /// True: the root was closed.
    bool root() {
        out_.clear();
        skip_blanks();
        const auto what = peek() == '{' ? value({}, false) : found::nothing;
        if (what == found::nothing) out_ = "{}";
        return what == found::whole;
    }

  private:
    struct member {
        std::string name;                              // escapes resolved
        std::size_t begin = 0, name_end = 0, end = 0;  // in out_, from its name's quote on
        bool counts = false;
        bool repeated = false;
    };

    [[nodiscard]] char peek() const noexcept { return json_text::peek(at_, end_); }
    void skip_blanks() noexcept { at_ = json_text::skip_blanks(at_, end_); }
    void skip_commas() noexcept {
        while (at_ != end_ && (*at_ == ',' || json_text::is_blank(*at_))) ++at_;
    }
    /// True: a comma or a closing bracket stands here, so that what stands before is whole.
    [[nodiscard]] bool is_delimited() noexcept {
        skip_blanks();
        return peek() == ',' || peek() == '}' || peek() == ']';
    }

    // Each appends what counts of what stands at at_ and goes behind it, or to the fault.
    found value(std::string_view name, bool is_member);
    found object();
    found array(std::string_view name);
    found string();
    found number(bool is_member);
    found word();
    found value_of_member(std::string_view name);
    bool next_member(std::vector<member>& all);
    bool next_element(std::string_view list);
    bool quoted();
    bool digits();

    void empty_repeated(std::size_t begin, std::vector<member>& all);
    void note_missing();
    [[nodiscard]] bool is_tag() const { return path_.text() == "idTag" || path_.text() == "idToken.idToken"; }

    const char* at_;
    const char* end_;
    salvaged_payload& result_;
    std::string& out_;
    member_path path_;
    std::size_t depth_ = 0;
    std::size_t values_ = 0;
    std::size_t noted_ = 0;  // members that are missing, each time
};

void salvager::note_missing() {
    ++noted_;
    if (path_.in_list()) result_.lists_cut = true;
    auto& missing = result_.missing;
    if (missing.size() == most_missing_of_text) return;
    if (std::find(missing.begin(), missing.end(), path_.text()) == missing.end()) missing.push_back(path_.text());
}

found salvager::value(std::string_view name, bool is_member) {
    if (++values_ > payload_reader::max_values) return found::nothing;
    switch (peek()) {
        case '{': return object();
        case '[': return array(name);
        case '"': return string();
        case 't':
        case 'f':
        case 'n': return word();
        default: return number(is_member);
    }
}

bool salvager::quoted() {
    ++at_;
    out_ += '"';
    while (at_ != end_) {
        const char c = *at_;
        if (c == '"') {
            ++at_;
            out_ += '"';
            return true;
        }
        if (static_cast<unsigned char>(c) < 0x20) {
            fmt::format_to(std::back_inserter(out_), "\\u{:04x}", static_cast<unsigned>(c));
            ++at_;
            continue;
        }
        const auto length = c == '\\' ? escape_length(at_, end_) : json_text::sequence_length(at_, end_);
        if (length == 0) return false;
        out_.append(at_, length);
        at_ += length;
    }
    return false;
}

found salvager::string() {
    if (!quoted()) return found::nothing;
    if (!is_delimited() && at_ != end_) return found::nothing;
    return found::whole;
}

bool salvager::digits() {
    const auto* const first = at_;
    while (at_ != end_ && json_text::is_digit(*at_)) ++at_;
    out_.append(first, at_);
    return at_ != first;
}

found salvager::number(bool is_member) {
    const auto begin = out_.size();
    if (peek() == '-') out_ += *at_++;
    const auto* const first = at_;
    while (end_ - at_ >= 2 && *at_ == '0' && json_text::is_digit(at_[1])) ++at_;
    const bool mended = at_ != first;
    if (!digits()) return found::nothing;
    if (peek() == '.') {
        out_ += *at_++;
        if (!digits()) return found::nothing;
    }
    if (peek() == 'e' || peek() == 'E') {
        out_ += *at_++;
        if (peek() == '+' || peek() == '-') out_ += *at_++;
        if (!digits()) return found::nothing;
    }
    if (!is_delimited()) return found::nothing;
    // A comma with a digit behind it is a decimal comma, where a name should stand.
    const bool decimal_comma =
        is_member && *at_ == ',' && json_text::is_digit(json_text::peek(json_text::skip_blanks(at_ + 1, end_), end_));
    if (decimal_comma) return found::nothing;
    if (mended && is_tag()) {  // 7 is another card than 007
        out_.replace(begin, std::string::npos, "null");
        note_missing();
    }
    return found::whole;
}

found salvager::word() {
    const std::string_view text = *at_ == 'n' ? "null" : *at_ == 't' ? "true" : "false";
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(text)) return found::nothing;
    at_ += text.size();
    out_ += text;
    return is_delimited() ? found::whole : found::nothing;
}

found salvager::value_of_member(std::string_view name) {
    skip_blanks();
    if (peek() != ':') return found::nothing;
    ++at_;
    out_ += ':';
    skip_blanks();
    if (peek() != ',' && peek() != '}') return value(name, true);
    if (++values_ > payload_reader::max_values) return found::nothing;
    out_ += "null";
    note_missing();
    return found::whole;
}

// False: the fault stands here, or in the member.
bool salvager::next_member(std::vector<member>& all) {
    const auto before = out_.size();
    if (out_.back() != '{') out_ += ',';
    member m;
    m.begin = out_.size();
    if (peek() != '"' || !quoted()) {
        out_.resize(before);
        return false;
    }
    m.name_end = out_.size();
    json_text::decode(m.name, std::string_view(out_).substr(m.begin + 1, m.name_end - m.begin - 2));
    path_.enter(m.name);
    const auto missing_before = result_.missing.size();
    const auto noted_before = noted_;
    const auto what = value_of_member(m.name);
    // A sample in place of a list of them: see next_element.
    const bool is_sample = m.name == "sampledValue" && what != found::nothing && out_[m.name_end + 1] == '{';
    const bool not_whole = is_sample && (what == found::part || noted_ != noted_before);
    m.counts = what != found::nothing && !not_whole;
    if (!m.counts) out_.resize(before);
    if (what == found::nothing) result_.missing.resize(missing_before);
    if (what != found::whole) note_missing();
    path_.leave(m.name);
    m.end = out_.size();
    all.push_back(std::move(m));
    return what == found::whole;
}

found salvager::object() {
    if (depth_ == payload_reader::max_depth) return found::nothing;
    ++depth_;
    ++at_;
    const auto begin = out_.size();
    out_ += '{';
    std::vector<member> members;
    bool closed = false;
    do {
        skip_commas();
        closed = peek() == '}';
    } while (!closed && next_member(members) && is_delimited());
    if (closed) ++at_;
    empty_repeated(begin, members);
    out_ += '}';
    --depth_;
    return closed ? found::whole : found::part;
}

// A name that is there twice has no value, whatever its values are.
void salvager::empty_repeated(std::size_t begin, std::vector<member>& all) {
    if (all.size() < 2) return;
    std::vector<std::size_t> order(all.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto difference = all[a].name.compare(all[b].name);
        return difference != 0 ? difference < 0 : a < b;
    });
    bool any = false;
    for (std::size_t i = 1; i < order.size(); ++i) {
        auto& later = all[order[i]];
        auto& earlier = all[order[i - 1]];
        if (later.name != earlier.name) continue;
        any = true;
        earlier.repeated = true;
        later.repeated = true;
        later.counts = false;  // the first one stands for all
    }
    if (!any) return;
    std::string rest = "{";
    for (const auto& m : all) {
        if (!m.counts) continue;
        if (rest.size() > 1) rest += ',';
        rest.append(out_, m.begin, (m.repeated ? m.name_end : m.end) - m.begin);
        if (!m.repeated) continue;
        rest += ":null";
        path_.enter(m.name);
        note_missing();
        path_.leave(m.name);
    }
    out_.replace(begin, std::string::npos, rest);
}

// False: the fault stands here, or in the element.
bool salvager::next_element(std::string_view list) {
    const auto before = out_.size();
    const auto missing_before = result_.missing.size();
    const auto noted_before = noted_;
    if (out_.back() != '[') out_ += ',';
    const auto what = value({}, false);
    // A sample that lacks a member: without its unit its value is another one.
    if (list == "sampledValue" && noted_ != noted_before) out_.resize(before);
    if (what == found::whole) return true;
    if (what == found::nothing || !has_useful_parts(list)) {
        out_.resize(before);
        result_.missing.resize(missing_before);
    }
    return false;
}

found salvager::array(std::string_view name) {
    if (depth_ == payload_reader::max_depth) return found::nothing;
    ++depth_;
    ++at_;
    out_ += '[';
    bool closed = false;
    do {
        skip_commas();
        closed = peek() == ']';
    } while (!closed && next_element(name) && is_delimited());
    if (closed) ++at_;
    out_ += ']';
    --depth_;
    if (closed) return found::whole;
    return is_list(name) ? found::part : found::nothing;
}

void add_required(value_view object, const schema& s, const std::string& prefix, std::vector<std::string>& missing) {
    if (s.type != schema_type::object) return;
    for (std::size_t i = 0; i < s.words->size; ++i) {
        if ((s.required >> i & 1U) == 0) continue;
        const auto member = object[s.words->words[i]];
        std::string name = prefix + std::string(s.words->words[i]);
        if (!member.present()) {
            const bool noted = std::find(missing.begin(), missing.end(), name) != missing.end();
            if (!noted && missing.size() < salvaged_payload::most_missing) missing.push_back(std::move(name));
        } else if (member.kind() == value_kind::object) {
            add_required(member, *s.children[i], name + ".", missing);
        }
    }
}

}  // namespace

salvaged_payload salvage(std::string_view frame_text, std::size_t payload_offset, const schema* s) {
    salvaged_payload result;
    // Some charge points add NULs.
    while (!frame_text.empty() && (json_text::is_blank(frame_text.back()) || frame_text.back() == '\0'))
        frame_text.remove_suffix(1);
    const auto text = frame_text.substr(std::min(payload_offset, frame_text.size()));
    const bool closed = salvager(text.data(), text.data() + text.size(), result).root();
    if (s != nullptr) {
        payload_reader reader;
        reader.read(result.json, nullptr);
        add_required(reader.root(), *s, {}, result.missing);
    }
    result.whole = closed && result.missing.empty();
    return result;
}

}  // namespace voltgate::ocpp
