// A journal's file as gateways with schema 2 made it, before messages were known by their payloads.
#pragma once

#include "journal/schema.hpp"

#include <string>

namespace voltgate::test {

inline constexpr const char* tables_of_version_2 = R"sql(
CREATE TABLE meta (name TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;

CREATE TABLE charge_points (
  row INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  id TEXT NOT NULL,
  registration INTEGER,
  record TEXT NOT NULL DEFAULT '{}',
  last_seen INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE events (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, time INTEGER NOT NULL, body BLOB NOT NULL);
CREATE TABLE message_marks (charge_point INTEGER PRIMARY KEY, m0 INTEGER, m1 INTEGER, m2 INTEGER, m3 INTEGER);

CREATE TABLE transactions (
  number INTEGER PRIMARY KEY,
  charge_point INTEGER NOT NULL,
  connector INTEGER,
  id_tag TEXT NOT NULL,
  id_tag_key TEXT NOT NULL,
  id_tag_status INTEGER NOT NULL,
  reservation INTEGER,
  meter_start INTEGER,
  start_text TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0,
  stopped_at INTEGER,
  stop_text TEXT,
  meter_stop INTEGER,
  stop_reason TEXT,
  stop_id_tag TEXT
);
CREATE INDEX transactions_of_charge_point ON transactions (charge_point, number);
CREATE INDEX transactions_of_id_tag ON transactions (id_tag_key, number);
CREATE INDEX transactions_by_start ON transactions (started_at);
CREATE INDEX running_transactions ON transactions (charge_point, number) WHERE stopped_at IS NULL;

CREATE TABLE id_tags (
  key TEXT PRIMARY KEY,
  id_tag TEXT NOT NULL,
  status INTEGER NOT NULL,
  parent TEXT NOT NULL,
  expires_at INTEGER,
  revision INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE commands (
  number INTEGER PRIMARY KEY,
  command_id TEXT NOT NULL UNIQUE,
  fingerprint INTEGER NOT NULL,
  charge_point_id TEXT NOT NULL,
  charge_point_key TEXT NOT NULL,
  name TEXT NOT NULL,
  payload TEXT NOT NULL,
  trace_id TEXT NOT NULL,
  timeout_ms INTEGER NOT NULL,
  expires_at INTEGER,
  state INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  outcome TEXT,
  reason TEXT,
  answer TEXT,
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
  reservation INTEGER NOT NULL,
  connector INTEGER,
  id_tag TEXT NOT NULL,
  parent TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  state INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  transaction_id INTEGER
);
CREATE INDEX reservations_of_charge_point ON reservations (charge_point, number);
CREATE INDEX accepted_reservations ON reservations (charge_point, reservation) WHERE state = 0;
CREATE INDEX reservations_by_expiry ON reservations (expires_at);
CREATE TABLE events_of_charge_point (
  charge_point INTEGER NOT NULL, last INTEGER NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (charge_point, last)
) WITHOUT ROWID;
CREATE TABLE events_of_type (
  type INTEGER NOT NULL, last INTEGER NOT NULL, entries BLOB NOT NULL, PRIMARY KEY (type, last)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS credentials (
  key TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  password TEXT NOT NULL,
  pending TEXT NOT NULL,
  set_at INTEGER,
  pending_since INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS station_transactions (
  number INTEGER PRIMARY KEY,
  charge_point INTEGER NOT NULL,
  transaction_id TEXT NOT NULL,
  evse INTEGER
);
CREATE INDEX IF NOT EXISTS station_transaction_ids ON station_transactions (transaction_id, charge_point, number);
CREATE TABLE IF NOT EXISTS transaction_sequences (number INTEGER PRIMARY KEY, seen TEXT NOT NULL);
CREATE TRIGGER IF NOT EXISTS forget_station_transaction AFTER DELETE ON transactions BEGIN
  DELETE FROM station_transactions WHERE number = old.number;
  DELETE FROM transaction_sequences WHERE number = old.number;
END;
CREATE INDEX IF NOT EXISTS running_of_id_tag ON transactions (id_tag_key, number) WHERE stopped_at IS NULL;
ALTER TABLE reservations ADD COLUMN evse INTEGER;
ALTER TABLE reservations ADD COLUMN station_transaction TEXT;
ALTER TABLE transaction_sequences ADD COLUMN latest INTEGER;
INSERT INTO meta (name, value) VALUES ('journal_id', 'abcdef01'), ('transaction_key', 4711), ('next_transaction', 100),
  ('next_epoch', 8), ('indexed_sequence', 0), ('marked_sequence', 0), ('saved_sequence', 0);
)sql";

/// Opened as that version opened it.
[[nodiscard]] inline sqlite::database make_journal_of_version_2(const std::string& file) {
    sqlite::database db(file, sqlite::open_mode::read_write);
    db.execute(("PRAGMA page_size = " + std::to_string(journal_page_bytes)).c_str());
    db.execute("PRAGMA auto_vacuum = INCREMENTAL");
    db.execute("PRAGMA journal_mode = WAL");
    db.execute("BEGIN IMMEDIATE");
    db.execute(tables_of_version_2);
    db.execute("PRAGMA application_id = 1450142836");  // "Volt"
    db.execute("PRAGMA user_version = 2");
    db.execute("COMMIT");
    return db;
}

}  // namespace voltgate::test
