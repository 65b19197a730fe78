// What is in force for a charge point and where it comes from, and what is set of it, as JSON.
#pragma once

#include "http/message.hpp"
#include "stations/settings_book.hpp"
#include "text/error_text.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace voltgate {
class random_source;
}

namespace voltgate::http {

/// {"interval":{"value":"15m","from":"model[0]"},…,"rules":{…}}. From: "general", an entry, or "overrides".
[[nodiscard]] boost::json::object settings_object(const effective_settings& e);

/// Adds labels, expectedSerialNumber and overrides. `p`: null: nothing was set.
void put_profile(boost::json::object& o, const profile_ptr& p);

/// The ETag of an answer with what put_profile() adds: of that alone, whatever else the answer holds.
void add_profile_tag(response& r, std::uint64_t revision);

[[nodiscard]] boost::json::array labels_of(const profile_ptr& p);

/// An entry of an import, or the body of a PUT.
struct profile_entry {
    charge_point_profile profile;
    std::string password;  // its hash; empty: none was given
};

/// Reads one: {"id","labels"?,"expectedSerialNumber"?,"overrides"?}, and where `salts` for hashes are
/// given "password"? or "passwordHash"?. An id that is set in it already may be left out, and has to be the same
/// otherwise. What is wrong, by the name of its member; no password is repeated.
[[nodiscard]] error_text read_profile_entry(std::string_view text, random_source* salts, profile_entry& e);

}  // namespace voltgate::http
