// The parameters of a neutral command, read one by one; what was not asked for in the end is unknown.
#pragma once

#include "text/error_text.hpp"

#include <voltgate/ocpp/version.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// "keys[2]"
[[nodiscard]] std::string place_of(std::string_view list, std::size_t index);

/// The first thing that is wrong is kept; what is read after it is empty.
class neutral_parameters {
  public:
    explicit neutral_parameters(const boost::json::object& o) : object_(o) {}

    [[nodiscard]] std::optional<std::string> text(std::string_view name);
    [[nodiscard]] std::string required_text(std::string_view name);
    /// A text that may be empty.
    [[nodiscard]] std::string required_value(std::string_view name);
    [[nodiscard]] std::optional<std::int64_t> number(std::string_view name);  // not below 0
    [[nodiscard]] std::optional<bool> boolean(std::string_view name);
    [[nodiscard]] const boost::json::object* object(std::string_view name);
    [[nodiscard]] const boost::json::array* array(std::string_view name);
    /// None of them is empty.
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);
    /// An RFC 3339 time, as text.
    [[nodiscard]] std::optional<std::string> time(std::string_view name);
    /// One of `words`, "soft or hard"; `words.front()` when absent.
    [[nodiscard]] std::string word(std::string_view name, std::initializer_list<std::string_view> words);

    /// EVSE and connector. 1.6 numbers connectors alone: connector n is EVSE n. One that names a connector alone means
    /// that, too.
    struct address {
        std::optional<std::int64_t> evse, connector;
    };
    /// evseId and connectorId. 1.6 knows connectors alone: either names one, and both the same.
    [[nodiscard]] address where(ocpp::version v);

    void fail(std::string text) {
        if (!wrong_) wrong_ = std::move(text);
    }
    /// What is wrong; a member that nothing asked for is.
    [[nodiscard]] error_text wrong();

  private:
    [[nodiscard]] const boost::json::value* find(std::string_view name);

    const boost::json::object& object_;
    std::vector<std::string_view> known_;
    error_text wrong_;
};

}  // namespace voltgate
