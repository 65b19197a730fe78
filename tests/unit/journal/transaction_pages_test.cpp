// Pages of transactions: order, filters, cursors, and the index that each of them runs on.
#include "journal/transaction_pages.hpp"

#include "journal/schema.hpp"
#include "journal/tables.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/generators/catch_generators_range.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

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
        : db(open_for_writing(directory_.file("journal.db"), commit_durability::process)), tables_(db) {}

    /// `hour`: of the start, as the charge point tells it.
    std::int32_t start(const char* charge_point, int connector, const char* tag, int hour) {
        transaction_start t;
        t.charge_point_id = charge_point;
        t.connector_id = connector;
        t.id_tag = tag;
        t.timestamp = std::to_string(hour);
        t.meter_start_wh = 1000 + count_++;  // never the same start again
        t.tag_status = id_tag_status::accepted;
        t.at = at_hour(hour);
        return tables_.transactions.start(t, false).id;
    }
    void stop(const char* charge_point, std::int32_t id, int hour) {
        transaction_stop s;
        s.charge_point_id = charge_point;
        s.transaction_id = id;
        s.meter_stop_wh = 5000;
        s.timestamp = std::to_string(hour);
        s.reason = "Local";
        s.at = at_hour(hour);
        s.mark = static_cast<message_mark>(++count_);
        REQUIRE(tables_.transactions.stop(s).known);
    }
    static std::chrono::system_clock::time_point at_hour(int hour) {
        return std::chrono::system_clock::time_point(std::chrono::hours(490'000 + hour));
    }
    static std::int64_t stored_hour(int hour) { return std::int64_t{490'000 + hour} * 3'600'000'000; }

    std::vector<std::int32_t> ids(const transaction_query& q) {
        std::vector<std::int32_t> found;
        for (const auto& t : read_transactions(db, q).items) found.push_back(t.id);
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
    file.stop("CP-1", first, 2);
    CHECK(file.ids({}) == id_list{second, first});

    const auto found = find_transaction(file.db, std::to_string(first));
    REQUIRE(found);
    CHECK(found->id == first);
    CHECK(found->charge_point_id == "CP-1");
    CHECK(found->id_tag == "TAG-1");
    CHECK(found->tag_status == id_tag_status::accepted);
    CHECK(found->connector_id == 1);
    CHECK_FALSE(found->reservation_id);
    CHECK(found->meter_start_wh == 1000);
    CHECK(found->meter_stop_wh == 5000);
    CHECK(found->started_at == transactions_file::stored_hour(0));
    CHECK(found->stopped_at == transactions_file::stored_hour(2));
    CHECK(found->stop_reason == "Local");
    CHECK_FALSE(find_transaction(file.db, std::to_string(second))->stopped_at);
    CHECK_FALSE(find_transaction(file.db, "0"));
    CHECK_FALSE(find_transaction(file.db, "-1"));
    CHECK_FALSE(find_transaction(file.db, std::to_string(std::int64_t{1} << 40)));
}

TEST_CASE("filters of transactions narrow what is read, alone and together", "[journal]") {
    transactions_file file;
    const auto a = file.start("CP-1", 1, "TAG-1", 0);
    file.stop("CP-1", a, 1);
    const auto b = file.start("CP-1", 2, "TAG-2", 2);
    const auto c = file.start("CP-2", 1, "TAG-1", 3);
    const auto d = file.start("CP-2", 1, "TAG-3", 1);  // its clock is behind
    file.stop("CP-2", d, 2);
    transaction_query q;
    SECTION("by charge point") {
        q.charge_point_id = "cp-1";
        CHECK(file.ids(q) == id_list{b, a});
        q.connector_id = 2;
        CHECK(file.ids(q) == id_list{b});
        q.running = false;
        CHECK(file.ids(q).empty());
    }
    SECTION("by id tag") {
        q.id_tag = "tag-1";
        CHECK(file.ids(q) == id_list{c, a});
        q.charge_point_id = "CP-2";
        CHECK(file.ids(q) == id_list{c});
    }
    SECTION("by state") {
        q.running = true;
        CHECK(file.ids(q) == id_list{c, b});
        q.charge_point_id = "CP-1";
        CHECK(file.ids(q) == id_list{b});
        q.charge_point_id.reset();
        q.running = false;
        CHECK(file.ids(q) == id_list{d, a});
    }
    SECTION("by start, then in its order") {
        q.started_from = transactions_file::stored_hour(1);
        CHECK(file.ids(q) == id_list{c, b, d});
        q.started_before = transactions_file::stored_hour(3);
        CHECK(file.ids(q) == id_list{b, d});
        q.running = true;
        CHECK(file.ids(q) == id_list{b});
    }
    SECTION("nothing fits") {
        q.charge_point_id = "CP-9";
        CHECK(file.ids(q).empty());
    }
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
        for (const auto& t : page.items) CHECK(seen.insert(t.id).second);
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
    CHECK(transaction_cursor_from_string("-5:7")->started_at == -5);
}

TEST_CASE("every selective filter of transactions runs on an index", "[journal]") {
    transactions_file file;
    const int choice = GENERATE(range(0, 64));
    transaction_query q;
    if (choice & 1) q.charge_point_id = "CP-1";
    if (choice & 2) q.id_tag = "TAG-1";
    if (choice & 4) q.running = (choice & 8) != 0;
    if (choice & 16) q.started_from = 0;
    if (choice & 32) q.after = transaction_cursor();
    if (q.charge_point_id) q.connector_id = 1;
    sqlite::statement plan(file.db, "EXPLAIN QUERY PLAN " + transaction_page_sql(q));
    std::string steps;
    while (plan.step()) steps.append(plan.text(3)).append("; ");
    CAPTURE(steps);
    const bool selective = q.charge_point_id || q.id_tag || q.started_from;
    if (q.running.value_or(false) && !q.charge_point_id && !q.id_tag) {
        CHECK_THAT(steps, ContainsSubstring("USING INDEX running_transactions"));
    } else if (selective) {
        CHECK_THAT(steps, ContainsSubstring("SEARCH t USING INDEX"));
    } else {
        CHECK(steps.find("TEMP B-TREE") == std::string::npos);  // it stops as soon as the page is full
    }
}
