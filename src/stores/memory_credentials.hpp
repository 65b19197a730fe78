// Passwords in memory: all there is without a journal, and what the journal's store is read from.
#pragma once

#include "stores/credential_port.hpp"

#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace voltgate {

/// Any thread.
class credential_map {
  public:
    [[nodiscard]] std::optional<credential> find(std::string_view charge_point_id) const;
    /// One that is empty is removed.
    void put(credential c);

  private:
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, credential> credentials_;  // by folded identity
};

/// Applies `edit` to what is known.
[[nodiscard]] credential_change apply_edit(credential& c, const std::string& charge_point_id,
                                           const credential_edit& edit);

class memory_credentials final : public credential_port {
  public:
    io_awaitable<std::optional<credential>> find(std::string charge_point_id) override;
    io_awaitable<credential_change> change(std::string charge_point_id, credential_edit edit) override;
    io_awaitable<std::size_t> put(std::vector<credential> fresh) override;

  private:
    std::mutex changing_;
    credential_map map_;
};

}  // namespace voltgate
