// How far readers of the events have come, under names of their own: where each goes on after a restart.
#pragma once

#include "async/attempt.hpp"
#include "async/io_types.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace voltgate {

struct feed_cursor {
    feed_cursor() = default;
    std::string name;
    std::uint64_t sequence = 0;  // all events up to this one have been dealt with
};

/// Names are given by the gateway's own parts, a few. What was saved is seen at once by load() and list().
class feed_cursor_port {
  public:
    virtual ~feed_cursor_port() = default;
    /// Nullopt: nothing was saved under this name.
    virtual io_awaitable<attempt<std::optional<std::uint64_t>>> load(std::string name) = 0;
    /// Kept soon, together with other writes; never waits. A crash before that takes it back. Any thread.
    virtual void save(const std::string& name, std::uint64_t sequence) = 0;
    /// False: it could not be stored, and may be there again after a restart.
    virtual io_awaitable<bool> remove(std::string name) = 0;
    /// In the order of their names.
    virtual io_awaitable<attempt<std::vector<feed_cursor>>> list() = 0;
};

}  // namespace voltgate
