// What an operator can do about an error of the journal's file.
#pragma once

#include "journal/sqlite.hpp"

#include <functional>
#include <iosfwd>
#include <string>
#include <string_view>

namespace voltgate {

/// What SQLite said, and what to do.
[[nodiscard]] std::string with_advice(const sqlite::error& e);

/// Whether the work came to its end. What it threw is told, with what to do, and then `otherwise`.
bool tell_errors(std::ostream& report, std::string_view otherwise, const std::function<void()>& work);

}  // namespace voltgate
