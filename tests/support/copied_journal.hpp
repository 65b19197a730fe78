// What a crash of the gateway leaves behind.
#pragma once

#include <filesystem>
#include <string>

namespace voltgate::test {

/// A copy of a running gateway's journal at this moment, for another gateway to start on.
inline void copy_journal(const std::string& from, const std::string& to) {
    for (const auto* name : {"/journal.state", "/journal.db", "/journal.db-wal"})
        std::filesystem::copy_file(from + name, to + name);
}

}  // namespace voltgate::test
