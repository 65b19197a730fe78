// The tables as the writer uses them: statements prepared once, on the writer's connection and thread.
#pragma once

#include "journal/charge_point_table.hpp"
#include "journal/command_table.hpp"
#include "journal/credential_table.hpp"
#include "journal/event_index.hpp"
#include "journal/event_table.hpp"
#include "journal/feed_cursor_table.hpp"
#include "journal/id_tag_table.hpp"
#include "journal/message_marks.hpp"
#include "journal/profile_table.hpp"
#include "journal/reservation_table.hpp"
#include "journal/sqlite.hpp"
#include "journal/station_transaction_table.hpp"
#include "journal/transaction_rows.hpp"
#include "journal/transaction_table.hpp"

namespace voltgate {

class journal_tables {
  public:
    explicit journal_tables(sqlite::database& db);

    /// The batch was undone: what was remembered of it is forgotten.
    void rolled_back();
    void committed() noexcept { marks.committed(); }

    sqlite::database& db;
    charge_point_table charge_points;
    event_table events;
    event_index index;
    message_marks marks;
    transaction_rows transaction_records;
    transaction_table transactions;
    station_transaction_table station_transactions;
    id_tag_table id_tags;
    command_table commands;
    reservation_table reservations;
    credential_table credentials;
    profile_table profiles;
    feed_cursor_table feed_cursors;
};

}  // namespace voltgate
