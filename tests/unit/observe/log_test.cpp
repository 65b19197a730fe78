#include "observe/log.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cmath>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <limits>
#include <mutex>
#include <regex>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace voltgate;
using severity = log_config::severity;

namespace {

/// A log into memory.
struct captured {
    explicit captured(log_config c)
        : log(c, this_machine().clock(), [this](severity s, std::string_view line) {
              const std::lock_guard lock(mutex);
              severities.push_back(s);
              lines.emplace_back(line);
          }) {}
    /// The last line without its time.
    [[nodiscard]] std::string last() const { return lines.back().substr(25); }

    std::mutex mutex;
    std::vector<severity> severities;
    std::vector<std::string> lines;
    voltgate::log log;
};

log_config text_at(severity level = severity::trace) {
    log_config c;
    c.level = level;
    return c;
}

log_config json_at(severity level = severity::trace) {
    auto c = text_at(level);
    c.format = log_config::format::json;
    return c;
}

/// A directory of its own, gone with the test.
struct scratch {
    scratch() {
        auto pattern = (std::filesystem::temp_directory_path() / "voltgate-log-XXXXXX").string();
        REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        directory = pattern;
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(directory, ignored);
    }
    std::filesystem::path directory;
};

std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::ifstream in(file);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
}

const std::string hostile("a\nb\r\"c\\\x1b[31m\xff\xc3(=\0\xe2\x80\xa8", 21);

}  // namespace

TEST_CASE("a text line has time, level, message and fields") {
    captured c(text_at());
    const std::string id = "CP-001";
    c.log.info("charge point connected",
               {{"charge_point", id}, {"epoch", 7U}, {"delta", -3}, {"ratio", 0.5}, {"tls", false}});
    CHECK(std::regex_match(c.lines.at(0), std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z .*)")));
    CHECK(c.last() == "info  charge point connected charge_point=CP-001 epoch=7 delta=-3 ratio=0.5 tls=false");
    c.log.warning("odd", {{"empty", ""}, {"blank", "a b"}, {"json", log_json{"{\"a\":\n[1]}"}}});
    CHECK(c.last() == R"(warning odd empty="" blank="a b" json={"a": [1]})");
    CHECK(c.severities == std::vector{severity::info, severity::warning});
}

TEST_CASE("a JSON line has the same as members") {
    captured c(json_at());
    c.log.error("failed", {{"charge_point", "CP 1"},
                           {"big", std::numeric_limits<std::uint64_t>::max()},
                           {"small", std::numeric_limits<std::int64_t>::min()},
                           {"nan", std::nan("")},
                           {"ok", true},
                           {"frame", log_json{"[2,\"1\"]"}}});
    const auto line = boost::json::parse(c.lines.at(0)).as_object();
    CHECK(std::regex_match(std::string(line.at("time").as_string()),
                           std::regex(R"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)")));
    CHECK(line.at("level").as_string() == "error");
    CHECK(line.at("msg").as_string() == "failed");
    CHECK(line.at("charge_point").as_string() == "CP 1");
    CHECK(line.at("big").as_uint64() == std::numeric_limits<std::uint64_t>::max());
    CHECK(line.at("small").as_int64() == std::numeric_limits<std::int64_t>::min());
    CHECK(line.at("nan").is_null());
    CHECK(line.at("ok").as_bool());
    CHECK(line.at("frame").as_array().size() == 2);
}

TEST_CASE("text of a charge point can break neither a line nor the JSON") {
    captured text(text_at());
    text.log.info(hostile, {{"charge_point", hostile}});
    const auto& line = text.lines.at(0);
    CHECK(std::ranges::none_of(line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }));
    CHECK(line.find(R"("a\nb\r\"c\\\u001b[31m)") != std::string::npos);

    captured json(json_at());
    json.log.info(hostile, {{"charge_point", hostile}});
    const auto parsed = boost::json::parse(json.lines.at(0)).as_object();
    CHECK(parsed.at("charge_point").as_string().starts_with("a\nb\r\"c\\\x1b[31m\xEF\xBF\xBD"));
    CHECK(json.lines.at(0).find('\n') == std::string::npos);
}

TEST_CASE("an id cannot pass itself off as another field") {
    captured c(text_at());
    c.log.info("m", {{"charge_point", "x admin=true"}, {"other", "y=1"}});
    CHECK(c.last() == R"(info  m charge_point="x admin=true" other="y=1")");
}

TEST_CASE("lines stay bounded however long the values are, and JSON stays JSON") {
    const std::string control(100'000, '\x01');
    const std::string euro = [] {
        std::string s;
        for (int i = 0; i < 1000; ++i) s += "\xe2\x82\xac";
        return s;
    }();
    const std::string json = "\"" + std::string(100'000, 'x') + "\"";
    for (const auto& config : {text_at(), json_at()}) {
        captured c(config);
        c.log.info(control,
                   {{"a", control}, {"b", euro}, {"c", log_json{json}}, {"d", control}, {"e", control}, {"f", 1}});
        c.log.event(json);
        for (const auto& line : c.lines) {
            CHECK(line.size() <= voltgate::log::max_line_bytes);
            if (config.format == log_config::format::json) CHECK(boost::json::parse(line).is_object());
        }
        CHECK(c.lines.at(0).find("fields_left_out") != std::string::npos);
        CHECK(c.lines.at(1).find("xxx…\"") != std::string::npos);
    }
}

TEST_CASE("levels below the one in force cost nothing and log nothing") {
    captured c(text_at(severity::warning));
    c.log.info("no");
    CHECK_FALSE(c.log.enabled(severity::info));
    CHECK(c.log.enabled(severity::warning));
    c.log.warning("yes");
    c.log.set_level(severity::trace);
    c.log.trace("yes");
    c.log.set_level(severity::off);
    c.log.error("no");
    CHECK_FALSE(c.log.enabled(severity::error));
    CHECK_FALSE(c.log.enabled(severity::off));
    CHECK(c.lines.size() == 2);
}

TEST_CASE("events are nested in JSON and appended in text, if they are wanted") {
    captured json(json_at());
    json.log.event(R"({"eventType":"a"})");
    const auto parsed = boost::json::parse(json.lines.at(0)).as_object();
    CHECK(parsed.at("level").as_string() == "info");
    CHECK(parsed.at("event").at("eventType").as_string() == "a");

    captured text(text_at());
    text.log.event(R"({"eventType":"a"})");
    CHECK(text.last() == R"(info  event {"eventType":"a"})");

    auto without = text_at();
    without.events = false;
    captured none(without);
    CHECK_FALSE(none.log.takes_events());
    none.log.event("{}");
    CHECK(none.lines.empty());

    captured quiet(text_at(severity::warning));
    CHECK_FALSE(quiet.log.takes_events());
}

TEST_CASE("the null log logs nothing") {
    voltgate::log nothing;
    nothing.error("x");
    nothing.set_level(severity::trace);
    nothing.error("x");
    nothing.event("{}");
    CHECK_FALSE(nothing.takes_events());
    CHECK(nothing.dropped() == 0);
    CHECK_FALSE(nothing.reopen());
}

TEST_CASE("a sink may log something itself, and one that throws is counted") {
    std::vector<std::string> lines;
    voltgate::log* self = nullptr;
    voltgate::log nested(text_at(), this_machine().clock(), [&](severity, std::string_view line) {
        if (lines.empty()) {
            lines.emplace_back("first");
            self->info("inner");
        }
        lines.emplace_back(line.substr(25));
    });
    self = &nested;
    nested.info("outer");
    CHECK(lines == std::vector<std::string>{"first", "info  inner", "info  outer"});

    voltgate::log throwing(text_at(), this_machine().clock(),
                           [](severity, std::string_view) { throw std::runtime_error("no"); });
    throwing.info("x");
    CHECK(throwing.dropped() == 1);
}

TEST_CASE("a file is appended to, whole lines from all threads") {
    const scratch s;
    auto config = text_at();
    config.file = (s.directory / "log").string();
    std::ofstream(config.file) << "before\n";
    {
        voltgate::log log(config, this_machine());
        std::vector<std::jthread> threads;
        for (int t = 0; t < 4; ++t)
            threads.emplace_back([&log, t] {
                for (int i = 0; i < 500; ++i)
                    log.info("line", {{"thread", t}, {"i", i}, {"pad", std::string(300, 'x')}});
            });
        threads.clear();
        CHECK(log.dropped() == 0);
    }
    auto lines = lines_of(config.file);
    REQUIRE(lines.size() == 2001);
    CHECK(lines.front() == "before");
    lines.erase(lines.begin());
    for (auto& line : lines) {
        CHECK(line.ends_with(std::string(300, 'x')));
        line.erase(0, 25);
    }
    std::ranges::sort(lines);
    CHECK(std::ranges::unique(lines).empty());
}

TEST_CASE("after a rotation the log goes on in a new file") {
    const scratch s;
    auto config = text_at();
    config.file = (s.directory / "log").string();
    {
        voltgate::log log(config, this_machine());
        std::filesystem::rename(config.file, s.directory / "log.1");
        CHECK_FALSE(log.reopen());
        log.info("after");
        std::filesystem::remove(config.file);
        std::filesystem::create_directory(config.file);
        CHECK(log.reopen() == std::errc::is_a_directory);
        std::filesystem::remove(config.file);
        CHECK_FALSE(log.reopen());
        log.info("last");
    }
    const auto lines = lines_of(config.file);
    REQUIRE_FALSE(lines.empty());
    CHECK(lines.back().ends_with("last"));
    CHECK(lines_of(s.directory / "log.1").empty());
}

TEST_CASE("a log file that cannot be opened says which") {
    auto config = text_at();
    config.file = "/nowhere/voltgate.log";
    try {
        const voltgate::log log(config, this_machine());
        FAIL("opened");
    } catch (const std::system_error& e) {
        CHECK(std::string(e.what()) == "log.file: cannot open /nowhere/voltgate.log: No such file or directory");
    }
}

TEST_CASE("a reader that does not read stops neither logging nor the end, and losses are counted") {
    const scratch s;
    auto config = text_at();
    config.file = (s.directory / "pipe").string();
    REQUIRE(::mkfifo(config.file.c_str(), 0600) == 0);
    const int reader = ::open(config.file.c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(reader >= 0);
    {
        voltgate::log log(config, this_machine());
        constexpr std::size_t pipe_capacity = 64 * 1024;
        const std::string pad(900, 'x');
        const auto lines = voltgate::log::queue_lines + pipe_capacity / pad.size() + 1000;
        for (std::size_t i = 0; i < lines; ++i) log.info("line", {{"pad", pad}});
        CHECK(log.dropped() >= 900);
    }
    ::close(reader);
}

TEST_CASE("a reader that goes away does not end the process") {
    const scratch s;
    auto config = text_at();
    config.file = (s.directory / "pipe").string();
    REQUIRE(::mkfifo(config.file.c_str(), 0600) == 0);
    const int reader = ::open(config.file.c_str(), O_RDWR | O_CLOEXEC);
    REQUIRE(reader >= 0);
    voltgate::log log(config, this_machine());
    ::close(reader);
    log.info("nobody reads this");
    while (log.dropped() == 0) std::this_thread::yield();
    CHECK(log.dropped() == 1);
}
