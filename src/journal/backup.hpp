// A copy of the journal that can be put back, and putting it back.
#pragma once

#include <iosfwd>
#include <string>

namespace voltgate {

class platform;

// Both take the journal's directory and say what they did, for people. Errors of the files are told, not thrown; after
// false nothing was changed.

/// Makes a whole copy of the journal as it is at this moment; `to` must not exist. A gateway may be running.
[[nodiscard]] bool backup_journal(const std::string& directory, const std::string& to, platform& machine,
                                  std::ostream& report);

/// Puts a copy in the place of the journal, which is kept under another name. Transaction ids and epochs go on behind
/// everything that was given out since the copy was made, and readers of events begin anew. The gateway has to be
/// stopped.
[[nodiscard]] bool restore_journal(const std::string& directory, const std::string& from, platform& machine,
                                   std::ostream& report);

}  // namespace voltgate
