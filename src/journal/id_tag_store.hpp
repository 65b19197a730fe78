// Who may charge: the managed list of id tags, in the journal and, for the I/O threads, in memory; and for all other
// tags what the configuration says.
#pragma once

#include "journal/id_tag_table.hpp"
#include "journal/journal.hpp"
#include "stores/id_tag_list.hpp"
#include "stores/memory_stores.hpp"
#include "stores/ports.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace voltgate {

class clock_source;
class id_tag_map;

class journal_id_tags final : public id_tag_port, public id_tag_list_port {
  public:
    /// Loads the list: before the journal is started.
    journal_id_tags(journal& j, const authorization_config& config, const clock_source& clock);

    /// An Accepted entry is Expired from its expiry on; other entries are told as they are. Waits for no disk.
    io_awaitable<id_tag_info> find(std::string charge_point_id, std::optional<std::string> id_tag) override;

    io_awaitable<revision_change> put(id_tag_entry e, revision_condition condition) override;
    io_awaitable<revision_change> remove(std::string id_tag, revision_condition condition) override;
    io_awaitable<std::size_t> import(std::vector<id_tag_entry> entries) override;

  private:
    journal& journal_;
    const clock_source& clock_;
    configured_id_tags others_;
    std::shared_ptr<id_tag_map> list_;  // operations on their way keep it
};

}  // namespace voltgate
