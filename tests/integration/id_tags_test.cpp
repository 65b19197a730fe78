// /api/v1/id-tags: every route, its preconditions and what it says to requests that are wrong.
#include "journal/schema.hpp"
#include "journal/sqlite.hpp"
#include "security/credentials.hpp"
#include "support/faulty_disk.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"

#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <future>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;

namespace {

const std::string list = "/api/v1/id-tags";

struct fixture {
    explicit fixture(running_gateway::configure more = {})
        : gateway(journal_in(directory.path(), std::move(more))), http(gateway.port()) {}

    http_response put(const std::string& tag, const json::value& body, const header_list& headers = {}) {
        return http.put(list + "/" + tag, body, headers);
    }
    http_response get(const std::string& tag) { return http.get(list + "/" + tag); }
    std::string told(const std::string& tag) {
        auto cp = gateway.connect("CP-1");
        return text_at(cp.authorize(tag), "/idTagInfo/status");
    }

    temporary_directory directory;
    running_gateway gateway;
    http_client http;
};

json::object body_of(std::string_view status) { return {{"status", status}}; }

std::string problem_text(const http_response& response, int status) {
    CAPTURE(response.status, response.body);
    REQUIRE(response.status == status);
    CHECK(response.header("Content-Type") == "application/problem+json");
    return text_at(response.json(), "/detail");
}

std::string import_of(int count, std::string_view status) {
    std::string body = "[";
    for (int i = 0; i < count; ++i) {
        body.append(i > 0 ? "," : "").append(R"({"idTag":"TAG)").append(std::to_string(i)).append(R"(","status":")");
        body.append(status).append(R"(","expiryDate":"2036-01-02T03:04:05Z","parentIdTag":"FLEET"})");
    }
    return body + "]";
}

}  // namespace

TEST_CASE("An id tag is put, read, changed and removed", "[http][id-tags]") {
    fixture f;
    CHECK_THAT(problem_text(f.get("AbC"), 404), ContainsSubstring("no such id tag"));
    const auto created = f.put(
        "AbC", {{"idTag", "aBc"}, {"status", "Blocked"}, {"parentIdTag", "P"}, {"expiryDate", "2036-01-02T03:04:05Z"}});
    CHECK(created.status == 201);
    CHECK(text_at(created.json(), "/idTag") == "aBc");
    CHECK(text_at(created.json(), "/status") == "Blocked");
    CHECK(text_at(created.json(), "/parentIdTag") == "P");
    CHECK(text_at(created.json(), "/expiryDate") == "2036-01-02T03:04:05.000Z");
    const auto etag = created.header("ETag");
    CHECK(etag == '"' + std::to_string(number_at(created.json(), "/revision")) + '"');

    const auto read = f.get("ABC");
    CHECK(read.status == 200);
    CHECK(read.header("ETag") == etag);
    CHECK(read.json() == created.json());
    CHECK(f.told("abc") == "Blocked");

    const auto changed = f.put("abc", body_of("Accepted"));
    CHECK(changed.status == 200);
    CHECK(changed.header("ETag") != etag);
    CHECK(text_at(changed.json(), "/idTag") == "abc");
    CHECK_FALSE(has(changed.json(), "/parentIdTag"));
    CHECK_FALSE(has(changed.json(), "/expiryDate"));
    CHECK(f.told("abc") == "Accepted");

    const auto removed = f.http.del(list + "/ABC");
    CHECK(removed.status == 204);
    CHECK(removed.body.empty());
    CHECK_FALSE(removed.has_header("Content-Length"));
    CHECK_FALSE(removed.has_header("Content-Type"));
    problem_text(f.http.del(list + "/ABC"), 404);
    problem_text(f.get("abc"), 404);
    CHECK(f.http.connections() == 1);
}

TEST_CASE("If-Match and If-None-Match guard an id tag against changes that know nothing of each other",
          "[http][id-tags]") {
    fixture f;
    CHECK_THAT(problem_text(f.put("A", body_of("Accepted"), {{"If-Match", "*"}}), 412), ContainsSubstring("If-Match"));
    problem_text(f.put("A", body_of("Accepted"), {{"If-Match", "\"1\""}}), 412);
    const auto created = f.put("A", body_of("Accepted"), {{"If-None-Match", "*"}});
    CHECK(created.status == 201);
    const auto first = created.header("ETag");
    const auto again = f.put("a", body_of("Blocked"), {{"If-None-Match", "*"}});
    CHECK_THAT(problem_text(again, 412), ContainsSubstring("revision"));
    CHECK(again.header("ETag") == first);

    const auto second = f.put("A", body_of("Blocked"), {{"If-Match", first}}).header("ETag");
    CHECK(second != first);
    problem_text(f.put("A", body_of("Invalid"), {{"If-Match", first}}), 412);
    problem_text(f.http.del(list + "/A", {{"If-Match", first}}), 412);
    CHECK(f.put("A", body_of("Invalid"), {{"If-Match", "*"}}).status == 200);
    problem_text(f.put("A", body_of("Accepted"), {{"If-Match", "7"}}), 400);
    CHECK_THAT(problem_text(f.http.del(list + "/A", {{"If-Match", "\"7"}}), 400), ContainsSubstring("entity tags"));
    const auto third = f.get("A").header("ETag");
    CHECK(f.http.del(list + "/A", {{"If-Match", third}}).status == 204);
    problem_text(f.http.del(list + "/A", {{"If-Match", third}}), 404);
    // A new entry of the same tag is not the old one.
    CHECK(f.put("A", body_of("Accepted")).header("ETag") != third);
}

TEST_CASE("An id tag that is wrong is refused with what is wrong", "[http][id-tags]") {
    fixture f;
    CHECK_THAT(problem_text(f.put("A", json::object()), 400), ContainsSubstring("status is missing"));
    CHECK_THAT(problem_text(f.put("A", json::array()), 400), ContainsSubstring("JSON object"));
    CHECK_THAT(problem_text(f.put("A", {{"status", "Accepted"}, {"colour", "red"}}), 400), ContainsSubstring("colour"));
    CHECK_THAT(problem_text(f.put("A", {{"status", "Accepted"}, {"idTag", "B"}}), 400), ContainsSubstring("the path"));
    CHECK_THAT(problem_text(f.put(std::string(256, 'x'), body_of("Accepted")), 400), ContainsSubstring("255"));
    CHECK_THAT(problem_text(f.put("A%0AB", body_of("Accepted")), 400), ContainsSubstring("path"));
    CHECK(f.put("A%2FB", body_of("Accepted")).status == 201);
    CHECK(f.get("a%2fb").status == 200);
    problem_text(f.http.request("PUT", list + "/A", "{\"status\":\"Accepted\"}", {{"Content-Type", "text/plain"}}),
                 415);
    problem_text(f.http.get(list + "/A?x=1"), 400);
    const auto not_known = f.http.request("PATCH", list + "/A", "{}", {{"Content-Type", "application/json"}});
    problem_text(not_known, 405);
    CHECK(not_known.header("Allow") == "GET, HEAD, PUT, DELETE");
    problem_text(f.get("A"), 404);
}

TEST_CASE("Tags with blanks and the empty tag are put, listed and removed like others", "[http][id-tags]") {
    fixture f;
    CHECK(f.put("A%20B", body_of("Blocked")).status == 201);
    CHECK(f.told("a b") == "Blocked");
    CHECK(text_at(f.get("a%20b").json(), "/idTag") == "A B");
    // The list's own URL with a slash behind it; the body says that no mistake made it.
    CHECK_THAT(problem_text(f.put("", body_of("Blocked")), 400), ContainsSubstring("idTag is missing"));
    CHECK_THAT(problem_text(f.get(""), 404), ContainsSubstring("no such id tag"));
    const auto created = f.put("", {{"idTag", ""}, {"status", "Blocked"}});
    CHECK(created.status == 201);
    CHECK(text_at(created.json(), "/idTag").empty());
    CHECK(f.told("") == "Blocked");
    CHECK(f.get("").json() == created.json());

    const auto first = f.http.get(list + "?limit=1").json();
    CHECK(text_at(first, "/items/0/idTag").empty());
    CHECK(text_at(first, "/next") == "\x01");
    const auto second = f.http.get(list + "?limit=1&after=%01").json();
    CHECK(text_at(second, "/items/0/idTag") == "A B");
    CHECK_FALSE(has(second, "/next"));

    CHECK(f.http.del(list + "/").status == 400);
    CHECK(f.http.del(list + "/", {{"If-Match", created.header("ETag")}}).status == 204);
    CHECK(f.http.del(list + "/a%20b").status == 204);
    CHECK(f.told("") == "Accepted");
    CHECK(f.http.post_text(list, R"([{"idTag":"","status":"Blocked"},{"idTag":" ","status":"Expired"}])").status ==
          200);
    CHECK(f.told("") == "Blocked");
    CHECK(f.told(" ") == "Expired");
}

TEST_CASE("The list comes in pages, filtered by status and parent", "[http][id-tags]") {
    fixture f;
    for (const auto* tag : {"d", "B", "a", "C"}) {
        const bool is_child = *tag < 'a';
        json::object body = body_of(is_child ? "Blocked" : "Accepted");
        if (is_child) body["parentIdTag"] = "Fleet";
        CHECK(f.put(tag, body).status == 201);
    }
    const auto first = f.http.get(list + "?limit=3").json();
    CHECK(at(first, "/items").as_array().size() == 3);
    CHECK(text_at(first, "/items/0/idTag") == "a");
    CHECK(text_at(first, "/items/2/idTag") == "C");
    CHECK(number_at(first, "/items/0/revision") > 0);
    CHECK(text_at(first, "/next") == "C");
    const auto second = f.http.get(list + "?limit=3&after=C").json();
    CHECK(at(second, "/items").as_array().size() == 1);
    CHECK_FALSE(has(second, "/next"));
    CHECK_FALSE(has(f.http.get(list + "?limit=4").json(), "/next"));
    CHECK(at(f.http.get(list + "?parentIdTag=FLEET").json(), "/items").as_array().size() == 2);
    CHECK(at(f.http.get(list + "?parentIdTag=fleet&status=Accepted").json(), "/items").as_array().empty());
    CHECK(text_at(f.http.get(list + "?status=Blocked&after=b").json(), "/items/0/idTag") == "C");
    CHECK_THAT(problem_text(f.http.get(list + "?status=blocked"), 400), ContainsSubstring("ConcurrentTx"));
    CHECK_THAT(problem_text(f.http.get(list + "?limit=0"), 400), ContainsSubstring("limit"));
    CHECK_THAT(problem_text(f.http.get(list + "?limit=10001"), 400), ContainsSubstring("10000"));
    CHECK_THAT(problem_text(f.http.get(list + "?page=1"), 400), ContainsSubstring("parentIdTag"));
}

TEST_CASE("100,000 id tags are imported at once, and are there after a restart", "[http][id-tags]") {
    temporary_directory directory;
    constexpr int count = 100'000;
    {
        running_gateway gateway(journal_in(directory.path()));
        http_client http(gateway.port());
        http.set_patience(std::chrono::seconds(30));
        const auto answer = http.post_text(list, import_of(count, "Accepted"));
        CHECK(answer.status == 200);
        CHECK(number_at(answer.json(), "/imported") == count);
        CHECK(number_at(http.post_text(list, R"({"items":[{"idTag":"tag7","status":"Blocked"}]})").json(),
                        "/imported") == 1);
    }
    running_gateway gateway(journal_in(directory.path()));
    http_client http(gateway.port());
    auto cp = gateway.connect("CP-1");
    CHECK(text_at(cp.authorize("TAG7"), "/idTagInfo/status") == "Blocked");
    const auto last = cp.authorize("tag99999");
    CHECK(text_at(last, "/idTagInfo/status") == "Accepted");
    CHECK(text_at(last, "/idTagInfo/parentIdTag") == "FLEET");
    CHECK(text_at(last, "/idTagInfo/expiryDate") == "2036-01-02T03:04:05Z");
    const auto page = http.get(list + "?after=TAG99998").json();
    CHECK(at(page, "/items").as_array().size() == 1);
}

TEST_CASE("An import with a bad entry changes nothing", "[http][id-tags]") {
    fixture f;
    f.put("A", body_of("Blocked"));
    const auto wrong = [&](std::string_view body) { return problem_text(f.http.post_text(list, body), 400); };
    const auto text = wrong(R"([{"idTag":"A","status":"Accepted"},{"idTag":"B","status":"Maybe"}])");
    CHECK_THAT(text, ContainsSubstring("entry 1"));
    CHECK_THAT(text, ContainsSubstring("status must"));
    CHECK_THAT(text, ContainsSubstring("nothing was imported"));
    CHECK_THAT(wrong(R"([{"idTag":"A","status":"Accepted"},{"idTag":"a","status":"Accepted"}])"),
               ContainsSubstring("same as in entry 0"));
    CHECK_THAT(wrong(R"({"items":7})"), ContainsSubstring("array"));
    CHECK_THAT(wrong(""), ContainsSubstring("array"));
    CHECK(text_at(f.get("A").json(), "/status") == "Blocked");
    problem_text(f.get("B"), 404);
    CHECK(f.told("A") == "Blocked");
}

TEST_CASE("An import that the disk ends half-way says how much of it is stored", "[http][id-tags]") {
    const temporary_directory directory;
    faulty_disk disk(directory.path());
    running_gateway gateway(journal_in(directory.path(), [](config& c) {
        c.events.durability = events_config::durable::disk;
        c.events.commit_timeout = std::chrono::seconds(2);
    }));
    gateway.expect_event(event_type::gateway_started, "");
    json::object one;
    one["status"] = "Accepted";
    REQUIRE(http_client(gateway.port()).put(list + "/ANOTHER", one).status <
            300);  // nothing waits for the disk any more
    disk.set(faulty_disk::fault::sync_blocks);
    auto importing = std::async(std::launch::async, [port = gateway.port()] {
        return http_client(port).post_text(list, import_of(10'000, "Blocked"));
    });
    eventually([&] { return disk.blocked() > 0; }, "the first entries wait for the disk");
    disk.set(faulty_disk::fault::full);
    CHECK_THAT(problem_text(importing.get(), 503), ContainsSubstring("5000 of 10000 are stored"));
    disk.set(faulty_disk::fault::none);

    http_client http(gateway.port());
    CHECK(http.get(list + "/TAG1").status == 200);
    CHECK(http.get(list + "/TAG9").status == 404);
    CHECK(number_at(http.post_text(list, import_of(10'000, "Blocked")).json(), "/imported") == 10'000);
    CHECK(http.get(list + "/TAG9").status == 200);
}

TEST_CASE("An import has a bound of its own", "[http][id-tags]") {
    fixture f([](config& c) {
        c.http.max_body_bytes = 2048;
        c.http.max_import_bytes = 64 * 1024;
    });
    CHECK(f.http.post_text(list, import_of(100, "Accepted")).status == 200);
    CHECK_THAT(problem_text(f.http.post_text(list, import_of(1000, "Accepted")), 413),
               ContainsSubstring("http.max_import_bytes"));
    CHECK_THAT(problem_text(f.http.request("PUT", list + "/A", std::string(2049, ' '), {}), 413),
               ContainsSubstring("http.max_body_bytes"));
    // The same when the length is not announced.
    http_client chunked(f.gateway.port());
    chunked.send_bytes("POST " + list +
                       " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                       "10001\r\n" +
                       std::string(0x10001, ' '));
    CHECK_THAT(problem_text(chunked.read_answer(), 413), ContainsSubstring("http.max_import_bytes"));
}

TEST_CASE("No more than two imports are received at a time", "[http][id-tags]") {
    fixture f;
    const std::string head = "POST " + list +
                             " HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                             "Expect: 100-continue\r\n\r\n";
    http_client first(f.gateway.port()), second(f.gateway.port());
    for (auto* http : {&first, &second}) {
        http->send_bytes(head);
        CHECK(http->read_answer().status == 100);
    }
    const auto refused = f.http.post_text(list, "[]");
    CHECK_THAT(problem_text(refused, 503), ContainsSubstring("imports"));
    CHECK(refused.has_header("Retry-After"));
    for (auto* http : {&first, &second}) {
        http->send_bytes("[]");
        CHECK(http->read_answer().status == 200);
    }
    CHECK(f.http.post_text(list, "[]").status == 200);
}

TEST_CASE("Who may not import takes no place of those who may", "[http][id-tags]") {
    temporary_directory directory;
    const std::string token(32, 't');
    running_gateway gw(journal_in(directory.path(), [&](config& c) {
        auto& entry = c.api.tokens.emplace_back();
        entry.name = "importer";
        entry.sha256 = sha256_hex(token);
        entry.scopes = {api_scope::admin};
    }));
    const std::string head = "POST " + list + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n";
    http_client first(gw.port()), second(gw.port());
    for (auto* http : {&first, &second}) {
        http->send_bytes(head);
        CHECK(http->read_answer().status == 401);  // and it does not hang up
    }
    http_client importer(gw.port());
    CHECK(importer.request("POST", list, "[]", {{"Authorization", "Bearer " + token}}).status == 200);
}

TEST_CASE("A journal that cannot store is told as 503, and the list stays as it was", "[http][id-tags]") {
    fixture f;
    f.put("A", body_of("Blocked"));
    sqlite::database other(journal_file(f.directory.path()), sqlite::open_mode::read_write);
    other.execute("ALTER TABLE id_tags RENAME TO away");
    const auto failed = f.put("A", body_of("Accepted"));
    CHECK_THAT(problem_text(failed, 503), ContainsSubstring("did not store"));
    CHECK(failed.has_header("Retry-After"));
    problem_text(f.http.del(list + "/A"), 503);
    problem_text(f.http.post_text(list, R"([{"idTag":"A","status":"Accepted"}])"), 503);
    CHECK_THAT(problem_text(f.get("A"), 503), ContainsSubstring("cannot be read"));
    problem_text(f.http.get(list), 503);
    CHECK(f.told("A") == "Blocked");
    other.execute("ALTER TABLE away RENAME TO id_tags");
    CHECK(f.put("A", body_of("Accepted")).status == 200);
    CHECK(f.told("A") == "Accepted");
}

TEST_CASE("Without a journal there is no list of id tags", "[http][id-tags]") {
    running_gateway gateway;
    http_client http(gateway.port());
    CHECK_THAT(problem_text(http.get(list), 501), ContainsSubstring("journal.enabled"));
    problem_text(http.get(list + "/A"), 501);
    problem_text(http.put(list + "/A", body_of("Accepted")), 501);
    problem_text(http.del(list + "/A"), 501);
    problem_text(http.post_text(list, "[]"), 501);
}
