// The cursors of readers, in the journal: written behind, with whatever else its writer commits.
#pragma once

#include "journal/journal.hpp"
#include "stores/feed_cursor_port.hpp"

#include <memory>
#include <string>
#include <vector>

namespace voltgate {

class journal_feed_cursors final : public feed_cursor_port {
  public:
    /// Before the journal is started.
    explicit journal_feed_cursors(journal& j);

    io_awaitable<attempt<std::optional<std::uint64_t>>> load(std::string name) override;
    void save(const std::string& name, std::uint64_t sequence) override;
    io_awaitable<bool> remove(std::string name) override;
    io_awaitable<attempt<std::vector<feed_cursor>>> list() override;

    struct known;  // what was saved, and what of it is to be written

  private:
    journal& journal_;
    std::shared_ptr<known> known_;  // operations on their way keep it
};

}  // namespace voltgate
