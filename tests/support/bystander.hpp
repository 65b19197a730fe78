// What hostile clients must not harm: a charge point that goes on charging, and the memory of the process.
#pragma once

#include "support/running_gateway.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <malloc.h>
#include <set>
#include <string>

namespace voltgate::test {

/// Another charge point of the gateway under attack.
class bystander {
  public:
    explicit bystander(running_gateway& gw, const connect_options& options = {})
        : charge_point_(gw.connect("BYSTANDER", options)) {
        charge_point_.boot();
    }

    /// Its answers come, are those to its own calls, and say what they should.
    void is_well() {
        charge_point_.heartbeat();
        CHECK(charge_point_.authorize("TAG-1").at("idTagInfo").at("status") == "Accepted");
        const auto id = charge_point_.start_transaction();
        CHECK(ids_.insert(id).second);
        charge_point_.stop_transaction(id);
        CHECK(charge_point_.unread() == 0);
    }

  private:
    charge_point charge_point_;
    std::set<std::int64_t> ids_;
};

/// What the process has allocated, gateway and test together. Sanitizers have allocators of their own: then it is 0.
[[nodiscard]] inline std::size_t heap_in_use() noexcept {
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

/// Looks at what has been allocated since its construction.
class heap_watch {
  public:
    [[nodiscard]] std::size_t growth() const noexcept {
        const std::size_t now = heap_in_use();
        return now > before_ ? now - before_ : 0;
    }

  private:
    std::size_t before_ = heap_in_use();
};

}  // namespace voltgate::test
