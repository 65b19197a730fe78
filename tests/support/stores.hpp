// A place for what a gateway stores, and what its books say of a transaction.
#pragma once

#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/json.hpp"
#include "support/manual_clock.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/generators/catch_generators.hpp>

#include <cstdint>
#include <memory>
#include <string>

namespace voltgate::test {

/// For TEST_CASE_METHOD: gateways of a test that share a journal and a clock.
struct stores {
    temporary_directory directory;
    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();
    bool in_journal = true;

    [[nodiscard]] running_gateway::configure in_store(running_gateway::configure more = {}) const {
        return in_journal ? journal_in(directory.path(), more) : more;
    }
};

/// Runs the test twice: with a journal, and with what a gateway keeps in memory.
struct either_store : stores {
    either_store() { in_journal = GENERATE(true, false); }
};

inline json::value record(running_gateway& gw, const std::string& transaction_id) {
    return http_client(gw.port()).get("/api/v1/transactions/" + transaction_id).json();
}
inline json::value record(running_gateway& gw, std::int64_t transaction_id) {
    return record(gw, std::to_string(transaction_id));
}

/// The id that a StartTransaction is answered with.
inline std::int64_t start(charge_point& cp, const json::object& request) {
    return number_at(cp.call("StartTransaction", request), "/transactionId");
}

}  // namespace voltgate::test
