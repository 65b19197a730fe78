// What the gateway needs stored, as awaitable ports keyed by charge point: a local or a shared store can stand behind
// each. Called on a session's strand; an implementation may suspend and resumes its caller there.
#pragma once

#include "async/io_types.hpp"
#include "stores/charge_point_port.hpp"
#include "stores/credential_port.hpp"
#include "stores/feed_cursor_port.hpp"
#include "stores/id_tag_status.hpp"
#include "stores/ledger_port.hpp"
#include "stores/profiles.hpp"
#include "stores/transaction_messages.hpp"

#include <voltgate/config.hpp>
#include <voltgate/event.hpp>

#include <boost/system/result.hpp>

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

/// A claim that was granted.
struct ownership_claim {
    std::uint64_t epoch = 0;
    std::optional<std::string> previous_owner;  // the node that it was taken from; unset: nobody else had it
};

/// Which node a charge point is connected to. Every claim gets a larger epoch, over restarts too, and takes the charge
/// point from whoever had it. A node may hold several claims of one charge point, of connections that follow each
/// other; it owns it until the last of them has been released, or is lost.
class ownership_port {
  public:
    using claim_result = boost::system::result<ownership_claim>;
    /// Says that another node has a charge point now: all claims up to this epoch are void.
    using loss_handler = std::function<void(const std::string& charge_point_id, std::uint64_t epoch)>;

    virtual ~ownership_port() = default;
    /// An error: it could not be settled whose it is. Cancelling it (terminal) leaves open whether it is granted.
    virtual io_awaitable<claim_result> claim(std::string charge_point_id) = 0;
    /// Each granted claim once, when nothing of its connection is left to tell. Never waits; one that is lost, or
    /// belongs to an older epoch than the one in force, changes nothing.
    virtual void release(const std::string& /*charge_point_id*/, std::uint64_t /*epoch*/) {}
    /// Once, before the first claim. `lost` may be called from any thread, during a claim too, until this is gone.
    /// A store of one node alone has neither losses nor anything to release.
    virtual void on_lost(loss_handler /*lost*/) {}
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
struct reservation_update {
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
    virtual io_awaitable<stored> store(event e, message_mark mark, std::optional<reservation_update> news) = 0;
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
    virtual io_awaitable<metered_transaction> note_meter_values(transaction_meter_values u, event e) = 0;
    /// The same where nothing has to be waited for; nullopt: nothing was done, it takes use(). `e` keeps its strings'
    /// memory where nobody takes it.
    [[nodiscard]] virtual std::optional<metered_transaction> note_meter_values_at_once(const transaction_meter_values&,
                                                                                       event&) {
        return {};
    }
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
    std::unique_ptr<feed_cursor_port> feed_cursors;
    std::uint64_t mark_key = 0;  // of message_mark
};

}  // namespace voltgate
