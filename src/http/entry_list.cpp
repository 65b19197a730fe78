#include "http/entry_list.hpp"

#include "text/json_text.hpp"

#include <utility>

namespace voltgate::http {

bool entry_list::open() {
    if (take('[')) return true;
    wrapped_ = true;
    return take('{') && take_name() && take(':') && take('[');
}

std::string_view entry_list::next() {
    if (first_ && take(']')) return finish();
    if (!first_ && !take(',')) return take(']') ? finish() : fail("a comma or the closing bracket should stand");
    first_ = false;
    at_ = ocpp::json_text::skip_blanks(at_, end_);
    const char* const begin = at_;
    if (ocpp::json_text::peek(at_, end_) != '{') return fail("must be an object");
    if (!skip_object(begin)) return {};
    return {begin, static_cast<std::size_t>(at_ - begin)};
}

bool entry_list::take(char c) {
    at_ = ocpp::json_text::skip_blanks(at_, end_);
    if (ocpp::json_text::peek(at_, end_) != c) return false;
    ++at_;
    return true;
}

bool entry_list::take_name() {
    constexpr std::string_view name = R"("items")";
    at_ = ocpp::json_text::skip_blanks(at_, end_);
    if (!std::string_view(at_, static_cast<std::size_t>(end_ - at_)).starts_with(name)) return false;
    at_ += name.size();
    return true;
}

std::string_view entry_list::finish() {
    const bool closed = !wrapped_ || take('}');
    at_ = ocpp::json_text::skip_blanks(at_, end_);
    if (!closed || at_ != end_) return fail("nothing but the end of the list should follow");
    return {};
}

std::string_view entry_list::fail(std::string what) {
    wrong_ = std::move(what);
    return {};
}

// To behind the closing brace. What is inside is read later: only strings and braces matter.
bool entry_list::skip_object(const char* begin) {
    std::size_t depth = 0;
    for (; at_ != end_; ++at_) {
        if (static_cast<std::size_t>(at_ - begin) >= longest_) {
            fail("must have at most " + std::to_string(longest_) + " bytes");
            return false;
        }
        if (*at_ == '"') {
            const auto string = ocpp::json_text::scan_string(begin, at_ + 1, end_);
            if (!string.close) break;
            at_ = string.close;
        } else if (*at_ == '{') {
            ++depth;
        } else if (*at_ == '}' && --depth == 0) {
            ++at_;
            return true;
        }
    }
    fail("is not complete, or holds a text that is no JSON");
    return false;
}

error_text in_entry(std::size_t index, const error_text& what) {
    return what.in("entry " + std::to_string(index) + " (the first is 0)");
}

}  // namespace voltgate::http
