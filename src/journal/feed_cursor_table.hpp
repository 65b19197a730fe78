// The cursors of readers, as they are stored.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/feed_cursor_port.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace voltgate {

/// As the writer uses it.
class feed_cursor_table {
  public:
    explicit feed_cursor_table(sqlite::database& db);

    void put(std::string_view name, std::uint64_t sequence);
    void remove(std::string_view name);

  private:
    sqlite::statement put_, remove_;
};

[[nodiscard]] std::vector<feed_cursor> read_feed_cursors(sqlite::database& db);

}  // namespace voltgate
