// How a store that keeps its things on a disk is.
#pragma once

#include "observe/journal_stats.hpp"

namespace voltgate {

/// Any thread.
class store_state {
  public:
    virtual ~store_state() = default;
    [[nodiscard]] virtual journal_stats stats() const = 0;
    /// The machine's clock is right as it is now: what is old is removed again. False: nothing was held.
    [[nodiscard]] virtual bool confirm_clock() = 0;
};

}  // namespace voltgate
