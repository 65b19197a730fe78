// What the gateway knows of one charge point, connected or not.
#pragma once

#include "stations/session_reports.hpp"
#include "stores/charge_point_port.hpp"
#include "text/fold_id.hpp"

#include <voltgate/config.hpp>
#include <voltgate/ocpp/version.hpp>

#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

class device_model;
class memory_budget;
class session;

/// As OCPP spells it.
[[nodiscard]] std::string_view to_string(boot_config::status s) noexcept;

/// What a boot told; texts as sent, empty where absent. A charge point keeps at most 255 bytes of each.
struct boot_record {
    std::string vendor, model, serial_number, firmware_version, iccid, imsi, meter_type, meter_serial_number;
    std::chrono::system_clock::time_point at;
};

/// Where a connector is. 1.6 numbers connectors alone: connector n is EVSE n, and 0 the whole charge point.
struct connector_address {
    connector_address(std::int64_t connector_of_16) noexcept : evse(connector_of_16), connector(connector_of_16) {}
    connector_address(std::int64_t e, std::int64_t c) noexcept : evse(e), connector(c) {}
    std::int64_t evse, connector;
};

struct connector_record {
    std::int64_t evse_id = 0, connector_id = 0;
    std::string status, error_code;
    std::chrono::system_clock::time_point at;
};

/// The last word about an update and an upload, as OCPP spells it; empty: none came.
struct maintenance_status {
    std::string firmware_status, diagnostics_status;
};

class charge_point final : public remembered_charge_point {
  public:
    explicit charge_point(std::string id) : id_(std::move(id)), key_(fold_id(id_)) {}

    [[nodiscard]] const std::string& id() const noexcept override { return id_; }  // as the charge point spelt it
    [[nodiscard]] const std::string& key() const noexcept { return key_; }         // folded: what stores know it by
    [[nodiscard]] stored_record stored() const override;

    // The registry's: guarded by its mutex.
    std::shared_ptr<session> current;  // null: not connected
    std::shared_ptr<session> leaving;  // not live any more, and not all of it is told yet
    std::uint64_t epoch = 0;
    std::uint64_t lost_epoch = 0;  // another node took it from this one and all before it
    std::uint32_t takeovers = 0;   // within the window that began at takeovers_since
    std::chrono::steady_clock::time_point takeovers_since;

    // The current session's strand only.
    std::vector<std::int64_t> remote_stops;    // 1.6 transactions that the gateway told it to stop; a few
    std::unique_ptr<session_reports> reports;  // null: none is unfinished

    /// What TriggerMessage asks for while its boot is pending, but for what it refused: actions, as often as asked for.
    std::vector<std::string_view> triggered;

    // Written on the current session's strand only.
    std::atomic<boot_config::status> registration{boot_config::status::accepted};
    std::atomic<bool> registered{false};  // it has booted and been answered, on this connection or an earlier one

    // Any thread.
    std::atomic<std::uint8_t> seen_profile{0};  // the highest security profile that it authenticated with
    std::atomic<bool> signing{false};           // a certificate is being made for it
    std::atomic<std::chrono::system_clock::time_point> last_seen{};  // when it was last connected
    /// When a time that it told was last within five minutes of its receipt: its clock is right then.
    std::atomic<std::chrono::system_clock::time_point> clock_right_at{};

    /// Whether its registration forbids this command for now.
    [[nodiscard]] bool withholds(std::string_view action) const noexcept;

    // Where its transactions are open, so that what looks like their end is noticed: a connector of 1.6, an EVSE
    // of 2.x.
    void transaction_began(std::int64_t place);
    void transaction_ended(std::int64_t place);
    /// Whether one is open there, or anywhere, that this was not asked of before.
    [[nodiscard]] bool finds_left_open(std::optional<std::int64_t> place);

    /// True: it is of another vendor, model or firmware than before.
    bool set_boot(const boot_record& b);
    [[nodiscard]] std::unique_ptr<const boot_record> boot() const;
    /// Of it, what the charge point is; unset: it never booted.
    [[nodiscard]] std::optional<told_model> model() const;
    /// The connector's last status; empty if there was none.
    [[nodiscard]] std::string status_of(connector_address where) const;
    void set_status(connector_address where, std::string_view status, std::string_view error_code,
                    std::chrono::system_clock::time_point at);
    [[nodiscard]] std::vector<connector_record> connectors() const;
    void add_deviation(rule r, std::uint32_t times = 1);
    [[nodiscard]] std::vector<std::pair<rule, std::uint32_t>> deviations() const;

    /// What is known of its variables (2.x). Null: nothing.
    [[nodiscard]] std::shared_ptr<device_model> variables() const;
    /// Made when it is asked for first. `memory`: what all charge points share for that.
    [[nodiscard]] std::shared_ptr<device_model> variables_to_learn(memory_budget& memory);

    void set_maintenance(maintenance_status n);
    [[nodiscard]] maintenance_status maintenance() const;

  private:
    static constexpr std::size_t most_connectors = 64;

    std::string id_, key_;
    mutable std::mutex mutex_;  // of all below
    /// A boot_record as small as it gets: every charge point has one.
    struct packed_boot {
        std::chrono::system_clock::time_point at;
        std::string texts;                      // one after the other
        std::array<std::uint8_t, 8> lengths{};  // of each
    };
    /// Vendor, model, firmware.
    [[nodiscard]] static std::array<std::string_view, 3> texts_of_model(const packed_boot& b) noexcept;
    std::unique_ptr<packed_boot> boot_;
    std::vector<connector_record> connectors_;
    std::vector<std::pair<rule, std::uint32_t>> deviations_;
    std::unique_ptr<maintenance_status> news_;  // most have none
    struct open_place {
        std::int64_t place = 0;
        bool told = false;
    };
    std::unique_ptr<std::vector<open_place>> open_places_;  // null: none
    std::shared_ptr<device_model> variables_;               // likewise
};

}  // namespace voltgate
