// Pages of events: any place to begin, filters on and beyond the index, what retention removed.
#include "journal/event_pages.hpp"

#include "async/platform.hpp"
#include "journal/event_record.hpp"
#include "journal/schema.hpp"
#include "journal/tables.hpp"
#include "machine/this_machine.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>

#include <chrono>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;

namespace {

using sequences = std::vector<std::uint64_t>;

constexpr event_type types[] = {event_type::connector_status_changed, event_type::transaction_meter_values,
                                event_type::charge_point_connected};

/// Event n is of charge point n % 7 and of type n % 3; rows hold 1 to 40 events.
class events_file {
  public:
    explicit events_file(std::size_t count)
        : db(open_for_writing(directory_.file("journal.db"), commit_durability::process, this_machine().random())),
          tables_(db) {
        add(count);
    }

    void add(std::size_t count, std::int64_t time = 1) {
        db.execute("BEGIN");
        for (std::size_t row = 1; count > 0; ++row) {
            const std::size_t in_row = std::min(count, row % 40 + 1);
            std::string records;
            for (std::size_t i = 0; i < in_row; ++i) append_record(records, made(tables_.events.next_sequence() + i));
            tables_.events.append(records, in_row, time);
            count -= in_row;
        }
        db.execute("COMMIT");
    }
    void index() { tables_.index.add_some(tables_.events.next_sequence()); }
    void remove_older(std::int64_t time) { tables_.events.remove_older(time); }

    static event made(std::uint64_t n) {
        event e;
        e.id = {n, n};
        e.type = types[n % 3];
        e.charge_point_id = "CP-" + std::to_string(n % 7);
        e.timestamp = std::chrono::system_clock::time_point(std::chrono::seconds(n));
        e.payload = "{\"n\":" + std::to_string(n) + "}";
        return e;
    }

    /// Reads on until a page is not full; checks each event.
    sequences read(event_query q) {
        sequences found;
        event_page page;
        do {
            page = read_events(db, q, [&](const event& e) {
                CHECK(e.payload == made(e.sequence).payload);
                found.push_back(e.sequence);
                return true;
            });
            CHECK(page.count <= q.limit);
            q.after = page.next;
        } while (page.more);
        CHECK(page.next == page.last);
        return found;
    }

  private:
    temporary_directory directory_;

  public:
    sqlite::database db;

  private:
    journal_tables tables_;
};

template <class Predicate>
sequences numbers(std::uint64_t first, std::uint64_t last, Predicate wanted) {
    sequences all;
    for (auto n = first; n <= last; ++n)
        if (wanted(n)) all.push_back(n);
    return all;
}

sequences numbers(std::uint64_t first, std::uint64_t last) {
    return numbers(first, last, [](auto) { return true; });
}

struct filter_case {
    event_filter filter;
    bool (*wanted)(std::uint64_t n);
};

filter_case any_filter() {
    const int which = GENERATE(range(0, 7));
    filter_case c{{}, [](std::uint64_t) { return true; }};
    if (which == 1) {
        c.filter.charge_point_id = "cp-3";
        c.wanted = [](std::uint64_t n) { return n % 7 == 3; };
    } else if (which == 2) {
        c.filter.types = {types[1]};
        c.wanted = [](std::uint64_t n) { return n % 3 == 1; };
    } else if (which == 3) {
        c.filter.types = {types[2], types[0], types[2]};
        c.wanted = [](std::uint64_t n) { return n % 3 != 1; };
    } else if (which == 4) {
        c.filter.charge_point_id = "CP-5";
        c.filter.types = {types[2], types[0]};
        c.wanted = [](std::uint64_t n) { return n % 7 == 5 && n % 3 != 1; };
    } else if (which == 5) {
        c.filter.charge_points = {"cp-2", "*-6"};
        c.wanted = [](std::uint64_t n) { return n % 7 == 2 || n % 7 == 6; };
    } else if (which == 6) {
        c.filter.charge_points = {"CP-?"};
        c.filter.types = {types[1]};
        c.wanted = [](std::uint64_t n) { return n % 3 == 1; };
    }
    return c;
}

}  // namespace

TEST_CASE("a journal without events gives an empty page", "[journal]") {
    events_file file(0);
    const auto page = read_events(file.db, {}, [](const event&) { return true; });
    CHECK(page.count == 0);
    CHECK(page.next == 0);
    CHECK(page.oldest == 1);
    CHECK(page.last == 0);
    CHECK_FALSE(page.more);
}

TEST_CASE("events are read from any place on, page by page", "[journal]") {
    events_file file(5000);
    event_query q;
    q.limit = static_cast<std::size_t>(GENERATE(1000, 333, 5000, 10'000));
    q.after = static_cast<std::uint64_t>(GENERATE(0, 1, 17, 2499, 4999, 5000));
    CHECK(file.read(q) == numbers(q.after + 1, 5000));
}

TEST_CASE("a filter finds the same with an index, with a part of it and without", "[journal]") {
    const auto c = any_filter();
    const int indexed = GENERATE(0, 1, 2);
    events_file file(indexed == 1 ? 11'000 : 3000);
    if (indexed == 1) file.index();  // the first 10,000 and a few
    if (indexed == 2) {
        file.index();
        file.add(500);
    }
    event_query q;
    q.filter = c.filter;
    q.limit = static_cast<std::size_t>(GENERATE(100, 10'000));
    q.after = static_cast<std::uint64_t>(GENERATE(0, 1234));
    const std::uint64_t last = indexed == 0 ? 3000 : indexed == 1 ? 11'000 : 3500;
    CHECK(file.read(q) == numbers(q.after + 1, last, c.wanted));
}

TEST_CASE("patterns that nothing matches find nothing", "[journal]") {
    events_file file(3000);
    if (GENERATE(true, false)) file.index();
    event_query q;
    SECTION("of no charge point") {
        q.filter.charge_points = {"OTHER-*", "CP_1", "C%", "'"};
        if (GENERATE(true, false)) q.filter.types = {types[1]};
    }
    SECTION("of another than the one that is asked for") {
        q.filter.charge_points = {"CP-2"};
        q.filter.charge_point_id = "CP-3";
    }
    CHECK(file.read(q).empty());
}

TEST_CASE("patterns that many charge points match find the same", "[journal]") {
    const temporary_directory directory;
    auto db = open_for_writing(directory.file("journal.db"), commit_durability::process, this_machine().random());
    journal_tables tables(db);
    constexpr std::uint64_t count = 12'000;
    std::string records;
    db.execute("BEGIN");
    for (std::uint64_t n = 1; n <= count; ++n) {
        event e;
        e.charge_point_id = (n % 2 == 0 ? "A-" : "B-") + std::to_string(n % 1000);
        append_record(records, e);
    }
    tables.events.append(records, count, 1);
    db.execute("COMMIT");
    tables.index.catch_up(tables.events.next_sequence());
    event_query q;
    q.filter.charge_points = {"a-*"};
    q.limit = 2 * count;
    sequences found;
    const auto page = read_events(db, q, [&](const event& e) {
        found.push_back(e.sequence);
        return true;
    });
    CHECK(found == numbers(1, count, [](std::uint64_t n) { return n % 2 == 0; }));
    CHECK(page.next == count);
}

TEST_CASE("what retention removed is passed over, and the page tells the oldest that is left", "[journal]") {
    const auto c = any_filter();
    events_file file(2000);
    file.add(3000, 2);
    file.index();  // which goes on to know what is removed
    file.remove_older(2);
    event_query q;
    q.filter = c.filter;
    const auto page = read_events(file.db, q, [](const event&) { return false; });
    CHECK(page.oldest == 2001);
    CHECK(page.count == 1);
    CHECK(page.more);
    CHECK(page.next >= page.oldest);
    CHECK(file.read(q) == numbers(page.oldest, 5000, c.wanted));
}

TEST_CASE("a hole in the middle of the events is passed over", "[journal]") {
    const auto c = any_filter();
    events_file file(5000);
    file.index();
    const auto first = file.db.number("SELECT min(first) FROM events WHERE first > 1000").value();
    const auto last = file.db.number("SELECT max(last) FROM events WHERE first < 2000").value();
    file.db.execute("DELETE FROM events WHERE first > 1000 AND first < 2000");
    event_query q;
    q.filter = c.filter;
    q.after = static_cast<std::uint64_t>(GENERATE(0, 1500));
    const auto is_left = [&](std::uint64_t n) {
        const auto s = static_cast<std::int64_t>(n);
        return c.wanted(n) && (s < first || s > last);
    };
    CHECK(file.read(q) == numbers(q.after + 1, 5000, is_left));
}

TEST_CASE("a page ends where its reader says, and goes on from there", "[journal]") {
    events_file file(100);
    event_query q;
    const auto page = read_events(file.db, q, [](const event& e) { return e.sequence < 42; });
    CHECK(page.next == 42);
    CHECK(page.more);
    q.after = page.next;
    CHECK(file.read(q) == numbers(43, 100));
}

TEST_CASE("a position beyond the end gives nothing and stays where it is", "[journal]") {
    events_file file(100);
    event_query q;
    q.after = 1'000'000;
    const auto page = read_events(file.db, q, [](const event&) { return true; });
    CHECK(page.count == 0);
    CHECK(page.next == 1'000'000);
    CHECK(page.last == 100);
}

TEST_CASE("a damaged row costs its own events only", "[journal]") {
    events_file file(500);
    file.db.execute(
        "UPDATE events SET body = x'00112233' WHERE first = (SELECT max(first) FROM events WHERE first < 250)");
    const auto first = file.db.number("SELECT max(first) FROM events WHERE first < 250").value();
    const auto last = file.db.number("SELECT last FROM events WHERE first < 250 ORDER BY first DESC LIMIT 1").value();
    const auto is_left = [&](std::uint64_t n) {
        const auto s = static_cast<std::int64_t>(n);
        return s < first || s > last;
    };
    CHECK(file.read({}) == numbers(1, 500, is_left));
}

TEST_CASE("events of accepted charge points are found on the index and beyond it, over a long way without any",
          "[journal]") {
    events_file file(210'000);
    event_query q;
    q.filter.accepts = [](std::string_view id) { return id == "CP-3"; };
    q.limit = 1000;
    const auto rare = [&](std::uint64_t first) {  // the next event of CP-3 from a number on
        return first + (3 + 7 - first % 7) % 7;
    };
    q.after = 5000;
    const auto page = read_events(file.db, q, [&](const event& e) { return e.sequence != rare(5001); });
    CHECK(page.count == 1);
    CHECK(page.next == rare(5001));
    CHECK(file.read(q).size() == 29'286);
    q.filter.accepts = [](std::string_view) { return false; };
    q.after = 0;
    const auto empty = read_events(file.db, q, [](const event&) { return true; });
    CHECK(empty.count == 0);
    CHECK(empty.more);
    CHECK(empty.next == 100'000);
    CHECK(file.read(q).empty());
    file.index();
    q.filter.types = {types[0]};
    CHECK(file.read(q).empty());
    q.filter.accepts = [](std::string_view id) { return id == "CP-3"; };
    CHECK(file.read(q).size() == 10'000);
}
