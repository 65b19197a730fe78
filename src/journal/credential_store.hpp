// Passwords of charge points, in the journal and, for the I/O threads, in memory.
#pragma once

#include "journal/journal.hpp"
#include "stores/credential_port.hpp"
#include "stores/memory_credentials.hpp"

#include <memory>

namespace voltgate {

class journal_credentials final : public credential_port {
  public:
    /// Loads them: before the journal is started.
    explicit journal_credentials(journal& j);

    io_awaitable<std::optional<credential>> find(std::string charge_point_id) override;
    io_awaitable<credential_change> change(std::string charge_point_id, credential_edit edit) override;
    io_awaitable<std::size_t> put(std::vector<credential> fresh) override;

  private:
    journal& journal_;
    std::shared_ptr<credential_map> map_;  // operations on their way keep it
};

}  // namespace voltgate
