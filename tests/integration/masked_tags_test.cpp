// Whose tags they are: hidden from those without the scope personal, and from logs.
#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "runtime/core.hpp"
#include "security/credentials.hpp"
#include "support/charge_point.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/stores.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include <fstream>
#include <memory>
#include <mutex>
#include <sstream>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

const header_list as_reader = {{"Authorization", "Bearer token-of-reader"}};
const header_list as_desk = {{"Authorization", "Bearer token-of-desk"}};

void with_tokens(config& c) {
    const auto add = [&c](const std::string& name, std::vector<api_scope> scopes) {
        auto& t = c.api.tokens.emplace_back();
        t.name = name;
        t.sha256 = sha256_hex("token-of-" + name);
        t.scopes = std::move(scopes);
    };
    add("reader", {api_scope::read, api_scope::command, api_scope::admin});
    add("desk", {api_scope::read, api_scope::personal});
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE_METHOD(test::stores, "Without the scope personal tags are masked in every answer", "[http][personal]") {
    running_gateway gw(in_store(with_tokens), {}, clock);
    sse_reader stream(gw.port(), "/api/v1/events/stream?type=transaction.started", as_reader);
    auto cp = gw.connect("CP-1");
    cp.call("Authorize", {{"idTag", "04A1B2"}});
    start(cp, {{"connectorId", 1}, {"idTag", "04A1B2"}, {"meterStart", 0}, {"timestamp", "2026-01-02T03:00:00Z"}});
    cp.call("DataTransfer", {{"vendorId", "x"}, {"data", R"({"idTag":"04A1B2"})"}});
    const auto streamed = stream.next_event().data;
    CHECK(holds(streamed, R"("idTag":"***")"));
    CHECK_FALSE(holds(streamed, "04A1B2"));
    sse_reader past(gw.port(), "/api/v1/events/stream?type=transaction.started&after=0", as_reader);
    CHECK(past.next_event().data == streamed);
    http_client http(gw.port());
    for (const auto* target : {"/api/v1/events", "/api/v1/events?type=transaction.started", "/api/v1/transactions",
                               "/api/v1/charge-points/CP-1/messages"}) {
        CAPTURE(target);
        const auto masked = http.get(target, as_reader);
        CHECK(masked.status == 200);
        CHECK(holds(masked.body, "***"));
        CHECK_FALSE(holds(masked.body, "04A1B2"));
        CHECK(masked.json().is_object());
        const auto open = http.get(target, as_desk);
        CHECK(holds(open.body, "04A1B2"));
        CHECK_FALSE(holds(open.body, "***"));
    }
    auto csv = as_reader;
    csv.emplace_back("Accept", "text/csv");
    CHECK_FALSE(holds(http.get("/api/v1/transactions", csv).body, "04A1B2"));
    csv.front() = as_desk.front();
    CHECK(holds(http.get("/api/v1/transactions", csv).body, "04A1B2"));
    // To filter by a tag is to see whose it is.
    CHECK(http.get("/api/v1/transactions?idTag=04A1B2", as_reader).status == 403);
    CHECK(http.get("/api/v1/transactions?idTag=04A1B2", as_desk).status == 200);
}

TEST_CASE_METHOD(test::either_store, "Without the scope personal tags are masked in answers to commands",
                 "[http][personal]") {
    running_gateway gw(in_store(with_tokens), {}, clock);
    auto cp = gw.connect("CP-1");
    http_client http(gw.port());
    auto headers = as_reader;
    headers.emplace_back("Prefer", "respond-async");
    http.post("/api/v1/charge-points/CP-1/commands",
              {{"commandName", "DataTransfer"}, {"commandId", "c-1"}, {"payload", {{"vendorId", "x"}}}}, headers);
    cp.expect_call("DataTransfer").answer({{"status", "Accepted"}, {"data", R"({"idTag":"04A1B2"})"}});
    gw.expect_event(event_type::command_response, "CP-1");
    const auto masked = http.get("/api/v1/commands/c-1", as_reader);
    CHECK(masked.status == 200);
    CHECK(holds(masked.body, "***"));
    CHECK_FALSE(holds(masked.body, "04A1B2"));
    CHECK(holds(http.get("/api/v1/commands/c-1", as_desk).body, "04A1B2"));
}

TEST_CASE_METHOD(test::stores, "Neither log nor audit log holds a tag unless it is told to", "[log][personal]") {
    const bool personal = GENERATE(false, true);
    CAPTURE(personal);
    const std::string audit = directory.path() + "/audit.log";
    std::mutex mutex;
    std::string lines;
    {
        const auto change = [&](config& c) {
            c.log.personal = personal;
            c.log.level = log_config::severity::trace;
            c.api.audit_file = audit;
        };
        const auto with_log = [&](gateway& g) {
            log_config c;
            c.level = log_config::severity::trace;
            core_of(g).set_log(
                std::make_unique<voltgate::log>(c, this_machine().clock(), [&](log::severity, std::string_view line) {
                    const std::lock_guard lock(mutex);
                    lines.append(line) += '\n';
                }));
        };
        running_gateway gw(in_store(change), with_log, clock);
        auto cp = gw.connect("CP-1");
        cp.call("Authorize", {{"idTag", "04A1B2"}});
        gw.expect_event(event_type::authorization_requested, "CP-1");
        http_client http(gw.port());
        CHECK(http.put("/api/v1/id-tags/04A1B2", {{"status", "Accepted"}}).status == 201);
        CHECK(http.del("/api/v1/id-tags/04A1%42%32").status == 204);
    }
    const std::lock_guard lock(mutex);
    CHECK(holds(lines, "authorization.requested"));
    CHECK(holds(lines, "04A1B2") == personal);
    std::ifstream in(audit);
    std::stringstream noted;
    noted << in.rdbuf();
    CHECK(holds(noted.str(), "/api/v1/id-tags/***"));
    CHECK_FALSE(holds(noted.str(), "04A1"));
}
