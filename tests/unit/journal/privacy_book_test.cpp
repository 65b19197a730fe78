// The key of pseudonyms and the list of what was erased.
#include "journal/privacy_book.hpp"

#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE("A tag always has the same pseudonym, another where the key is another", "[journal][privacy]") {
    const temporary_directory here, there;
    const privacy_book book(here.path());
    const auto pseudonym = book.pseudonym_of("04A1B2");
    CHECK(is_pseudonym(pseudonym));
    CHECK(pseudonym.size() <= 20);  // an idTag of 1.6 has no more
    CHECK(book.pseudonym_of("04a1b2") == pseudonym);
    CHECK(book.pseudonym_of("04A1B3") != pseudonym);
    CHECK(privacy_book(here.path()).pseudonym_of("04A1B2") == pseudonym);
    CHECK(privacy_book(there.path()).pseudonym_of("04A1B2") != pseudonym);
    CHECK(is_pseudonym(random_pseudonym()));
    CHECK(random_pseudonym() != random_pseudonym());
    CHECK_FALSE(is_pseudonym("04A1B2"));
    CHECK_FALSE(is_pseudonym("~3F0C9A4BE17D55E2A08"));
}

TEST_CASE("What was erased is known by its digest, up to the time of it, over restarts", "[journal][privacy]") {
    const temporary_directory directory;
    std::string pseudonym;
    {
        privacy_book book(directory.path());
        CHECK_FALSE(book.has_erasures());
        pseudonym = book.pseudonym_of("04A1B2");
        book.note_erased("04A1B2", 1000);
        book.note_erased("OTHER", 5);
    }
    const privacy_book book(directory.path());
    CHECK(book.has_erasures());
    for (const std::string& tag : {std::string("04A1B2"), std::string("04a1b2"), pseudonym}) {
        CAPTURE(tag);
        CHECK(book.is_erased(tag, 1000));
        CHECK_FALSE(book.is_erased(tag, 1001));
    }
    CHECK_FALSE(book.is_erased("04A1B3", 1));
    const std::string file = directory.path() + "/journal.privacy";
    std::ifstream in(file);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    CHECK(text.find("04A1B2") == std::string::npos);
    using std::filesystem::perms;
    CHECK(std::filesystem::status(file).permissions() == (perms::owner_read | perms::owner_write));
}

TEST_CASE("A book that cannot be understood is not made anew", "[journal][privacy]") {
    const temporary_directory directory;
    for (const std::string text : {"", "key 12\n", "erased 0a 7\n", "a letter\n"}) {
        CAPTURE(text);
        std::ofstream(directory.path() + "/journal.privacy") << text;
        CHECK_THROWS_AS(privacy_book(directory.path()), std::runtime_error);
    }
}
