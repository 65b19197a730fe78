// What is known of a 2.x charge point's variables: learnt from NotifyReport and from the answers to GetVariables.
#pragma once

#include "events/memory_budget.hpp"
#include "ocpp/payload.hpp"

#include <voltgate/command.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// Any thread.
class device_model {
  public:
    // Beyond, and when the memory of all is used up, what is not known yet is not taken up.
    static constexpr std::size_t most_variables = 4000;
    static constexpr std::size_t most_bytes = 1024 * 1024;

    /// `memory`: what all charge points share. It has to outlive this.
    explicit device_model(memory_budget& memory) noexcept : memory_(memory) {}
    device_model(const device_model&) = delete;
    device_model& operator=(const device_model&) = delete;
    ~device_model() { memory_.give(bytes_); }

    /// `report_data` of NotifyReport.
    void learn_report(ocpp::value_view report_data);
    /// `getVariableResult` of an answer to GetVariables.
    void learn_values(ocpp::value_view results);
    /// `setVariableResult` of an answer to SetVariables: what was set is not known any more until it is asked for.
    void forget_values(ocpp::value_view results);
    /// Likewise values whose JSON text is `unwanted`, and variables with all that is known of them if theirs is.
    void forget_if(const std::function<bool(std::string_view)>& unwanted);

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
        bool complete = true;            // false: something was told for which there was no room
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
    [[nodiscard]] bool take(std::size_t bytes) noexcept;
    /// That were taken for it.
    [[nodiscard]] static std::size_t bytes_of(const std::string& key, const entry& e) noexcept;
    /// Empty afterwards when there is no room for it: nothing is better than what was true before.
    void set(std::string& member, std::string_view text);
    /// Null: there is no room.
    [[nodiscard]] attribute* attribute_of(entry& e, ocpp::value_view type);

    memory_budget& memory_;
    mutable std::mutex mutex_;
    std::map<std::string, entry> entries_;
    std::size_t bytes_ = 0;
    bool complete_ = true;
};

class charge_point;

/// Takes up what a command's answer says of variables; most say nothing.
void learn_from_answer(charge_point& record, memory_budget& memory, ocpp::payload_reader& reader, const command& c,
                       const command_result& r);

}  // namespace voltgate
