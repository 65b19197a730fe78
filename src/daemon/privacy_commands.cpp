#include "daemon/privacy_commands.hpp"

#include "async/platform.hpp"
#include "config/texts.hpp"
#include "http/tag_export.hpp"
#include "journal/advice.hpp"
#include "journal/erase_tag.hpp"
#include "journal/privacy_book.hpp"
#include "journal/schema.hpp"
#include "journal/tag_pieces.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"

#include <ostream>
#include <stdexcept>

namespace voltgate {

namespace {

bool is_tag(const std::string& tag, std::ostream& report) {
    if (tag.empty()) {
        report << "the empty tag is nobody's: name one\n";
        return false;
    }
    if (settings::is_id_tag(tag)) return true;
    report << "the tag must have " << settings::id_tag_allowed << '\n';
    return false;
}

// As the gateway notes the same request over HTTP.
void note(const config& c, std::string_view what, const std::string& tag) {
    log_config audit;
    audit.format = log_config::format::json;
    audit.file = c.api.audit_file;
    const std::string text = std::string(what) + ' ' + privacy_book(c.journal.path, this_machine()).pseudonym_of(tag);
    log(audit, this_machine()).info("audit", {{"audit", "voltgate privacy"}, {"what", text}});
}

}  // namespace

bool export_tag(const config& c, const std::string& tag, std::ostream& out, std::ostream& report) {
    if (!is_tag(tag, report)) return false;
    return tell_errors(report, "it was not exported, or not all of it", [&] {
        auto db = open_for_reading(journal_file(c.journal.path));
        const named_tag of(tag, privacy_book(c.journal.path, this_machine()).pseudonym_of(tag));
        http::tag_export all(of, c.node_id);
        tag_position at;
        while (at.what != tag_position::part::end) {
            const auto piece = read_tag_piece(db, of, at);
            out << all.text_of(at.what, piece);
            at = piece.next;
        }
        out << "}\n";
        out.flush();
        if (!out) throw std::runtime_error("the output cannot be written");
        note(c, "exported", tag);
    });
}

bool erase_tag(const config& c, const std::string& tag, std::ostream& report) {
    if (!is_tag(tag, report) || !erase_stored_tag(c.journal.path, tag, this_machine(), report)) return false;
    return tell_errors(report, "it was erased, but that is not in the audit log", [&] { note(c, "erased", tag); });
}

}  // namespace voltgate
