// Pages of transactions: order, filters, cursors, and the index that each of them runs on.
#include "journal/transaction_pages.hpp"

#include "async/platform.hpp"
#include "journal/schema.hpp"
#include "journal/tables.hpp"
#include "machine/this_machine.hpp"
#include "support/temporary_directory.hpp"
#include "unit/stores/transaction_samples.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <set>
#include <string>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;

namespace {

class transactions_file {
  public:
    transactions_file()
        : db(open_for_writing(directory_.file("journal.db"), commit_durability::process, this_machine().random())),
          tables_(db) {}

    /// `hour`: of the start, as the charge point tells it.
    std::int32_t start(const char* charge_point, int connector, const char* tag, int hour) {
        transaction_start t;
        t.charge_point_id = charge_point;
        t.connector_id = connector;
        t.id_tag = tag;
        t.times = told(text_of_hour(hour), next_receipt());
        t.meter_start_wh = 1000 + count_;  // never the same start again
        t.tag_status = id_tag_status::accepted;
        return tables_.transactions.start(t, false).id;
    }
    stopped_transaction stop(const char* charge_point, std::int32_t id, int hour, std::int64_t wh = 5000) {
        transaction_stop s;
        s.charge_point_id = charge_point;
        s.transaction_id = id;
        s.meter_stop_wh = wh;
        s.times = told(text_of_hour(hour), next_receipt());
        s.reason = "Local";
        s.mark = next_mark();
        return tables_.transactions.stop(s);
    }
    std::string start_station(const char* charge_point, const char* id) {
        auto m = started_at("2026-01-02T03:04:05Z", id, charge_point);
        m.received = next_receipt();
        static_cast<void>(tables_.station_transactions.note(m, false));
        return id;
    }
    void close(std::int32_t id) {
        const auto number = tables_.transaction_records.ids().number_of(id);
        REQUIRE(tables_.transactions.close(*number, {"lost", "me", std::nullopt, next_receipt()}));
    }
    /// Later than the one before.
    std::chrono::system_clock::time_point next_receipt() { return at_hour(10'000) + std::chrono::minutes(++count_); }
    static std::chrono::system_clock::time_point at_hour(int hour) {
        return std::chrono::system_clock::time_point(std::chrono::hours(490'000 + hour));
    }
    static std::string text_of_hour(int hour) {
        const auto day = std::chrono::floor<std::chrono::days>(at_hour(hour));
        const std::chrono::year_month_day date(day);
        return fmt::format("{:04}-{:02}-{:02}T{:02}:00:00Z", static_cast<int>(date.year()),
                           static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                           std::chrono::floor<std::chrono::hours>(at_hour(hour) - day).count());
    }
    static std::int64_t stored_hour(int hour) { return std::int64_t{490'000 + hour} * 3'600'000'000; }

    std::vector<std::int32_t> ids(const transaction_query& q) {
        std::vector<std::int32_t> found;
        for (const auto& t : read_transactions(db, q).items) found.push_back(t.record.id);
        return found;
    }

  private:
    temporary_directory directory_;

  public:
    sqlite::database db;

  private:
    journal_tables tables_;
    int count_ = 0;
};

using id_list = std::vector<std::int32_t>;

}  // namespace

TEST_CASE("transactions are read newest first, with all that is known of them", "[journal]") {
    transactions_file file;
    const auto first = file.start("CP-1", 1, "TAG-1", 0);
    const auto second = file.start("CP-2", 2, "TAG-2", 1);
    REQUIRE(file.stop("CP-1", first, 2).known);
    CHECK(file.ids({}) == id_list{second, first});

    const auto found = find_transaction(file.db, std::to_string(first));
    REQUIRE(found);
    const auto& r = found->record;
    CHECK(r.id == first);
    CHECK(found->id() == std::to_string(first));
    CHECK(found->charge_point_id == "CP-1");
    CHECK(r.id_tag == "TAG-1");
    CHECK(r.tag_status == id_tag_status::accepted);
    CHECK(r.connector_id == 1);
    CHECK_FALSE(r.reservation_id);
    CHECK(r.meter_start.wh == 1001);
    CHECK(r.meter_stop.wh == 5000);
    CHECK(r.started_at == transactions_file::at_hour(0));
    CHECK(r.stopped_at == transactions_file::at_hour(2));
    CHECK(r.stop_reason == "Local");
    CHECK(found->duplicate_of == 0);
    CHECK_FALSE(find_transaction(file.db, std::to_string(second))->record.stopped_at);
    CHECK_FALSE(find_transaction(file.db, "0"));
    CHECK_FALSE(find_transaction(file.db, "-1"));
    CHECK_FALSE(find_transaction(file.db, std::to_string(std::int64_t{1} << 40)));
}

TEST_CASE("filters of transactions narrow what is read, alone and together", "[journal]") {
    transactions_file file;
    const auto a = file.start("CP-1", 1, "TAG-1", 0);
    REQUIRE(file.stop("CP-1", a, 1).known);
    const auto b = file.start("CP-1", 2, "TAG-2", 2);
    const auto c = file.start("CP-2", 1, "TAG-1", 3);
    const auto d = file.start("CP-2", 1, "TAG-3", 1);  // its clock is behind
    REQUIRE(file.stop("CP-2", d, 2).known);
    transaction_query q;
    SECTION("by charge point") {
        q.charge_point_id = "cp-1";
        CHECK(file.ids(q) == id_list{b, a});
        q.connector_id = 2;
        CHECK(file.ids(q) == id_list{b});
        q.state = transaction_state::stopped;
        CHECK(file.ids(q).empty());
    }
    SECTION("by id tag") {
        q.id_tag = "tag-1";
        CHECK(file.ids(q) == id_list{c, a});
        q.charge_point_id = "CP-2";
        CHECK(file.ids(q) == id_list{c});
    }
    SECTION("by state") {
        q.state = transaction_state::running;
        CHECK(file.ids(q) == id_list{c, b});
        q.charge_point_id = "CP-1";
        CHECK(file.ids(q) == id_list{b});
        q.charge_point_id.reset();
        q.state = transaction_state::stopped;
        CHECK(file.ids(q) == id_list{d, a});
    }
    SECTION("by start, then in its order") {
        q.started_from = transactions_file::stored_hour(1);
        CHECK(file.ids(q) == id_list{c, b, d});
        q.started_before = transactions_file::stored_hour(3);
        CHECK(file.ids(q) == id_list{b, d});
        q.state = transaction_state::running;
        CHECK(file.ids(q) == id_list{b});
    }
    SECTION("nothing fits") {
        q.charge_point_id = "CP-9";
        CHECK(file.ids(q).empty());
    }
}

TEST_CASE("transactions of some charge points are found, of a few and of many", "[journal]") {
    transactions_file file;
    const auto first = file.start("CP-1", 1, "TAG-1", 1);
    file.start("CP-2", 1, "TAG-1", 2);
    const auto third = file.start("CP-3", 1, "TAG-1", 3);
    transaction_query q;
    q.keys = {{"cp-1", "cp-3", "nobody \" \\"}};
    const bool many = GENERATE(false, true);
    for (int i = 0; many && i < 1000; ++i) q.keys->push_back("x-" + std::to_string(i));
    const auto page = read_transactions(file.db, q);
    REQUIRE(page.items.size() == 2);
    CHECK(page.items[0].record.id == third);
    CHECK(page.items[1].record.id == first);
    q.keys->clear();
    CHECK(read_transactions(file.db, q).items.empty());
}

TEST_CASE("pages of transactions follow each other without hole or double", "[journal]") {
    transactions_file file;
    const std::size_t count = 250;
    for (std::size_t i = 0; i < count; ++i)
        file.start("CP-1", 1, "TAG-1", static_cast<int>(i / 10 * 7 % 30));  // tens start at once
    transaction_query q;
    q.limit = 17;
    if (GENERATE(false, true)) q.started_from = 0;
    std::set<std::int32_t> seen;
    std::size_t pages = 0;
    for (bool more = true; more; ++pages) {
        const auto page = read_transactions(file.db, q);
        for (const auto& t : page.items) CHECK(seen.insert(t.record.id).second);
        more = page.next.has_value();
        if (more) q.after = transaction_cursor_from_string(to_string(*page.next));
    }
    CHECK(seen.size() == count);
    CHECK(pages == (count + 16) / 17);
}

TEST_CASE("a cursor of transactions that nobody gave is refused", "[journal]") {
    const auto* text =
        GENERATE("", ":", "1", "1:", ":1", "1:0", "1:-4", "1:2:3", "a:1", "1:1x", "99999999999999999999:1");
    CHECK_FALSE(transaction_cursor_from_string(text));
    CHECK(transaction_cursor_from_string("-5:7")->time == -5);
}

TEST_CASE("transactions are filtered by the way in which they ended", "[journal]") {
    transactions_file file;
    const auto presumed = file.start("CP-1", 1, "TAG-1", 0), running = file.start("CP-1", 1, "TAG-1", 1);
    const auto stopped = file.start("CP-2", 1, "TAG-1", 0), closed = file.start("CP-3", 1, "TAG-1", 0);
    REQUIRE(file.stop("CP-2", stopped, 1).known);
    file.close(closed);
    const auto both = file.start("CP-4", 1, "TAG-1", 0);
    file.start("CP-4", 1, "TAG-1", 1);
    file.close(both);  // presumed to have ended before: the close counts
    const auto stopped_at_last = file.start("CP-5", 1, "TAG-1", 0);
    file.close(stopped_at_last);
    REQUIRE(file.stop("CP-5", stopped_at_last, 1).known);
    const auto in = [&](transaction_state s) {
        transaction_query q;
        q.state = s;
        const auto found = file.ids(q);
        for (const auto& t : read_transactions(file.db, q).items) {
            const auto expected =
                std::array{"running", "stopped", "presumed_ended", "closed"}[static_cast<std::size_t>(s)];
            CHECK(state_of(t.record) == expected);
        }
        return found;
    };
    CHECK(in(transaction_state::running).size() == 2);
    CHECK(in(transaction_state::running).back() == running);
    CHECK(in(transaction_state::stopped) == id_list{stopped_at_last, stopped});
    CHECK(in(transaction_state::presumed_ended) == id_list{presumed});
    CHECK(in(transaction_state::closed) == id_list{both, closed});
}

TEST_CASE("transactions that somebody should look at are found by any of the reasons", "[journal]") {
    transactions_file file;
    const auto presumed = file.start("CP-1", 1, "TAG-1", 0);
    const auto next = file.start("CP-1", 1, "TAG-1", 1);
    const auto backwards = file.start("CP-2", 1, "TAG-1", 0);
    REQUIRE(file.stop("CP-2", backwards, 1, 5).known);
    const auto in_conflict = file.start("CP-3", 1, "TAG-1", 0);
    REQUIRE(file.stop("CP-3", in_conflict, 1).known);
    CHECK(file.stop("CP-3", in_conflict, 2).conflict);
    transaction_query q;
    q.attentions = attention_set::bit(attention::presumed);
    CHECK(file.ids(q) == id_list{presumed});
    q.attentions = attention_set::bit(attention::conflict) | attention_set::bit(attention::meter_backwards);
    CHECK(file.ids(q) == id_list{in_conflict, backwards});
    q.charge_point_id = "CP-2";
    CHECK(file.ids(q) == id_list{backwards});
    q.charge_point_id.reset();
    q.attentions = ~0U;
    CHECK(file.ids(q) == id_list{in_conflict, backwards, presumed});
    q.state = transaction_state::stopped;
    CHECK(file.ids(q) == id_list{in_conflict, backwards});
    q.state = transaction_state::running;
    CHECK(file.ids(q).empty());
    CHECK(file.stop("CP-1", presumed, 3).known);
    q.state.reset();
    CHECK(file.ids(q) == id_list{in_conflict, backwards});
    CHECK(next > 0);
}

TEST_CASE("changes of transactions come in the order of receipt, so that a late stop is not missed", "[journal]") {
    transactions_file file;
    const auto a = file.start("CP-1", 1, "TAG-1", 8), b = file.start("CP-2", 1, "TAG-1", 3);
    const auto c = file.start("CP-3", 1, "TAG-1", 5);
    transaction_query q;
    q.changed_after = 0;
    CHECK(file.ids(q) == id_list{a, b, c});
    REQUIRE(file.stop("CP-1", a, 9).known);  // of the first one
    CHECK(file.ids(q) == id_list{b, c, a});
    const auto page = read_transactions(file.db, q);
    REQUIRE(page.next);
    q.after = page.next;
    CHECK(file.ids(q).empty());
    CHECK(to_string(*read_transactions(file.db, q).next) == to_string(*page.next));  // it is asked again later
    REQUIRE(file.stop("CP-2", b, 4).known);
    CHECK(file.ids(q) == id_list{b});
    q.after.reset();
    q.changed_after = page.items.back().changed_at;
    CHECK(file.ids(q) == id_list{b});
    q.changed_after = page.items.back().changed_at - 1;
    CHECK(file.ids(q) == id_list{a, b});
    q.charge_point_id = "CP-1";
    CHECK(file.ids(q) == id_list{a});
}

TEST_CASE("changes that come at the same time are changes one after the other", "[journal]") {
    transactions_file file;
    const auto now = file.next_receipt();
    file.db.execute("BEGIN IMMEDIATE");
    std::vector<std::int32_t> started;
    for (int i = 0; i < 10; ++i) started.push_back(file.start("CP-1", i, "TAG-1", 0));
    file.db.execute("COMMIT");
    CHECK(now < file.next_receipt());
    transaction_query q;
    q.changed_after = 0;
    q.limit = 3;
    std::vector<std::int32_t> seen;
    for (int pages = 0; pages < 4; ++pages) {
        const auto page = read_transactions(file.db, q);
        for (const auto& t : page.items) seen.push_back(t.record.id);
        REQUIRE(page.next);
        q.after = transaction_cursor_from_string(to_string(*page.next));
    }
    CHECK(seen == started);
    CHECK(read_transactions(file.db, q).items.empty());
}

TEST_CASE("a transaction that may be an earlier one names it", "[journal]") {
    transactions_file file;
    journal_tables tables(file.db);
    auto t = start_of();
    t.meter_start_wh = 0;
    t.times = told("2026-01-02T03:04:05Z", at("2026-01-02T05:04:05Z"));
    const auto first = tables.transactions.start(t, false).id;
    static_cast<void>(tables.transactions.use("CP-1", use_of(first), t.times.received));
    const auto second = tables.transactions.start(t, false).id;
    CHECK(find_transaction(file.db, std::to_string(second))->duplicate_of == first);
    CHECK(find_transaction(file.db, std::to_string(first))->duplicate_of == 0);
}

TEST_CASE("transactions of 2.x are found by their charge points' own ids", "[journal]") {
    transactions_file file;
    const auto of_16 = file.start("CP-1", 1, "TAG-1", 0);
    file.start_station("CP-2", "T-1");
    file.start_station("CP-3", "T-1");
    file.start_station("CP-3", std::to_string(of_16).c_str());
    const auto found = find_transaction(file.db, "T-1", "cp-2");
    REQUIRE(found);
    CHECK(found->id() == "T-1");
    CHECK(found->charge_point_id == "CP-2");
    CHECK(found->record.evse_id == 2);
    CHECK(find_transaction(file.db, "T-1")->charge_point_id == "CP-3");  // the latest
    CHECK(find_transaction(file.db, std::to_string(of_16))->charge_point_id == "CP-1");
    CHECK(find_transaction(file.db, std::to_string(of_16), "CP-3")->record.station_id == std::to_string(of_16));
    CHECK_FALSE(find_transaction(file.db, "T-1", "CP-1"));
    const auto inner_number = std::to_string(found->record.id);  // nobody was given it
    CHECK_FALSE(find_transaction(file.db, inner_number));
}

TEST_CASE("every selective filter of transactions runs on an index", "[journal]") {
    transactions_file file;
    const int choice = GENERATE(range(0, 256));
    transaction_query q;
    if (choice & 1) q.charge_point_id = "CP-1";
    if (choice & 2) q.id_tag = "TAG-1";
    if (choice & 4) q.state = (choice & 8) != 0 ? transaction_state::running : transaction_state::stopped;
    if ((choice & 12) == 8) q.state = transaction_state::presumed_ended;
    if (choice & 16) q.started_from = 0;
    if (choice & 32) q.after = transaction_cursor();
    if (choice & 64) q.attentions = 5;
    if (choice & 128) q.changed_after = 0;
    if (q.charge_point_id) q.connector_id = 1;
    for (const std::size_t labelled : {0U, 1U, 5000U}) {
        if (labelled > 0) q.keys.emplace(labelled);
        sqlite::statement plan(file.db, "EXPLAIN QUERY PLAN " + transaction_page_sql(q));
        std::string steps;
        while (plan.step()) steps.append(plan.text(3)).append("; ");
        CAPTURE(choice, labelled, steps);
        const bool selective = q.charge_point_id || q.id_tag || q.started_from || labelled == 1;
        const bool sorts = steps.find("TEMP B-TREE") != std::string::npos;
        if (q.changed_after) {
            CHECK_THAT(steps, ContainsSubstring("SEARCH t USING INDEX transactions_by_change"));
            CHECK_FALSE(sorts);
        } else if (q.state == transaction_state::running && !q.charge_point_id && !q.id_tag) {
            CHECK_THAT(steps, ContainsSubstring("USING INDEX open_transactions"));
        } else if (q.attentions && !q.id_tag && q.state != transaction_state::running) {
            CHECK_THAT(steps, ContainsSubstring("USING INDEX transactions_to_see"));
        } else if (selective) {
            CHECK_THAT(steps, ContainsSubstring("SEARCH t USING INDEX"));
        } else {
            CHECK_FALSE(sorts);  // it stops as soon as the page is full
        }
    }
}
