// Finding schemas: by version and action.
#include "ocpp/schema.hpp"

#include "ocpp/schema_table.hpp"

namespace voltgate::ocpp {

namespace {

const action_table& table_of(version v) noexcept {
    switch (v) {
        case version::v16: return actions_v16;
        case version::v201: return actions_v201;
        case version::v21: break;
    }
    return actions_v21;
}

}  // namespace

std::span<const action_info> actions(version v) noexcept { return table_of(v).actions; }

bool requires_member(const schema& s, std::string_view name) noexcept {
    if (s.type != schema_type::object) return false;
    const auto index = s.words->find(name);
    return index != word_set::none && (s.required & std::uint64_t{1} << index) != 0;
}

const action_info* find_action(version v, std::string_view name) noexcept {
    const auto& table = table_of(v);
    const auto index = table.names->find(name);
    return index == word_set::none ? nullptr : &table.actions[index];
}

}  // namespace voltgate::ocpp
