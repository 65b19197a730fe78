// What the HTTP routes read: first byte 0: a target and its query, and lists in headers, 1: an import of id tags, 2: a
// position in the events.
#include "config/texts.hpp"
#include "fuzz.hpp"
#include "http/entity_tag.hpp"
#include "http/event_query.hpp"
#include "http/id_tag_json.hpp"
#include "http/message.hpp"
#include "http/preferences.hpp"

using namespace voltgate;
using namespace voltgate::fuzz;

namespace {

void read_as_target(std::string_view text) {
    http::request r;
    (void)http::prefers_gzip(text);
    (void)http::prefers_csv(text);
    (void)http::is_among(text, R"("7")");
    if (!http::read_target(http::origin_form(text), r)) return;
    event_filter filter;
    const auto wrong = http::read_event_filter(r, nullptr, filter);
    if (wrong) require(wrong->status == 400, "a wrong filter is a bad request");
}

void read_as_import(std::string_view text) {
    const auto read = http::read_import(text);
    if (read.wrong) return;
    for (const auto& e : read.entries) require(settings::is_id_tag(e.id_tag), "an entry has a tag that there can be");
}

void read_as_cursor(std::string_view text) {
    std::uint64_t sequence = 0;
    const auto wrong = http::read_event_cursor(text, "0123456789abcdef", sequence);
    if (wrong) require(wrong->status == 400 || wrong->status == 410, "a wrong position is told");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    switch (take_byte(text) % 3) {
        case 0: read_as_target(text); break;
        case 1: read_as_import(text); break;
        default: read_as_cursor(text); break;
    }
    return 0;
}
