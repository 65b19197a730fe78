// What is remembered of charge points, written behind: each one that changed, whenever save() is called.
#pragma once

#include "journal/journal.hpp"
#include "stations/registry.hpp"
#include "stores/ports.hpp"

#include <memory>
#include <mutex>
#include <vector>

namespace voltgate {

class charge_point_saver final : public charge_point_port {
  public:
    explicit charge_point_saver(journal& j) : journal_(j) {}
    void changed(const std::shared_ptr<remembered_charge_point>& record) override;
    void save() override;

  private:
    journal& journal_;
    std::mutex mutex_;
    std::vector<std::shared_ptr<remembered_charge_point>> changed_;
    const std::shared_ptr<const char> under_way_ = std::make_shared<const char>();  // one owner more for each save
};

/// Makes the registry's records of what is stored. The last moment before a crash is made good from the events;
/// `port` is told whose record that changed.
void load_charge_points(sqlite::database& db, registry& into, charge_point_port& port);

}  // namespace voltgate
