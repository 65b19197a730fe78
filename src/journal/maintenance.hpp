// What an operator does with a journal's file: check it, export it, save what can be saved of a damaged one.
#pragma once

#include "journal/sqlite.hpp"

#include <iosfwd>
#include <string>

namespace voltgate {

class platform;

// All take the journal's directory and say what they found, for people. Errors of the file are told, not thrown.

/// Whether this file is a journal that the gateway knows, and whole.
[[nodiscard]] bool check_file(sqlite::database& db, std::ostream& report);

/// Whether the file is whole. Changes nothing; a gateway may be running.
[[nodiscard]] bool check_journal(const std::string& directory, std::ostream& report);

/// Writes all events to `out`, one JSON object a line, by ascending sequence. False: some could not be read. Changes
/// nothing; a gateway may be running.
[[nodiscard]] bool export_journal(const std::string& directory, const std::string& node_id, std::ostream& out,
                                  std::ostream& report);

/// Puts a new file with all that can be read in the place of the old one, which is kept under another name.
/// Sequence numbers, transaction ids and epochs never go back. The gateway has to be stopped. False: nothing was done.
[[nodiscard]] bool repair_journal(const std::string& directory, platform& machine, std::ostream& report);

}  // namespace voltgate
