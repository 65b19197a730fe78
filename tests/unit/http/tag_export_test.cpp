// What is given out of one who charged, made of what was read.
#include "http/tag_export.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <utility>

using namespace voltgate;
using http::tag_export;

namespace {

using part = tag_position::part;

tag_piece piece_before(part next) {
    tag_piece piece;
    piece.next.what = next;
    return piece;
}

event event_with(std::uint64_t sequence, std::string payload) {
    event e;
    e.sequence = sequence;
    e.payload = std::move(payload);
    return e;
}

}  // namespace

TEST_CASE("The pieces of a tag's export are one JSON object, in which others have no tags", "[http]") {
    tag_export all(named_tag("04a1b2", "e-0123"), "node-1");
    std::string text = all.text_of(part::entry, piece_before(part::transactions));
    auto transactions = piece_before(part::transactions);
    auto& t = transactions.transactions.emplace_back();
    t.record.id_tag = "04A1B2";
    text += all.text_of(part::transactions, transactions);
    transactions.next.what = part::events;
    text += all.text_of(part::transactions, transactions);
    auto events = piece_before(part::events);
    events.events.push_back(event_with(1, R"({"idTag":"04A1B2","parentIdTag":"FFFE"})"));
    events.events.push_back(event_with(2, R"({"idTag":"FFFE"})"));
    text += all.text_of(part::events, events);
    events.next.what = part::commands;
    text += all.text_of(part::events, events);
    auto commands = piece_before(part::reservations);
    auto& c = commands.commands.emplace_back();
    c.command.command_id = "1";
    c.command.payload = R"({"idTag":"e-0123"})";
    commands.commands.emplace_back().command.payload = R"({"idTag":"FFFE"})";
    text += all.text_of(part::commands, commands);
    auto reservations = piece_before(part::end);
    reservations.reservations.emplace_back().id_tag = "04a1b2";
    text += all.text_of(part::reservations, reservations);

    const auto object = boost::json::parse(text + "}").as_object();
    CHECK(object.at("idTag") == "04a1b2");
    CHECK(object.at("pseudonym") == "e-0123");
    CHECK(object.at("listed").is_null());
    CHECK(object.at("transactions").as_array().size() == 2);
    CHECK(object.at("events").as_array().size() == 2);
    CHECK(object.at("commands").as_array().size() == 1);
    CHECK(object.at("reservations").as_array().size() == 1);
    CHECK(text.find("FFFE") == std::string::npos);
    CHECK(text.find(R"("parentIdTag":"*)") != std::string::npos);
}
