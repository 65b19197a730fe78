#include "journal/feed_cursor_store.hpp"

#include "journal/tables.hpp"
#include "stores/memory_feed_cursors.hpp"

#include <mutex>
#include <set>
#include <utility>

namespace voltgate {

struct journal_feed_cursors::known {
    feed_cursor_map map;

    /// Whether an operation has to be submitted that writes this one; else one is on its way.
    [[nodiscard]] bool mark(const std::string& name) {
        const std::lock_guard lock(mutex_);
        return waiting_.insert(name).second;
    }
    /// It is being written: what is saved from here on takes another operation.
    void unmark(const std::string& name) {
        const std::lock_guard lock(mutex_);
        waiting_.erase(name);
    }

  private:
    std::mutex mutex_;
    std::set<std::string> waiting_;
};

namespace {

// Writes what is known of one cursor when it is applied, which may be newer than when it was submitted.
class write_cursor_op final : public journal_op {
  public:
    write_cursor_op(std::shared_ptr<journal_feed_cursors::known> known, std::string name)
        : known_(std::move(known)), name_(std::move(name)) {}

    void apply(journal_batch& batch) override {
        known_->unmark(name_);
        auto& table = batch.tables.feed_cursors;
        if (const auto sequence = known_->map.find(name_)) return table.put(name_, *sequence);
        table.remove(name_);
    }

  private:
    std::shared_ptr<journal_feed_cursors::known> known_;
    std::string name_;
};

}  // namespace

journal_feed_cursors::journal_feed_cursors(journal& j) : journal_(j), known_(std::make_shared<known>()) {
    for (const auto& c : read_feed_cursors(j.database())) known_->map.put(c.name, c.sequence);
}

io_awaitable<attempt<std::optional<std::uint64_t>>> journal_feed_cursors::load(std::string name) {
    attempt<std::optional<std::uint64_t>> loaded;
    loaded.value.emplace(known_->map.find(name));
    co_return loaded;
}

void journal_feed_cursors::save(const std::string& name, std::uint64_t sequence) {
    known_->map.put(name, sequence);
    if (known_->mark(name)) journal_.submit(std::make_shared<write_cursor_op>(known_, name));
}

io_awaitable<bool> journal_feed_cursors::remove(std::string name) {
    known_->map.remove(name);
    const std::shared_ptr<journal_op> op = std::make_shared<write_cursor_op>(known_, std::move(name));
    co_return co_await journal_.async_perform(op);
}

io_awaitable<attempt<std::vector<feed_cursor>>> journal_feed_cursors::list() {
    attempt<std::vector<feed_cursor>> listed;
    listed.value = known_->map.all();
    co_return listed;
}

}  // namespace voltgate
