// Commands as they are written and read.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/ledger_port.hpp"

#include <cstdint>
#include <string_view>
#include <vector>

namespace voltgate {

class command_table {
  public:
    explicit command_table(sqlite::database& db);

    /// Keeps the command as waiting if its id is new; else says what its id stands for.
    [[nodiscard]] opened_command open(const command_record& c);
    /// Of a command that is not done. False: there is none of this id.
    bool set_state(std::string_view command_id, command_state s, std::int64_t now);
    void finish(std::string_view command_id, const command_result& r, std::int64_t now);
    /// An outcome that is still unknown becomes this one.
    void upgrade(std::string_view command_id, const command_result& r, std::int64_t now);
    /// Removes a few that were done before; true: there may be more. In a transaction of its own.
    bool remove_older(std::int64_t before);

  private:
    static constexpr int rows_at_once = 200;

    sqlite::database& db_;
    sqlite::statement find_, insert_, set_state_, finish_, upgrade_, remove_older_;
};

// Reading, on any connection.
/// Those that are not done, oldest first.
[[nodiscard]] std::vector<command_record> read_open_commands(sqlite::database& db);
/// Some of all commands, in the order in which they were given.
struct command_run {
    std::vector<command_record> items;
    std::int64_t last = 0;  // number of the last one
    bool more = false;      // there may be
};
/// Those behind a number, until their payloads and answers take `enough_bytes`.
[[nodiscard]] command_run read_commands_after(sqlite::database& db, std::int64_t number, std::size_t enough_bytes);

[[nodiscard]] command_page read_commands(sqlite::database& db, const command_query& q);

}  // namespace voltgate
