// What the gateway needs kept of the passwords that were set through its interface.
#pragma once

#include "async/io_types.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace voltgate {

/// What is kept of one charge point's password; hashes alone.
struct credential {
    credential() = default;
    using time_point = std::chrono::system_clock::time_point;

    std::string charge_point_id;  // as it was spelt when it was set
    std::string password;         // empty: the configured one counts, if there is one
    std::string pending;          // of a rotation: either works until this one is used first; empty: none
    std::optional<time_point> set_at, pending_since;

    [[nodiscard]] bool empty() const noexcept { return password.empty() && pending.empty(); }
};

/// Changes what is kept; false: it is left as it is. May run on a thread of the store's, and more than once.
using credential_edit = std::function<bool(credential&)>;

struct credential_change {
    credential_change() = default;
    enum class fate : std::uint8_t { failed, unchanged, done } what = fate::failed;
    bool was_empty = false;  // nothing was kept before
};

class credential_port {
  public:
    virtual ~credential_port() = default;
    /// Waits for no disk: charge points wait for it when they connect.
    virtual io_awaitable<std::optional<credential>> find(std::string charge_point_id) = 0;
    /// `edit` gets an empty one where nothing is kept; one that it leaves empty is removed. In force, and kept, when it
    /// completes.
    virtual io_awaitable<credential_change> change(std::string charge_point_id, credential_edit edit) = 0;
    /// In this order, each in place of what was kept before; completes with how many are kept: fewer than all when the
    /// rest could not be stored.
    virtual io_awaitable<std::size_t> put(std::vector<credential> fresh) = 0;
};

}  // namespace voltgate
