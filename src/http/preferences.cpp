#include "http/preferences.hpp"

#include "websocket/header_text.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>

namespace voltgate::http {

namespace {

// "q=0.5" in thousandths; 0 when it cannot be read.
int weight_in(std::string_view parameter) {
    if (parameter.size() < 3 || !parameter.starts_with("q=") || parameter.size() > 7) return 0;
    const char whole = parameter[2];
    if ((whole != '0' && whole != '1') || (parameter.size() > 3 && parameter[3] != '.')) return 0;
    int weight = whole - '0';
    for (std::size_t i = 4; i < 7; ++i) {
        const char digit = i < parameter.size() ? parameter[i] : '0';
        if (digit < '0' || digit > '9') return 0;
        weight = weight * 10 + (digit - '0');
    }
    return std::min(weight, 1000);
}

// A coding has no parameters but its weight.
int weight_of_coding(std::string_view parameters) {
    const auto parameter = trimmed(parameters);
    return parameter.empty() ? 1000 : weight_in(parameter);
}

int weight_of_range(std::string_view parameters) {
    while (!parameters.empty()) {
        const auto parameter = take_until(';', parameters);
        if (parameter.starts_with("q=")) return weight_in(parameter);
    }
    return 1000;
}

struct liking {
    int specificity = 0, weight = 0;  // of the range that speaks of it most specifically; 0: none does
};

liking liking_of(std::string_view type, std::string_view accept) {
    liking best;
    const auto any_subtype = type.substr(0, type.find('/') + 1);
    while (!accept.empty()) {
        std::string_view parameters = take_until(',', accept);
        const auto range = take_until(';', parameters);
        int specificity = 0;
        if (range == "*/*") specificity = 1;
        if (range.ends_with('*') && range.substr(0, range.size() - 1) == any_subtype) specificity = 2;
        if (range == type) specificity = 3;
        if (specificity > best.specificity) best = {specificity, weight_of_range(parameters)};
    }
    return best;
}

}  // namespace

bool prefers_gzip(std::string_view accept_encoding) {
    const std::string lower = lower_case(accept_encoding);
    std::string_view rest = lower;
    std::optional<int> gzip, identity, any;
    while (!rest.empty()) {
        std::string_view parameters = take_until(',', rest);
        const auto coding = take_until(';', parameters);
        if (coding == "gzip" || coding == "x-gzip") gzip = weight_of_coding(parameters);
        if (coding == "identity") identity = weight_of_coding(parameters);
        if (coding == "*") any = weight_of_coding(parameters);
    }
    const int weight = gzip.value_or(any.value_or(0));
    return weight > 0 && weight >= identity.value_or(0);
}

bool prefers_csv(std::string_view accept) {
    const std::string lower = lower_case(accept);
    const auto csv = liking_of("text/csv", lower), json = liking_of("application/json", lower);
    if (csv.weight != json.weight) return csv.weight > json.weight;
    return csv.weight > 0 && csv.specificity > json.specificity;
}

}  // namespace voltgate::http
