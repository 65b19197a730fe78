// The lists of meter values in a message, within bounds; how a sample is written differs from version to version.
#pragma once

#include "events/payload_fields.hpp"
#include "events/text_writer.hpp"
#include "ocpp/payload.hpp"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string_view>

namespace voltgate {

/// More meter values and samples in one request are left out, and `"truncated":true` says so: an empty sample is
/// short to send and long to write down.
inline constexpr std::size_t max_meter_items = 10'000;

/// The objects of an array; an object in place of the array counts as its only item. `each` returns whether to go on.
template <class Each>
void for_each_object(ocpp::value_view list, Each each) {
    if (list.kind() == ocpp::value_kind::object) {
        each(list);
        return;
    }
    if (list.kind() != ocpp::value_kind::array) return;
    for (auto item = list.first(); item.kind() != ocpp::value_kind::absent; item = item.next())
        if (item.kind() == ocpp::value_kind::object && !each(item)) return;
}

/// What was in the lists besides what was written of them. Slices of the request.
struct meter_list_reading {
    std::optional<std::chrono::system_clock::time_point> last_time;  // of the last one that has a readable time
    ocpp::value_view register_sample;                                // the last one of the main energy register
    std::optional<std::chrono::system_clock::time_point> register_time;
};

/// Whether a sample is of the register that a transaction is billed by: of all phases together, at the outlet.
[[nodiscard]] inline bool is_main_register(ocpp::value_view measurand, ocpp::value_view phase,
                                           ocpp::value_view location) noexcept {
    constexpr std::string_view name = "Energy.Active.Import.Register";
    const auto is_it = measurand.raw().size() == name.size() ? measurand.raw() == name : is_blank(measurand);
    return is_it && is_blank(phase) && (is_blank(location) || location.raw() == "Outlet");
}

/// Writes the lists, with their commas and within max_meter_items.
/// `PutSample`: text_writer(text_writer, value_view sample, bool& of_main_register).
template <auto PutSample>
class meter_list_writer {
  public:
    explicit meter_list_writer(text_writer& w) : w_(w) {}

    void put_meter_value(ocpp::value_view meter_value) {
        const auto [timestamp, samples] = pick<"timestamp", "sampledValue">(meter_value);
        w_.put(R"({"timestamp":)");
        const auto time = put_timestamp(w_, timestamp);
        if (time) reading_.last_time = time;
        w_.put(R"(,"samples":[)");
        bool first = true;
        for_each_object(samples, [&](ocpp::value_view sample) {
            if (!take_one()) return false;
            if (!first) w_.put(',');
            first = false;
            bool of_main_register = false;
            w_ = PutSample(w_, sample, of_main_register);
            if (of_main_register) {
                reading_.register_sample = sample;
                reading_.register_time = time;
            }
            return true;
        });
        w_.put("]}");
    }

    /// Whether one more item may be written.
    bool take_one() noexcept {
        truncated_ = left_ == 0;
        if (!truncated_) --left_;
        return !truncated_;
    }

    [[nodiscard]] bool truncated() const noexcept { return truncated_; }
    [[nodiscard]] const meter_list_reading& reading() const noexcept { return reading_; }

  private:
    text_writer& w_;
    std::size_t left_ = max_meter_items;
    bool truncated_ = false;
    meter_list_reading reading_;
};

/// Appends `"meterValues":[…]` and, if need be, `,"truncated":true`.
template <auto PutSample>
meter_list_reading put_meter_list(text_writer& out, ocpp::value_view values) {
    meter_list_writer<PutSample> list(out);
    out.put(R"("meterValues":[)");
    bool first = true;
    for_each_object(values, [&](ocpp::value_view meter_value) {
        if (!list.take_one()) return false;
        if (!first) out.put(',');
        first = false;
        list.put_meter_value(meter_value);
        return true;
    });
    out.put(']');
    if (list.truncated()) out.put(R"(,"truncated":true)");
    return list.reading();
}

/// That time alone.
[[nodiscard]] inline std::optional<std::chrono::system_clock::time_point> last_meter_time(
    ocpp::value_view values) noexcept {
    std::optional<std::chrono::system_clock::time_point> last;
    for_each_object(values, [&](ocpp::value_view meter_value) {
        if (const auto time = time_of(meter_value["timestamp"])) last = time;
        return true;
    });
    return last;
}

}  // namespace voltgate
