// The cursors of readers survive in the journal.
#include "journal/feed_cursor_store.hpp"

#include "async/platform.hpp"
#include "journal_site.hpp"
#include "machine/this_machine.hpp"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;

namespace {

struct cursor_site : journal_site {
    std::unique_ptr<journal_feed_cursors> cursors;

    cursor_site() { restart(); }
    void restart() {
        cursors.reset();
        close();
        j = std::make_unique<journal>(settings, clock, this_machine(), bus, log);
        cursors = std::make_unique<journal_feed_cursors>(*j);
        j->start();
    }
    [[nodiscard]] std::optional<std::uint64_t> loaded(const std::string& name) {
        return run(io, cursors->load(name)).value.value();
    }
    [[nodiscard]] std::int64_t stored(const char* sql) {
        run(io, j->flush());
        return open_for_reading(file()).number(sql).value_or(-1);
    }
};

}  // namespace

TEST_CASE_METHOD(cursor_site, "A cursor is what was saved last, over a restart too", "[journal]") {
    CHECK_FALSE(loaded("relay"));
    for (std::uint64_t i = 1; i <= 1000; ++i) cursors->save("relay", i);
    cursors->save("other", 7);
    CHECK(loaded("relay") == 1000);
    CHECK(stored("SELECT sequence FROM feed_cursors WHERE name = 'relay'") == 1000);
    restart();
    CHECK(loaded("relay") == 1000);
    const auto all = run(io, cursors->list()).value.value();
    REQUIRE(all.size() == 2);
    CHECK(all[0].name == "other");
    CHECK(all[0].sequence == 7);
}

TEST_CASE_METHOD(cursor_site, "A cursor that is removed stays away, until its name is used again", "[journal]") {
    cursors->save("relay", 5);
    CHECK(run(io, cursors->remove("relay")));
    CHECK_FALSE(loaded("relay"));
    CHECK(stored("SELECT count(*) FROM feed_cursors") == 0);
    cursors->save("relay", 2);
    restart();
    CHECK(loaded("relay") == 2);
}

TEST_CASE_METHOD(cursor_site, "Cursors that wait for the writer are written once, as they are then", "[journal]") {
    std::promise<void> hold;
    std::promise<void> held;
    j->submit(make_op([&, first = true](journal_batch&) mutable {
        if (!std::exchange(first, false)) return;
        held.set_value();
        hold.get_future().wait();
    }));
    held.get_future().wait();
    const auto before = j->stats().batches;
    for (std::uint64_t i = 1; i <= 1000; ++i) cursors->save("relay", i);
    CHECK(j->stats().buffered_bytes < 10'000);
    hold.set_value();
    CHECK(stored("SELECT sequence FROM feed_cursors") == 1000);
    CHECK(j->stats().batches - before <= 3);
}

TEST_CASE_METHOD(cursor_site, "A file that was made before there were cursors gets a place for them", "[journal]") {
    cursors.reset();
    close();
    open_for_writing(file(), commit_durability::process, this_machine().random()).execute("DROP TABLE feed_cursors");
    restart();
    cursors->save("relay", 3);
    CHECK(stored("SELECT sequence FROM feed_cursors") == 3);
}
