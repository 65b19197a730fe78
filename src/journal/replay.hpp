// What charge points were answered last, made good from the events: their records are stored behind them.
#pragma once

#include "gateway/ports.hpp"
#include "gateway/registry.hpp"
#include "journal/sqlite.hpp"

namespace voltgate {

/// Brings the records up to date with the events that came after the last save. `port` is told which ones changed.
void replay_events(sqlite::database& db, registry& into, charge_point_port& port);

}  // namespace voltgate
