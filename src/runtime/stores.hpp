// Chooses the gateway's stores: in the journal, or in memory.
#pragma once

#include "journal/journal.hpp"
#include "journal/restart.hpp"
#include "runtime/core.hpp"
#include "text/error_text.hpp"

#include <memory>
#include <string>

namespace voltgate {

/// Opens what the configuration asks for, loads what is stored and hands the stores to the core. `opened` gets the
/// journal, if there is one; it is not started yet. Returns what is wrong and what to do.
/// `left`: what the process before left in it.
[[nodiscard]] error_text open_stores(gateway_core& core, std::unique_ptr<journal>& opened, leftovers& left);

/// Starts the journal, if there is one, and tells what comes before everything else: gateway.started, and the ends of
/// the sessions that the process before left open.
void start_stores(gateway_core& core, journal* j, const leftovers& left);

}  // namespace voltgate
