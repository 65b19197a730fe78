// All that can be asked of what is stored.
#pragma once

#include "async/offload.hpp"
#include "stores/event_queries.hpp"
#include "stores/id_tag_queries.hpp"
#include "stores/privacy_store.hpp"
#include "stores/reservation_queries.hpp"
#include "stores/store_state.hpp"
#include "stores/transaction_queries.hpp"

#include <memory>

namespace voltgate {

/// Called on I/O threads, each of which is resumed where it asked. No member is null.
struct stored_queries {
    std::unique_ptr<event_queries> events;
    std::unique_ptr<transaction_queries> transactions;
    std::unique_ptr<id_tag_queries> id_tags;
    std::unique_ptr<reservation_queries> reservations;
    std::unique_ptr<privacy_store> privacy;
    std::unique_ptr<store_state> state;
    offload* workers = nullptr;  // for what is made of the answers
};

}  // namespace voltgate
