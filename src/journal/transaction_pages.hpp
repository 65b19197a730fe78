// Transactions as they are read of the file.
#pragma once

#include "journal/sqlite.hpp"
#include "stores/transaction_queries.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

/// See transaction_queries::page.
[[nodiscard]] transaction_page read_transactions(sqlite::database& db, const transaction_query& q);

/// See transaction_queries::find.
[[nodiscard]] std::optional<stored_transaction> find_transaction(
    sqlite::database& db, std::string_view id, const std::optional<std::string>& charge_point_id = std::nullopt,
    const std::vector<std::string>& charge_points = {});

/// See transaction_queries::is_ambiguous.
[[nodiscard]] bool is_ambiguous(sqlite::database& db, std::string_view id,
                                const std::vector<std::string>& charge_points = {});

/// The statement that read_transactions runs.
[[nodiscard]] std::string transaction_page_sql(const transaction_query& q);

}  // namespace voltgate
