// All that is stored of a tag, for the one whose it is.
#pragma once

#include "ocpp/personal.hpp"
#include "stores/privacy_store.hpp"

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::http {

/// One JSON object, in pieces. What is stored under the tag's pseudonym is its own too; the tags of others, in a list
/// that was sent to a charge point say, are masked.
class tag_export {
  public:
    tag_export(named_tag of, std::string gateway_id);

    /// The next piece, of what was read of this part; takes a short time. Of all pieces it lacks the closing brace, so
    /// that the caller may add members.
    [[nodiscard]] std::string text_of(tag_position::part p, const tag_piece& piece);

    /// Whether it is this tag, or its pseudonym.
    [[nodiscard]] bool is_of(std::string_view tag) const;
    /// Whether a payload, frame or other text names it.
    [[nodiscard]] bool is_named_in(std::string_view json) const;
    /// The text with what `by` gives in its place.
    [[nodiscard]] std::string replaced(std::string_view json,
                                       const std::function<std::string(std::string_view)>& by) const;
    [[nodiscard]] std::string without_others(std::string json) const;

  private:
    [[nodiscard]] bool may_be_named_in(std::string_view text) const;
    [[nodiscard]] ocpp::wanted_tags wanted(std::function<std::optional<std::string>(std::string_view)> change) const;
    void add_head(std::string& out, const std::optional<id_tag_entry>& listed) const;
    void add_transactions(std::string& out, const std::vector<stored_transaction>& all);
    void add_events(std::string& out, const std::vector<event>& all);
    void add_commands(std::string& out, const std::vector<command_record>& all);
    void add_reservations(std::string& out, const std::vector<reservation>& all);
    void begin(std::string& out, tag_position::part p);
    void separate(std::string& out);

    std::string tag_, key_, pseudonym_, gateway_id_;
    bool first_ = true;
};

}  // namespace voltgate::http
