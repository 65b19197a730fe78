// The list of id tags as it is in memory: for as many lookups at a time as there are threads, and one change.
#pragma once

#include "journal/id_tag_table.hpp"
#include "stores/ports.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <shared_mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace voltgate {

class id_tag_map {
  public:
    [[nodiscard]] std::optional<id_tag_info> find(std::string_view id_tag) const;

    /// A few at a time: lookups wait meanwhile.
    void put(std::span<const id_tag_entry> entries);
    void remove(std::string_view id_tag);

  private:
    // Millions of them: no more than a lookup needs.
    struct known_tag {
        std::string parent;
        std::int64_t expires;  // stored_time
        id_tag_status status;
    };

    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, known_tag> tags_;  // by the folded tag
};

}  // namespace voltgate
