// What is stored of a tag, read of the file piece by piece.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/privacy_store.hpp"

namespace voltgate {

/// See privacy_store::read. On any connection; each piece takes a short time.
[[nodiscard]] tag_piece read_tag_piece(sqlite::database& db, const named_tag& of, const tag_position& from);

}  // namespace voltgate
