// A journal's file in a directory of its own, and what its tables are given.
#pragma once

#include "async/platform.hpp"
#include "journal/event_record.hpp"
#include "journal/schema.hpp"
#include "journal/tables.hpp"
#include "machine/this_machine.hpp"
#include "support/temporary_directory.hpp"

#include <memory>
#include <string>
#include <utility>

namespace voltgate::test {

struct journal_file_fixture {
    temporary_directory directory;
    std::unique_ptr<sqlite::database> db;
    std::unique_ptr<journal_tables> tables;

    journal_file_fixture() { open(); }
    ~journal_file_fixture() { close(); }
    journal_file_fixture(const journal_file_fixture&) = delete;
    journal_file_fixture& operator=(const journal_file_fixture&) = delete;

    [[nodiscard]] std::string file() const { return journal_file(directory.path()); }
    void open() {
        db = std::make_unique<sqlite::database>(
            open_for_writing(file(), commit_durability::process, this_machine().random()));
        tables = std::make_unique<journal_tables>(*db);
    }
    void close() {
        tables.reset();
        db.reset();
    }
    void reopen() {
        close();
        open();
    }
    [[nodiscard]] std::int64_t count(const char* table) {
        return db->number((std::string("SELECT count(*) FROM ") + table).c_str()).value_or(-1);
    }
};

[[nodiscard]] inline event event_of(std::string charge_point_id, event_type type = event_type::meter_values_received,
                                    std::string payload = "{}") {
    event e;
    e.charge_point_id = std::move(charge_point_id);
    e.type = type;
    e.payload = std::move(payload);
    return e;
}

[[nodiscard]] inline std::string record_of(const event& e) {
    std::string bytes;
    append_record(bytes, e);
    return bytes;
}

}  // namespace voltgate::test
