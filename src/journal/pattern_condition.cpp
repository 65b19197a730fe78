#include "journal/pattern_condition.hpp"

namespace voltgate {

namespace {

// LIKE knows the same two wildcards and no letter case either.
void append_like(std::string& sql, std::string_view pattern) {
    sql += '\'';
    for (const char c : pattern) {
        if (c == '%' || c == '_' || c == '\\') sql += '\\';
        if (c == '\'') sql += '\'';
        sql += c == '*' ? '%' : c == '?' ? '_' : c;
    }
    sql.append("' ESCAPE '\\'");
}

}  // namespace

std::string pattern_condition(const std::vector<std::string>& patterns, std::string_view column) {
    std::string sql;
    for (const auto& pattern : patterns) {
        sql.append(sql.empty() ? " AND (" : " OR ").append(column).append(" LIKE ");
        append_like(sql, pattern);
    }
    return patterns.empty() ? sql : sql += ')';
}

}  // namespace voltgate
