#include "http/entity_tag.hpp"

#include <algorithm>
#include <utility>

namespace voltgate::http {

namespace {

bool contains(const std::vector<std::string>& tags, const std::string& tag) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

void skip_blanks(std::string_view& text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
}

// Takes `"…"` off the front, quotes kept; nullopt: there is none.
std::optional<std::string> take_tag(std::string_view& text) {
    if (!text.starts_with('"')) return std::nullopt;
    const auto end = text.find('"', 1);
    if (end == std::string_view::npos) return std::nullopt;
    std::string tag(text.substr(0, end + 1));
    text.remove_prefix(end + 1);
    return tag;
}

bool read_list(std::string_view header, precondition::tag_list& list) {
    skip_blanks(header);
    list.present = true;
    if (header.starts_with('*')) {
        list.any = true;
        header.remove_prefix(1);
        skip_blanks(header);
        return header.empty();
    }
    for (;;) {
        const bool weak = header.starts_with("W/");
        if (weak) header.remove_prefix(2);
        auto tag = take_tag(header);
        if (!tag) return false;
        (weak ? list.weak : list.strong).push_back(std::move(*tag));
        skip_blanks(header);
        if (header.empty()) return true;
        if (header.front() != ',') return false;
        header.remove_prefix(1);
        skip_blanks(header);
    }
}

}  // namespace

std::string entity_tag(std::uint64_t revision) { return '"' + std::to_string(revision) + '"'; }

bool is_among(std::string_view list, std::string_view tag) {
    precondition::tag_list tags;
    if (!read_list(list, tags)) return false;
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    const std::string opaque(tag);
    return tags.any || contains(tags.strong, opaque) || contains(tags.weak, opaque);
}

bool precondition::read(const request& req) {
    return (!req.if_match || read_list(*req.if_match, match_)) &&
           (!req.if_none_match || read_list(*req.if_none_match, none_match_));
}

bool precondition::holds(std::optional<std::uint64_t> revision) const {
    const std::string tag = revision ? entity_tag(*revision) : std::string();
    if (match_.present && !(revision && (match_.any || contains(match_.strong, tag)))) return false;
    const auto& none = none_match_;
    return !(none.present && revision && (none.any || contains(none.strong, tag) || contains(none.weak, tag)));
}

std::function<bool(std::optional<std::uint64_t>)> read_condition(const request& req, response& wrong) {
    precondition asked;
    if (asked.read(req)) {
        return [asked = std::move(asked)](std::optional<std::uint64_t> current) { return asked.holds(current); };
    }
    wrong = problem(400, "If-Match and If-None-Match hold * or a list of entity tags like \"7\"");
    return {};
}

}  // namespace voltgate::http
