#include "journal/schema.hpp"

#include "async/random_source.hpp"
#include "events/event_id.hpp"

#include <cerrno>
#include <sqlite3.h>
#include <system_error>

namespace voltgate {

namespace {

constexpr std::int64_t application_id = 0x566F6C74;  // "Volt"

// Times are microseconds since 1970, UTC. `charge_point` is charge_points.row.
constexpr const char* tables = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

CREATE TABLE charge_points (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,       -- the identity, ASCII case folded
  id TEXT NOT NULL,               -- as the charge point spelt it
  registration INTEGER,           -- what its last boot was answered; NULL: it never booted
  record TEXT NOT NULL DEFAULT '{}',
  last_seen INTEGER NOT NULL DEFAULT 0
);

-- The events of one commit, or a part of them: records one after the other, numbered from `first` to `last`.
CREATE TABLE events (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, time INTEGER NOT NULL, body BLOB NOT NULL);

CREATE TABLE transactions (
  number INTEGER PRIMARY KEY,     -- the transaction id is a permutation of it
  charge_point INTEGER NOT NULL,
  connector INTEGER,
  id_tag TEXT NOT NULL,
  id_tag_key TEXT NOT NULL,       -- ASCII case folded
  id_tag_status INTEGER NOT NULL, -- what the start was answered
  reservation INTEGER,
  meter_start INTEGER,
  start_text TEXT NOT NULL,       -- the start's timestamp as it was sent
  started_at INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0, -- a later message bore the id
  stopped_at INTEGER,             -- NULL: no stop has come
  stop_text TEXT,
  meter_stop INTEGER,
  stop_reason TEXT,
  stop_id_tag TEXT
);
CREATE INDEX transactions_of_charge_point ON transactions (charge_point, number);
CREATE INDEX transactions_of_id_tag ON transactions (id_tag_key, number);

CREATE TABLE id_tags (
  key TEXT PRIMARY KEY,           -- ASCII case folded
  id_tag TEXT NOT NULL,
  status INTEGER NOT NULL,
  parent TEXT NOT NULL,
  expires_at INTEGER,
  revision INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE commands (
  number INTEGER PRIMARY KEY,     -- grows with every command
  command_id TEXT NOT NULL UNIQUE,
  fingerprint INTEGER NOT NULL,   -- of what the caller asked for
  charge_point_id TEXT NOT NULL,  -- as the caller spelt it
  charge_point_key TEXT NOT NULL, -- ASCII case folded
  name TEXT NOT NULL,
  payload TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  timeout_ms INTEGER NOT NULL,
  expires_at INTEGER,
  state INTEGER NOT NULL,         -- 0 waiting, 1 dispatching, 2 done
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  outcome TEXT,                   -- as they are spelt in answers and events
  reason TEXT,
  answer TEXT,                    -- the confirmation, or the call error's details
  error_code TEXT,
  error_description TEXT,
  detail TEXT,
  late INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX commands_of_charge_point ON commands (charge_point_key, number);
CREATE INDEX open_commands ON commands (number) WHERE state < 2;
CREATE INDEX done_commands ON commands (updated_at) WHERE state = 2;

CREATE TABLE reservations (
  number INTEGER PRIMARY KEY,
  charge_point INTEGER NOT NULL,
  reservation INTEGER NOT NULL,   -- the id the caller gave it; ids are used again
  connector INTEGER,
  id_tag TEXT NOT NULL,
  parent TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  state INTEGER NOT NULL,         -- 0 accepted, or expired once expires_at has passed; 1 cancelled, 2 used, 3 expired
  updated_at INTEGER NOT NULL,
  transaction_id INTEGER          -- used: the one that did
);
CREATE INDEX reservations_of_charge_point ON reservations (charge_point, number);
CREATE INDEX accepted_reservations ON reservations (charge_point, reservation) WHERE state = 0;
CREATE INDEX reservations_by_age ON reservations (max(expires_at, updated_at));
)sql";

// Filled behind the events, many at a time: up to meta.indexed_sequence. `entries` holds many numbers, up to `last`.
constexpr const char* tables_of_index = R"sql(
CREATE TABLE events_of_charge_point (
  charge_point INTEGER NOT NULL, last INTEGER NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (charge_point, last)
) WITHOUT ROWID;
CREATE TABLE events_of_type (
  type INTEGER NOT NULL, last INTEGER NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (type, last)
) WITHOUT ROWID;
)sql";

// Added to files that were made before there was one; older gateways pass it over.
constexpr const char* table_of_credentials = R"sql(
CREATE TABLE IF NOT EXISTS credentials (
  key TEXT PRIMARY KEY,           -- the identity, ASCII case folded
  id TEXT NOT NULL,               -- as it was spelt when the password was set
  password TEXT NOT NULL,         -- salted and hashed; empty: the configured one counts
  pending TEXT NOT NULL,          -- likewise, of a rotation; empty: none
  set_at INTEGER,
  pending_since INTEGER
) WITHOUT ROWID;
)sql";

// Likewise.
constexpr const char* table_of_profiles = R"sql(
CREATE TABLE IF NOT EXISTS charge_point_profiles (
  key TEXT PRIMARY KEY,           -- the identity, ASCII case folded
  id TEXT NOT NULL,               -- as it was spelt when it was set
  profile TEXT NOT NULL           -- JSON: labels, serialNumber, overrides
) WITHOUT ROWID;
)sql";

// Likewise.
constexpr const char* table_of_feed_cursors = R"sql(
CREATE TABLE IF NOT EXISTS feed_cursors (
  name TEXT PRIMARY KEY,          -- of a reader of the events
  sequence INTEGER NOT NULL       -- it has dealt with all up to this one
) WITHOUT ROWID;
)sql";

// Likewise. Older gateways know such transactions by their numbers alone.
constexpr const char* tables_of_station_transactions = R"sql(
CREATE TABLE IF NOT EXISTS station_transactions (
  number INTEGER PRIMARY KEY,     -- transactions.number
  charge_point INTEGER NOT NULL,
  transaction_id TEXT NOT NULL,   -- as the charge point gave it: unique for that charge point, or meant to be
  evse INTEGER
);
CREATE INDEX IF NOT EXISTS station_transaction_ids ON station_transactions (transaction_id, charge_point, number);
-- The sequence numbers that have come. A table of its own: it is written with every message.
CREATE TABLE IF NOT EXISTS transaction_sequences (number INTEGER PRIMARY KEY, seen TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS forget_station_transaction AFTER DELETE ON transactions BEGIN
  DELETE FROM station_transactions WHERE number = old.number;
  DELETE FROM transaction_sequences WHERE number = old.number;
END;
)sql";

// Likewise.
void add_column(sqlite::database& db, const std::string& table, const std::string& name, const std::string& type) {
    sqlite::statement found(db, "SELECT 1 FROM pragma_table_info(?) WHERE name = ?");
    const bool has_it = found.bind(table, name).step();
    found.reset();
    if (!has_it) db.execute(("ALTER TABLE " + table + " ADD COLUMN " + name + ' ' + type).c_str());
}

// What version 3 knows of transactions and of their messages.
constexpr const char* tables_of_version_3 = R"sql(
ALTER TABLE transactions ADD COLUMN start_received INTEGER;     -- NULL: not known
ALTER TABLE transactions ADD COLUMN stop_received INTEGER;
ALTER TABLE transactions ADD COLUMN changed_at INTEGER NOT NULL DEFAULT 0; -- receipt of the last change; grows
ALTER TABLE transactions ADD COLUMN meter_start_exact TEXT;     -- instead of meter_start, where that is not whole
ALTER TABLE transactions ADD COLUMN meter_stop_exact TEXT;
ALTER TABLE transactions ADD COLUMN phases INTEGER NOT NULL DEFAULT 0; -- that readings are sums of: start, stop << 8
ALTER TABLE transactions ADD COLUMN attention INTEGER NOT NULL DEFAULT 0; -- bits: gateway/transaction_record.hpp
ALTER TABLE transactions ADD COLUMN salvaged INTEGER NOT NULL DEFAULT 0;  -- 1: its start was not whole, 2: its stop
ALTER TABLE transactions ADD COLUMN presumed_at INTEGER;        -- receipt of the start that followed it
ALTER TABLE transactions ADD COLUMN last_reading TEXT;          -- when that was noted
ALTER TABLE transactions ADD COLUMN last_reading_at INTEGER;
ALTER TABLE transactions ADD COLUMN closed_at INTEGER;          -- by hand
ALTER TABLE transactions ADD COLUMN close_reason TEXT;
ALTER TABLE transactions ADD COLUMN closed_by TEXT;
ALTER TABLE transactions ADD COLUMN close_reading TEXT;
ALTER TABLE transactions ADD COLUMN duplicate_of INTEGER;       -- number of the one that it may be
DROP INDEX IF EXISTS transactions_by_start;
DROP INDEX IF EXISTS running_transactions;
DROP INDEX IF EXISTS running_of_id_tag;
DROP INDEX IF EXISTS reservations_by_expiry;
CREATE INDEX transactions_by_start ON transactions (started_at, charge_point);
CREATE INDEX transactions_by_change ON transactions (changed_at);
CREATE INDEX transactions_to_see ON transactions (number) WHERE attention <> 0;
CREATE INDEX open_transactions ON transactions (charge_point, number)
  WHERE stopped_at IS NULL AND presumed_at IS NULL AND closed_at IS NULL;
CREATE INDEX open_of_id_tag ON transactions (id_tag_key)
  WHERE stopped_at IS NULL AND presumed_at IS NULL AND closed_at IS NULL AND id_tag_status = 0;

-- The messages of each transaction, and those of each charge point that are of none (its row, negated): keyed hashes of
-- their payloads, 64 to a part, so that one that comes again is known. Written behind the events, which hold these
-- numbers too: up to meta.marked_sequence.
DROP TABLE IF EXISTS message_marks;
CREATE TABLE transaction_marks (
  place INTEGER PRIMARY KEY,      -- owner * 2^20 + part
  marks BLOB NOT NULL
);
CREATE TABLE transaction_progress (
  owner INTEGER PRIMARY KEY,
  told INTEGER NOT NULL,          -- how many messages
  latest INTEGER,                 -- the latest time that one of them bore
  reading TEXT,                   -- the last of the energy register
  reading_at INTEGER
);
CREATE TRIGGER forget_transaction_messages AFTER DELETE ON transactions BEGIN
  DELETE FROM transaction_marks WHERE place BETWEEN old.number * 1048576 AND old.number * 1048576 + 1048575;
  DELETE FROM transaction_progress WHERE owner = old.number;
END;
)sql";

// When a row last changed was not kept before: its own times are taken where they can be right, else now.
constexpr const char* guess_changes = R"sql(
UPDATE transactions SET changed_at =
  CASE WHEN coalesce(stopped_at, started_at) BETWEEN 1577836800000000 AND CAST(strftime('%s') AS INTEGER) * 1000000
  THEN coalesce(stopped_at, started_at) ELSE CAST(strftime('%s') AS INTEGER) * 1000000 END
  WHERE changed_at = 0;
)sql";

void set_meta(sqlite::database& db, const char* name, auto value) {
    sqlite::statement insert(db, "INSERT INTO meta (name, value) VALUES (?, ?)");
    insert.run(name, value);
}

void set_version(sqlite::database& db) {
    db.execute(("PRAGMA user_version = " + std::to_string(journal_schema_version)).c_str());
}

void create(sqlite::database& db, random_source& random) {
    db.execute("BEGIN IMMEDIATE");
    db.execute(tables);
    db.execute(tables_of_index);
    db.execute(tables_of_version_3);
    set_meta(db, "journal_id", make_uuid(random).substr(0, 8));
    set_meta(db, "transaction_key", static_cast<std::int64_t>(random.secret_number()));
    set_meta(db, "mark_key", static_cast<std::int64_t>(random.secret_number()));
    set_meta(db, "next_transaction", std::int64_t{1});
    set_meta(db, "next_epoch", std::int64_t{1});
    set_meta(db, "indexed_sequence", std::int64_t{0});
    set_meta(db, "marked_sequence", std::int64_t{0});
    set_meta(db, "saved_sequence", std::int64_t{0});
    set_meta(db, "process", "none");  // that has it open: none yet, running, or stopped in good order
    db.execute(("PRAGMA application_id = " + std::to_string(application_id)).c_str());
    set_version(db);
    db.execute("COMMIT");
}

// Version 1 had a row in each index for every event: they are made anew from the events.
void rebuild_index(sqlite::database& db) {
    db.execute("DROP TABLE events_of_charge_point");
    db.execute("DROP TABLE events_of_type");
    db.execute(tables_of_index);
    db.execute("UPDATE meta SET value = 0 WHERE name = 'indexed_sequence'");
}

// Messages are known again by another number from version 3 on: those of before are not read again.
void add_version_3(sqlite::database& db, random_source& random) {
    db.execute(tables_of_version_3);
    set_meta(db, "mark_key", static_cast<std::int64_t>(random.secret_number()));
    db.execute("UPDATE meta SET value = (SELECT coalesce(max(last), 0) FROM events) WHERE name = 'marked_sequence'");
}

void migrate(sqlite::database& db, std::int64_t from, random_source& random) {
    db.execute("BEGIN IMMEDIATE");
    if (from == 1) rebuild_index(db);
    add_version_3(db, random);
    set_version(db);
    db.execute("COMMIT");
}

std::int64_t version_of(sqlite::database& db) { return db.number("PRAGMA user_version").value_or(0); }

bool has_tables(sqlite::database& db) { return db.number("SELECT count(*) FROM sqlite_schema").value_or(0) > 0; }

// What a process wrote and had not synchronised when it died is found in the log of changes, and is gone with the next
// power cut: nothing may be answered from it before it is on the disk, whatever commits promise otherwise.
void synchronise_log(sqlite::database& db, const std::string& file) {
    if (!has_tables(db)) return;  // reading has opened the log, if there is one
    sqlite3_file* log = nullptr;
    int code = sqlite3_file_control(db.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (code == SQLITE_OK && log && log->pMethods) code = log->pMethods->xSync(log, SQLITE_SYNC_NORMAL);
    if (code != SQLITE_OK) throw sqlite::error(code, "synchronising " + file + "-wal: " + sqlite3_errstr(code));
}

}  // namespace

std::string journal_file(const std::string& directory) { return directory + "/journal.db"; }

void check_owner(sqlite::database& db, const std::string& file) {
    if (!has_tables(db)) return;
    if (!is_journal(db)) throw sqlite::error(SQLITE_NOTADB, file + " is a database of another program");
    if (version_of(db) > journal_schema_version) {
        throw sqlite::error(SQLITE_ERROR, file + " was written by a newer version of the gateway (schema " +
                                              std::to_string(version_of(db)) + "); this one knows schema " +
                                              std::to_string(journal_schema_version));
    }
    if (!has_counters(db)) throw sqlite::error(SQLITE_CORRUPT, file + " lacks a part of its counters");
}

sqlite::database open_for_writing(const std::string& file, commit_durability durability, random_source& random) {
    sqlite::database db(file, sqlite::open_mode::read_write);
    synchronise_log(db, file);
    // Pages are made this large, and freed ones given back, only in a file that has no tables yet.
    db.execute(("PRAGMA page_size = " + std::to_string(journal_page_bytes)).c_str());
    db.execute("PRAGMA auto_vacuum = INCREMENTAL");
    db.execute("PRAGMA journal_mode = WAL");
    db.execute(durability == commit_durability::disk ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    db.execute("PRAGMA wal_autocheckpoint = 0");  // the writer chooses the moment
    db.execute("PRAGMA journal_size_limit = 67108864");
    db.execute("PRAGMA cache_size = -2048");  // more gained nothing: the system keeps the file in memory
    db.execute("PRAGMA temp_store = MEMORY");
    db.execute("PRAGMA secure_delete = ON");  // what was erased or replaced leaves no bytes in the file
    check_owner(db, file);
    const std::int64_t version = version_of(db);
    if (!has_tables(db)) {
        create(db, random);
    } else if (version < journal_schema_version) {
        migrate(db, version, random);
    }
    db.execute(guess_changes);  // of rows that an earlier version wrote, or that were saved out of its file
    db.execute(table_of_credentials);
    db.execute(table_of_profiles);
    db.execute(tables_of_station_transactions);
    db.execute("CREATE INDEX IF NOT EXISTS reservations_by_age ON reservations (max(expires_at, updated_at))");
    add_column(db, "charge_points", "open_epoch", "INTEGER");  // of its session that has not ended; NULL: there is none
    add_column(db, "charge_points", "open_version", "INTEGER");  // of that session
    add_column(db, "reservations", "evse", "INTEGER");
    add_column(db, "reservations", "station_transaction", "TEXT");  // used: the 2.x transaction that did
    add_column(db, "transaction_sequences", "latest", "INTEGER");   // the charge point's time of the newest message
    db.execute(table_of_feed_cursors);
    return db;
}

sqlite::database open_for_reading(const std::string& file) {
    sqlite::database db(file, sqlite::open_mode::read_only);
    db.execute("PRAGMA cache_size = -16384");
    db.execute("PRAGMA temp_store = MEMORY");
    return db;
}

bool is_journal(sqlite::database& db) { return db.number("PRAGMA application_id") == application_id; }

bool has_counters(sqlite::database& db) {
    return db.number(
               "SELECT count(*) FROM meta WHERE name IN "
               "('journal_id', 'transaction_key', 'next_transaction', 'next_epoch', 'indexed_sequence')") == 5;
}

}  // namespace voltgate
