// Reads a request from its JSON text and gives the payload an append function makes of it.
#pragma once

#include "ocpp/payload.hpp"

#include <boost/json.hpp>
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace voltgate::test {

/// A request that was read; `root()` is good as long as this lives.
class request {
  public:
    explicit request(std::string text) : text_(std::move(text)) { REQUIRE(reader_.read(text_, nullptr)); }
    [[nodiscard]] ocpp::value_view root() const noexcept { return reader_.root(); }

  private:
    std::string text_;
    ocpp::payload_reader reader_;
};

/// What `append(out, request, args…)` appends, as text.
template <class Append, class... Args>
[[nodiscard]] std::string text_of(Append append, std::string_view json, Args&&... args) {
    const request r{std::string(json)};
    std::string out = "x";
    append(out, r.root(), std::forward<Args>(args)...);
    REQUIRE(out.front() == 'x');
    return out.substr(1);
}

/// The same, parsed: fails unless it is JSON.
template <class Append, class... Args>
[[nodiscard]] boost::json::object payload_of(Append append, std::string_view json, Args&&... args) {
    return boost::json::parse(text_of(append, json, std::forward<Args>(args)...)).as_object();
}

}  // namespace voltgate::test
