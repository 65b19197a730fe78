// What a page of 1,000 events costs in a journal of many: VOLTGATE_BENCH_EVENTS of 1,000 charge points, 10 million
// unless it says otherwise. The file is kept in VOLTGATE_BENCH_JOURNAL, if that names a directory, for the next run.
#include "async/platform.hpp"
#include "journal/event_pages.hpp"
#include "journal/event_record.hpp"
#include "journal/schema.hpp"
#include "journal/tables.hpp"
#include "machine/this_machine.hpp"

#include <benchmark/benchmark.h>
#include <cstdlib>
#include <filesystem>
#include <string>

namespace {

using namespace voltgate;

constexpr std::size_t charge_points = 1000, page_size = 1000;

std::uint64_t event_count() {
    const char* const text = std::getenv("VOLTGATE_BENCH_EVENTS");
    return text ? std::strtoull(text, nullptr, 10) : 10'000'000;
}

std::string directory() {
    const char* const text = std::getenv("VOLTGATE_BENCH_JOURNAL");
    return text ? text : (std::filesystem::temp_directory_path() / "voltgate-bench-journal").string();
}

// Charge points take turns at random; four of five events are meter values or statuses.
event made(std::uint64_t n) {
    const std::uint64_t random = n * 0x9E3779B97F4A7C15ULL >> 33;
    event e;
    e.id = {n * 0x9E3779B97F4A7C15ULL, n};
    e.type = random % 5 == 0   ? event_type::transaction_started
             : random % 5 == 1 ? event_type::connector_status_changed
                               : event_type::transaction_meter_values;
    e.charge_point_id = "CP-" + std::to_string(random / 5 % charge_points);
    e.epoch = 1'795'426'828'161;
    e.timestamp = std::chrono::system_clock::time_point(std::chrono::milliseconds(1'767'323'045'000 + n));
    e.occurred_at = e.timestamp;
    e.ocpp_version = ocpp::version::v16;
    e.payload =
        R"({"evseId":1,"connectorId":1,"transactionId":"17","meterValues":[{"timestamp":"2026-01-02T03:06:00Z","samples":[)"
        R"({"measurand":"Energy.Active.Import.Register","value":1250,"unit":"Wh","context":"Sample.Periodic",)"
        R"("location":"Outlet","phase":null}]}]})";
    return e;
}

void fill(sqlite::database& db) {
    journal_tables tables(db);
    const std::uint64_t wanted = event_count();
    db.execute("PRAGMA wal_autocheckpoint = 10000");
    while (tables.events.next_sequence() <= wanted) {
        db.execute("BEGIN");
        std::string row;
        std::size_t in_row = 0;
        for (int i = 0; i < 10'000; ++i) {
            append_record(row, made(tables.events.next_sequence() + in_row));
            ++in_row;
            if (row.size() < event_table::row_bytes && i + 1 < 10'000) continue;
            tables.events.append(row, in_row, 1);
            row.clear();
            in_row = 0;
        }
        if (tables.index.is_due(tables.events.next_sequence())) tables.index.add_some(tables.events.next_sequence());
        db.execute("COMMIT");
    }
}

sqlite::database& journal_file_of_many() {
    static sqlite::database db = [] {
        std::filesystem::create_directories(directory());
        {
            auto writing =
                open_for_writing(journal_file(directory()), commit_durability::process, this_machine().random());
            fill(writing);
        }
        return open_for_reading(journal_file(directory()));
    }();
    return db;
}

void read_pages(benchmark::State& state, event_query q) {
    auto& db = journal_file_of_many();
    const std::uint64_t last = read_events(db, q, [](const event&) { return false; }).last;
    q.limit = page_size;
    std::uint64_t turn = 0;
    std::string text;
    std::size_t events = 0;
    for (auto _ : state) {
        q.after = ++turn * 0x9E3779B97F4A7C15ULL % (last / 4);
        if (!q.filter.charge_point_id.empty())
            q.filter.charge_point_id = "CP-" + std::to_string(turn * 37 % charge_points);
        text.clear();
        events += read_events(db, q, [&text](const event& e) {
                      append_json(text, e, "node-1");
                      return true;
                  }).count;
    }
    if (events != page_size * static_cast<std::size_t>(state.iterations())) state.SkipWithError("a page was not full");
}

void page_of_all(benchmark::State& state) { read_pages(state, {}); }
BENCHMARK(page_of_all)->Unit(benchmark::kMillisecond);

void page_of_one_charge_point(benchmark::State& state) {
    event_query q;
    q.filter.charge_point_id = "CP-0";
    read_pages(state, q);
}
BENCHMARK(page_of_one_charge_point)->Unit(benchmark::kMillisecond);

void page_of_one_type(benchmark::State& state) {
    event_query q;
    q.filter.types = {event_type::transaction_started};
    read_pages(state, q);
}
BENCHMARK(page_of_one_type)->Unit(benchmark::kMillisecond);

void page_of_one_charge_point_and_type(benchmark::State& state) {
    event_query q;
    q.filter.charge_point_id = "CP-0";
    q.filter.types = {event_type::transaction_started};
    read_pages(state, q);
}
BENCHMARK(page_of_one_charge_point_and_type)->Unit(benchmark::kMillisecond);

}  // namespace
