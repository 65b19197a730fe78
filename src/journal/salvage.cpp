#include "journal/salvage.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <sqlite3.h>

namespace voltgate {

bool is_damage(const sqlite::error& e) { return e.damaged() || e.code() == SQLITE_IOERR; }

namespace {

bool can_read_after(sqlite::statement& rows, std::int64_t key) {
    try {
        rows.bind(key);
        static_cast<void>(rows.step());
        rows.reset();
        return true;
    } catch (const sqlite::error& e) {
        if (!is_damage(e)) throw;
        return false;
    }
}

// Nothing can be read after `key`; gives the smallest key after which something can.
std::optional<std::int64_t> pass_damage(sqlite::statement& rows, std::int64_t key) {
    constexpr auto largest = std::numeric_limits<std::int64_t>::max() / 4;
    std::int64_t unreadable = key, step = 1;
    while (!can_read_after(rows, key + step)) {
        unreadable = key + step;
        if (step > largest) return std::nullopt;
        step *= 2;
    }
    std::int64_t readable = key + step;
    while (readable - unreadable > 1) {
        const auto middle = unreadable + (readable - unreadable) / 2;
        (can_read_after(rows, middle) ? readable : unreadable) = middle;
    }
    return readable;
}

}  // namespace

bool scan(sqlite::database& db, const std::string& sql, const row_visitor& visit) {
    std::int64_t after = -1;
    bool whole = true;
    sqlite::statement rows(db, sql);
    for (;;) {
        bool more = true;
        try {
            rows.bind(after);
            more = rows.step();
        } catch (const sqlite::error& e) {
            if (!is_damage(e)) throw;
            whole = false;
            const auto next = pass_damage(rows, after);
            if (!next) return false;
            after = *next;
            continue;
        }
        while (more) {
            after = rows.integer(0);
            visit(rows);
            try {
                more = rows.step();
            } catch (const sqlite::error& e) {
                if (!is_damage(e)) throw;
                break;  // begins anew after the last one
            }
        }
        if (!more) return whole;
    }
}

bool scan_both_ways(sqlite::database& db, const std::string& sql, const std::string& key, const row_visitor& visit) {
    for (const char* order : {"", " DESC"}) {
        try {
            sqlite::statement rows(db, sql + " ORDER BY " + key + order);
            while (rows.step()) visit(rows);
            return *order == '\0';
        } catch (const sqlite::error& e) {
            if (!is_damage(e)) throw;
        }
    }
    return false;
}

}  // namespace voltgate
