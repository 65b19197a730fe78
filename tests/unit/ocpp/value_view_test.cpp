#include "ocpp/payload.hpp"

#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>

using namespace voltgate::ocpp;

namespace {

constexpr std::string_view sample = R"({ "text" : "plain", "escaped":"a\"\u00e9\ud83d\ude00", "int":-12, "real":12.50,
    "exp":1.2e1, "yes":true, "no":false, "nothing":null, "list":[ 1, [ ], {} ,"x"], "object":{"a":{"b":1}}, "":"empty",
    "numeral":"12.5", "whole":"12" })";

}  // namespace

TEST_CASE("an absent value answers absent, empty and nullopt") {
    const value_view nothing;
    CHECK(nothing.kind() == value_kind::absent);
    CHECK_FALSE(nothing.present());
    CHECK_FALSE(nothing);
    CHECK_FALSE(nothing["x"]["y"]);
    CHECK_FALSE(nothing.first());
    CHECK_FALSE(nothing.next());
    CHECK(nothing.size() == 0);
    CHECK(nothing.key().empty());
    CHECK(nothing.raw().empty());
    CHECK(nothing.json().empty());
    CHECK(nothing.string().empty());
    CHECK_FALSE(nothing.integer());
    CHECK_FALSE(nothing.number());
    CHECK_FALSE(nothing.boolean());
}

TEST_CASE("values have their kind, text and value") {
    payload_reader reader;
    REQUIRE(reader.read(sample, nullptr));
    const auto root = reader.root();
    CHECK(root.kind() == value_kind::object);
    CHECK(root.size() == 13);
    CHECK(root.raw().empty());
    CHECK(root.json() == sample);

    CHECK(root["text"].kind() == value_kind::string);
    CHECK(root["text"].raw() == "plain");
    CHECK(root["text"].json() == "\"plain\"");
    CHECK(root["text"].string() == "plain");
    CHECK(root["escaped"].raw() == R"(a\"\u00e9\ud83d\ude00)");
    CHECK(root["escaped"].json() == R"("a\"\u00e9\ud83d\ude00")");
    CHECK(root["escaped"].string() == "a\"\xC3\xA9\xF0\x9F\x98\x80");
    CHECK(root[""].string() == "empty");

    CHECK(root["int"].kind() == value_kind::integer);
    CHECK(root["int"].integer() == -12);
    CHECK(root["int"].number() == -12.0);
    CHECK(root["int"].string() == "-12");
    CHECK(root["real"].kind() == value_kind::number);
    CHECK(root["real"].raw() == "12.50");
    CHECK(root["real"].json() == "12.50");
    CHECK(root["real"].number() == 12.5);
    CHECK_FALSE(root["real"].integer());
    CHECK(root["exp"].integer() == 12);
    CHECK(root["numeral"].number() == 12.5);
    CHECK_FALSE(root["numeral"].integer());
    CHECK(root["whole"].integer() == 12);
    CHECK(root["whole"].number() == 12.0);
    CHECK_FALSE(root["text"].integer());
    CHECK_FALSE(root["text"].number());

    CHECK(root["yes"].boolean() == true);
    CHECK(root["no"].boolean() == false);
    CHECK(root["yes"].raw() == "true");
    CHECK(root["no"].string() == "false");
    CHECK_FALSE(root["int"].boolean());
    CHECK_FALSE(root["text"].boolean());

    CHECK(root["nothing"].kind() == value_kind::null);
    CHECK_FALSE(root["nothing"].present());
    CHECK_FALSE(root["nothing"]);
    CHECK(root["nothing"].json() == "null");
    CHECK(root["nothing"].string().empty());
    CHECK(root["absent"].kind() == value_kind::absent);
}

TEST_CASE("arrays and objects are walked through") {
    payload_reader reader;
    REQUIRE(reader.read(sample, nullptr));
    const auto list = reader.root()["list"];
    CHECK(list.kind() == value_kind::array);
    CHECK(list.size() == 4);
    CHECK(list.json() == R"([ 1, [ ], {} ,"x"])");
    auto item = list.first();
    CHECK(item.integer() == 1);
    CHECK(item.key().empty());
    item = item.next();
    CHECK(item.kind() == value_kind::array);
    CHECK(item.size() == 0);
    CHECK(item.json() == "[ ]");
    CHECK_FALSE(item.first());
    item = item.next();
    CHECK(item.kind() == value_kind::object);
    CHECK(item.json() == "{}");
    item = item.next();
    CHECK(item.string() == "x");
    CHECK_FALSE(item.next());
    CHECK_FALSE(list["x"]);

    const auto object = reader.root()["object"];
    CHECK(object.json() == R"({"a":{"b":1}})");
    CHECK(object["a"]["b"].integer() == 1);
    CHECK(object.first().key() == "a");
    CHECK(object.first().first().key() == "b");
    CHECK_FALSE(object.first().next());
    CHECK_FALSE(object["b"]);
    CHECK(reader.root().first().key() == "text");
}

TEST_CASE("names match by their value, the last of equal ones") {
    payload_reader reader;
    REQUIRE(reader.read(R"({"a":1,"\u0061":2,"b\"":3,"ab":4})", nullptr));
    CHECK(reader.root()["a"].integer() == 2);
    CHECK(reader.root()["b\""].integer() == 3);
    CHECK_FALSE(reader.root()["b\\\""]);
    CHECK_FALSE(reader.root()["A"]);
    CHECK(reader.root().first().next().key() == R"(\u0061)");
    CHECK(reader.root().size() == 4);
}

TEST_CASE("integers beyond 64 bits have no integer value but keep their text") {
    payload_reader reader;
    REQUIRE(reader.read("[9223372036854775807,9223372036854775808,-9223372036854775808,1e400,-0]", nullptr));
    auto item = reader.root().first();
    CHECK(item.integer() == std::numeric_limits<std::int64_t>::max());
    item = item.next();
    CHECK_FALSE(item.integer());
    CHECK(item.number() == 9223372036854775808.0);
    CHECK(item.string() == "9223372036854775808");
    item = item.next();
    CHECK(item.integer() == std::numeric_limits<std::int64_t>::min());
    item = item.next();
    CHECK_FALSE(item.number());
    CHECK(item.raw() == "1e400");
    CHECK(item.next().integer() == 0);
}

TEST_CASE("kinds have names") {
    CHECK(to_string(value_kind::absent) == "absent");
    CHECK(to_string(value_kind::null) == "null");
    CHECK(to_string(value_kind::boolean) == "boolean");
    CHECK(to_string(value_kind::integer) == "integer");
    CHECK(to_string(value_kind::number) == "number");
    CHECK(to_string(value_kind::string) == "string");
    CHECK(to_string(value_kind::array) == "array");
    CHECK(to_string(value_kind::object) == "object");
}
