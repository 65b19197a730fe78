// Erasing a tag: what is stored of it stays for the books, under a pseudonym that leads back to nobody.
#pragma once

#include "async/io_types.hpp"
#include "journal/sqlite.hpp"
#include "journal/tag_rewriter.hpp"
#include "stores/privacy_store.hpp"

#include <chrono>
#include <iosfwd>
#include <string>

namespace voltgate {

class platform;

class random_source;

class journal;
class privacy_book;

/// In a running gateway, a few rows at a time. Tells it by an event, which names the keyed pseudonym alone.
io_awaitable<erased_tag> erase_tag(journal& j, std::string tag, std::chrono::system_clock::time_point now);

/// The same in the journal of a gateway that is stopped. For people: errors are told, not thrown. False: it was not
/// done.
[[nodiscard]] bool erase_stored_tag(const std::string& directory, const std::string& tag, platform& machine,
                                    std::ostream& report);

/// Erases in a file that was put back what was erased since it was made. In transactions of its own.
rewritten_tags erase_again(sqlite::database& db, const privacy_book& book, random_source& random);

}  // namespace voltgate
