// What is kept of passwords, and how it changes.
#include "stores/memory_credentials.hpp"

#include "support/run.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace {

using namespace voltgate;
using fate = credential_change::fate;

struct fixture {
    asio::io_context context;
    memory_credentials store;

    credential_change change(const std::string& id, credential_edit edit) {
        return test::run(context, store.change(id, std::move(edit)));
    }
    std::optional<credential> find(const std::string& id) { return test::run(context, store.find(id)); }
};

credential_edit set(const std::string& password) {
    return [password](credential& c) {
        c.password = password;
        return true;
    };
}

}  // namespace

TEST_CASE_METHOD(fixture, "A password is kept by identity, without regard to case", "[credentials]") {
    CHECK_FALSE(find("CP-1"));
    const auto first = change("Cp-1", set("a"));
    CHECK(first.what == fate::done);
    CHECK(first.was_empty);
    CHECK(find("cP-1")->password == "a");
    CHECK_FALSE(change("CP-1", set("b")).was_empty);
    CHECK(find("CP-1")->password == "b");
    CHECK(find("CP-1")->charge_point_id == "Cp-1");
    CHECK_FALSE(find("CP-2"));
}

TEST_CASE_METHOD(fixture, "What is left as it is does not change, and what is empty is gone", "[credentials]") {
    change("CP-1", set("a"));
    const auto refused = change("CP-1", [](credential& c) {
        c.password = "b";
        return false;
    });
    CHECK(refused.what == fate::unchanged);
    CHECK(find("CP-1")->password == "a");
    CHECK(change("CP-1", set("")).what == fate::done);
    CHECK_FALSE(find("CP-1"));
    CHECK(change("CP-1", set("")).was_empty);
}
