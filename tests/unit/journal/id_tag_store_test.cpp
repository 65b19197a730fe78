// The managed list of id tags: what is stored, what is looked up, and that both stay the same.
#include "journal/id_tag_store.hpp"

#include "async/platform.hpp"
#include "events/bus.hpp"
#include "journal/journal.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"
#include "support/manual_clock.hpp"
#include "support/temporary_directory.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch_test_macros.hpp>

#include <array>
#include <future>
#include <thread>

using namespace voltgate;
using namespace voltgate::test;
using namespace std::chrono_literals;
using fate = revision_change::fate;

namespace {

config test_config(const std::string& directory) {
    config c;
    c.journal.path = directory;
    c.events.durability = events_config::durable::process;
    c.events.flush_interval = 1ms;
    return c;
}

/// A journal with its list, and an I/O thread's io_context that the test runs.
struct fixture {
    explicit fixture(const std::string& directory, authorization_config rules = {})
        : settings(test_config(directory)),
          bus(io.get_executor(), this_machine().random()),
          file(settings, clock, this_machine(), bus, silence),
          tags(file, rules, clock) {
        file.start();
    }

    template <class T>
    T wait(io_awaitable<T> task) {
        auto result = asio::co_spawn(io, std::move(task), asio::use_future);
        io.restart();
        io.run();
        return result.get();
    }
    id_tag_info find(std::string tag) { return wait(tags.find("CP-1", std::move(tag))); }
    revision_change put(id_tag_entry e, revision_condition condition = {}) {
        return wait(tags.put(std::move(e), std::move(condition)));
    }
    revision_change remove(std::string tag, revision_condition condition = {}) {
        return wait(tags.remove(std::move(tag), std::move(condition)));
    }
    std::optional<id_tag_entry> stored(std::string tag) {
        auto question = [tag = std::move(tag)](sqlite::database& db) { return read_id_tag(db, tag); };
        return wait(file.reader().ask<std::optional<id_tag_entry>>(std::move(question))).value.value();
    }
    std::vector<std::string> page(id_tag_query query) {
        auto question = [query = std::move(query)](sqlite::database& db) { return read_id_tags(db, query); };
        const auto entries = wait(file.reader().ask<std::vector<id_tag_entry>>(std::move(question))).value.value();
        std::vector<std::string> tags_of_page;
        for (const auto& e : entries) tags_of_page.push_back(e.id_tag);
        return tags_of_page;
    }

    config settings;
    asio::io_context io{1};
    manual_clock clock;
    event_bus bus;
    voltgate::log silence;
    journal file;
    journal_id_tags tags;
};

id_tag_entry entry(std::string tag, id_tag_status status = id_tag_status::accepted, std::string parent = {}) {
    id_tag_entry e;
    e.id_tag = std::move(tag);
    e.status = status;
    e.parent = std::move(parent);
    return e;
}

id_tag_query query(std::size_t limit, std::optional<std::string> after = std::nullopt) {
    id_tag_query q;
    q.limit = limit;
    q.after = std::move(after);
    return q;
}

}  // namespace

TEST_CASE("an entry of the list decides, whatever the policy, and without regard to case") {
    temporary_directory directory;
    authorization_config rules;
    rules.policy = authorization_config::mode::list;
    rules.id_tags = {"Configured", "Blocked"};
    fixture f(directory.path(), rules);
    CHECK(f.find("CONFIGURED").status == id_tag_status::accepted);
    CHECK(f.find("other").status == id_tag_status::invalid);

    CHECK(f.put(entry("Other", id_tag_status::accepted, "Fleet")).what == fate::created);
    CHECK(f.put(entry("blocked", id_tag_status::blocked)).what == fate::created);
    CHECK(f.find("oTHER").status == id_tag_status::accepted);
    CHECK(f.find("other").parent == "Fleet");
    CHECK(f.find("Blocked").status == id_tag_status::blocked);

    CHECK(f.put(entry("OTHER", id_tag_status::concurrent_tx)).what == fate::changed);
    CHECK(f.find("other").status == id_tag_status::concurrent_tx);
    CHECK(f.find("other").parent == "");
    CHECK(f.stored("other")->id_tag == "OTHER");

    CHECK(f.remove("Other").what == fate::removed);
    CHECK(f.remove("Other").what == fate::missing);
    CHECK(f.find("other").status == id_tag_status::invalid);
    CHECK_FALSE(f.stored("OTHER"));
}

TEST_CASE("with accept_all only what is listed is refused") {
    temporary_directory directory;
    fixture f(directory.path());
    f.put(entry("A", id_tag_status::invalid));
    CHECK(f.find("a").status == id_tag_status::invalid);
    CHECK(f.find("b").status == id_tag_status::accepted);
    CHECK(f.find("").status == id_tag_status::accepted);
}

TEST_CASE("an Accepted entry is Expired from its expiry on") {
    temporary_directory directory;
    fixture f(directory.path());
    auto accepted = entry("A"), blocked = entry("B", id_tag_status::blocked);
    accepted.expires = blocked.expires = f.clock.utc() + 1h;
    f.put(accepted);
    f.put(blocked);
    CHECK(f.find("A").status == id_tag_status::accepted);
    CHECK(f.find("A").expires == accepted.expires);
    f.clock.advance(1h - 1ms);
    CHECK(f.find("A").status == id_tag_status::accepted);
    f.clock.advance(1ms);
    CHECK(f.find("A").status == id_tag_status::expired);
    CHECK(f.find("A").expires == accepted.expires);
    CHECK(f.find("B").status == id_tag_status::blocked);
    CHECK(f.stored("A")->status == id_tag_status::accepted);
}

TEST_CASE("the list and its revisions go on across a restart") {
    temporary_directory directory;
    std::uint64_t last = 0;
    {
        fixture f(directory.path());
        auto e = entry("MiXed", id_tag_status::blocked, "Fleet");
        e.expires = f.clock.utc() + 1h;
        f.put(e);
        f.put(entry("Gone"));
        last = f.put(entry("Last")).revision.value();
        f.remove("Gone");
        f.remove("Last");
    }
    fixture f(directory.path());
    const auto info = f.find("mixed");
    CHECK(info.status == id_tag_status::blocked);
    CHECK(info.parent == "Fleet");
    CHECK(info.expires == f.clock.utc() + 1h);
    CHECK(f.stored("mixed")->id_tag == "MiXed");
    CHECK_FALSE(f.stored("gone"));
    CHECK(f.put(entry("Last")).revision.value() > last);
}

TEST_CASE("a change whose condition does not hold changes nothing") {
    temporary_directory directory;
    fixture f(directory.path());
    const auto never = [](std::optional<std::uint64_t>) { return false; };
    CHECK(f.put(entry("A"), never).what == fate::refused);
    CHECK_FALSE(f.stored("A"));
    const auto revision = f.put(entry("A", id_tag_status::blocked)).revision.value();
    const auto refused = f.put(entry("A"), never);
    CHECK(refused.what == fate::refused);
    CHECK(refused.revision == revision);
    CHECK(f.remove("A", never).what == fate::refused);
    CHECK(f.find("A").status == id_tag_status::blocked);
    const auto same = [revision](std::optional<std::uint64_t> current) { return current == revision; };
    CHECK(f.put(entry("A"), same).what == fate::changed);
    CHECK(f.put(entry("A"), same).what == fate::refused);
}

TEST_CASE("an import adds and replaces; pages come in the order of the folded tags") {
    temporary_directory directory;
    fixture f(directory.path());
    f.put(entry("b", id_tag_status::blocked));
    std::vector<id_tag_entry> entries;
    entries.push_back(entry("A", id_tag_status::blocked, "Fleet"));
    entries.push_back(entry("B"));
    entries.push_back(entry("c", id_tag_status::accepted, "fleet"));
    CHECK(f.wait(f.tags.import(std::move(entries))) > 0);
    CHECK(f.find("b").status == id_tag_status::accepted);
    CHECK(f.find("a").status == id_tag_status::blocked);

    CHECK(f.page(query(10)) == std::vector<std::string>{"A", "B", "c"});
    CHECK(f.page(query(2)) == std::vector<std::string>{"A", "B"});
    CHECK(f.page(query(10, "b")) == std::vector<std::string>{"c"});
    CHECK(f.page(query(10, "aa")) == std::vector<std::string>{"B", "c"});
    auto filtered = query(10);
    filtered.parent = "FLEET";
    CHECK(f.page(filtered) == std::vector<std::string>{"A", "c"});
    filtered.status = id_tag_status::accepted;
    CHECK(f.page(filtered) == std::vector<std::string>{"c"});
    filtered.parent = "";
    CHECK(f.page(filtered) == std::vector<std::string>{"B"});
}

TEST_CASE("a list of many is loaded whole") {
    temporary_directory directory;
    constexpr int count = 2500;
    {
        fixture f(directory.path());
        std::vector<id_tag_entry> entries;
        for (int i = 0; i < count; ++i) entries.push_back(entry("T" + std::to_string(i), id_tag_status::blocked));
        CHECK(f.wait(f.tags.import(std::move(entries))) > 0);
    }
    fixture f(directory.path());
    int blocked = 0;
    for (int i = 0; i < count; ++i) blocked += f.find("t" + std::to_string(i)).status == id_tag_status::blocked;
    CHECK(blocked == count);
}

TEST_CASE("changes of one tag from several threads end the same in memory and on disk") {
    temporary_directory directory;
    std::array<asio::io_context, 4> contexts;  // they outlive the journal, which completes on them
    fixture f(directory.path());
    const auto change = [&](int seed) {
        auto& io = contexts[static_cast<std::size_t>(seed)];
        for (int i = 0; i < 100; ++i) {
            const auto status = static_cast<id_tag_status>((i + seed) % 5);
            auto task = (i * 7 + seed) % 3 == 0 ? f.tags.remove("A", {}) : f.tags.put(entry("A", status), {});
            auto done = asio::co_spawn(io, std::move(task), asio::use_future);
            io.restart();
            io.run();
            if (done.get().what == fate::failed) return false;
        }
        return true;
    };
    std::vector<std::future<bool>> threads;
    for (int i = 0; i < 4; ++i) threads.push_back(std::async(std::launch::async, change, i));
    for (auto& t : threads) CHECK(t.get());
    const auto stored = f.stored("A");
    CHECK(f.find("A").status == (stored ? stored->status : id_tag_status::accepted));
}

TEST_CASE("the empty tag and tags with blanks are kept like others, and come over a restart") {
    temporary_directory directory;
    {
        fixture f(directory.path());
        for (const auto* tag : {"b", "", " a", "a "})
            CHECK(f.put(entry(tag, id_tag_status::blocked)).what == fate::created);
        CHECK(f.put(entry("", id_tag_status::blocked)).what == fate::changed);
    }
    fixture f(directory.path());
    CHECK(f.find("").status == id_tag_status::blocked);
    CHECK(f.find("").listed);
    CHECK(f.find(" A").status == id_tag_status::blocked);
    CHECK(f.find("a").status == id_tag_status::accepted);
    CHECK_FALSE(f.find("a").listed);
    using page = std::vector<std::string>;
    CHECK(f.page(query(10)) == page{"", " a", "a ", "b"});
    CHECK(f.page(query(1)) == page{""});
    CHECK(f.page(query(2, "")) == page{" a", "a "});
    CHECK(f.remove("").what == fate::removed);
    CHECK(f.find("").status == id_tag_status::accepted);
    CHECK(f.page(query(10)) == page{" a", "a ", "b"});
}

TEST_CASE("a message without a tag is refused where the empty tag is, and not accepted for it") {
    temporary_directory directory;
    fixture f(directory.path());
    const auto without = [&f] { return f.wait(f.tags.find("CP-1", std::nullopt)); };
    CHECK(without().status == id_tag_status::accepted);
    CHECK_FALSE(without().listed);
    f.put(entry("", id_tag_status::blocked));
    CHECK(without().status == id_tag_status::blocked);
    CHECK(without().listed);
    f.put(entry("", id_tag_status::accepted));
    CHECK_FALSE(without().listed);
    auto expired = entry("", id_tag_status::accepted);
    expired.expires = std::chrono::system_clock::time_point(std::chrono::hours(1));
    f.put(expired);
    CHECK(without().status == id_tag_status::expired);
}
