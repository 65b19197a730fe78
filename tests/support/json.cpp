// Boost.JSON with errors that show what there was.
#include "support/json.hpp"

#include "support/wait.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace voltgate::test {

namespace {

const json::array* as_frame(json::value& holder, std::string_view text) {
    boost::system::error_code error;
    holder = json::parse(text, error);
    return error ? nullptr : holder.if_array();
}

bool is(const json::value& value, std::string_view text) { return value.is_string() && value.get_string() == text; }

}  // namespace

json::value parse_json(std::string_view text) {
    boost::system::error_code error;
    auto value = json::parse(text, error);
    if (error) throw unexpected(fmt::format("not JSON ({}): {}", error.message(), text));
    return value;
}

const json::value& at(const json::value& whole, std::string_view pointer) {
    boost::system::error_code error;
    if (const auto* found = whole.find_pointer(pointer, error)) return *found;
    throw unexpected(fmt::format("nothing at {} in {}", pointer, json::serialize(whole)));
}

bool has(const json::value& whole, std::string_view pointer) {
    boost::system::error_code error;
    return whole.find_pointer(pointer, error) != nullptr;
}

std::string text_at(const json::value& whole, std::string_view pointer) {
    const auto& value = at(whole, pointer);
    if (!value.is_string()) throw unexpected(fmt::format("no string at {} in {}", pointer, json::serialize(whole)));
    return std::string(value.get_string());
}

std::int64_t number_at(const json::value& whole, std::string_view pointer) {
    const auto& value = at(whole, pointer);
    boost::system::error_code error;
    const auto number = value.to_number<std::int64_t>(error);
    if (error) throw unexpected(fmt::format("no integer at {} in {}", pointer, json::serialize(whole)));
    return number;
}

bool is_call(std::string_view text, std::string_view action) {
    json::value holder;
    const auto* frame = as_frame(holder, text);
    return frame != nullptr && frame->size() == 4 && (*frame)[0] == 2 && (*frame)[1].is_string() &&
           is((*frame)[2], action) && (*frame)[3].is_object();
}

bool is_call_result(std::string_view text, std::string_view id) {
    json::value holder;
    const auto* frame = as_frame(holder, text);
    return frame != nullptr && frame->size() == 3 && (*frame)[0] == 3 && is((*frame)[1], id) && (*frame)[2].is_object();
}

bool is_call_error(std::string_view text, std::string_view id, std::string_view code) {
    json::value holder;
    const auto* frame = as_frame(holder, text);
    return frame != nullptr && frame->size() == 5 && (*frame)[0] == 4 && is((*frame)[1], id) && is((*frame)[2], code) &&
           (*frame)[3].is_string() && (*frame)[4].is_object();
}

bool is_utc_timestamp(std::string_view text) {
    constexpr std::string_view shape = "dddd-dd-ddTdd:dd:dd";
    if (text.size() < shape.size() + 1 || text.back() != 'Z') return false;
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    for (std::size_t i = 0; i < shape.size(); ++i)
        if (shape[i] == 'd' ? !digit(text[i]) : text[i] != shape[i]) return false;
    const auto fraction = text.substr(shape.size(), text.size() - shape.size() - 1);
    if (fraction.empty()) return true;
    if (fraction.size() < 2 || fraction[0] != '.') return false;
    for (const char c : fraction.substr(1))
        if (!digit(c)) return false;
    return true;
}

}  // namespace voltgate::test
