// Tags in what is stored: replaced table by table, a few rows at a time.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/privacy_store.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

struct stored_tag_change {
    /// What is to stand in the place of a tag that was stored at this time (stored_time); nullopt: it stays.
    std::function<std::optional<std::string>(std::string_view tag, std::int64_t stored_at)> change;
    /// Of the tags, which are looked for in every text. Empty: only where tags belong, and other texts that are
    /// personal are masked.
    std::vector<std::size_t> lengths;
};

/// How far it has come.
struct tag_place {
    int table = 0;
    std::int64_t time = std::numeric_limits<std::int64_t>::min(), number = 0;
};

/// Numbers that a tag was hashed into go with it: the mark of an event's message, the fingerprint of a command, which
/// is another one then when it comes again. So does the id of a command, whose own a tag in it makes it.
class tag_rewriter {
  public:
    static constexpr int table_count = 4;

    /// What is over: transactions that have ended, commands that are done, all events and reservations. `open_too`: the
    /// others as well, for a file that no gateway has open.
    explicit tag_rewriter(sqlite::database& db, bool open_too = false);

    /// The next few rows of the place's table that were stored before `before`. False: there are no more in this table.
    /// In a transaction of its own.
    [[nodiscard]] bool step(tag_place& place, std::int64_t before, const stored_tag_change& change,
                            rewritten_tags& count);

  private:
    struct table {
        sqlite::statement rows, save;
    };
    bool rewrite_transactions(tag_place& place, std::int64_t before, const stored_tag_change& change,
                              rewritten_tags& count);
    bool rewrite_events(tag_place& place, std::int64_t before, const stored_tag_change& change, rewritten_tags& count);
    bool rewrite_commands(tag_place& place, std::int64_t before, const stored_tag_change& change,
                          rewritten_tags& count);
    bool rewrite_reservations(tag_place& place, std::int64_t before, const stored_tag_change& change,
                              rewritten_tags& count);

    table transactions_, events_, commands_, reservations_;
    sqlite::statement command_id_;  // whether there is one
};

}  // namespace voltgate
