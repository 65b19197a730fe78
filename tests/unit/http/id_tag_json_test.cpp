// Entries of the list of id tags as they are sent.
#include "http/id_tag_json.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

using namespace voltgate;
using namespace voltgate::http;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

std::string wrong_with(std::string_view json, std::optional<std::string_view> tag = std::nullopt) {
    ocpp::payload_reader reader;
    id_tag_entry e;
    return std::string(read_entry(reader, json, e, tag).text());
}

std::string wrong_with_import(std::string_view json) { return std::string(read_import(json).wrong.text()); }

}  // namespace

TEST_CASE("an entry is read and told with all its members") {
    ocpp::payload_reader reader;
    id_tag_entry e;
    const auto* json =
        R"({"idTag":"04A1b2","status":"Blocked","expiryDate":"2026-01-02T04:04:05.25+01:00","parentIdTag":"Fleet"})";
    CHECK(read_entry(reader, json, e).text() == "");
    e.revision = 7;
    CHECK(boost::json::serialize(id_tag_object(e)) ==
          R"({"idTag":"04A1b2","status":"Blocked","expiryDate":"2026-01-02T03:04:05.250Z","parentIdTag":"Fleet",)"
          R"("revision":7})");
}

TEST_CASE("an entry's tag may be given beforehand, and is spelt as in the entry") {
    ocpp::payload_reader reader;
    id_tag_entry e;
    CHECK(read_entry(reader, R"({"status":"Accepted"})", e, "ab").text() == "");
    CHECK(e.id_tag == "ab");
    CHECK(read_entry(reader, R"({"status":"Accepted","idTag":"AB"})", e, "ab").text() == "");
    CHECK(e.id_tag == "AB");
    CHECK_THAT(wrong_with(R"({"status":"Accepted","idTag":"AC"})", "ab"), StartsWith("idTag is not"));
    CHECK_THAT(wrong_with(R"({"status":"Accepted","idTag":""})", "ab"), StartsWith("idTag is not"));
}

TEST_CASE("an empty tag has to be said twice where a path names it") {
    ocpp::payload_reader reader;
    id_tag_entry e;
    CHECK_THAT(wrong_with(R"({"status":"Accepted"})", ""), StartsWith("idTag is missing; where the path names none"));
    CHECK_THAT(wrong_with(R"({"status":"Accepted","idTag":"A"})", ""), StartsWith("idTag is not"));
    CHECK(read_entry(reader, R"({"status":"Accepted","idTag":""})", e, "").text() == "");
    CHECK(read_entry(reader, R"({"status":"Accepted","idTag":""})", e).text() == "");
    CHECK(e.id_tag.empty());
}

TEST_CASE("a tag is whatever a charge point may show") {
    const auto is_taken = [](const std::string& tag) {
        return wrong_with(R"({"idTag":")" + tag + R"(","status":"Blocked"})").empty();
    };
    for (const auto* tag : {"", " ", "A B", " A", "A  ", "\u00e4", "\xc3\xa4"}) {
        CAPTURE(tag);
        CHECK(is_taken(tag));
    }
    for (const auto* tag : {"\\u0001", "A\\nB", "\\u007f", "\\u0000"}) {
        CAPTURE(tag);
        CHECK_FALSE(is_taken(tag));
    }
    CHECK(is_taken(std::string(255, 'x')));
    CHECK_FALSE(is_taken(std::string(256, 'x')));
}

TEST_CASE("what is wrong with an entry is told by the member's name") {
    CHECK_THAT(wrong_with("{"), StartsWith("not JSON"));
    CHECK_THAT(wrong_with("[]"), StartsWith("must be a JSON object"));
    CHECK_THAT(wrong_with(R"({"status":"Accepted"})"), StartsWith("idTag is missing"));
    CHECK_THAT(wrong_with(R"({"idTag":"A"})"), StartsWith("status is missing"));
    CHECK_THAT(wrong_with(R"({"idTag":"A","status":"accepted"})"), StartsWith("status must be Accepted, Blocked"));
    CHECK_THAT(wrong_with(R"({"idTag":"A","status":1})"), StartsWith("status must"));
    CHECK_THAT(wrong_with(R"({"idTag":7,"status":"Accepted"})"), StartsWith("idTag must be a text of at most 255"));
    CHECK_THAT(wrong_with(R"({"idTag":"A","status":"Accepted","expiryDate":"2026-01-02"})"),
               StartsWith("expiryDate must"));
    CHECK_THAT(wrong_with(R"({"idTag":"A","status":"Accepted","expiryDate":"2026-01-02T03:04:05"})"),
               StartsWith("expiryDate must"));
    CHECK_THAT(wrong_with(R"({"idTag":"A","status":"Accepted","expiryDate":null})"), StartsWith("expiryDate must"));
    CHECK_THAT(wrong_with(R"({"idTag":"A","status":"Accepted","parentIdTag":""})"), StartsWith("parentIdTag must"));
    CHECK_THAT(wrong_with(R"({"idTag":"A","status":"Accepted","revision":7})"), StartsWith("revision is given"));
    CHECK_THAT(wrong_with(R"({"idTag":"A","status":"Accepted","expiry":1})"),
               StartsWith("unknown member \"expiry\"; known: idTag"));
}

TEST_CASE("an import is an array, or an object around it") {
    CHECK(read_import("[]").wrong.text() == "");
    CHECK(read_import(R"( { "items" : [ ] } )").wrong.text() == "");
    const auto read =
        read_import(R"({"items":[{"idTag":"b}\"{","status":"Blocked"} , {"status":"Accepted","idTag":"A"}]})");
    CHECK(read.wrong.text() == "");
    REQUIRE(read.entries.size() == 2);
    CHECK(read.entries[0].id_tag == "A");
    CHECK(read.entries[1].id_tag == "b}\"{");
    CHECK(read.entries[1].status == id_tag_status::blocked);
}

TEST_CASE("what is wrong with an import is told by the entry's place") {
    const std::string good = R"({"idTag":"A","status":"Accepted"})";
    for (const auto* text : {"", "{}", "7", "\"x\"", R"({"tags":[]})", R"({"items":{}})"}) {
        CAPTURE(text);
        CHECK_THAT(wrong_with_import(text), StartsWith("the body must be an array"));
    }
    CHECK_THAT(wrong_with_import("[" + good + ",7]"), StartsWith("entry 1 (the first is 0): must be an object"));
    CHECK_THAT(wrong_with_import("[" + good + R"(,{"idTag":"B"}])"),
               StartsWith("entry 1 (the first is 0): status is missing"));
    CHECK_THAT(wrong_with_import("[" + good + "," + good + "]"),
               StartsWith("entry 1 (the first is 0): idTag is the same as in entry 0"));
    CHECK_THAT(wrong_with_import("[" + good + R"(,{"idTag":"a","status":"Blocked"}])"),
               StartsWith("entry 1 (the first is 0): idTag is the same"));
    CHECK_THAT(wrong_with_import("[" + good + ""), StartsWith("entry 1 (the first is 0): a comma"));
    CHECK_THAT(wrong_with_import("[" + good + ","), StartsWith("entry 1 (the first is 0): must be an object"));
    CHECK_THAT(wrong_with_import("[" + good + ",]"), StartsWith("entry 1 (the first is 0): must be an object"));
    CHECK_THAT(wrong_with_import("[" + good + "]7"), ContainsSubstring("nothing but the end"));
    CHECK_THAT(wrong_with_import(R"({"items":[],"next":"x"})"), ContainsSubstring("nothing but the end"));
    CHECK_THAT(wrong_with_import(R"([{"idTag":"A)"), ContainsSubstring("is not complete"));
    CHECK_THAT(wrong_with_import(R"([{"idTag":{)"), ContainsSubstring("is not complete"));
    CHECK_THAT(wrong_with_import("[{\"idTag\":\"\xff\"}]"), ContainsSubstring("no JSON"));
    CHECK_THAT(wrong_with_import(R"([{"idTag":")" + std::string(5000, 'x') + R"("}])"),
               ContainsSubstring("at most 4096 bytes"));
    CHECK_THAT(wrong_with_import("[" + std::string(100'000, '{')), ContainsSubstring("at most 4096 bytes"));
    CHECK_THAT(wrong_with_import("[{]}]"), ContainsSubstring("not JSON"));
}
