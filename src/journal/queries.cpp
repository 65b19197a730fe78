#include "journal/queries.hpp"

#include "journal/close_transaction.hpp"
#include "journal/erase_tag.hpp"
#include "journal/event_pages.hpp"
#include "journal/id_tag_table.hpp"
#include "journal/journal.hpp"
#include "journal/privacy_book.hpp"
#include "journal/reservation_table.hpp"
#include "journal/tag_pieces.hpp"
#include "journal/transaction_pages.hpp"

#include <utility>

namespace voltgate {

namespace {

class journal_event_queries final : public event_queries {
  public:
    explicit journal_event_queries(journal& j) : journal_(j) {}

    io_awaitable<attempt<event_page>> page(event_query q, event_sink sink) override {
        auto question = [q = std::move(q), sink = std::move(sink)](sqlite::database& db) {
            return read_events(db, q, sink);
        };
        return journal_.reader().ask<event_page>(std::move(question));
    }
    [[nodiscard]] const std::string& journal_id() const noexcept override { return journal_.id(); }
    [[nodiscard]] std::uint64_t last_sequence() const override { return journal_.stats().last_sequence; }

  private:
    journal& journal_;
};

class journal_transaction_queries final : public transaction_queries {
  public:
    explicit journal_transaction_queries(journal& j) : journal_(j) {}

    io_awaitable<attempt<transaction_page>> page(transaction_query q) override {
        auto question = [q = std::move(q)](sqlite::database& db) { return read_transactions(db, q); };
        return journal_.reader().ask<transaction_page>(std::move(question));
    }
    io_awaitable<attempt<std::optional<stored_transaction>>> find(std::string id,
                                                                  std::optional<std::string> charge_point_id,
                                                                  std::vector<std::string> charge_points) override {
        auto question = [id = std::move(id), charge_point_id = std::move(charge_point_id),
                         charge_points = std::move(charge_points)](sqlite::database& db) {
            return find_transaction(db, id, charge_point_id, charge_points);
        };
        return journal_.reader().ask<std::optional<stored_transaction>>(std::move(question));
    }
    io_awaitable<attempt<bool>> is_ambiguous(std::string id, std::vector<std::string> charge_points) override {
        auto question = [id = std::move(id), charge_points = std::move(charge_points)](sqlite::database& db) {
            return voltgate::is_ambiguous(db, id, charge_points);
        };
        return journal_.reader().ask<bool>(std::move(question));
    }
    io_awaitable<close_outcome> close(std::uint32_t number, std::string charge_point_id, transaction_close c) override {
        return close_transaction(journal_, number, std::move(charge_point_id), std::move(c));
    }

  private:
    journal& journal_;
};

class journal_id_tag_queries final : public id_tag_queries {
  public:
    explicit journal_id_tag_queries(journal& j) : journal_(j) {}

    io_awaitable<attempt<std::optional<id_tag_entry>>> find(std::string id_tag) override {
        auto question = [id_tag = std::move(id_tag)](sqlite::database& db) { return read_id_tag(db, id_tag); };
        return journal_.reader().ask<std::optional<id_tag_entry>>(std::move(question));
    }
    io_awaitable<attempt<std::vector<id_tag_entry>>> page(id_tag_query q) override {
        auto question = [q = std::move(q)](sqlite::database& db) { return read_id_tags(db, q); };
        return journal_.reader().ask<std::vector<id_tag_entry>>(std::move(question));
    }

  private:
    journal& journal_;
};

class journal_reservation_queries final : public reservation_queries {
  public:
    explicit journal_reservation_queries(journal& j) : journal_(j) {}

    io_awaitable<attempt<reservation_page>> page(reservation_query q) override {
        co_await journal_.flush();
        auto question = [q = std::move(q)](sqlite::database& db) { return read_reservations(db, q); };
        co_return co_await journal_.reader().ask<reservation_page>(std::move(question));
    }
    io_awaitable<attempt<bool>> is_reserved(std::string charge_point_id, std::int64_t id) override {
        auto question = [charge_point_id = std::move(charge_point_id), id](sqlite::database& db) {
            return voltgate::is_reserved(db, charge_point_id, id);
        };
        return journal_.reader().ask<bool>(std::move(question));
    }

  private:
    journal& journal_;
};

class journal_privacy final : public privacy_store {
  public:
    explicit journal_privacy(journal& j) : journal_(j) {}

    [[nodiscard]] std::string pseudonym_of(std::string_view tag) const override {
        return journal_.privacy().pseudonym_of(tag);
    }
    io_awaitable<attempt<tag_piece>> read(named_tag of, tag_position from) override {
        if (from.what == tag_position::part::entry) co_await journal_.flush();
        auto question = [of = std::move(of), from](sqlite::database& db) { return read_tag_piece(db, of, from); };
        co_return co_await journal_.reader().ask<tag_piece>(std::move(question));
    }
    io_awaitable<erased_tag> erase(std::string tag, std::chrono::system_clock::time_point now) override {
        return erase_tag(journal_, std::move(tag), now);
    }

  private:
    journal& journal_;
};

class journal_state_of final : public store_state {
  public:
    explicit journal_state_of(journal& j) : journal_(j) {}
    [[nodiscard]] journal_stats stats() const override { return journal_.stats(); }
    [[nodiscard]] bool confirm_clock() override { return journal_.confirm_clock(); }

  private:
    journal& journal_;
};

}  // namespace

std::shared_ptr<const stored_queries> make_queries(journal& j) {
    auto all = std::make_shared<stored_queries>();
    all->events = std::make_unique<journal_event_queries>(j);
    all->transactions = std::make_unique<journal_transaction_queries>(j);
    all->id_tags = std::make_unique<journal_id_tag_queries>(j);
    all->reservations = std::make_unique<journal_reservation_queries>(j);
    all->privacy = std::make_unique<journal_privacy>(j);
    all->state = std::make_unique<journal_state_of>(j);
    all->workers = &j.reader();
    return all;
}

}  // namespace voltgate
