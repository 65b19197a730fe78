// Transactions as the HTTP interface shows them: JSON and CSV.
#pragma once

#include "stores/transaction_queries.hpp"

#include <string>

namespace voltgate::http {

void append_transaction_json(std::string& out, const stored_transaction& t);

/// The first line of a table of them.
[[nodiscard]] std::string transaction_csv_head();
/// `personal`: with the tags in it.
void append_transaction_csv(std::string& out, const stored_transaction& t, bool personal);

}  // namespace voltgate::http
