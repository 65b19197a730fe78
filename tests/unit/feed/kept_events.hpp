// Events that are kept in memory, to be asked for as those of a journal are.
#pragma once

#include "events/bus.hpp"
#include "stores/event_queries.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace voltgate::test {

class kept_events final : public event_queries {
  public:
    explicit kept_events(event_bus& bus) : bus_(bus) {}

    /// It is stored, and then told.
    void happen(std::string charge_point_id = "CP-1") {
        event e;
        e.sequence = ++last_;
        e.id = {1, last_};
        e.type = event_type::charge_point_booted;
        e.charge_point_id = std::move(charge_point_id);
        events_.push_back(e);
        bus_.deliver(std::move(e));
    }
    void happen(int times) {
        for (int i = 0; i < times; ++i) happen();
    }
    /// Those before are too old.
    void forget_before(std::uint64_t first) {
        std::erase_if(events_, [first](const event& e) { return e.sequence < first; });
    }

    io_awaitable<attempt<event_page>> page(event_query q, event_sink sink) override {
        attempt<event_page> read;
        if (!trouble.empty()) {
            read.error = trouble;
            co_return read;
        }
        auto& page = read.value.emplace();
        page.oldest = events_.empty() ? last_ + 1 : events_.front().sequence;
        page.last = page.next = last_;
        for (const auto& e : events_) {
            const bool wanted = q.filter.charge_point_id.empty() || q.filter.charge_point_id == e.charge_point_id;
            if (e.sequence <= q.after || !wanted) continue;
            ++page.count;
            const bool full = !sink(e) || page.count >= q.limit;
            if (!full) continue;
            page.next = e.sequence;
            page.more = e.sequence < last_;
            break;
        }
        if (after_page) std::exchange(after_page, {})();
        co_return read;
    }
    [[nodiscard]] const std::string& journal_id() const noexcept override { return id_; }
    [[nodiscard]] std::uint64_t last_sequence() const override { return last_; }

    std::string trouble;               // why they cannot be read; empty: they can
    std::function<void()> after_page;  // happens once, between the next page and whoever asked for it

  private:
    event_bus& bus_;
    const std::string id_ = "kept";
    std::vector<event> events_;
    std::uint64_t last_ = 0;
};

}  // namespace voltgate::test
