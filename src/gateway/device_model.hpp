// What is known of a 2.x charge point's variables: learnt from NotifyReport and from the answers to GetVariables.
#pragma once

#include "ocpp/payload.hpp"

#include <voltgate/command.hpp>

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// Any thread.
class device_model {
  public:
    // Beyond, variables that are not known yet are not taken up.
    static constexpr std::size_t most_variables = 4000;
    static constexpr std::size_t most_bytes = 1024 * 1024;

    /// `report_data` of NotifyReport.
    void learn_report(ocpp::value_view report_data);
    /// `getVariableResult` of an answer to GetVariables.
    void learn_values(ocpp::value_view results);
    /// `setVariableResult` of an answer to SetVariables: what was set is not known any more until it is asked for.
    void forget_values(ocpp::value_view results);

    struct query {
        query() = default;
        std::string component, variable;  // names, without regard to case; empty: any
        std::string after;                // `next` of the page before
        std::size_t limit = 1000;
    };
    struct page {
        page() = default;
        std::vector<std::string> items;  // JSON objects, shaped like an element of reportData
        std::string next;                // empty: that was all
    };
    [[nodiscard]] page read(const query& q) const;
    [[nodiscard]] std::size_t size() const;

  private:
    struct attribute {
        std::string type, value, mutability;  // JSON texts; empty: not told
    };
    struct entry {
        std::string component_name, variable_name;         // folded
        std::string component, variable, characteristics;  // JSON texts
        std::vector<attribute> attributes;
    };
    /// Null: there is no room, or the item names nothing.
    [[nodiscard]] entry* find_or_add(ocpp::value_view item);
    void set(std::string& member, std::string_view text);
    [[nodiscard]] attribute& attribute_of(entry& e, ocpp::value_view type);

    mutable std::mutex mutex_;
    std::map<std::string, entry> entries_;
    std::size_t bytes_ = 0;
};

class charge_point;

/// Takes up what a command's answer says of variables; most say nothing.
void learn_from_answer(charge_point& record, ocpp::payload_reader& reader, const command& c, const command_result& r);

}  // namespace voltgate
