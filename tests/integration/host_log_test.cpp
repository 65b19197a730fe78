// The log in a host program: its lines, those of the host among them, and files that are moved away.
#include "support/files.hpp"
#include "support/http_client.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/wait.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <filesystem>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;
using severity = log_config::severity;

namespace {

/// What a host's sink was given.
class seen_lines {
  public:
    running_gateway::prepare as_sink() {
        return [this](gateway& g) {
            g.set_log_sink([this](severity s, std::string_view line) {
                const std::lock_guard lock(mutex_);
                lines_.push_back({s, std::string(line)});
            });
        };
    }
    [[nodiscard]] std::size_t count(severity s, std::string_view part) const {
        const std::lock_guard lock(mutex_);
        std::size_t n = 0;
        for (const auto& l : lines_) n += l.of == s && l.text.find(part) != std::string::npos ? 1 : 0;
        return n;
    }

  private:
    struct line {
        severity of;
        std::string text;
    };
    mutable std::mutex mutex_;
    std::vector<line> lines_;
};

running_gateway::configure logging(log_config log, std::string audit_file = {}) {
    return [log, audit_file](config& c) {
        c.log = log;
        c.api.audit_file = audit_file;
    };
}

}  // namespace

TEST_CASE("A host's sink gets the log in the form and from the level of the configuration", "[log]") {
    log_config log;
    log.format = log_config::format::json;
    seen_lines seen;
    running_gateway gw(logging(log), seen.as_sink());
    auto cp = gw.connect("CP-1");
    eventually([&] { return seen.count(severity::info, R"("charge_point.connected")") == 1; }, "the event is logged");
    gw->write_log(severity::warning, "a line of the host", {{"count", 3}, {"text", "quo\"ted"}});
    gw->write_log(severity::debug, "a detail");
    CHECK(seen.count(severity::warning, R"("count":3,"text":"quo\"ted")") == 1);
    CHECK(seen.count(severity::debug, "a detail") == 0);
}

TEST_CASE("A level that is taken over holds for the lines of the host too", "[log]") {
    seen_lines seen;
    config changed;
    const auto note = [&](config& c) {
        c.log.level = severity::error;
        changed = c;
        changed.log.level = severity::debug;
    };
    running_gateway gw(note, seen.as_sink());
    gw->write_log(severity::debug, "before");
    CHECK(gw->reload(changed).empty());
    gw->write_log(severity::debug, "after");
    CHECK(seen.count(severity::debug, "before") == 0);
    CHECK(seen.count(severity::debug, "after") == 1);
}

TEST_CASE("A log file that cannot be opened is an error, and the host may do without it", "[log]") {
    config c;
    c.server.port = 0;
    c.journal.enabled = false;
    c.log.file = "/nowhere/voltgate.log";
    gateway g(c);
    CHECK(g.open_log() == boost::system::errc::no_such_file_or_directory);
    std::string detail;
    CHECK_FALSE(g.start(&detail));
    g.write_log(severity::error, "nobody listens");
    g.stop();
}

TEST_CASE("Files of log and audit log that were moved away are made anew", "[log]") {
    const temporary_directory directory;
    log_config log;
    log.file = directory.path() + "/voltgate.log";
    const std::string audit = directory.path() + "/audit.log";
    running_gateway gw(logging(log, audit), [](gateway& g) { REQUIRE_FALSE(g.open_log()); });
    for (const auto& file : {log.file, audit}) std::filesystem::rename(file, file + ".1");
    gw->reopen_logs();
    gw->write_log(severity::info, "in the new file");
    http_client(gw.port()).put("/api/v1/charge-points/CP-1", boost::json::object());
    eventually([&] { return content_of(log.file).find("in the new file") != std::string::npos; }, "the new log");
    eventually([&] { return content_of(audit).find("CP-1") != std::string::npos; }, "the new audit log");
    CHECK_THAT(content_of(log.file + ".1"), !ContainsSubstring("in the new file"));
}

TEST_CASE("A log file that cannot be opened anew is written on", "[log]") {
    const temporary_directory directory;
    const std::string place = directory.path() + "/logs";
    std::filesystem::create_directory(place);
    log_config log;
    log.file = place + "/voltgate.log";
    running_gateway gw(logging(log), [](gateway& g) { REQUIRE_FALSE(g.open_log()); });
    std::filesystem::rename(place, place + ".old");
    gw->reopen_logs();
    const auto said = [&] {
        return content_of(place + ".old/voltgate.log").find("cannot be opened anew") != std::string::npos;
    };
    eventually(said, "the old file says so");
}
