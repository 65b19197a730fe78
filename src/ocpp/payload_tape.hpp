// What a payload_reader keeps between payloads: the entries of the values it found, and what it learnt.
#pragma once

#include "ocpp/payload.hpp"
#include "text/bytes.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::ocpp {

class tape {
  public:
    /// Makes room for every value that a text of this size can hold, up to max_values: a value and its comma or
    /// brackets are two bytes, but for the brackets that a broken text leaves open.
    void prepare(std::size_t text_size) {
        const auto needed = std::min(text_size / 2, payload_reader::max_values) + 2 * payload_reader::max_depth;
        if (needed > capacity_ || (capacity_ > kept_capacity && needed <= kept_capacity)) allocate(needed);
    }
    [[nodiscard]] tape_entry* begin() noexcept { return entries_.get(); }
    /// Behind the last entry that may be used.
    [[nodiscard]] tape_entry* end() noexcept {
        return entries_.get() + std::min(capacity_, payload_reader::max_values);
    }
    [[nodiscard]] const tape_entry& operator[](std::uint32_t index) const noexcept { return entries_[index]; }

  private:
    static constexpr std::size_t kept_capacity = 1U << 16U;  // one huge message must not hold its memory for ever

    void allocate(std::size_t capacity) {
        capacity_ = std::bit_ceil(capacity);
        entries_ = std::make_unique_for_overwrite<tape_entry[]>(capacity_);
    }

    std::unique_ptr<tape_entry[]> entries_;
    std::size_t capacity_ = 0;
};

/// Charge points write the members of an object in the same order every time. So the member that came last time
/// behind a given one is guessed to come next; a wrong guess costs a comparison, nothing else.
class member_guesses {
  public:
    /// For the objects of one schema: guesses[n + 1] is the index of the member behind member n, guesses[0] of the
    /// first.
    [[nodiscard]] std::uint8_t* of(const void* schema) noexcept {
        return table_.data() + (reinterpret_cast<std::uintptr_t>(schema) / 16) % schemas;
    }

  private:
    static constexpr std::size_t schemas = 1024;  // two may share a place: guesses only
    std::array<std::uint8_t, schemas + 256> table_{};
};

/// Members whose value is one of a list of words are written the same way every time. The texts of some are kept with
/// what was found in them: where such a text stands again, nothing in it has to be looked at.
class known_members {
  public:
    static constexpr std::size_t longest = 64;
    static constexpr std::size_t least_left = 16;  // so many bytes of what is looked for have to be there

    struct member {
        const void* object = nullptr;  // the schema of the objects that have it
        std::uint32_t index = 0;       // among that schema's members
        std::uint32_t length = 0;      // of the text: from the name's quote to the value's
        tape_entry entry;              // its offsets count from the text
        std::array<char, longest> text{};
    };

    /// The one that stands at `at`, if any of those kept does.
    [[nodiscard]] member& at(const char* at) noexcept {
        const auto words = load<std::uint64_t>(at) ^ std::rotl(load<std::uint64_t>(at + 8), 29);
        return members_[words * 0x9E3779B97F4A7C15U >> (64U - bits)];
    }

  private:
    static constexpr unsigned bits = 8;
    std::array<member, std::size_t{1} << bits> members_;
};

struct payload_reader::impl {
    std::string_view text;
    std::string_view payload;
    tape values;
    member_guesses guesses;
    std::unique_ptr<known_members> known;  // null: it never read a frame
    std::vector<violation> violations;
    std::size_t violation_count = 0;
    std::string syntax_error;
    bool payload_whole = false;
    bool trailing_bytes = false;
    bool duplicate_names = false;

    [[nodiscard]] std::string_view slice(std::uint32_t offset, std::uint32_t length) const noexcept {
        return {text.data() + offset, length};
    }
    [[nodiscard]] std::string_view slice_of(const tape_entry& e) const noexcept { return slice(e.offset, e.length); }
    [[nodiscard]] std::string_view key_of(const tape_entry& e) const noexcept {
        return slice(e.key_offset, e.key_length);
    }
};

}  // namespace voltgate::ocpp
