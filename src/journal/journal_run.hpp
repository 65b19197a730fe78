// One gateway's time with a journal: whether the file is the one that the last gateway left, and what is done when an
// older one was put in its place.
#pragma once

#include "journal/run_state.hpp"
#include "journal/sqlite.hpp"

#include <optional>
#include <string>

namespace voltgate {

class platform;
class random_source;

class log;

/// How far numbers go on behind what was given out and may be unknown: more than a busy site needs between backups.
inline constexpr std::int64_t transaction_margin = 1'000'000, epoch_margin = 10'000'000;

/// What has to be done with a file that is older than what was given out, `known` as far as anybody remembers: its
/// numbers move ahead, commands that waited may have been sent, and readers of events begin anew with another journal
/// id. In the caller's transaction.
void renew_restored(sqlite::database& db, const journal_counters& known, random_source& random);

/// The file is a backup: whoever finds it in a journal's place has to renew it.
void mark_as_backup(sqlite::database& db, random_source& random);

/// Names the run that writes the file from now on. `known`: what journal.state holds. In the caller's transaction.
/// Returns the run's name.
std::string begin_run(sqlite::database& db, const std::optional<journal_state>& known, random_source& random);

class journal_run {
  public:
    /// Before anything is read of the file that is counted on. Throws sqlite::error and std::system_error.
    journal_run(sqlite::database& db, std::string directory, platform& machine, log& l);

    /// An older file was found in the journal's place.
    [[nodiscard]] bool restored() const noexcept { return restored_; }

    /// Writes journal.state if something changed; outside of transactions. Throws as above.
    void save();

  private:
    sqlite::database& db_;
    std::string directory_;
    platform& machine_;
    journal_state state_;
    bool restored_ = false;
};

}  // namespace voltgate
