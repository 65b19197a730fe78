// What the gateway needs stored, as awaitable ports keyed by charge point: a local or a shared store can stand behind
// each. Called on a session's strand; an implementation may suspend and resumes its caller there.
#pragma once

#include "async/io_types.hpp"
#include "stores/charge_point_port.hpp"
#include "stores/credential_port.hpp"
#include "stores/id_tag_status.hpp"
#include "stores/ledger_port.hpp"
#include "stores/profiles.hpp"
#include "stores/transaction_messages.hpp"

#include <voltgate/config.hpp>
#include <voltgate/event.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

class id_tag_list_port;
struct stored_queries;

/// Who owns an identity: every claim gets a larger epoch, over restarts too.
class ownership_port {
  public:
    virtual ~ownership_port() = default;
    virtual io_awaitable<std::uint64_t> claim(std::string charge_point_id) = 0;
};

struct id_tag_info {
    bool listed = false;  // in the managed list: it is not the policy that says so
    id_tag_status status = id_tag_status::invalid;
    std::string parent;                                            // empty: none
    std::optional<std::chrono::system_clock::time_point> expires;  // unset: never
};

/// Who may charge.
class id_tag_port {
  public:
    virtual ~id_tag_port() = default;
    /// `id_tag` nullopt: the message has none that can be read. It is not the empty one, whose listing may let
    /// everybody charge without a card, but where that one is refused it is too.
    virtual io_awaitable<id_tag_info> find(std::string charge_point_id, std::optional<std::string> id_tag) = 0;
};

/// Completes an event once the store has decided. May run on a thread of the store's, and more than once.
template <class Decision>
using event_builder = std::function<void(event&, const Decision&)>;

/// What a 2.x charge point says of a reservation.
struct reservation_news {
    enum class end : std::uint8_t { expired, removed, without_transaction };
    std::int64_t id = 0;
    end how = end::expired;
};

/// Where events go.
class event_port {
  public:
    virtual ~event_port() = default;
    /// Stores it soon; never waits. `e` keeps its strings' memory where nobody takes it.
    virtual void record(event& e) = 0;
    /// Completes when it is stored, together with what it says of a reservation.
    virtual io_awaitable<stored> store(event e, message_mark mark, std::optional<reservation_news> news) = 0;
};

/// Transactions, stored together with their events.
class transaction_port {
  public:
    virtual ~transaction_port() = default;
    virtual io_awaitable<started_transaction> start(transaction_start t, event e,
                                                    event_builder<started_transaction> complete) = 0;
    virtual io_awaitable<stopped_transaction> stop(transaction_stop t, event e,
                                                   event_builder<stopped_transaction> complete) = 0;
    /// Meter values of a transaction. Whether it is known is added to the event's payload.
    virtual io_awaitable<used_transaction> use(transaction_use u, event e) = 0;
    /// The same where nothing has to be waited for; nullopt: nothing was done, it takes use(). `e` keeps its strings'
    /// memory where nobody takes it.
    [[nodiscard]] virtual std::optional<used_transaction> use_at_once(const transaction_use&, event&) { return {}; }
    /// A message of a 2.x transaction, with one event or two; `complete` is called for each.
    virtual io_awaitable<noted_transaction> note(transaction_message m, event e, std::optional<event> second,
                                                 event_builder<noted_transaction> complete) = 0;
    /// See note_left_open: noted soon; never waits.
    virtual void leave_open(std::string charge_point_id, std::optional<std::int64_t> place,
                            std::chrono::system_clock::time_point now) = 0;
};

/// All stores of a gateway.
struct stores {
    std::unique_ptr<ownership_port> ownership;
    std::unique_ptr<event_port> events;
    std::unique_ptr<id_tag_port> id_tags;
    id_tag_list_port* id_tag_list = nullptr;        // the same, for those who manage it; null: there is no list
    std::shared_ptr<const stored_queries> queries;  // null: nothing is kept that could be asked for
    std::unique_ptr<transaction_port> transactions;
    std::unique_ptr<charge_point_port> charge_points;
    std::unique_ptr<command_ledger_port> commands;
    std::unique_ptr<credential_port> credentials;
    std::unique_ptr<profile_port> profiles;
    std::uint64_t mark_key = 0;  // of message_mark
};

}  // namespace voltgate
