#include "http/id_tag_json.hpp"

#include "config/texts.hpp"
#include "http/entry_list.hpp"
#include "http/message.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"
#include "text/timestamp.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace voltgate::http {

namespace {

using ocpp::value_kind;
using ocpp::value_view;

constexpr std::size_t longest_entry = 4096;  // bytes of JSON: far more than its members may have

error_text read_tag(value_view member, std::string& tag) {
    const bool is_text = member.kind() == value_kind::string;
    tag = member.string();
    if (is_text && settings::is_id_tag(tag)) return {};
    return std::string(member.key()) + " must be a text of " + std::string(settings::id_tag_allowed);
}

error_text read_parent(value_view member, std::string& tag) {
    auto wrong = read_tag(member, tag);
    if (!wrong && tag.empty()) wrong = "parentIdTag must not be empty; leave it out where there is none";
    return wrong;
}

error_text read_status(value_view member, id_tag_status& status) {
    const bool is_text = member.kind() == value_kind::string;
    const auto known = is_text ? read_id_tag_status(member.string()) : std::nullopt;
    if (!known) return "status must be " + std::string(id_tag_statuses);
    status = *known;
    return {};
}

error_text read_expiry(value_view member, id_tag_entry& e) {
    const bool is_text = member.kind() == value_kind::string;
    const auto time = is_text ? ocpp::read_timestamp(member.raw()) : std::nullopt;
    if (!time || time->odd) return "expiryDate must be a time like 2026-01-02T03:04:05Z";
    e.expires = time->time;
    return {};
}

// By folded tag. Returns what is wrong when one comes twice.
error_text sort(std::vector<id_tag_entry>& entries) {
    std::vector<std::pair<std::string, std::uint32_t>> order;
    order.reserve(entries.size());
    for (const auto& e : entries) order.emplace_back(fold_id(e.id_tag), static_cast<std::uint32_t>(order.size()));
    std::sort(order.begin(), order.end());
    const auto same = [](const auto& a, const auto& b) { return a.first == b.first; };
    const auto twice = std::adjacent_find(order.begin(), order.end(), same);
    if (twice != order.end()) {
        return in_entry(std::next(twice)->second,
                        "idTag is the same as in entry " + std::to_string(twice->second) + "; each may come once");
    }
    std::vector<id_tag_entry> sorted;
    sorted.reserve(entries.size());
    for (const auto& [key, index] : order) sorted.push_back(std::move(entries[index]));
    entries = std::move(sorted);
    return {};
}

}  // namespace

boost::json::object id_tag_object(const id_tag_entry& e) {
    boost::json::object o;
    o["idTag"] = e.id_tag;
    o["status"] = to_string(e.status);
    if (e.expires) o["expiryDate"] = timestamp(*e.expires);
    if (!e.parent.empty()) o["parentIdTag"] = e.parent;
    o["revision"] = e.revision;
    return o;
}

error_text read_entry(ocpp::payload_reader& reader, std::string_view json, id_tag_entry& e,
                      std::optional<std::string_view> given) {
    if (!reader.read(json, nullptr)) return "not JSON: " + std::string(reader.syntax_error());
    const auto root = reader.root();
    if (root.kind() != value_kind::object) return "must be a JSON object";
    bool has_tag = false, has_status = false;
    for (auto member = root.first(); member.kind() != value_kind::absent; member = member.next()) {
        const auto name = member.key();
        error_text wrong;
        if (name == "idTag") {
            wrong = read_tag(member, e.id_tag);
            has_tag = true;
        } else if (name == "status") {
            wrong = read_status(member, e.status);
            has_status = true;
        } else if (name == "expiryDate") {
            wrong = read_expiry(member, e);
        } else if (name == "parentIdTag") {
            wrong = read_parent(member, e.parent);
        } else if (name == "revision") {
            wrong = "revision is given by the gateway; to change an entry of a known revision only, send If-Match";
        } else {
            wrong = "unknown member \"" + std::string(name) + "\"; known: idTag, status, expiryDate, parentIdTag";
        }
        if (wrong) return wrong;
    }
    if (!has_tag && given && given->empty()) {
        return R"(idTag is missing; where the path names none, "idTag":"" says that the empty one is meant)";
    }
    if (!has_tag && !given) return "idTag is missing";
    if (!has_tag) e.id_tag = *given;
    if (given && fold_id(e.id_tag) != fold_id(*given)) return "idTag is not the one in the path";
    if (!has_status) return "status is missing; it must be " + std::string(id_tag_statuses);
    return {};
}

id_tag_import read_import(std::string_view json) {
    id_tag_import result;
    ocpp::payload_reader reader;
    entry_list list(json, longest_entry);
    if (!list.open()) {
        result.wrong = R"(the body must be an array of entries, or {"items":[...]})";
        return result;
    }
    for (auto text = list.next(); !text.empty(); text = list.next()) {
        id_tag_entry e;
        if (const auto wrong = read_entry(reader, text, e)) {
            result.wrong = in_entry(result.entries.size(), wrong);
            return result;
        }
        result.entries.push_back(std::move(e));
    }
    result.wrong = list.wrong() ? in_entry(result.entries.size(), list.wrong()) : sort(result.entries);
    return result;
}

}  // namespace voltgate::http
