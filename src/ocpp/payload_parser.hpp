// One pass over a payload: syntax, schema and tape at once.
//
// Written by hand because it runs for every message of every charge point: boost::json::basic_parser with a handler
// that does nothing takes as many instructions as all of this. The tests hold its verdicts against that parser's.
#pragma once

#include "ocpp/payload_tape.hpp"
#include "ocpp/schema_table.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate::ocpp {

/// Works on a text whose last byte is a closing bracket or brace, or that holds a single scalar. So only a closing
/// bracket can be the last byte that is taken, and only behind one the end needs to be looked for.
class payload_parser {
  public:
    /// `end`: where the text ends, trailing blanks left out.
    payload_parser(payload_reader::impl& target, const char* end) noexcept
        : out_(target),
          begin_(target.text.data()),
          end_(end),
          root_(target.values.begin()),
          free_(root_),
          last_(target.values.end()) {}

    /// Reads the value at `at` as the root. Behind its last byte, or null after an error.
    const char* root(const char* at, const schema* s);

    /// Reports an error of syntax; always null.
    const char* fail(const char* at, std::string_view what);

  private:
    [[nodiscard]] std::uint32_t offset(const char* at) const noexcept {
        return static_cast<std::uint32_t>(at - begin_);
    }
    [[nodiscard]] std::string_view text_of(const tape_entry& self) const noexcept { return out_.slice_of(self); }

    // Each reads what stands at `at` into `self` and checks it against `s`, unless that is null.
    const char* value(const char* at, tape_entry& self, const schema* s);
    const char* string(const char* at, tape_entry& self, const schema* s);
    const char* number(const char* at, tape_entry& self, const schema* s);
    const char* word(const char* at, tape_entry& self, const schema* s);
    const char* object(const char* at, tape_entry& self, const schema* s);
    const char* array(const char* at, tape_entry& self, const schema* s);

    const char* too_many(const char* at);
    /// The next entry, blank.
    tape_entry& add() noexcept;
    /// What an object's schema says of its members, and what is known of those read so far.
    struct members {
        const schema* object;  // null: anything goes
        std::uint8_t* guesses;
        std::uint8_t* guess = guesses;  // which member comes next
        std::uint64_t seen = 0;
    };
    /// A member of an object: its name and value.
    const char* member(const char* at, tape_entry& self, members& all);
    [[nodiscard]] bool may_be_known(const members& all) const noexcept;
    /// Takes as many members as are known, of which `last` is the last. Stops at the next one, or at the closing brace.
    const char* known(const char* at, members& all, tape_entry*& last, std::uint32_t& children) noexcept;
    /// Keeps the member at `from` as a known one, if it can be one.
    void learn(const char* from, const char* to, const tape_entry& self, const members& all,
               std::size_t index) noexcept;
    /// The name, its closing quote included; sets `index` to the member it names, or to word_set::none.
    const char* name(const char* at, tape_entry& self, members& all, std::size_t& index);
    const char* null_member(const char* at, tape_entry& self, const schema& s, bool required);
    const char* unknown_member(const char* at, tape_entry& self, const schema* object);
    /// Behind the value `last`: takes the comma and says true, or stops at `close`. Null in `at` after an error.
    bool has_more(const char*& at, tape_entry& last, char close);
    [[nodiscard]] std::size_t find_escaped(const schema& s, const tape_entry& self) const;
    const char* open(const char* at, tape_entry& self);
    void close(const char* at, tape_entry& self, std::uint32_t children) noexcept;
    /// The schema of an array's or object's contents; null when it may hold anything, or is of the wrong type.
    const schema* schema_of_container(const tape_entry& self, const schema* s, schema_type type);

    // The checks' slow halves: something is wrong, or needs a closer look.
    void check_string(const tape_entry& self, const schema& s);
    void check_empty(const tape_entry& self, const schema& s);
    void check_number(const tape_entry& self, const schema& s);
    void check_range(const tape_entry& self, const schema& s, std::string_view number);
    void check_null_root(const schema& s);
    /// Whether it is the data of a DataTransfer, and should be a text.
    [[nodiscard]] bool is_data_text(const tape_entry& self, const schema& s) const;
    /// The idToken of a token of type NoAuthorization has to be empty. The type may stand behind it.
    void forgive_empty_tokens();
    [[nodiscard]] bool is_in_custom_data(const tape_entry& self) const;
    void report_missing(const tape_entry& self, const schema& s, std::uint64_t seen);
    void report_unknown(const tape_entry& self);
    void report(rule r, const tape_entry& self, const schema& s);
    void report(rule r, value_kind kind, const tape_entry& self, std::string_view member, std::string expected);

    [[nodiscard]] std::string pointer_to(const tape_entry& self, std::string_view member) const;
    void append_step(std::string& pointer, const tape_entry& parent, const tape_entry& child) const;

    payload_reader::impl& out_;
    const char* begin_;
    const char* end_;
    tape_entry* root_;
    tape_entry* free_;
    tape_entry* last_;
    std::array<const tape_entry*, payload_reader::max_depth> open_;  // arrays and objects around the current value
    std::size_t depth_ = 0;
};

/// What a schema asks for, in words.
[[nodiscard]] std::string describe(const schema& s);

}  // namespace voltgate::ocpp
