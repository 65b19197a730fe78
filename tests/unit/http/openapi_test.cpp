// The description of the HTTP interface names what the router knows, and nothing else.
#include "commands/neutral_commands.hpp"
#include "http/router.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <map>
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
    std::set<std::string> operations;
    for (const auto& r : http::routes()) operations.insert(operation(r.method, r.pattern));
    return operations;
}

// The names of an operation's query parameters, references followed.
std::set<std::string> query_of(const json::value& document, const json::object& operation) {
    std::set<std::string> names;
    const auto* parameters = operation.if_contains("parameters");
    if (!parameters) return names;
    for (const auto& given : parameters->as_array()) {
        const json::value* parameter = &given;
        if (const auto* reference = given.as_object().if_contains("$ref")) {
            parameter = &document.at_pointer(std::string(reference->as_string()).substr(1));
        }
        if (parameter->at("in") == "query") names.emplace(parameter->at("name").as_string());
    }
    return names;
}

std::set<std::string> words_of(const json::value& document, const std::string& schema) {
    std::set<std::string> words;
    for (const auto& word : document.at_pointer("/components/schemas/" + schema + "/enum").as_array())
        words.emplace(word.as_string());
    return words;
}

}  // namespace

TEST_CASE("the words that a program switches on are described, all of them", "[http]") {
    const auto document = json::parse(http::openapi_document());
    std::set<std::string> problems, events, reasons;
    for (const auto& facts : http::problem_table) problems.insert(http::problem_type(facts.kind));
    CHECK(words_of(document, "ProblemType") == problems);
    for (std::size_t i = 0; i < event_type_count; ++i) events.emplace(to_string(static_cast<event_type>(i)));
    CHECK(words_of(document, "EventType") == events);
    std::set<std::string> told_apart;
    for (const auto& [type, schema] :
         document.at_pointer("/components/schemas/Event/discriminator/mapping").as_object()) {
        told_apart.emplace(type);
    }
    CHECK(told_apart == events);
    for (int i = 0; to_string(static_cast<reason>(i)) != "?"; ++i) reasons.emplace(to_string(static_cast<reason>(i)));
    CHECK(words_of(document, "Reason") == reasons);
    std::string actions;
    for (const auto& name : document.at_pointer("/components/schemas/ActionName/enum").as_array())
        actions.append(actions.empty() ? "" : ", ").append(name.as_string());
    CHECK(actions == neutral_actions);
}

TEST_CASE("every route's query parameters are described, and no others", "[http]") {
    const auto document = json::parse(http::openapi_document());
    std::map<std::string, std::set<std::string>> described_queries;
    for (const auto& [path, item] : document.at("paths").as_object()) {
        for (const auto& [method, what] : item.as_object()) {
            if (method != "parameters")
                described_queries[operation(method, path)] = query_of(document, what.as_object());
        }
    }
    for (const auto& r : http::routes()) {
        CAPTURE(r.method, r.pattern);
        CHECK(described_queries[operation(r.method, r.pattern)] ==
              std::set<std::string>(r.query.begin(), r.query.end()));
    }
}

TEST_CASE("every route is described, and nothing but routes", "[http]") { CHECK(described() == known_to_the_router()); }
