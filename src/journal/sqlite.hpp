// SQLite as the journal's room uses it: what fails throws, what was opened is closed. Nobody else sees it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace voltgate::sqlite {

/// What SQLite said, with what was being done. Thrown within the journal's threads only, and caught there.
class error : public std::runtime_error {
  public:
    error(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
    /// SQLite's primary result code: SQLITE_FULL, SQLITE_CORRUPT, …
    [[nodiscard]] int code() const noexcept { return code_ & 0xFF; }
    /// The file's content is not what it should be; trying again will not help.
    [[nodiscard]] bool damaged() const noexcept;

  private:
    int code_;
};

/// Another connection that holds the file up is waited for.
inline constexpr int busy_timeout_ms = 5000;

enum class open_mode : std::uint8_t { read_write, read_only };

/// One connection; for one thread at a time.
class database {
  public:
    database(const std::string& path, open_mode mode);

    void execute(const char* sql);
    /// The first column of the first row; nullopt: no row.
    [[nodiscard]] std::optional<std::int64_t> number(const char* sql);
    /// Becomes a copy of what the other one has at this moment, page by page. Its writer is not held up.
    void copy_from(database& other);
    [[nodiscard]] std::int64_t last_row() const noexcept;
    [[nodiscard]] std::int64_t changes() const noexcept;
    [[nodiscard]] sqlite3* handle() const noexcept { return db_.get(); }

  private:
    struct closer {
        void operator()(sqlite3* db) const noexcept;
    };
    std::unique_ptr<sqlite3, closer> db_;
};

struct blob {
    std::string_view bytes;
};

/// A prepared statement. Texts and blobs that are bound must live until it is stepped through or bound anew.
class statement {
  public:
    statement(database& db, std::string_view sql);

    /// Binds all parameters anew, in order. Takes integers, texts, blobs, optionals of them and nullptr.
    template <class... Values>
    statement& bind(const Values&... values) {
        reset();
        int index = 0;
        (put(++index, values), ...);
        return *this;
    }
    /// Whether there is a (further) row. After the last one the statement is reset.
    [[nodiscard]] bool step();
    /// Binds and steps through a statement that has no rows.
    template <class... Values>
    void run(const Values&... values) {
        bind(values...);
        while (step()) {
        }
    }
    void reset() noexcept;
    /// Runs with the columns of another statement's current row, from `first` on, as its parameters.
    void copy_row(const statement& row, int first);

    // Columns of the current row, from 0. Texts are valid until the next step.
    [[nodiscard]] bool is_null(int column) const noexcept;
    [[nodiscard]] std::int64_t integer(int column) const noexcept;
    [[nodiscard]] std::optional<std::int64_t> maybe_integer(int column) const noexcept;
    [[nodiscard]] std::string_view text(int column) const noexcept;  // of a blob: its bytes

  private:
    void put(int index, std::int64_t value);
    void put(int index, int value) { put(index, std::int64_t{value}); }
    void put(int index, std::uint64_t value) { put(index, static_cast<std::int64_t>(value)); }
    void put(int index, std::uint32_t value) { put(index, std::int64_t{value}); }
    void put(int index, bool value) { put(index, std::int64_t{value}); }
    void put(int index, std::string_view value);
    void put(int index, const std::string& value) { put(index, std::string_view(value)); }
    void put(int index, const char* value) { put(index, std::string_view(value)); }
    void put(int index, blob value);
    void put(int index, std::nullptr_t);
    template <class T>
    void put(int index, const std::optional<T>& value) {
        if (value) {
            put(index, *value);
        } else {
            put(index, nullptr);
        }
    }
    void check(int code);

    struct finalizer {
        void operator()(sqlite3_stmt* s) const noexcept;
    };
    sqlite3* db_;
    std::unique_ptr<sqlite3_stmt, finalizer> statement_;
};

}  // namespace voltgate::sqlite
