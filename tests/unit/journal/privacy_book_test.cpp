// The key of pseudonyms and the list of what was erased.
#include "journal/privacy_book.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE("A tag always has the same pseudonym, another where the key is another", "[journal][privacy]") {
    const temporary_directory here, there;
    const privacy_book book(here.path(), this_machine());
    const auto pseudonym = book.pseudonym_of("04A1B2");
    CHECK(is_pseudonym(pseudonym));
    CHECK(pseudonym.size() <= 20);  // an idTag of 1.6 has no more
    CHECK(book.pseudonym_of("04a1b2") == pseudonym);
    CHECK(book.pseudonym_of("04A1B3") != pseudonym);
    CHECK(privacy_book(here.path(), this_machine()).pseudonym_of("04A1B2") == pseudonym);
    CHECK(privacy_book(there.path(), this_machine()).pseudonym_of("04A1B2") != pseudonym);
    CHECK(is_pseudonym(random_pseudonym(this_machine().random())));
    CHECK(random_pseudonym(this_machine().random()) != random_pseudonym(this_machine().random()));
    CHECK_FALSE(is_pseudonym("04A1B2"));
    CHECK_FALSE(is_pseudonym("~3F0C9A4BE17D55E2A08"));
}

TEST_CASE("What was erased is known by its digest, up to the time of it, over restarts", "[journal][privacy]") {
    const temporary_directory directory;
    std::string pseudonym;
    {
        privacy_book book(directory.path(), this_machine());
        CHECK_FALSE(book.has_erasures());
        pseudonym = book.pseudonym_of("04A1B2");
        book.note_erased("04A1B2", 1000);
        book.note_erased("OTHER", 5);
    }
    const privacy_book book(directory.path(), this_machine());
    CHECK(book.has_erasures());
    for (const std::string& tag : {std::string("04A1B2"), std::string("04a1b2"), pseudonym}) {
        CAPTURE(tag);
        CHECK(book.is_erased(tag, 1000));
        CHECK_FALSE(book.is_erased(tag, 1001));
    }
    CHECK_FALSE(book.is_erased("04A1B3", 1));
    CHECK(book.erased_lengths() == std::vector<std::size_t>{5, 6, pseudonym.size()});
    const std::string file = directory.path() + "/journal.privacy";
    std::ifstream in(file);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    CHECK(text.find("04A1B2") == std::string::npos);
    using std::filesystem::perms;
    CHECK(std::filesystem::status(file).permissions() == (perms::owner_read | perms::owner_write));
}

TEST_CASE("A book that knows no lengths is read", "[journal][privacy]") {
    const temporary_directory directory;
    const std::string file = directory.path() + "/journal.privacy";
    std::ofstream(file) << "key " << std::string(64, 'a') << "\n";
    privacy_book(directory.path(), this_machine()).note_erased("04A1B2", 1000);
    std::ifstream in(file);
    std::string text(std::istreambuf_iterator<char>(in), {});
    for (const std::string length : {" 6\n", " 20\n"}) {
        REQUIRE(text.find(length) != std::string::npos);
        text.replace(text.find(length), length.size(), "\n");
    }
    std::ofstream(file) << text;
    const privacy_book book(directory.path(), this_machine());
    CHECK(book.is_erased("04A1B2", 1000));
    CHECK(book.erased_lengths() == std::vector<std::size_t>{20});
}

TEST_CASE("A book that cannot be understood is not made anew", "[journal][privacy]") {
    const temporary_directory directory;
    for (const std::string text : {"", "key 12\n", "erased 0a 7\n", "a letter\n"}) {
        CAPTURE(text);
        std::ofstream(directory.path() + "/journal.privacy") << text;
        CHECK_THROWS_AS(privacy_book(directory.path(), this_machine()), std::runtime_error);
    }
}
