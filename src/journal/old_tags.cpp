#include "journal/old_tags.hpp"

#include "journal/privacy_book.hpp"
#include "journal/run_state.hpp"
#include "journal/tag_rewriter.hpp"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate {

namespace {

std::string name_of_place(int table) { return "personal_place_" + std::to_string(table); }

// "time:number"
tag_place read_place(sqlite::database& db, int table) {
    tag_place place;
    place.table = table;
    const std::string text = meta_text(db, name_of_place(table).c_str());
    const auto* const end = text.data() + text.size();
    const auto time = std::from_chars(text.data(), end, place.time);
    if (time.ec == std::errc() && time.ptr != end) std::from_chars(time.ptr + 1, end, place.number);
    return place;
}

}  // namespace

bool replace_old_tags(sqlite::database& db, const privacy_book& book, std::int64_t before) {
    const stored_tag_change change{[&book](std::string_view tag, std::int64_t) -> std::optional<std::string> {
                                       if (is_pseudonym(tag)) return std::nullopt;
                                       return book.pseudonym_of(tag);
                                   },
                                   {}};
    tag_rewriter rewriter(db);
    sqlite::statement note(db, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)");
    rewritten_tags count;
    bool more = false;
    for (int table = 0; table < tag_rewriter::table_count; ++table) {
        auto place = read_place(db, table);
        const auto from = place;
        more = rewriter.step(place, before, change, count) || more;
        if (place.time != from.time || place.number != from.number)
            note.run(name_of_place(table), std::to_string(place.time) + ':' + std::to_string(place.number));
    }
    return more;
}

}  // namespace voltgate
