// What the gateway needs stored, as awaitable ports keyed by charge point: a local or a shared store can stand behind
// each. Called on a session's strand; an implementation may suspend and resumes its caller there.
#pragma once

#include "session/io_thread.hpp"

#include <voltgate/config.hpp>
#include <voltgate/event.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace voltgate {

/// Who owns an identity: every claim gets a larger epoch, over restarts too.
class ownership_port {
  public:
    virtual ~ownership_port() = default;
    virtual io_awaitable<std::uint64_t> claim(std::string charge_point_id) = 0;
};

enum class id_tag_status : std::uint8_t { accepted, blocked, expired, invalid, concurrent_tx };

struct id_tag_info {
    id_tag_status status = id_tag_status::invalid;
    std::string parent;                                            // empty: none
    std::optional<std::chrono::system_clock::time_point> expires;  // unset: never
};

/// Who may charge.
class id_tag_port {
  public:
    virtual ~id_tag_port() = default;
    virtual io_awaitable<id_tag_info> find(std::string charge_point_id, std::string id_tag) = 0;
};

struct transaction_start {
    transaction_start() = default;
    std::string charge_point_id;
    std::optional<std::int64_t> connector_id, meter_start_wh, reservation_id;
    std::string id_tag, timestamp;  // as sent
};

struct started_transaction {
    started_transaction() = default;
    std::int32_t id = 0;
    bool repeated = false;  // the same start was known: same id, no second event
};

struct transaction_stop {
    transaction_stop() = default;
    std::string charge_point_id;
    std::optional<std::int64_t> transaction_id, meter_stop_wh;
    std::string timestamp;
};

struct stopped_transaction {
    enum class kind : std::uint8_t { stopped, repeated, unknown };
    stopped_transaction() = default;
    explicit stopped_transaction(kind k) : what(k) {}
    kind what = kind::unknown;
    std::optional<std::int64_t> connector_id;  // where it was started, unless unknown
};

/// 1.6 transactions. A start or stop that comes again in the same words changes nothing.
class transaction_port {
  public:
    virtual ~transaction_port() = default;
    virtual io_awaitable<started_transaction> start(transaction_start t) = 0;
    virtual io_awaitable<stopped_transaction> stop(transaction_stop t) = 0;
    /// Whether a running transaction of this charge point has the id, noting that it is in use. Never waits.
    virtual bool note_use(std::string_view charge_point_id, std::int64_t transaction_id) = 0;
};

}  // namespace voltgate
