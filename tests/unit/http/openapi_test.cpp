// The description of the HTTP interface names what the router knows, and nothing else.
#include "http/router.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <set>
#include <string>
#include <string_view>

using namespace voltgate;

namespace {

namespace json = boost::json;

// "GET /api/v1/charge-points/{}"
std::string operation(std::string_view method, std::string_view path) {
    std::string text(method);
    for (char& c : text)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    text += ' ';
    bool inside = false;
    for (const char c : path) {
        if (c == '}') inside = false;
        if (!inside) text += c;
        if (c == '{') inside = true;
    }
    return text;
}

std::set<std::string> described() {
    std::set<std::string> operations;
    const auto document = json::parse(http::openapi_document());
    for (const auto& [path, item] : document.at("paths").as_object()) {
        for (const auto& [method, what] : item.as_object())
            if (method != "parameters") operations.insert(operation(method, path));
    }
    return operations;
}

std::set<std::string> known_to_the_router() {
    std::set<std::string> operations{"GET /api/v1/events/stream"};  // no request with one response
    for (const auto& r : http::routes()) operations.insert(operation(r.method, r.pattern));
    return operations;
}

}  // namespace

TEST_CASE("every route is described, and nothing but routes", "[http]") { CHECK(described() == known_to_the_router()); }
