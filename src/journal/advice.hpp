// What an operator can do about an error of the journal's file.
#pragma once

#include "journal/sqlite.hpp"

#include <string>

namespace voltgate {

/// What SQLite said, and what to do.
[[nodiscard]] std::string with_advice(const sqlite::error& e);

}  // namespace voltgate
