// Entries of the list of id tags as JSON: {"idTag","status","expiryDate"?,"parentIdTag"?}, and "revision" in answers.
#pragma once

#include "ocpp/payload.hpp"
#include "stores/id_tag_queries.hpp"
#include "text/error_text.hpp"

#include <boost/json/object.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::http {

[[nodiscard]] boost::json::object id_tag_object(const id_tag_entry& e);

/// Reads an entry into `e`. The tag that a path named, `given`, may be left out, unless it is empty (the path may have
/// been put together of a variable that was), and has to be the same otherwise.
/// What is wrong, by the name of its member.
[[nodiscard]] error_text read_entry(ocpp::payload_reader& reader, std::string_view json, id_tag_entry& e,
                                    std::optional<std::string_view> given = std::nullopt);

struct id_tag_import {
    std::vector<id_tag_entry> entries;  // in the order of the folded tags
    error_text wrong;                   // in which entry, counted from 0, and what
};

/// Reads a list of entries, an array or {"items":[…]}, with little more memory than the entries take.
[[nodiscard]] id_tag_import read_import(std::string_view json);

}  // namespace voltgate::http
