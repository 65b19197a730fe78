// The managed list of id tags as it is asked for. Tags are compared without regard to ASCII case, and kept as spelt.
#pragma once

#include "async/attempt.hpp"
#include "async/io_types.hpp"
#include "stores/id_tag_status.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace voltgate {

struct id_tag_entry {
    id_tag_entry() = default;
    std::string id_tag;
    id_tag_status status = id_tag_status::invalid;
    std::string parent;                                            // empty: none
    std::optional<std::chrono::system_clock::time_point> expires;  // unset: never
    std::uint64_t revision = 0;                                    // the change it stems from
};

struct id_tag_query {
    id_tag_query() = default;
    std::optional<std::string> after;  // a tag, in the list or not; unset: from the first one on
    std::optional<id_tag_status> status;
    std::optional<std::string> parent;  // "": those without
    std::size_t limit = 0;
};

class id_tag_queries {
  public:
    virtual ~id_tag_queries() = default;
    virtual io_awaitable<attempt<std::optional<id_tag_entry>>> find(std::string id_tag) = 0;
    /// In the order of the folded tags.
    virtual io_awaitable<attempt<std::vector<id_tag_entry>>> page(id_tag_query q) = 0;
};

}  // namespace voltgate
