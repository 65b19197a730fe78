// Cursors of readers in memory: all there is without a journal, and what the journal's store is read from.
#pragma once

#include "stores/feed_cursor_port.hpp"

#include <map>
#include <mutex>
#include <string>
#include <string_view>

namespace voltgate {

/// Any thread.
class feed_cursor_map {
  public:
    [[nodiscard]] std::optional<std::uint64_t> find(std::string_view name) const;
    void put(const std::string& name, std::uint64_t sequence);
    void remove(std::string_view name);
    [[nodiscard]] std::vector<feed_cursor> all() const;

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::uint64_t, std::less<>> cursors_;
};

class memory_feed_cursors final : public feed_cursor_port {
  public:
    io_awaitable<attempt<std::optional<std::uint64_t>>> load(std::string name) override;
    void save(const std::string& name, std::uint64_t sequence) override { map_.put(name, sequence); }
    io_awaitable<bool> remove(std::string name) override;
    io_awaitable<attempt<std::vector<feed_cursor>>> list() override;

  private:
    feed_cursor_map map_;
};

}  // namespace voltgate
