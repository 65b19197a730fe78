// The managed list of id tags as it is changed.
#pragma once

#include "async/io_types.hpp"
#include "stores/id_tag_queries.hpp"
#include "stores/revision_change.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace voltgate {

/// Changes are in force, for id_tag_port::find() too, when they complete.
class id_tag_list_port {
  public:
    virtual ~id_tag_list_port() = default;
    virtual io_awaitable<revision_change> put(id_tag_entry e, revision_condition condition) = 0;
    virtual io_awaitable<revision_change> remove(std::string id_tag, revision_condition condition) = 0;
    /// How many were stored, from the first on: all of them unless the store failed meanwhile. No tag twice; quickest
    /// in the order of the folded tags.
    virtual io_awaitable<std::size_t> import(std::vector<id_tag_entry> entries) = 0;
};

}  // namespace voltgate
