// What charge points were answered last, made good from the events: their records are stored behind them.
#pragma once

#include "journal/sqlite.hpp"
#include "stations/registry.hpp"
#include "stores/ports.hpp"

namespace voltgate {

/// Brings the records up to date with the events that came after the last save. `port` is told which ones changed.
void replay_events(sqlite::database& db, registry& into, charge_point_port& port);

}  // namespace voltgate
