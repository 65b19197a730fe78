// Charge points: their rows, which all other tables refer to, and what is remembered of them.
#pragma once

#include "journal/sqlite.hpp"

#include <voltgate/ocpp/version.hpp>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace voltgate {

class charge_point_table {
  public:
    explicit charge_point_table(sqlite::database& db);

    /// The row of an identity; made when there is none. `id` as the charge point spells it.
    [[nodiscard]] std::int64_t row_of(std::string_view id);

    /// `record`: a JSON object, see gateway/charge_point_record.hpp. `registration`: what its last boot was answered.
    void save(std::string_view id, std::optional<std::int64_t> registration, std::string_view record,
              std::int64_t last_seen);

    /// A session of it has begun; what is noted of an earlier one is replaced.
    void session_opened(std::string_view id, std::uint64_t epoch, std::optional<ocpp::version> version);
    /// That session has ended, or an older one, which changes nothing.
    void session_ended(std::string_view id, std::uint64_t epoch);

    void rolled_back() { rows_.clear(); }

  private:
    static constexpr std::size_t most_remembered = 200'000;

    struct hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view s) const noexcept { return std::hash<std::string_view>{}(s); }
    };

    sqlite::database& db_;
    sqlite::statement find_, insert_, save_, open_, close_;
    std::unordered_map<std::string, std::int64_t, hash, std::equal_to<>> rows_;  // by the identity as it was spelt
};

}  // namespace voltgate
