// All that is stored of a tag, for the one whose it is.
#pragma once

#include "journal/sqlite.hpp"
#include "ocpp/personal.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate::http {

/// One JSON object, in pieces. What is stored under the tag's pseudonym is its own too; the tags of others, in a list
/// that was sent to a charge point say, are masked.
class tag_export {
  public:
    tag_export(std::string tag, std::string pseudonym, std::string gateway_id);

    /// The next piece, on any connection; each takes a short time. Nullopt: that was all but the closing brace, so that
    /// the caller may add members.
    [[nodiscard]] std::optional<std::string> next(sqlite::database& db);

    /// Whether it is this tag, or its pseudonym.
    [[nodiscard]] bool is_of(std::string_view tag) const;
    /// Whether a payload, frame or other text names it.
    [[nodiscard]] bool is_named_in(std::string_view json) const;
    /// The text with what `by` gives in its place.
    [[nodiscard]] std::string replaced(std::string_view json,
                                       const std::function<std::string(std::string_view)>& by) const;
    [[nodiscard]] std::string without_others(std::string json) const;

  private:
    enum class part : std::uint8_t { head, transactions, events, commands, reservations, end };

    [[nodiscard]] bool may_be_named_in(std::string_view text) const;
    [[nodiscard]] ocpp::wanted_tags wanted(std::function<std::optional<std::string>(std::string_view)> change) const;
    [[nodiscard]] std::string next_piece(sqlite::database& db);
    /// True: there is more of this part.
    bool add_transactions(sqlite::database& db, std::string& out);
    bool add_events(sqlite::database& db, std::string& out);
    bool add_commands(sqlite::database& db, std::string& out);
    void add_reservations(sqlite::database& db, std::string& out);
    void begin(part p, std::string_view name, std::string& out);
    void separate(std::string& out);

    std::string tag_, key_, pseudonym_, gateway_id_;
    part part_ = part::head;
    bool under_pseudonym_ = false;
    std::int64_t after_ = 0;
    bool first_ = true;
};

}  // namespace voltgate::http
