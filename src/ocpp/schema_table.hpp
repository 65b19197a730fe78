// What a compiled schema is made of, and the words the generated tables are written in.
#pragma once

#include "ocpp/schema.hpp"
#include "ocpp/word_set.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace voltgate::ocpp {

enum class schema_type : std::uint8_t { any, boolean, integer, number, string, array, object };
enum class string_format : std::uint8_t { none, date_time, uri };

/// One node: a value of one type and its constraints. Which members count depends on the type.
struct schema {
    static constexpr std::uint32_t unlimited = std::numeric_limits<std::uint32_t>::max();

    schema_type type = schema_type::any;
    string_format format = string_format::none;
    bool open = false;               // object: members beyond `words` are allowed, whatever they are
    bool has_minimum = false;        // integer, number
    bool has_maximum = false;        // integer, number
    std::uint8_t decimals = 0;       // number: a multiple of 10^-decimals; 0: any
    std::uint32_t least = 0;         // array: items
    std::uint32_t most = unlimited;  // array: items; string: code points
    std::int32_t minimum = 0;
    std::int32_t maximum = 0;
    const word_set* words = nullptr;          // string: the values of its enum; object: names of its members
    const schema* const* children = nullptr;  // object: one per name
    const schema* item = nullptr;             // array
    std::uint64_t required = 0;               // object: bit n for words[n]
};

struct action_table {
    std::span<const action_info> actions;
    const word_set* names;  // same order as `actions`
};

// One per version, in src/ocpp/generated.
extern const action_table actions_v16;
extern const action_table actions_v201;
extern const action_table actions_v21;

/// The words of the generated tables.
namespace table {

constexpr schema anything() { return {}; }
constexpr schema boolean() { return {.type = schema_type::boolean}; }
constexpr schema integer() { return {.type = schema_type::integer}; }
constexpr schema number() { return {.type = schema_type::number}; }
constexpr schema string(std::uint32_t most = schema::unlimited) { return {.type = schema_type::string, .most = most}; }
constexpr schema date_time() { return {.type = schema_type::string, .format = string_format::date_time}; }
constexpr schema uri() { return {.type = schema_type::string, .format = string_format::uri}; }
constexpr schema choice(const word_set& values) { return {.type = schema_type::string, .words = &values}; }

constexpr schema at_least(schema s, std::int32_t minimum) {
    s.has_minimum = true;
    s.minimum = minimum;
    return s;
}
constexpr schema at_most(schema s, std::int32_t maximum) {
    s.has_maximum = true;
    s.maximum = maximum;
    return s;
}
constexpr schema rounded(schema s, std::uint8_t decimals) {
    s.decimals = decimals;
    return s;
}
constexpr schema list(const schema& item, std::uint32_t least = 0, std::uint32_t most = schema::unlimited) {
    return {.type = schema_type::array, .least = least, .most = most, .item = &item};
}
constexpr schema object(const word_set& names, const schema* const* children, std::uint64_t required) {
    return {.type = schema_type::object, .words = &names, .children = children, .required = required};
}
constexpr schema open(schema s) {
    s.open = true;
    return s;
}

}  // namespace table

}  // namespace voltgate::ocpp
