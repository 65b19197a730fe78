// What is set of single charge points, as it is stored.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/profiles.hpp"

#include <string_view>
#include <vector>

namespace voltgate {

/// As the writer uses it. `key`: the identity, folded.
class profile_table {
  public:
    explicit profile_table(sqlite::database& db);

    void put(std::string_view key, const charge_point_profile& p);
    void remove(std::string_view key);
    /// Null: nothing was set.
    [[nodiscard]] profile_ptr find(std::string_view key);

  private:
    sqlite::statement put_, remove_, find_;
};

/// All of them. What cannot be read is left out.
[[nodiscard]] std::vector<profile_ptr> read_profiles(sqlite::database& db);

}  // namespace voltgate
