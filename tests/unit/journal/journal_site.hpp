// A site with one journal, which remembers every transaction id and epoch that it was ever given.
#pragma once

#include "async/platform.hpp"
#include "events/bus.hpp"
#include "journal/backup.hpp"
#include "journal/journal.hpp"
#include "journal/journal_run.hpp"
#include "journal/stores.hpp"
#include "journal_file_fixture.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "support/manual_clock.hpp"
#include "support/run.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <initializer_list>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace voltgate::test {

struct journal_site {
    temporary_directory directory, elsewhere;
    asio::io_context io;
    manual_clock clock;
    event_bus bus{io.get_executor(), this_machine().random()};
    std::string warnings;
    voltgate::log log{log_config{}, this_machine().clock(), [this](log_config::severity s, std::string_view line) {
                          if (s == log_config::severity::warning) warnings.append(line) += '\n';
                      }};
    config settings;
    std::unique_ptr<journal> j;
    std::unique_ptr<journal_ownership> ownership;
    std::set<std::int32_t> ids;
    std::set<std::uint64_t> epochs;
    std::string report;
    int meter = 0;

    journal_site() {
        settings.journal.path = directory.path();
        settings.events.durability = events_config::durable::process;
        settings.events.flush_interval = std::chrono::milliseconds(1);
        open();
    }
    void open(const std::string& path = {}) {
        close();
        if (!path.empty()) settings.journal.path = path;
        j = std::make_unique<journal>(settings, clock, this_machine(), bus, log);
        ownership = std::make_unique<journal_ownership>(*j);
        j->start();
    }
    void close() {
        ownership.reset();
        j.reset();
    }
    [[nodiscard]] std::string file() const { return journal_file(settings.journal.path); }
    [[nodiscard]] bool restored() const { return j->stats().restored; }
    [[nodiscard]] std::string id_of_file() const {
        auto db = open_for_reading(file());
        return meta_text(db, "journal_id");
    }

    bool perform(std::shared_ptr<journal_op> op) { return run(io, j->perform(std::move(op))); }
    // Transactions with an event each, and connections.
    void work(int count) {
        for (int i = 0; i < count; ++i) {
            const auto id = std::make_shared<std::int32_t>(0);
            REQUIRE(perform(make_op([this, id](journal_batch& b) {
                transaction_start t;
                t.charge_point_id = "CP-1";
                t.meter_start_wh = ++meter;
                *id = b.tables.transactions.start(t, false).id;
                b.add(event_of("CP-1"));
            })));
            CHECK(ids.insert(*id).second);
            const std::uint64_t epoch = run(io, ownership->claim("CP-1"))->epoch;
            CHECK((epochs.empty() || epoch > *epochs.rbegin()));
            epochs.insert(epoch);
        }
    }
    // What a snapshot of the file system or a kill leaves: journal.state is never ahead of the rest.
    void copy_files(const std::string& to, std::initializer_list<const char*> names) const {
        for (const auto* name : names) {
            const auto from = settings.journal.path + '/' + name;
            if (std::filesystem::exists(from))
                std::filesystem::copy_file(from, to + '/' + name, std::filesystem::copy_options::overwrite_existing);
        }
    }
    void put_back(const std::string& from) const {
        for (const char* suffix : {"", "-wal"}) {
            std::filesystem::remove(file() + suffix);
            if (std::filesystem::exists(from + suffix)) std::filesystem::copy_file(from + suffix, file() + suffix);
        }
    }

    bool backup(const std::string& to) {
        std::ostringstream out;
        const bool done = backup_journal(settings.journal.path, to, this_machine(), out);
        report = out.str();
        return done;
    }
    bool restore(const std::string& from) {
        std::ostringstream out;
        const bool done = restore_journal(settings.journal.path, from, this_machine(), out);
        report = out.str();
        return done;
    }
    // Without their logs of changes.
    [[nodiscard]] std::vector<std::string> kept_files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(settings.journal.path)) {
            const auto name = entry.path().filename().string();
            if (name.starts_with("journal.db.replaced-") && name.ends_with('Z')) names.push_back(name);
        }
        return names;
    }
};

}  // namespace voltgate::test
