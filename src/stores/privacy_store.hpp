// What is stored of one who charged: all of it, piece by piece, or erased.
#pragma once

#include "async/attempt.hpp"
#include "async/io_types.hpp"
#include "stores/id_tag_queries.hpp"
#include "stores/ledger_port.hpp"
#include "stores/reservation_queries.hpp"
#include "stores/transaction_queries.hpp"

#include <voltgate/event.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// A tag, and the pseudonym that stands in its place in what is old.
struct named_tag {
    named_tag() = default;
    named_tag(std::string own, std::string in_its_place) : tag(std::move(own)), pseudonym(std::move(in_its_place)) {}
    std::string tag, pseudonym;
};

/// How far the reading of what is stored of a tag has come.
struct tag_position {
    enum class part : std::uint8_t { entry, transactions, events, commands, reservations, end };
    tag_position() = default;
    part what = part::entry;
    bool under_pseudonym = false;  // transactions: those under the tag have been given
    std::int64_t after = 0;        // the last one that was given
};

/// A piece of one part.
struct tag_piece {
    tag_piece() = default;
    std::optional<id_tag_entry> entry;  // in the managed list
    std::vector<stored_transaction> transactions;
    std::vector<event> events;             // all there are: whether they name the tag is the reader's to see
    std::vector<command_record> commands;  // the same
    std::vector<reservation> reservations;
    tag_position next;
};

/// In how many of each a tag was replaced.
struct rewritten_tags {
    rewritten_tags() = default;
    std::int64_t transactions = 0, events = 0, commands = 0, reservations = 0;
};

struct erased_tag {
    enum class fate : std::uint8_t {
        done,
        busy,    // a transaction of it runs or a command that names it waits: nothing was changed
        failed,  // the journal did not store it: some may be erased; to be done again
    };
    erased_tag() = default;
    fate what = fate::failed;
    rewritten_tags count;
};

class privacy_store {
  public:
    virtual ~privacy_store() = default;

    /// Always the same for a tag, and of use to nobody who has not the store's key. Any thread.
    [[nodiscard]] virtual std::string pseudonym_of(std::string_view tag) const = 0;

    /// The first piece has all that was stored before.
    virtual io_awaitable<attempt<tag_piece>> read(named_tag of, tag_position from) = 0;

    /// What is stored of it stays for the books, under a pseudonym that leads back to nobody. Told by an event, which
    /// names the keyed pseudonym alone.
    virtual io_awaitable<erased_tag> erase(std::string tag, std::chrono::system_clock::time_point now) = 0;
};

}  // namespace voltgate
