// Reads a payload once: checks it against its schema and records where its values are. No DOM, no struct.
#pragma once

#include "ocpp/schema.hpp"

#include <voltgate/conformance.hpp>

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
    value_kind kind;       // of the offending value; absent or null for required_missing
    std::string pointer;   // JSON pointer from the payload's root, at most 200 characters
    std::string expected;  // for people: "string of at most 20 characters", "one of Accepted, Rejected, …"
};

class payload_reader;

/// Where a value is: what a payload_reader keeps of each, parents before children, in the order of the text.
struct alignas(8) tape_entry {
    std::uint32_t offset = 0;  // of the JSON text, without the quotes of strings
    std::uint32_t length = 0;
    std::uint32_t key_offset = 0;
    std::uint32_t key_length = 0;
    std::uint32_t next = 0;      // how many entries on the next sibling is; 0: none
    std::uint32_t children = 0;  // of arrays and objects; the first, if any, is the following entry
    value_kind kind = value_kind::absent;
    bool escaped = false;      // a string with escapes
    bool key_escaped = false;  // likewise
};

/// A value inside the payload last read; valid until its reader reads the next or the text goes away.
/// Everything may be asked of an absent value: it answers absent, empty, nullopt.
class value_view {
  public:
    value_view() = default;
    [[nodiscard]] value_kind kind() const noexcept { return entry_ == nullptr ? value_kind::absent : entry_->kind; }
    [[nodiscard]] bool present() const noexcept { return kind() != value_kind::absent && kind() != value_kind::null; }
    [[nodiscard]] explicit operator bool() const noexcept { return present(); }

    /// Member of an object; absent when there is none or this is no object. The last of duplicate keys counts.
    [[nodiscard]] value_view operator[](std::string_view key) const noexcept;

    // Arrays and objects: first child, next sibling (absent after the last), number of children.
    [[nodiscard]] value_view first() const noexcept {
        return entry_ == nullptr || entry_->children == 0 ? value_view() : value_view(entry_ + 1, text_);
    }
    [[nodiscard]] value_view next() const noexcept {
        return entry_ == nullptr || entry_->next == 0 ? value_view() : value_view(entry_ + entry_->next, text_);
    }
    [[nodiscard]] std::size_t size() const noexcept { return entry_ == nullptr ? 0 : entry_->children; }
    /// In an object: the member's name, escapes kept.
    [[nodiscard]] std::string_view key() const noexcept {
        if (entry_ == nullptr) return {};
        return {text_ + entry_->key_offset, entry_->key_length};
    }

    /// The JSON text as received: strings without quotes and with their escapes, numbers as spelt, true/false.
    /// Empty for arrays and objects.
    [[nodiscard]] std::string_view raw() const noexcept {
        if (entry_ == nullptr || entry_->kind == value_kind::array || entry_->kind == value_kind::object) return {};
        return {text_ + entry_->offset, entry_->length};
    }
    /// The JSON text as received, quotes included; for arrays and objects the whole slice.
    [[nodiscard]] std::string_view json() const noexcept {
        if (entry_ == nullptr) return {};
        const std::uint32_t quote = entry_->kind == value_kind::string ? 1 : 0;
        return {text_ + entry_->offset - quote, entry_->length + 2 * quote};
    }
    [[nodiscard]] std::string string() const;  // a string's value, escapes resolved; numbers and booleans as spelt
    [[nodiscard]] std::optional<std::int64_t> integer() const noexcept;  // also from 12.0 and from "12"
    [[nodiscard]] std::optional<double> number() const noexcept;         // also from "12.5"
    [[nodiscard]] std::optional<bool> boolean() const noexcept;

  private:
    friend class payload_reader;
    friend class payload_parser;
    value_view(const tape_entry* entry, const char* text) noexcept : entry_(entry), text_(text) {}

    const tape_entry* entry_ = nullptr;
    const char* text_ = nullptr;
};

/// One per thread and reused: reading allocates nothing once its buffers have grown.
class payload_reader {
  public:
    static constexpr std::size_t max_violations = 16;
    static constexpr std::size_t max_depth = 32;
    static constexpr std::size_t max_values = 250'000;  // of one payload: 8 MiB of tape

    payload_reader();
    ~payload_reader();
    payload_reader(const payload_reader&) = delete;
    payload_reader& operator=(const payload_reader&) = delete;

    /// Reads the payload that starts at `offset` of a frame's `text`, up to and including the frame's closing
    /// bracket. `s` null: any JSON value, syntax only.
    /// False: the text is not JSON, too deep, of too many values, or not a frame after the payload; see syntax_error().
    bool read_frame(std::string_view text, std::size_t offset, const schema* s);

    /// The same for a payload that stands alone (commands, API bodies).
    bool read(std::string_view text, const schema* s);

    [[nodiscard]] std::string_view syntax_error() const noexcept;  // for people, with the byte's position
    /// The payload was read to its end: root(), payload() and violations() hold, also where read_frame() returned false
    /// for what follows it.
    [[nodiscard]] bool payload_whole() const noexcept;
    [[nodiscard]] bool trailing_bytes() const noexcept;       // NUL or blanks stood after the frame
    [[nodiscard]] bool duplicate_names() const noexcept;      // a member that the schema knows came twice
    [[nodiscard]] std::string_view payload() const noexcept;  // the payload's slice of the text; "{}" for null
    [[nodiscard]] value_view root() const noexcept;

    /// Empty when the payload fits its schema. At most max_violations; violation_count() counts on.
    [[nodiscard]] const std::vector<violation>& violations() const noexcept;
    [[nodiscard]] std::size_t violation_count() const noexcept;

  private:
    friend class payload_parser;
    struct impl;
    bool start(std::string_view text);

    std::unique_ptr<impl> impl_;
};

}  // namespace voltgate::ocpp
