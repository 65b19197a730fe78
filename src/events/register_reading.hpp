// A reading of the energy register that a transaction is billed by, as found in the meter values of a message.
#pragma once

#include "events/exact_decimal.hpp"

#include <cstdint>
#include <optional>

namespace voltgate {

/// Energy.Active.Import.Register at the outlet.
struct register_reading {
    std::optional<exact_decimal> wh;  // unset: there is none that could be used
    std::uint8_t phases = 0;          // it is the sum of these, bit 0 for L1; 0: told for all of them together
};

/// How it is looked for.
struct register_search {
    bool lone_phase_counts = false;  // a register told for one phase alone is the whole register
    bool list_cut = false;           // the message's end is not known: what stands last need not be the last reading
};

}  // namespace voltgate
