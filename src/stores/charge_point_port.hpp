// What is remembered of charge points.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace voltgate {

/// A charge point's record as it is stored.
struct stored_record {
    std::optional<std::int64_t> registration;  // boot_config::status; unset: it never booted
    std::string json = "{}";                   // all the rest
    std::chrono::system_clock::time_point last_seen;
};

/// One charge point, for the store to take copies of. Any thread.
class remembered_charge_point {
  public:
    remembered_charge_point() = default;
    remembered_charge_point(const remembered_charge_point&) = delete;
    remembered_charge_point& operator=(const remembered_charge_point&) = delete;

    [[nodiscard]] virtual const std::string& id() const noexcept = 0;
    /// As it is now.
    [[nodiscard]] virtual stored_record stored() const = 0;

    std::atomic<bool> save_pending{false};  // the store's: it will be saved

  protected:
    ~remembered_charge_point() = default;
};

class charge_point_port {
  public:
    virtual ~charge_point_port() = default;
    /// It will be stored with one of the next save(). Any thread; never waits.
    virtual void changed(const std::shared_ptr<remembered_charge_point>& record) = 0;
    /// Now and then, and before the end.
    virtual void save() = 0;
};

}  // namespace voltgate
