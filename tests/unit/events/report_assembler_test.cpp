// Reports in parts: put together, bounded, given up.
#include "events/report_assembler.hpp"

#include "unit/events/payload_of.hpp"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using test::request;

namespace {

using reports = std::vector<std::string>;
const report_assembler::time_point start{};

report_part part(std::int64_t request_id, std::int64_t sequence, bool more, std::string items = "{}",
                 std::string generated_at = "\"2026-01-02T03:05:00Z\"") {
    report_part p;
    p.message = "NotifyReport";
    p.request_id = request_id;
    p.sequence = sequence;
    p.more = more;
    p.items = std::move(items);
    p.generated_at = std::move(generated_at);
    return p;
}

boost::json::object only(const reports& finished) {
    REQUIRE(finished.size() == 1);
    return boost::json::parse(finished.front()).as_object();
}

report_part read(std::string_view message, std::string_view json) {
    const request r{std::string(json)};
    auto p = read_report_part(message, r.root());
    REQUIRE(p);
    return *p;
}

}  // namespace

TEST_CASE("Parts become one report when the last has come") {
    memory_budget memory(1000);
    report_assembler all(memory);
    reports finished;
    all.add(part(1, 0, true, R"({"a":1})"), start, finished);
    all.add(part(1, 1, true, ""), start, finished);
    CHECK(finished.empty());
    all.add(part(1, 2, false, R"({"b":2},{"c":3})"), start, finished);
    CHECK(only(finished) == boost::json::parse(R"({"report":"NotifyReport","requestId":1,
        "generatedAt":"2026-01-02T03:05:00Z","complete":true,"firstPart":0,"parts":3,
        "items":[{"a":1},{"b":2},{"c":3}]})")
                                .as_object());
    CHECK(all.empty());
    CHECK(memory.take(1000));  // all was given back
}

TEST_CASE("A report with a part missing is not complete") {
    memory_budget memory(1000);
    report_assembler all(memory);
    reports finished;
    CHECK(all.add(part(1, 0, true), start, finished).missing == 0);
    CHECK(all.add(part(1, 2, false), start, finished).missing == 1);
    CHECK(only(finished).at("complete") == false);
    finished.clear();
    all.add(part(1, 1, false), start, finished);  // its first part never came
    CHECK(only(finished).at("complete") == false);
    CHECK(only(finished).at("firstPart") == 1);
}

TEST_CASE("A part that comes again changes nothing") {
    memory_budget memory(1000);
    report_assembler all(memory);
    reports finished;
    all.add(part(1, 0, true), start, finished);
    CHECK(all.add(part(1, 0, true), start, finished).repeated);
    all.add(part(1, 1, false), start, finished);
    CHECK(only(finished).at("parts") == 2);
}

TEST_CASE("A report that begins anew ends the one before") {
    memory_budget memory(1000);
    report_assembler all(memory);
    reports finished;
    all.add(part(1, 0, true), start, finished);
    all.add(part(1, 0, true, "{}", "\"2026-01-02T03:06:00Z\""), start, finished);
    CHECK(only(finished).at("complete") == false);
    CHECK_FALSE(all.empty());
}

TEST_CASE("Reports are bounded in bytes, parts and number") {
    memory_budget memory(8 * report_assembler::most_bytes);
    report_assembler all(memory);
    reports finished;
    const std::string half = "\"" + std::string(report_assembler::most_bytes / 2, 'x') + "\"";
    all.add(part(1, 0, true, half), start, finished);
    all.add(part(1, 1, true, half), start, finished);
    CHECK(only(finished).at("complete") == false);
    finished.clear();
    all.end(finished);
    CHECK(only(finished).at("firstPart") == 1);
    finished.clear();
    for (std::size_t i = 0; i < report_assembler::most_open; ++i)
        all.add(part(static_cast<std::int64_t>(i), 0, true), start + std::chrono::seconds(i), finished);
    CHECK(finished.empty());
    all.add(part(99, 0, true), start, finished);
    CHECK(only(finished).at("requestId") == 0);
    finished.clear();
    all.end(finished);
    finished.clear();
    for (std::size_t i = 0; i <= report_assembler::most_parts; ++i)
        all.add(part(1, static_cast<std::int64_t>(i), true), start, finished);
    CHECK(only(finished).at("parts") == report_assembler::most_parts);
}

TEST_CASE("Where the memory of all is used up a report ends at once") {
    memory_budget memory(10);
    report_assembler all(memory);
    reports finished;
    all.add(part(1, 0, true, "\"0123456789\""), start, finished);
    CHECK(only(finished).at("complete") == false);
    CHECK(all.empty());
    CHECK(memory.take(10));
}

TEST_CASE("A report whose next part does not come is given up") {
    memory_budget memory(1000);
    report_assembler all(memory);
    reports finished;
    all.add(part(1, 0, true), start, finished);
    all.add(part(2, 0, true), start + report_assembler::patience, finished);
    all.expire(start + report_assembler::patience, finished);
    CHECK(finished.empty());
    CHECK(all.next_expiry() > start + report_assembler::patience);
    CHECK(all.next_expiry() < start + report_assembler::patience + std::chrono::seconds(1));
    all.expire(start + report_assembler::patience + std::chrono::seconds(1), finished);
    CHECK(only(finished).at("requestId") == 1);
    CHECK_FALSE(all.empty());
    CHECK(all.next_expiry() > start + 2 * report_assembler::patience);
    all.end(finished);
    CHECK(all.next_expiry() == report_assembler::time_point::max());
}

TEST_CASE("Parts are read from each kind of message") {
    const auto report = read("NotifyReport", R"({"requestId":7,"generatedAt":"2026-01-02T03:05:00Z","seqNo":3,
        "tbc":true,"reportData":[{"x":1},{"y":2}]})");
    CHECK(report.request_id == 7);
    CHECK(report.sequence == 3);
    CHECK(report.more);
    CHECK(report.items == R"({"x":1},{"y":2})");
    CHECK(report.generated_at == R"("2026-01-02T03:05:00Z")");
    CHECK(read("NotifyMonitoringReport", R"({"requestId":7,"seqNo":0,"monitor":[1]})").items == "1");
    CHECK_FALSE(read("NotifyEvent", R"({"seqNo":0,"eventData":[1]})").request_id);
    const auto profiles =
        read("ReportChargingProfiles",
             R"({"requestId":7,"evseId":2,"chargingLimitSource":"CSO","chargingProfile":[{"id":1}]})");
    CHECK_FALSE(profiles.sequence);
    CHECK(profiles.items == R"({"evseId":2,"chargingLimitSource":"CSO","chargingProfile":{"id":1}})");
    CHECK_FALSE(profiles.more);
    CHECK(read("NotifyReport", "{}").items.empty());
    const request other{"{}"};
    CHECK_FALSE(read_report_part("Heartbeat", other.root()));
}

TEST_CASE("Parts without numbers count as they come") {
    memory_budget memory(1000);
    report_assembler all(memory);
    reports finished;
    auto p = part(1, 0, true);
    p.sequence.reset();
    all.add(p, start, finished);
    all.add(p, start, finished);
    p.more = false;
    all.add(p, start, finished);
    CHECK(only(finished).at("parts") == 3);
    CHECK(only(finished).at("complete") == true);
}
