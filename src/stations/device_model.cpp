#include "stations/device_model.hpp"

#include "ocpp/frame.hpp"
#include "ocpp/secrets.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <algorithm>

namespace voltgate {

namespace {

using ocpp::value_kind;
using ocpp::value_view;

constexpr std::string_view actual = "\"Actual\"";  // what an absent attribute type means
constexpr std::size_t most_attributes = 4;         // OCPP knows as many
constexpr std::size_t entry_bytes = 400;           // about, without its texts
constexpr std::size_t attribute_bytes = 128;       // likewise

void append_integer(std::string& key, value_view v) {
    if (const auto n = v.integer()) key += std::to_string(*n);
    key += '\t';
}

// Names are compared without regard to case; a component is another one on another EVSE or connector.
std::string key_of(value_view component, value_view variable) {
    std::string key = fold_id(component["name"].string());
    key.append(1, '\t').append(fold_id(component["instance"].string())).append(1, '\t');
    append_integer(key, component["evse"]["id"]);
    append_integer(key, component["evse"]["connectorId"]);
    key.append(fold_id(variable["name"].string())).append(1, '\t').append(fold_id(variable["instance"].string()));
    return key;
}

// What a reader read last: somebody's tag.
bool is_token(value_view item) {
    return fold_id(item["component"]["name"].string()) == "tokenreader" &&
           fold_id(item["variable"]["name"].string()) == "token";
}

std::string_view value_text(value_view value, value_view item) {
    static const std::string withheld = '"' + std::string(ocpp::secret_mark) + '"';
    if (!value) return {};
    if (is_token(item)) return withheld;
    return ocpp::secrets_in(item.json()).empty() ? value.json() : std::string_view(withheld);
}

template <class Use>
void for_each(value_view list, Use use) {
    if (list.kind() != value_kind::array) return;
    for (auto one = list.first(); one.kind() != value_kind::absent; one = one.next()) use(one);
}

}  // namespace

bool device_model::take(std::size_t bytes) noexcept {
    const bool taken = bytes_ + bytes <= most_bytes && memory_.take(bytes);
    if (taken) bytes_ += bytes;
    if (!taken) complete_ = false;
    return taken;
}

void device_model::set(std::string& member, std::string_view text) {
    memory_.give(member.size());
    bytes_ -= member.size();
    std::string fresh;
    if (take(text.size())) fresh = text;
    member.swap(fresh);  // an assignment would keep the memory of a longer one
}

device_model::entry* device_model::find_or_add(value_view item) {
    const auto component = item["component"], variable = item["variable"];
    if (component["name"].kind() != value_kind::string || variable["name"].kind() != value_kind::string) return nullptr;
    std::string key = key_of(component, variable);
    if (const auto known = entries_.find(key); known != entries_.end()) return &known->second;
    if (entries_.size() >= most_variables) {
        complete_ = false;
        return nullptr;
    }
    if (!take(entry_bytes + 2 * key.size() + component.json().size() + variable.json().size())) return nullptr;
    entry& e = entries_[std::move(key)];
    e.component_name = fold_id(component["name"].string());
    e.variable_name = fold_id(variable["name"].string());
    e.component = component.json();
    e.variable = variable.json();
    return &e;
}

device_model::attribute* device_model::attribute_of(entry& e, value_view type) {
    const std::string_view text = type ? type.json() : actual;
    const auto known =
        std::find_if(e.attributes.begin(), e.attributes.end(), [text](const attribute& a) { return a.type == text; });
    if (known != e.attributes.end()) return &*known;
    if (e.attributes.size() >= most_attributes) {
        complete_ = false;
        return nullptr;
    }
    if (!take(attribute_bytes + text.size())) return nullptr;
    e.attributes.emplace_back();
    e.attributes.back().type = text;
    return &e.attributes.back();
}

void device_model::learn_report(value_view report_data) {
    const std::lock_guard lock(mutex_);
    for_each(report_data, [this](value_view item) {
        entry* const e = find_or_add(item);
        if (!e) return;
        if (const auto c = item["variableCharacteristics"]) set(e->characteristics, c.json());
        for_each(item["variableAttribute"], [&](value_view one) {
            attribute* const a = attribute_of(*e, one["type"]);
            if (!a) return;
            set(a->value, value_text(one["value"], item));
            if (const auto m = one["mutability"]) set(a->mutability, m.json());
        });
    });
}

void device_model::learn_values(value_view results) {
    const std::lock_guard lock(mutex_);
    for_each(results, [this](value_view item) {
        if (item["attributeStatus"].raw() != "Accepted") return;
        entry* const e = find_or_add(item);
        attribute* const a = e ? attribute_of(*e, item["attributeType"]) : nullptr;
        if (a) set(a->value, value_text(item["attributeValue"], item));
    });
}

void device_model::forget_if(const std::function<bool(std::string_view)>& unwanted) {
    const std::lock_guard lock(mutex_);
    for (auto one = entries_.begin(); one != entries_.end();) {
        entry& e = one->second;
        for (auto& a : e.attributes)
            if (unwanted(a.value)) set(a.value, {});
        if (unwanted(e.component) || unwanted(e.variable) || unwanted(e.characteristics)) {
            const std::size_t bytes = bytes_of(one->first, e);
            memory_.give(bytes);
            bytes_ -= bytes;
            one = entries_.erase(one);
        } else {
            ++one;
        }
    }
}

std::size_t device_model::bytes_of(const std::string& key, const entry& e) noexcept {
    std::size_t bytes =
        entry_bytes + 2 * key.size() + e.component.size() + e.variable.size() + e.characteristics.size();
    for (const auto& a : e.attributes) bytes += attribute_bytes + a.type.size() + a.value.size() + a.mutability.size();
    return bytes;
}

void device_model::forget_values(value_view results) {
    const std::lock_guard lock(mutex_);
    for_each(results, [this](value_view item) {
        const auto status = item["attributeStatus"].raw();
        if (status != "Accepted" && status != "RebootRequired") return;
        const auto known = entries_.find(key_of(item["component"], item["variable"]));
        if (known == entries_.end()) return;
        if (attribute* const a = attribute_of(known->second, item["attributeType"])) set(a->value, {});
    });
}

device_model::page device_model::read(const query& q) const {
    const std::string component = fold_id(q.component), variable = fold_id(q.variable);
    page result;
    const std::lock_guard lock(mutex_);
    result.complete = complete_;
    for (auto at = entries_.upper_bound(q.after); at != entries_.end(); ++at) {
        const auto& [key, e] = *at;
        if (!component.empty() && e.component_name != component) continue;
        if (!variable.empty() && e.variable_name != variable) continue;
        if (result.items.size() == q.limit) return result;
        std::string item = R"({"component":)";
        item.append(e.component).append(R"(,"variable":)").append(e.variable).append(R"(,"variableAttribute":[)");
        for (const auto& a : e.attributes) {
            if (&a != e.attributes.data()) item += ',';
            item.append(R"({"type":)").append(a.type).append(R"(,"value":)").append(a.value.empty() ? "null" : a.value);
            if (!a.mutability.empty()) item.append(R"(,"mutability":)").append(a.mutability);
            item += '}';
        }
        item += ']';
        if (!e.characteristics.empty()) item.append(R"(,"variableCharacteristics":)").append(e.characteristics);
        result.items.push_back(item += '}');
        result.next = key;
    }
    result.next.clear();
    return result;
}

std::size_t device_model::size() const {
    const std::lock_guard lock(mutex_);
    return entries_.size();
}

void learn_from_answer(charge_point& record, memory_budget& memory, ocpp::payload_reader& reader, const command& c,
                       const command_result& r) {
    if (r.outcome != outcome::result) return;
    const bool asked = c.action == "GetVariables", changed = c.action == "SetVariables";
    if ((!asked && !changed) || !reader.read(r.payload, nullptr)) return;
    const auto variables = record.variables_to_learn(memory);
    if (asked) variables->learn_values(reader.root()["getVariableResult"]);
    if (changed) variables->forget_values(reader.root()["setVariableResult"]);
}

}  // namespace voltgate
