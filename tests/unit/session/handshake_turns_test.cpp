#include "session/handshake_turns.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;

TEST_CASE("Handshakes take turns in order, and what else is ready runs between them", "[tls]") {
    asio::io_context context(1);
    handshake_turns turns(context.get_executor());
    std::string seen;
    for (const char name : {'a', 'b', 'c'}) {
        turns.async_take([&, name] {
            seen += name;
            asio::post(context, [&] { seen += '.'; });
            turns.give_back();
        });
    }
    CHECK(seen.empty());
    context.run();
    CHECK(seen == "a.b.c.");
    context.restart();
    turns.async_take([&] { seen += 'd'; });
    context.run();
    CHECK(seen == "a.b.c.d");
}
