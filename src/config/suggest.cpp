#include "config/suggest.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

namespace voltgate::settings {

namespace {

constexpr std::size_t longest_name = 128;  // the cost of a comparison grows with the product of the lengths

/// Letters to insert, delete or replace until `a` is `b`.
std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i + 1;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const auto above = row[j + 1];
            row[j + 1] = std::min({above + 1, row[j] + 1, diagonal + (a[i] == b[j] ? 0U : 1U)});
            diagonal = above;
        }
    }
    return row[b.size()];
}

std::string_view last_part(std::string_view name) {
    const auto dot = name.rfind('.');
    return dot == std::string_view::npos ? name : name.substr(dot + 1);
}

std::size_t unlikeness(std::string_view name, std::string_view known) {
    const auto distance = edit_distance(name, known);
    return last_part(name) == last_part(known) ? std::min<std::size_t>(distance, 2) : distance;
}

}  // namespace

std::optional<std::string> nearest(std::string_view name, std::span<const std::string> known) {
    if (name.size() > longest_name) return std::nullopt;
    const std::string* best = nullptr;
    std::size_t least = std::max<std::size_t>(2, name.size() / 4) + 1;
    for (const auto& k : known) {
        const auto u = unlikeness(name, k);
        if (u >= least) continue;
        least = u;
        best = &k;
    }
    if (best == nullptr) return std::nullopt;
    return *best;
}

}  // namespace voltgate::settings
