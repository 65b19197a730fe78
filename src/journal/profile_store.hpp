// What is set of single charge points, in the journal and, for everybody else, in memory.
#pragma once

#include "journal/journal.hpp"
#include "stores/profiles.hpp"

#include <memory>

namespace voltgate {

class journal_profiles final : public profile_port {
  public:
    /// Loads them into the map: before the journal is started.
    journal_profiles(journal& j, std::shared_ptr<profile_map> map);

    io_awaitable<revision_change> put(profile_ptr p, revision_condition condition) override;
    io_awaitable<revision_change> remove(std::string charge_point_id, revision_condition condition) override;
    io_awaitable<std::size_t> import(std::vector<profile_ptr> profiles) override;

  private:
    journal& journal_;
    std::shared_ptr<profile_map> map_;  // operations on their way keep it
};

}  // namespace voltgate
