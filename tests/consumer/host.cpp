// The smallest host of a gateway: it keeps all in memory, tells its events, and says what became of a command.
#include <voltgate/gateway.hpp>
#include <voltgate/ocpp/v16.hpp>

#include <boost/asio/use_future.hpp>

#include <chrono>
#include <iostream>

int main() {
    voltgate::config config;
    config.server.port = 0;
    config.journal.enabled = false;
    voltgate::gateway gateway(config);
    auto events = gateway.subscribe();
    if (const auto failed = gateway.start()) return std::cerr << failed.message() << '\n', 1;

    using voltgate::ocpp::v16::ClearCache;
    auto answer = gateway.async_call<ClearCache>("CP-001", {}, std::chrono::seconds(5), boost::asio::use_future);
    const auto result = answer.get().raw;
    std::cout << to_string(result.outcome) << ", " << to_string(result.reason) << '\n';
    for (const auto& item : events.take()) std::cout << to_string(item.event->type) << '\n';
    gateway.stop();
    return result.reason == voltgate::reason::unknown_charge_point ? 0 : 2;  // nobody was there
}
