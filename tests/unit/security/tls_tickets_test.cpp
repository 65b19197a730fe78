#include "security/tls_tickets.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;

TEST_CASE("A ticket key is found by its name, a foreign one is not", "[tls]") {
    tls_ticket_keys keys{this_machine()}, others{this_machine()};
    const ticket_key key = keys.current();
    const auto found = keys.find(key.name);
    REQUIRE(found);
    CHECK_FALSE(found->renew);
    CHECK(found->key.encryption == key.encryption);
    CHECK(found->key.authentication == key.authentication);
    CHECK(keys.current().name == key.name);
    CHECK_FALSE(others.find(key.name));
}
