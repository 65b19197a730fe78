// journal.keep_personal: tags in what is old are replaced by their keyed pseudonyms.
#pragma once

#include "journal/sqlite.hpp"

#include <cstdint>

namespace voltgate {

class privacy_book;

/// The next few rows of each table that were stored before `before`; how far it has come is kept in the file. True:
/// there may be more. In a transaction of its own.
[[nodiscard]] bool replace_old_tags(sqlite::database& db, const privacy_book& book, std::int64_t before);

}  // namespace voltgate
