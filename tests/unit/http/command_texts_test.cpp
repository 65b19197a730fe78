#include "http/command_texts.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate::http;

TEST_CASE("A tag that a request names is masked in the id that the audit log has of its command", "[http][personal]") {
    const auto audit = [](const std::string& body) {
        return audit_of_command("RemoteStartTransaction", "go-04a1-7", body, "result");
    };
    const std::string masked = "RemoteStartTransaction go-***-7 result",
                      whole = "RemoteStartTransaction go-04a1-7 result";
    CHECK(audit(R"({"payload":{"idTag":"04A1","idToken":{"idToken":"CP-1"},"x":"7"}})") == masked);
    CHECK(audit(R"({"payload":{"idTag":"go","parentIdTag":"7"}})") == whole);
    CHECK(audit(R"({"commandId":"go-04a1-7"})") == whole);
    CHECK(audit("no JSON with an idTag") == whole);
    CHECK(audit("") == whole);
    // Nobody chooses what else is noted of him.
    CHECK(audit(R"({"customData":{"idTag":"result","idToken":"RemoteStartTransaction"}})") == whole);
}
