// The pass over a payload, fast half: what every well-formed message goes through.
#include "ocpp/payload_parser.hpp"

#include "text/json_text.hpp"
#include "text/timestamp.hpp"

#include <fmt/format.h>

#include <cstring>

namespace voltgate::ocpp {

namespace {

/// json_text::skip_blanks where the end cannot be reached.
[[gnu::always_inline]] inline const char* skip_blanks(const char* at) noexcept {
    while (static_cast<unsigned char>(*at) <= ' ') {
        if (!json_text::is_blank(*at)) return at;
        ++at;
    }
    return at;
}

[[gnu::always_inline]] inline bool fits(const schema& s, std::string_view text) noexcept {
    if (s.type != schema_type::string) return s.type == schema_type::any;
    if (s.words != nullptr) return s.words->find(text) != word_set::none;
    if (s.format == string_format::date_time) {
        return is_rfc3339(text);
    }
    // A text of that many bytes has at most as many code points.
    return text.size() <= s.most;
}

}  // namespace

const char* payload_parser::fail(const char* at, std::string_view what) {
    const auto position = at - begin_;
    out_.syntax_error = at == end_ ? fmt::format("byte {}: the text ends where {}", position, what)
                                   : fmt::format("byte {}: {}", position, what);
    return nullptr;
}

const char* payload_parser::root(const char* at, const schema* s) {
    auto& self = add();
    const bool may_be_null = json_text::peek(at, end_) == 'n';
    at = value(at, self, may_be_null ? nullptr : s);
    if (at == nullptr) return nullptr;
    const std::uint32_t quote = self.kind == value_kind::string ? 1 : 0;
    out_.payload = out_.slice(self.offset - quote, self.length + 2 * quote);
    if (self.kind == value_kind::null) {
        out_.payload = "{}";
        if (s != nullptr) check_null_root(*s);
    }
    if (!out_.violations.empty()) [[unlikely]]
        forgive_empty_tokens();
    return at;
}

const char* payload_parser::value(const char* at, tape_entry& self, const schema* s) {
    switch (json_text::peek(at, end_)) {
        case '"': return string(at, self, s);
        case '{': return object(at, self, s);
        case '[': return array(at, self, s);
        case 't':
        case 'f':
        case 'n': return word(at, self, s);
        default: return number(at, self, s);
    }
}

[[gnu::always_inline]] inline const char* payload_parser::string(const char* at, tape_entry& self, const schema* s) {
    const auto* const first = at + 1;
    const auto [last, escaped] = json_text::scan_string(begin_, first, end_);
    if (last == nullptr) [[unlikely]]
        return fail(at, "a string is unfinished, or has control characters, bad escapes or bad UTF-8");
    self.kind = value_kind::string;
    self.offset = offset(first);
    self.length = static_cast<std::uint32_t>(last - first);
    self.escaped = escaped;
    if (s != nullptr && (escaped || !fits(*s, {first, self.length}))) [[unlikely]]
        check_string(self, *s);
    return last + 1;
}

[[gnu::always_inline]] inline const char* payload_parser::number(const char* at, tape_entry& self, const schema* s) {
    bool whole = false;
    const auto* const last = json_text::scan_number(at, end_, whole);
    if (last == nullptr) return fail(at, "a value should stand");
    self.kind = whole ? value_kind::integer : value_kind::number;
    self.offset = offset(at);
    self.length = static_cast<std::uint32_t>(last - at);
    if (s == nullptr) return last;
    constexpr std::uint32_t surely_finite = 300;
    const bool plain = whole && s->type == schema_type::integer && !s->has_minimum && !s->has_maximum;
    if (!plain || self.length > surely_finite) check_number(self, *s);
    return last;
}

const char* payload_parser::word(const char* at, tape_entry& self, const schema* s) {
    const bool is_null = *at == 'n';
    self.kind = is_null ? value_kind::null : value_kind::boolean;
    self.offset = offset(at);
    const std::string_view text = is_null ? "null" : *at == 't' ? "true" : "false";
    self.length = static_cast<std::uint32_t>(text.size());
    if (!std::string_view(at, static_cast<std::size_t>(end_ - at)).starts_with(text))
        return fail(at, "a value should stand");
    const bool fitting = s == nullptr || s->type == schema_type::any || (s->type == schema_type::boolean && !is_null);
    if (!fitting) [[unlikely]]
        report(!is_null && is_data_text(self, *s) ? rule::object_as_string : rule::wrong_type, self, *s);
    return at + text.size();
}

// null is absence.
const char* payload_parser::null_member(const char* at, tape_entry& self, const schema& s, bool required) {
    at = word(at, self, nullptr);
    if (at != nullptr && s.type != schema_type::any)
        report(required ? rule::required_missing : rule::null_member, self, s);
    return at;
}

const char* payload_parser::too_many(const char* at) {
    return fail(at, fmt::format("there are more than {} values", payload_reader::max_values));
}

[[gnu::always_inline]] inline tape_entry& payload_parser::add() noexcept {
    *free_ = tape_entry{};
    return *free_++;
}

[[gnu::always_inline]] inline const schema* payload_parser::schema_of_container(const tape_entry& self, const schema* s,
                                                                                schema_type type) {
    if (s == nullptr || s->type == type) return s;
    if (s->type != schema_type::any)
        report(is_data_text(self, *s) ? rule::object_as_string : rule::wrong_type, self, *s);
    return nullptr;
}

/// Takes the opening bracket and the blanks behind it.
[[gnu::always_inline]] inline const char* payload_parser::open(const char* at, tape_entry& self) {
    if (depth_ == open_.size()) [[unlikely]]
        return fail(at, fmt::format("arrays and objects are nested deeper than {}", open_.size()));
    self.offset = offset(at);
    open_[depth_++] = &self;
    return skip_blanks(at + 1);
}

[[gnu::always_inline]] inline void payload_parser::close(const char* at, tape_entry& self,
                                                         std::uint32_t children) noexcept {
    --depth_;
    self.length = offset(at) - self.offset;
    self.children = children;
}

std::size_t payload_parser::find_escaped(const schema& s, const tape_entry& self) const {
    std::string name;
    json_text::decode(name, out_.key_of(self));
    return s.words->find(name);
}

[[gnu::always_inline]] inline const char* payload_parser::name(const char* at, tape_entry& self, members& all,
                                                               std::size_t& index) {
    const auto* const first = at + 1;
    self.key_offset = offset(first);
    if (all.object != nullptr) {
        const auto& words = *all.object->words;
        index = *all.guess;
        if (index < words.size) {
            const auto guess = words.words[index];
            if (static_cast<std::size_t>(end_ - first) > guess.size() && first[guess.size()] == '"' &&
                same_bytes(first, guess.data(), guess.size())) {
                self.key_length = static_cast<std::uint32_t>(guess.size());
                return first + guess.size() + 1;
            }
        }
    }
    const auto [last, escaped] = json_text::scan_string(begin_, first, end_);
    if (last == nullptr) [[unlikely]]
        return fail(at, "a name is unfinished, or has control characters, bad escapes or bad UTF-8");
    self.key_length = static_cast<std::uint32_t>(last - first);
    self.key_escaped = escaped;
    index = word_set::none;
    if (all.object != nullptr) {
        index = escaped ? find_escaped(*all.object, self) : all.object->words->find({first, self.key_length});
        *all.guess = static_cast<std::uint8_t>(index);
    }
    return last + 1;
}

// Nothing is called in here, so that everything stays in registers: a known member costs a third of another.
const char* payload_parser::known(const char* at, members& all, tape_entry*& last, std::uint32_t& children) noexcept {
    const auto* const end = end_;
    const auto* const begin = begin_;
    auto seen = all.seen;
    auto* entry = free_;
    std::size_t index = 0;
    while (entry != last_ && static_cast<std::size_t>(end - at) > known_members::least_left) {
        const auto& m = out_.known->at(at);
        // Behind the text there have to be two bytes.
        if (m.object != all.object || static_cast<std::size_t>(end - at) < m.length + 2) break;
        if (!same_bytes(at, m.text.data(), m.length)) break;
        const auto* const behind = at + m.length;
        const bool more = behind[0] == ',' && behind[1] == '"';
        if ((!more && *behind != '}') || (seen >> m.index & 1U) != 0) break;
        const auto place = static_cast<std::uint32_t>(at - begin);
        *entry = m.entry;
        entry->offset += place;
        entry->key_offset += place;
        entry->next = more ? 1 : 0;
        index = m.index;
        seen |= std::uint64_t{1} << index;
        last = entry++;
        ++children;
        at = behind;
        if (!more) break;
        ++at;
    }
    if (entry != free_) all.guess = all.guesses + index + 1;
    all.seen = seen;
    free_ = entry;
    return at;
}

void payload_parser::learn(const char* from, const char* to, const tape_entry& self, const members& all,
                           std::size_t index) noexcept {
    const auto length = static_cast<std::size_t>(to - from);
    if (self.key_escaped || self.escaped || self.length == 0 || length > known_members::longest ||
        static_cast<std::size_t>(end_ - from) < known_members::least_left)
        return;
    auto& m = out_.known->at(from);
    m.object = all.object;
    m.index = static_cast<std::uint32_t>(index);
    m.length = static_cast<std::uint32_t>(length);
    m.entry = self;
    m.entry.offset -= offset(from);
    m.entry.key_offset -= offset(from);
    std::memcpy(m.text.data(), from, length);
}

const char* payload_parser::unknown_member(const char* at, tape_entry& self, const schema* object) {
    at = value(at, self, nullptr);
    if (at != nullptr && object != nullptr && !object->open) report_unknown(self);
    return at;
}

/// Whether the member that is guessed to come next is one of those that are kept.
[[gnu::always_inline]] inline bool payload_parser::may_be_known(const members& all) const noexcept {
    if (all.object == nullptr || !out_.known || *all.guess >= all.object->words->size) return false;
    return all.object->children[*all.guess]->words != nullptr &&
           all.object->children[*all.guess]->type == schema_type::string;
}

[[gnu::always_inline]] inline const char* payload_parser::member(const char* at, tape_entry& self, members& all) {
    if (*at != '"') [[unlikely]]
        return fail(at, "a member's name should stand");
    const auto* const from = at;
    std::size_t index = word_set::none;
    at = name(at, self, all, index);
    if (at == nullptr) [[unlikely]]
        return nullptr;
    at = skip_blanks(at);
    if (*at != ':') [[unlikely]]
        return fail(at, "a colon should stand");
    at = skip_blanks(at + 1);
    if (index == word_set::none) [[unlikely]]
        return unknown_member(at, self, all.object);
    const auto bit = std::uint64_t{1} << index;
    const auto& s = *all.object->children[index];
    if ((all.seen & bit) != 0) [[unlikely]]
        out_.duplicate_names = true;
    all.seen |= bit;
    all.guess = all.guesses + index + 1;
    if (*at == '"') {
        const auto violations = out_.violation_count;
        at = string(at, self, &s);
        if (s.words != nullptr && out_.known && at != nullptr && out_.violation_count == violations)
            learn(from, at, self, all, index);
    } else if (json_text::is_digit(*at))
        at = number(at, self, &s);
    else if (*at == '{')
        at = object(at, self, &s);
    else if (*at != 'n')
        at = value(at, self, &s);
    else
        at = null_member(at, self, s, (all.object->required & bit) != 0);
    if (self.length == 0 && (all.object->required & bit) != 0) [[unlikely]]
        check_empty(self, s);
    return at;
}

[[gnu::always_inline]] inline bool payload_parser::has_more(const char*& at, tape_entry& last, char close) {
    if (at == end_) [[unlikely]] {
        at = fail(at, "a comma or a closing bracket should stand");
        return false;
    }
    at = skip_blanks(at);
    if (*at == ',') {
        at = skip_blanks(at + 1);
        last.next = static_cast<std::uint32_t>(free_ - &last);
        return true;
    }
    at = *at == close ? at : fail(at, "a comma or a closing bracket should stand");
    return false;
}

const char* payload_parser::object(const char* at, tape_entry& self, const schema* s) {
    self.kind = value_kind::object;
    s = schema_of_container(self, s, schema_type::object);
    at = open(at, self);
    if (at == nullptr) return nullptr;
    members all{.object = s, .guesses = out_.guesses.of(s)};
    std::uint32_t children = 0;
    if (*at != '}') {
        tape_entry* child = nullptr;
        do {
            if (may_be_known(all)) {
                const auto before = children;
                at = known(at, all, child, children);
                if (children != before && *at == '}') break;
            }
            if (free_ == last_) [[unlikely]]
                return too_many(at);
            child = &add();
            ++children;
            at = member(at, *child, all);
        } while (at != nullptr && has_more(at, *child, '}'));
        if (at == nullptr) return nullptr;
    }
    close(++at, self, children);
    if (s != nullptr && (s->required & ~all.seen) != 0) [[unlikely]]
        report_missing(self, *s, all.seen);
    return at;
}

const char* payload_parser::array(const char* at, tape_entry& self, const schema* s) {
    self.kind = value_kind::array;
    s = schema_of_container(self, s, schema_type::array);
    at = open(at, self);
    if (at == nullptr) return nullptr;
    const auto* const item = s == nullptr ? nullptr : s->item;
    std::uint32_t children = 0;
    if (*at != ']') {
        tape_entry* child = nullptr;
        do {
            if (free_ == last_) [[unlikely]]
                return too_many(at);
            child = &add();
            ++children;
            at = *at == '{' ? object(at, *child, item) : value(at, *child, item);
        } while (at != nullptr && has_more(at, *child, ']'));
        if (at == nullptr) return nullptr;
    }
    close(++at, self, children);
    if (s != nullptr && (children < s->least || children > s->most)) [[unlikely]]
        report(rule::array_size, self, *s);
    return at;
}

}  // namespace voltgate::ocpp
