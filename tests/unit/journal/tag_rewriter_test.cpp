// Tags in what is stored: each replaced once, step by step, and nothing else touched.
#include "journal/tag_rewriter.hpp"

#include "journal_file_fixture.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

namespace {

constexpr std::int64_t always = std::numeric_limits<std::int64_t>::max();

struct rewriting : journal_file_fixture {
    rewritten_tags count;
    int steps = 0;

    void rewrite(const stored_tag_change& change, bool open_too = false, std::int64_t before = always) {
        tag_rewriter rewriter(*db, open_too);
        for (int table = 0; table < tag_rewriter::table_count; ++table) {
            tag_place place;
            place.table = table;
            for (bool more = true; more; ++steps) {
                db->execute("BEGIN");
                more = rewriter.step(place, before, change, count);
                db->execute("COMMIT");
            }
        }
    }
    void append(const std::string& records, std::size_t number, std::int64_t time) {
        db->execute("BEGIN");
        tables->events.append(records, number, time);
        db->execute("COMMIT");
    }
    [[nodiscard]] std::int64_t number(const std::string& sql) { return db->number(sql.c_str()).value_or(-1); }
};

std::optional<std::string> to_b(std::string_view tag) {
    return tag == "A" || tag == "04A1" || tag == "04a1" ? std::optional<std::string>("B-LONGER") : std::nullopt;
}
const stored_tag_change a_to_b{[](std::string_view tag, std::int64_t) { return to_b(tag); }, {1, 4}};
const stored_tag_change a_where_tags_belong{[](std::string_view tag, std::int64_t) { return to_b(tag); }, {}};

std::string event_record(const std::string& tag, std::uint64_t id, std::uint64_t mark = 5) {
    event e = event_of("CP-1", event_type::transaction_started, R"({"idTag":")" + tag + R"(","x":1})");
    e.id = {id, 7};
    e.epoch = 3;
    e.trace_id = "trace";
    std::string bytes;
    append_record(bytes, e, mark);
    return bytes;
}

}  // namespace

TEST_CASE_METHOD(rewriting, "Events are rewritten one by one and stay what they were but for the mark",
                 "[journal][privacy]") {
    constexpr std::uint64_t rows = 4500;
    for (std::uint64_t i = 0; i < rows; ++i)
        append(event_record("A", 2 * i) + event_record("OTHER", 2 * i + 1), 2, static_cast<std::int64_t>(i));
    const std::string damaged = event_record("A", 77) + "no record";
    append(damaged, 2, rows);
    rewrite(a_to_b);
    CHECK(count.events == rows + 1);
    CHECK(steps > tag_rewriter::table_count);
    sqlite::statement all(*db, "SELECT body FROM events WHERE last <= ? ORDER BY first");
    all.bind(2 * rows);
    for (std::uint64_t i = 0; i < rows; ++i) {
        REQUIRE(all.step());
        REQUIRE(all.text(0) == event_record("B-LONGER", 2 * i, 0) + event_record("OTHER", 2 * i + 1));
    }
    all.reset();
    sqlite::statement last(*db, "SELECT body FROM events ORDER BY first DESC LIMIT 1");
    REQUIRE(last.step());
    CHECK(last.text(0) == event_record("B-LONGER", 77, 0) + "no record");
    last.reset();
    count = {};
    rewrite(a_to_b);
    CHECK(count.events == 0);
}

TEST_CASE_METHOD(rewriting, "Only what is old and over is rewritten, unless the file is open to nobody",
                 "[journal][privacy]") {
    db->execute(
        "INSERT INTO charge_points (row, key, id) VALUES (1, 'cp-1', 'CP-1');"
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000) "
        "INSERT INTO transactions (number, charge_point, id_tag, id_tag_key, id_tag_status, start_text, started_at, "
        "changed_at, stopped_at, stop_id_tag) SELECT i, 1, 'A', CASE WHEN i = 1 THEN '' ELSE 'a' END, 0, '', i, "
        "i / 10, CASE WHEN i % 5 = 0 THEN NULL ELSE i END, CASE WHEN i % 2 = 0 THEN 'A' END FROM n;"
        "INSERT INTO commands (command_id, fingerprint, charge_point_id, charge_point_key, name, payload, trace_id, "
        "timeout_ms, state, created_at, updated_at, answer) VALUES "
        "('done', 1, 'CP-1', 'cp-1', 'X', '{\"idTag\":\"A\"}', '', 0, 2, 0, 1, '{\"idTag\":\"A\"}'), "
        "('waits', 1, 'CP-1', 'cp-1', 'X', '{\"idTag\":\"A\"}', '', 0, 0, 0, 1, NULL);"
        "INSERT INTO reservations (charge_point, reservation, id_tag, parent, expires_at, state, updated_at) VALUES "
        "(1, 1, 'OTHER', 'A', 5, 0, 1), (1, 2, 'A', '', 900, 0, 1);");
    rewrite(a_to_b, false, 100);
    CHECK(count.transactions == 800);  // of 999 that are old enough every fifth goes on
    CHECK(number("SELECT count(*) FROM transactions WHERE id_tag = 'B-LONGER' AND changed_at >= 100") == 0);
    CHECK(number("SELECT count(*) FROM transactions WHERE id_tag = 'B-LONGER' AND stopped_at IS NULL") == 0);
    CHECK(number("SELECT count(*) FROM transactions WHERE stop_id_tag = 'B-LONGER' AND id_tag_key <> 'b-longer'") == 0);
    CHECK(number("SELECT id_tag_key = '' FROM transactions WHERE number = 1") == 1);
    CHECK(count.commands == 1);
    CHECK(number("SELECT count(*) FROM commands WHERE fingerprint = 0") == 1);
    CHECK(count.reservations == 1);
    rewrite(a_to_b);
    CHECK(count.transactions == 4000);
    CHECK(count.reservations == 2);
    CHECK(number("SELECT count(*) FROM commands WHERE instr(payload, '\"A\"')") == 1);
    rewrite(a_to_b, true);
    CHECK(count.transactions == 5000);
    CHECK(count.commands == 2);
    CHECK(number("SELECT count(*) FROM transactions WHERE id_tag = 'A' OR stop_id_tag = 'A'") == 0);
}

TEST_CASE_METHOD(rewriting, "Every text of a row is rewritten, and two commands do not become one",
                 "[journal][privacy]") {
    db->execute(
        "INSERT INTO charge_points (row, key, id) VALUES (1, 'cp-1', 'CP-1');"
        "INSERT INTO transactions (number, charge_point, id_tag, id_tag_key, id_tag_status, start_text, started_at, "
        "changed_at, stopped_at, stop_reason, close_reason) VALUES (1, 1, 'X', 'x', 0, '', 1, 1, 1, 'by 04A1', "
        "'04A1 was stuck'), (2, 1, 'FLEET-04A1', 'fleet-04a1', 0, '', 1, 1, 1, 'Local', NULL);"
        "INSERT INTO commands (command_id, fingerprint, charge_point_id, charge_point_key, name, payload, trace_id, "
        "timeout_ms, state, created_at, updated_at, error_code, error_description, answer, detail) VALUES "
        "('go-04A1', 1, 'CP-1', 'cp-1', 'X', '{}', 't 04A1', 0, 2, 0, 1, 'E 04A1', 'no 04A1', '{\"d\":\"04A1\"}', "
        "'04A1'), ('go-04a1', 1, 'CP-1', 'cp-1', 'X', '{}', '', 0, 2, 0, 1, NULL, '[{\"got\":\"04A1\"}]', NULL, NULL), "
        "('stays', 1, 'CP-1', 'cp-1', 'X', '{\"list\":[\"04A\"]}', '', 0, 2, 0, 1, NULL, NULL, NULL, NULL);");
    event e = event_of("CP-1", event_type::device_event, R"({"data":{"actualValue":"04A1"}})");
    e.trace_id = "t 04A1";
    std::string record;
    append_record(record, e, 5);
    append(record, 1, 1);
    SECTION("of a tag that is looked for") {
        rewrite(a_to_b);
        CHECK(count.transactions == 1);
        CHECK(count.commands == 2);
        CHECK(count.events == 1);
        CHECK(number("SELECT count(*) FROM transactions WHERE stop_reason = 'by B-LONGER' AND close_reason = "
                     "'B-LONGER was stuck'") == 1);
        CHECK(number("SELECT count(*) FROM transactions WHERE stop_reason = 'Local' AND close_reason IS NULL AND "
                     "id_tag = 'FLEET-04A1' AND id_tag_key = 'fleet-04a1'") == 1);
        CHECK(number("SELECT count(*) FROM commands WHERE fingerprint = 1") == 3);  // it is of the payload
        CHECK(number("SELECT count(*) FROM commands WHERE command_id = 'go-B-LONGER' AND trace_id = 't B-LONGER' AND "
                     "error_code = 'E B-LONGER' AND error_description = 'no B-LONGER' AND answer = "
                     "'{\"d\":\"B-LONGER\"}' AND detail = 'B-LONGER'") == 1);
        CHECK(number("SELECT count(*) FROM commands WHERE command_id = 'go-B-LONGER-2' AND error_code IS NULL AND "
                     "error_description = '[{\"got\":\"B-LONGER\"}]' AND answer IS NULL AND detail IS NULL") == 1);
        CHECK(number("SELECT count(*) FROM commands WHERE command_id = 'stays' AND fingerprint = 1") == 1);
        CHECK(number("SELECT count(*) FROM events WHERE instr(body, '04A1')") == 0);
        CHECK(number("SELECT count(*) FROM events WHERE instr(body, 't B-LONGER')") == 1);
    }
    SECTION("not where it is only looked for where tags belong") {
        rewrite(a_where_tags_belong);
        CHECK(count.transactions + count.commands + count.events == 0);
    }
}

TEST_CASE_METHOD(rewriting, "Other texts that are personal are masked with what is old", "[journal][privacy]") {
    const auto add = [this](const std::string& payload) {
        std::string record;
        append_record(record, event_of("CP-1", event_type::device_event, payload));
        append(record, 1, 1);
    };
    add(R"({"message":"NotifyCustomerInformation","data":{"data":"ALICE, 04A1"}})");
    add(R"({"eventData":[{"actualValue":"A","component":{"name":"TokenReader"},"variable":{"name":"Token"}}]})");
    rewrite(a_where_tags_belong);
    CHECK(count.events == 2);
    CHECK(number("SELECT count(*) FROM events WHERE instr(body, 'ALICE') OR instr(body, '\"A\"')") == 0);
    CHECK(number("SELECT count(*) FROM events WHERE instr(body, '\"***\"')") == 2);
    rewrite(a_where_tags_belong);
    CHECK(count.events == 2);  // once
}
