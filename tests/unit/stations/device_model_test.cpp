// What is learnt of a charge point's variables.
#include "stations/device_model.hpp"

#include "stations/charge_point.hpp"
#include "unit/events/payload_of.hpp"

#include <catch2/catch_test_macros.hpp>

#include <malloc.h>
#include <string>

using namespace voltgate;
using test::request;

namespace {

void report(device_model& m, const std::string& items) {
    const request r{"[" + items + "]"};
    m.learn_report(r.root());
}

// With memory of its own.
struct known : memory_budget, device_model {
    explicit known(std::size_t memory = 64UL * 1024 * 1024) : memory_budget(memory), device_model(budget()) {}
    memory_budget& budget() { return *this; }
};

command_result answered(std::string payload) {
    command_result r(outcome::result, reason::answered);
    r.payload = std::move(payload);
    return r;
}

constexpr const char* power = R"({"component":{"name":"EVSE","evse":{"id":1}},"variable":{"name":"Power"},)"
                              R"("variableAttribute":[{"type":"Actual","value":"11000","mutability":"ReadOnly"},)"
                              R"({"type":"MaxSet","value":"22000"}],"variableCharacteristics":{"unit":"W"}})";

}  // namespace

TEST_CASE("A report is remembered in its own shape") {
    known m;
    report(m, power);
    const auto page = m.read({});
    REQUIRE(page.items.size() == 1);
    CHECK(page.items.front() == power);
    CHECK(page.next.empty());
}

TEST_CASE("What is told again replaces what was known, whatever the case of the names") {
    known m;
    report(m, power);
    report(m, R"({"component":{"name":"evse","evse":{"id":1}},"variable":{"name":"POWER"},)"
              R"("variableAttribute":[{"value":"7400"}]})");
    CHECK(m.size() == 1);
    CHECK(m.read({}).items.front().find(R"("value":"7400","mutability":"ReadOnly")") != std::string::npos);
    report(m, R"({"component":{"name":"EVSE","evse":{"id":2}},"variable":{"name":"Power"}})");
    CHECK(m.size() == 2);
    report(m, R"({"variable":{"name":"Power"}},7,null)");
    CHECK(m.size() == 2);
}

TEST_CASE("Answers to commands are learnt") {
    memory_budget memory(1024 * 1024);
    charge_point record("CP-1");
    ocpp::payload_reader reader;
    const std::string item = R"({"attributeStatus":"Accepted","attributeValue":"60","component":{"name":"C"},)"
                             R"("variable":{"name":"V"}})";
    const auto get = R"({"getVariableResult":[)" + item + "]}";
    learn_from_answer(record, memory, reader, command("GetVariables", "{}"), answered(get));
    CHECK(record.variables()->read({}).items.front() ==
          R"({"component":{"name":"C"},"variable":{"name":"V"},"variableAttribute":[{"type":"Actual","value":"60"}]})");
    learn_from_answer(record, memory, reader, command("SetVariables", "{}"),
                      answered(R"({"setVariableResult":[)" + item + "]}"));
    CHECK(record.variables()->read({}).items.front().find(R"("value":null)") != std::string::npos);
    learn_from_answer(record, memory, reader, command("Reset", "{}"), answered(R"({"status":"Accepted"})"));
    CHECK(record.variables()->size() == 1);
}

TEST_CASE("Passwords are not remembered") {
    known m;
    report(m, R"({"component":{"name":"SecurityCtrlr"},"variable":{"name":"BasicAuthPassword"},)"
              R"("variableAttribute":[{"value":"s3cret"}]})");
    CHECK(m.read({}).items.front().find("s3cret") == std::string::npos);
}

TEST_CASE("The tag that a reader read last is not remembered") {
    known m;
    report(m, R"({"component":{"name":"TokenReader"},"variable":{"name":"Token"},)"
              R"("variableAttribute":[{"value":"04A1"}]},)"
              R"({"component":{"name":"TokenReader"},"variable":{"name":"Enabled"},)"
              R"("variableAttribute":[{"value":"true"}]})");
    const auto items = m.read({}).items;
    REQUIRE(items.size() == 2);
    CHECK((items[0] + items[1]).find("04A1") == std::string::npos);
    CHECK((items[0] + items[1]).find("true") != std::string::npos);
}

TEST_CASE("A value that holds a word of secrets' names by chance is remembered") {
    known m;
    report(m, R"({"component":{"name":"ChargingStation"},"variable":{"name":"SerialNumber"},)"
              R"("variableAttribute":[{"value":"7xPSK1"}]})");
    CHECK(m.read({}).items.front().find("7xPSK1") != std::string::npos);
}

TEST_CASE("What is known is bounded") {
    known m;
    for (std::size_t i = 0; i < device_model::most_variables + 10; ++i)
        report(m, R"({"component":{"name":"C"},"variable":{"name":"V)" + std::to_string(i) + R"("}})");
    CHECK(m.size() <= device_model::most_variables);
    const std::string long_text(2500, 'x');
    known large;
    for (int i = 0; i < 1000; ++i)
        report(large, R"({"component":{"name":"C"},"variable":{"name":"V)" + std::to_string(i) +
                          R"("},"variableAttribute":[{"value":")" + long_text + R"("}]})");
    std::size_t bytes = 0;
    for (const auto& item : large.read({}).items) bytes += item.size();
    CHECK(bytes < 2 * device_model::most_bytes);
}

TEST_CASE("All charge points share one bound, and give back what they held") {
    memory_budget memory(4000);
    {
        device_model first(memory);
        report(first, power);
        CHECK(first.read({}).complete);
        const auto held = memory.used();
        CHECK(held > 400);
        device_model second(memory);
        for (int i = 0; i < 20; ++i)
            report(second, R"({"component":{"name":"C"},"variable":{"name":"V)" + std::to_string(i) + R"("}})");
        CHECK(second.size() > 1);
        CHECK(second.size() < 20);
        CHECK_FALSE(second.read({}).complete);
        CHECK(memory.used() <= 4000);
        report(first, power);
        CHECK(first.read({}).items.front() == power);
    }
    CHECK(memory.used() == 0);
}

TEST_CASE("What is told anew in fewer words gives back the memory of the old ones") {
    known m;
    const std::string long_text(200'000, 'x');
    const auto before = ::mallinfo2();
    for (int i = 0; i < 100; ++i) {
        const std::string head = R"({"component":{"name":"C"},"variable":{"name":"V)" + std::to_string(i) +
                                 R"("},"variableAttribute":[{"value":")";
        report(m, head + long_text + "\"}]}");
        report(m, head + "short\"}]}");
    }
    const auto after = ::mallinfo2();
    CHECK(after.uordblks + after.hblkhd < before.uordblks + before.hblkhd + 5'000'000);
    CHECK(m.used() < 200'000);
}

TEST_CASE("A value for which there is no room is not known any more") {
    memory_budget memory(1500);
    device_model m(memory);
    const auto say = [&](const std::string& value) {
        report(m, R"({"component":{"name":"C"},"variable":{"name":"V"},"variableAttribute":[{"value":")" + value +
                      R"("}]})");
        return m.read({}).items.front();
    };
    const std::string head = R"({"component":{"name":"C"},"variable":{"name":"V"},"variableAttribute":[)";
    CHECK(say("short") == head + R"({"type":"Actual","value":"short"}]})");
    CHECK(say(std::string(2000, 'x')) == head + R"({"type":"Actual","value":null}]})");
    CHECK_FALSE(m.read({}).complete);
    CHECK(say("short") == head + R"({"type":"Actual","value":"short"}]})");
}

TEST_CASE("An attribute for which there is no room leaves what is known readable") {
    const std::string long_type(1000, 't');
    known m(1200);
    report(m, R"({"component":{"name":"C"},"variable":{"name":"V"},"variableAttribute":[{"type":")" + long_type +
                  R"(","value":"1"}]})");
    CHECK(m.read({}).items.front() == R"({"component":{"name":"C"},"variable":{"name":"V"},"variableAttribute":[]})");
    known five;
    report(five, R"({"component":{"name":"C"},"variable":{"name":"V"},"variableAttribute":[{"type":"A","value":"1"},)"
                 R"({"type":"B"},{"type":"C"},{"type":"D","value":"4"},{"type":"E","value":"5"}]})");
    CHECK(five.read({}).items.front().find(R"({"type":"D","value":"4"})") != std::string::npos);
    CHECK(five.read({}).items.front().find("\"5\"") == std::string::npos);
    CHECK_FALSE(five.read({}).complete);
}

TEST_CASE("What names somebody is forgotten, and gives its memory back") {
    known m;
    report(m, power);
    const auto before = m.used();
    report(m, R"({"component":{"name":"C","customData":{"vendorId":"x","card":"04A1"}},"variable":{"name":"V"},)"
              R"("variableAttribute":[{"value":"1","mutability":"ReadOnly"}],"variableCharacteristics":{"unit":"W"}})");
    CHECK(m.used() > before);
    m.forget_if([](std::string_view text) { return text.find("04A1") != std::string_view::npos; });
    CHECK(m.size() == 1);
    CHECK(m.used() == before);
    m.forget_if([](std::string_view text) { return text == "\"22000\""; });
    const auto left = m.read({}).items.front();
    CHECK(left.find(R"({"type":"MaxSet","value":null})") != std::string::npos);
    CHECK(left.find("11000") != std::string::npos);
}

TEST_CASE("Pages and filters") {
    known m;
    for (const auto* name : {"A", "B", "C"})
        report(m, std::string(R"({"component":{"name":")") + name + R"("},"variable":{"name":"V"}})");
    device_model::query q;
    q.limit = 2;
    auto page = m.read(q);
    CHECK(page.items.size() == 2);
    REQUIRE_FALSE(page.next.empty());
    q.after = page.next;
    page = m.read(q);
    CHECK(page.items.size() == 1);
    CHECK(page.next.empty());
    q = {};
    q.component = "b";
    CHECK(m.read(q).items.size() == 1);
    q.variable = "w";
    CHECK(m.read(q).items.empty());
}
