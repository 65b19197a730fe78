#include "text/error_text.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using voltgate::error_text;

TEST_CASE("an error is told from none, whatever its text", "[error_text]") {
    CHECK_FALSE(error_text());
    CHECK(error_text().text().empty());
    CHECK(error_text("is missing"));
    CHECK(error_text(std::string("is missing")).text() == "is missing");
    CHECK(error_text(""));
}

TEST_CASE("an error gets its place in front, and none stays none", "[error_text]") {
    CHECK(error_text("is missing").in("id").text() == "id: is missing");
    CHECK(error_text("is missing").in("id").in("entry 1").text() == "entry 1: id: is missing");
    CHECK_FALSE(error_text().in("id"));
}
