// Reads a payload once: checks it against its schema and records where its values are. No DOM, no struct.
#pragma once

#include <voltgate/conformance.hpp>

#include "ocpp/schema.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::ocpp {

enum class value_kind : std::uint8_t { absent, null, boolean, integer, number, string, array, object };

[[nodiscard]] std::string_view to_string(value_kind k) noexcept;

/// One deviation from the schema.
struct violation {
    voltgate::rule rule;
    value_kind kind;      // of the offending value; absent for required_missing
    std::string pointer;  // JSON pointer from the payload's root, at most 200 characters
    std::string expected; // for people: "string of at most 20 characters", "one of Accepted, Rejected, …"
};

class payload_reader;

/// A value inside the payload last read; valid until its reader reads the next or the text goes away.
/// Everything may be asked of an absent value: it answers absent, empty, nullopt.
class value_view {
  public:
    value_view() = default;
    [[nodiscard]] value_kind kind() const noexcept;
    [[nodiscard]] bool present() const noexcept { return kind() != value_kind::absent && kind() != value_kind::null; }
    [[nodiscard]] explicit operator bool() const noexcept { return present(); }

    /// Member of an object; absent when there is none or this is no object. The last of duplicate keys counts.
    [[nodiscard]] value_view operator[](std::string_view key) const noexcept;

    // Arrays and objects: first child, next sibling (absent after the last), number of children.
    [[nodiscard]] value_view first() const noexcept;
    [[nodiscard]] value_view next() const noexcept;
    [[nodiscard]] std::size_t size() const noexcept;
    [[nodiscard]] std::string_view key() const noexcept;  // in an object: the member's name, escapes kept

    /// The JSON text as received: strings without quotes and with their escapes, numbers as spelt, true/false.
    /// Empty for arrays and objects.
    [[nodiscard]] std::string_view raw() const noexcept;
    /// The JSON text as received, quotes included; for arrays and objects the whole slice.
    [[nodiscard]] std::string_view json() const noexcept;
    [[nodiscard]] std::string string() const;  // a string's value, escapes resolved; numbers and booleans as spelt
    [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;  // also from 12.0 and from "12"
    [[nodiscard]] std::optional<double> number() const noexcept;         // also from "12.5"
    [[nodiscard]] std::optional<bool> boolean() const noexcept;

  private:
    friend class payload_reader;
    const payload_reader* reader_ = nullptr;
    std::uint32_t index_ = 0;
};

/// One per thread and reused: reading allocates nothing once its buffers have grown.
class payload_reader {
  public:
    static constexpr std::size_t max_violations = 16;
    static constexpr std::size_t max_depth = 32;

    payload_reader();
    ~payload_reader();
    payload_reader(const payload_reader&) = delete;
    payload_reader& operator=(const payload_reader&) = delete;

    /// Reads the payload that starts at `offset` of a frame's `text`, up to and including the frame's closing
    /// bracket. `s` null: any JSON value, syntax only.
    /// False: the text is not JSON, too deep, or not a frame after the payload; see syntax_error().
    bool read_frame(std::string_view text, std::size_t offset, const schema* s);

    /// The same for a payload that stands alone (commands, API bodies).
    bool read(std::string_view text, const schema* s);

    [[nodiscard]] std::string_view syntax_error() const noexcept;  // for people, with the byte's position
    [[nodiscard]] bool trailing_bytes() const noexcept;            // NUL or blanks stood after the frame
    [[nodiscard]] std::string_view payload() const noexcept;       // the payload's slice of the text; "{}" for null
    [[nodiscard]] value_view root() const noexcept;

    /// Empty when the payload fits its schema. At most max_violations; violation_count() counts on.
    [[nodiscard]] const std::vector<violation>& violations() const noexcept;
    [[nodiscard]] std::size_t violation_count() const noexcept;

  private:
    friend class value_view;
    struct impl;
    std::unique_ptr<impl> impl_;
};

}  // namespace voltgate::ocpp
