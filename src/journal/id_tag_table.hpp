// The managed list of id tags as it is stored. Tags are compared without regard to ASCII case, and kept as spelt.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/id_tag_queries.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// As the writer uses it.
class id_tag_table {
  public:
    explicit id_tag_table(sqlite::database& db);

    /// The number of the next change; grows over restarts and removals.
    [[nodiscard]] std::uint64_t next_revision();

    // `key`: the tag, folded.
    [[nodiscard]] std::optional<std::uint64_t> revision_of(std::string_view key);
    void put(std::string_view key, const id_tag_entry& e, std::uint64_t revision);
    void remove(std::string_view key);

  private:
    sqlite::statement next_revision_, revision_of_, put_, remove_;
};

// On any connection.

[[nodiscard]] std::optional<id_tag_entry> read_id_tag(sqlite::database& db, std::string_view id_tag);

/// See id_tag_queries::page.
[[nodiscard]] std::vector<id_tag_entry> read_id_tags(sqlite::database& db, const id_tag_query& query);

}  // namespace voltgate
