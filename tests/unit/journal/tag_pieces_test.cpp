// What is stored of a tag, piece by piece.
#include "journal/tag_pieces.hpp"

#include "journal_file_fixture.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using part = tag_position::part;

struct tag_file : journal_file_fixture {
    const named_tag of{"Tag", "pseudonym"};

    void start(const std::string& tag) {
        transaction_start t;
        t.charge_point_id = "CP-1";
        t.id_tag = tag;
        t.meter_start_wh = ++meter;
        REQUIRE(tables->transactions.start(t, false).id != 0);
    }
    void store(const std::string& payload) {
        tables->events.append(record_of(event_of("CP-1", event_type::meter_values_received, payload)), 1, 0);
    }
    [[nodiscard]] std::vector<tag_piece> read_all() const {
        std::vector<tag_piece> all;
        tag_position at;
        while (at.what != part::end) {
            all.push_back(read_tag_piece(*db, of, at));
            at = all.back().next;
            REQUIRE(all.size() < 100);
        }
        return all;
    }
    int meter = 0;
};

}  // namespace

TEST_CASE_METHOD(tag_file, "What is stored of a tag comes part by part, under its name and under its pseudonym",
                 "[journal]") {
    tables->id_tags.put("tag", {}, 1);
    for (int i = 0; i < 201; ++i) start("TAG");
    start("pseudonym");
    start("other");
    store(R"({"idTag":"other"})");
    db->execute(
        "INSERT INTO commands (command_id, fingerprint, charge_point_id, charge_point_key, name, payload, trace_id, "
        "timeout_ms, state, created_at, updated_at) VALUES ('a', 1, 'CP-1', 'cp-1', 'Reset', '{}', '', 0, 0, 1, 1)");
    const auto all = read_all();
    REQUIRE(all.size() == 7);
    CHECK(all[0].entry.has_value());
    CHECK(all[1].transactions.size() == 200);
    CHECK(all[2].transactions.size() == 1);
    REQUIRE(all[3].transactions.size() == 1);
    CHECK(all[3].transactions[0].record.id_tag == "pseudonym");
    REQUIRE(all[4].events.size() == 1);  // what names the tag is not for the store to say
    CHECK(all[4].events[0].sequence == 1);
    REQUIRE(all[5].commands.size() == 1);
    CHECK(all[5].commands[0].command.command_id == "a");
    CHECK(all[6].reservations.empty());
}

TEST_CASE_METHOD(tag_file, "Large events of a tag's export come in several pieces, each once", "[journal]") {
    const std::string large = "{\"data\":\"" + std::string(1'500'000, 'x') + "\"}";
    for (int i = 0; i < 4; ++i) store(large);
    std::vector<std::uint64_t> sequences;
    std::size_t pieces = 0;
    for (const auto& piece : read_all()) {
        if (!piece.events.empty()) ++pieces;
        for (const auto& e : piece.events) sequences.push_back(e.sequence);
    }
    CHECK(pieces == 2);
    CHECK(sequences == std::vector<std::uint64_t>{1, 2, 3, 4});
}
