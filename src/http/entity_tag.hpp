// ETag, If-Match and If-None-Match of resources that have a revision (RFC 9110, sections 8.8.3 and 13.1).
#pragma once

#include "http/message.hpp"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::http {

/// "\"7\"": a strong one.
[[nodiscard]] std::string entity_tag(std::uint64_t revision);

/// Whether a list of tags, as If-None-Match has it, names this one or all, weak or strong. One that cannot be read
/// names none.
[[nodiscard]] bool is_among(std::string_view list, std::string_view tag);

/// What a request asks of the resource before it is changed.
class precondition {
  public:
    /// False: one of the two headers cannot be read.
    [[nodiscard]] bool read(const request& req);
    /// nullopt: there is no such resource.
    [[nodiscard]] bool holds(std::optional<std::uint64_t> revision) const;

    struct tag_list {
        bool present = false, any = false;
        std::vector<std::string> strong, weak;
    };

  private:
    tag_list match_, none_match_;
};

/// The preconditions of a request, for where its change is made; empty, and a problem in `wrong`, when they cannot be
/// read.
[[nodiscard]] std::function<bool(std::optional<std::uint64_t> revision)> read_condition(const request& req,
                                                                                        response& wrong);

}  // namespace voltgate::http
