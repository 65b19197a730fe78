// The tables as the writer uses them: statements prepared once, on the writer's connection and thread.
#pragma once

#include "journal/charge_point_table.hpp"
#include "journal/command_table.hpp"
#include "journal/event_table.hpp"
#include "journal/reservation_table.hpp"
#include "journal/sqlite.hpp"
#include "journal/transaction_table.hpp"

namespace voltgate {

class journal_tables {
  public:
    explicit journal_tables(sqlite::database& db);

    /// The batch was undone: what was remembered of it is forgotten.
    void rolled_back();

    sqlite::database& db;
    charge_point_table charge_points;
    event_table events;
    transaction_table transactions;
    command_table commands;
    reservation_table reservations;
};

}  // namespace voltgate
