// Passwords of charge points as they are stored: hashes alone.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/credential_port.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace voltgate {

/// As the writer uses it. `key`: the identity, folded.
class credential_table {
  public:
    explicit credential_table(sqlite::database& db);

    [[nodiscard]] std::optional<credential> find(std::string_view key);
    void put(std::string_view key, const credential& c);
    void remove(std::string_view key);

  private:
    sqlite::statement find_, put_, remove_;
};

/// All of them.
[[nodiscard]] std::vector<credential> read_credentials(sqlite::database& db);

}  // namespace voltgate
