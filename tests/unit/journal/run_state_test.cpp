// How far numbers have come, and the file that remembers it.
#include "journal/run_state.hpp"

#include "async/platform.hpp"
#include "journal/durable_file.hpp"
#include "machine/this_machine.hpp"
#include "stores/transaction_ids.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate;
using namespace voltgate::test;

TEST_CASE("Numbers that begin anew behind their last are not behind", "[journal]") {
    journal_counters before, after;
    before.next_transaction = transaction_ids::last_number - 5;
    after.next_transaction = 10;
    CHECK_FALSE(is_behind(after, before));
    CHECK(is_behind(before, after));
    CHECK(furthest(before, after).next_transaction == 10);
    CHECK(transaction_number_after(transaction_ids::last_number, 1) == 1);
    CHECK(transaction_number_after(transaction_ids::last_number - 5, 10) == 5);
}

TEST_CASE("journal.state that says nothing is as good as none", "[journal]") {
    const temporary_directory directory;
    for (const auto* text : {"", "{", "[]", "{\"run\":1}", "{\"run\":\"r\",\"nextTransaction\":0}"}) {
        this_machine().files().write(journal_state_file(directory.path()), text);
        CHECK_FALSE(read_journal_state(this_machine().files(), directory.path()));
    }
    const journal_state s{"0123abcd", "run", {7, 8, 9}};
    write_journal_state(this_machine().files(), directory.path(), s);
    CHECK(read_journal_state(this_machine().files(), directory.path()) == s);
}
