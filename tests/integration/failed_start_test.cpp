// A start that fails at any of its steps leaves nothing behind: the gateway can be destroyed, or started again.
#include "async/platform.hpp"
#include "journal/schema.hpp"
#include "machine/this_machine.hpp"
#include "support/running_gateway.hpp"
#include "support/temporary_directory.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <utility>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;

namespace {

std::uint16_t port_of(const std::unique_ptr<running_gateway>& g) { return g->port(); }

void write(const std::string& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

/// A host's gateway with a journal, whose start is expected to fail.
class host {
  public:
    host() {
        config_.server.port = 0;
        config_.server.io_threads = 2;
        config_.log.level = log_config::severity::off;
        journal_in(directory.path() + "/journal")(config_);
    }

    temporary_directory directory;

    [[nodiscard]] std::string journal() const { return config_.journal.path; }
    [[nodiscard]] config& settings() noexcept { return config_; }
    [[nodiscard]] gateway& operator*() noexcept { return *gateway_; }
    [[nodiscard]] gateway* operator->() noexcept { return gateway_.get(); }

    /// Twice, for what the first attempt may have left.
    void expect_failure(errc why, const std::string& part) {
        gateway_ = std::make_unique<gateway>(config_);
        for (int i = 0; i < 2; ++i) {
            std::string detail;
            CHECK(gateway_->start(&detail) == why);
            CHECK_THAT(detail, ContainsSubstring(part));
            CHECK(gateway_->port() == 0);
            CHECK(gateway_->charge_points().empty());
            CHECK_FALSE(gateway_->find_charge_point("CP-1"));
        }
    }

    /// Once the cause is gone: the same gateway runs, and its journal keeps what it is told.
    void expect_second_start() {
        std::string detail;
        REQUIRE(gateway_->start(&detail) == error_code());
        CHECK(charge_point(gateway_->port(), "CP-1").start_transaction() > 0);
        gateway_->stop();
    }

    void expect_journal_is_free() const { const auto lock = this_machine().files().lock(journal()); }
    void destroy() { gateway_.reset(); }

  private:
    config config_;
    std::unique_ptr<gateway> gateway_;
};

listener_config on_port(std::uint16_t port) {
    listener_config l;
    l.port = port;
    return l;
}

}  // namespace

TEST_CASE("A start on a port that is taken fails cleanly and works once it is free", "[failed_start]") {
    auto other = std::make_unique<running_gateway>();
    host h;
    if (GENERATE(true, false)) {
        h.settings().server.port = port_of(other);
        h.expect_failure(errc::address_in_use, "server.port");
    } else {
        h.settings().listeners = {on_port(port_of(other))};
        h.expect_failure(errc::address_in_use, "listener[0].port");
    }
    h.expect_journal_is_free();
    SECTION("destroyed") {
        h.destroy();
        h.expect_journal_is_free();
    }
    SECTION("stopped") { h->stop(); }
    SECTION("started again") {
        other.reset();
        h.expect_second_start();
    }
}

TEST_CASE("A start on an address that nobody here has fails cleanly", "[failed_start]") {
    host h;
    h.settings().server.address = "192.0.2.1";
    h.settings().server.allow_insecure = true;
    h.expect_failure(errc::cannot_listen, "another server.address");
    h.expect_journal_is_free();
    h.destroy();
    running_gateway next(journal_in(h.journal()));
    next.connect("CP-1").boot();
}

TEST_CASE("A start with a wrong configuration fails cleanly", "[failed_start]") {
    host h;
    h.settings().boot.interval = std::chrono::seconds(0);
    h.expect_failure(errc::invalid_config, "boot.interval");
    CHECK_FALSE(std::filesystem::exists(h.journal()));
    h.destroy();
}

TEST_CASE("A start without a place for the audit log fails cleanly and works once there is one", "[failed_start]") {
    host h;
    h.settings().api.audit_file = h.directory.file("logs") + "/audit.log";
    h.expect_failure(errc::invalid_config, "api.audit_file");
    SECTION("destroyed") { h.destroy(); }
    SECTION("started again") {
        std::filesystem::create_directory(h.directory.file("logs"));
        h.expect_second_start();
    }
}

TEST_CASE("A start with files for TLS that cannot be used fails cleanly and works with others", "[failed_start]") {
    const tls_site site;
    host h;
    site.with_profile(0)(h.settings());
    journal_in(h.directory.file("journal"))(h.settings());
    listener_config encrypted;
    encrypted.security_profile = 2;
    h.settings().listeners = {encrypted};
    site.write("ca.key", site.client_ca.key());
    h.settings().signing.certificate = site.path("client_ca.pem");
    h.settings().signing.key = site.path("ca.key");
    const std::string broken = GENERATE("ec.pem", "ca.key");
    std::ifstream file(site.path(broken), std::ios::binary);
    const std::string whole((std::istreambuf_iterator<char>(file)), {});
    site.write(broken, "nothing");
    h.expect_failure(errc::tls_unusable, broken);
    SECTION("destroyed") { h.destroy(); }
    SECTION("started again") {
        site.write(broken, whole);
        h.expect_second_start();
    }
}

TEST_CASE("A start whose port is taken lets go of certificates, CA and audit log too", "[failed_start]") {
    const tls_site site;
    auto other = std::make_unique<running_gateway>();
    host h;
    site.with_profile(0)(h.settings());
    journal_in(h.directory.file("journal"))(h.settings());
    site.write("ca.key", site.client_ca.key());
    h.settings().signing.certificate = site.path("client_ca.pem");
    h.settings().signing.key = site.path("ca.key");
    h.settings().api.audit_file = h.directory.file("audit.log");
    listener_config encrypted = on_port(port_of(other));
    encrypted.security_profile = 2;
    h.settings().listeners = {encrypted};
    h.expect_failure(errc::address_in_use, "listener[0].port");
    SECTION("destroyed") { h.destroy(); }
    SECTION("started again") {
        other.reset();
        h.expect_second_start();
    }
}

namespace {

enum class trouble : std::uint8_t { no_directory, in_use, damaged, of_another_program };

}  // namespace

TEST_CASE("A start on a journal that cannot be used fails cleanly and works once it can", "[failed_start]") {
    host h;
    std::unique_ptr<running_gateway> other;
    const std::string where = "journal.path \"" + h.journal() + "\"";
    const auto cause = GENERATE(trouble::no_directory, trouble::in_use, trouble::damaged, trouble::of_another_program);
    CAPTURE(cause);
    if (cause == trouble::no_directory) {
        write(h.journal(), "not a directory");
    } else if (cause == trouble::in_use) {
        other = std::make_unique<running_gateway>(journal_in(h.journal()));
    } else {
        std::filesystem::create_directory(h.journal());
        if (cause == trouble::damaged) write(journal_file(h.journal()), std::string(8192, 'x'));
    }
    if (cause == trouble::of_another_program) {
        sqlite::database db(journal_file(h.journal()), sqlite::open_mode::read_write);
        db.execute("CREATE TABLE theirs (a)");
    }
    h.expect_failure(errc::journal_unusable, where);
    SECTION("destroyed") { h.destroy(); }
    SECTION("started again") {
        if (other) {
            other.reset();
        } else {
            std::filesystem::remove_all(h.journal());
        }
        h.expect_second_start();
    }
}

TEST_CASE("A second start knows what another gateway wrote into the journal meanwhile", "[failed_start]") {
    host h;
    const auto meanwhile = [&h](const std::string& id) {
        running_gateway next(journal_in(h.journal()));
        auto cp = next.connect(id);
        cp.boot();
        return cp.start_transaction();
    };
    const auto first = meanwhile("CP-1");
    auto other = std::make_unique<running_gateway>();
    h.settings().server.port = port_of(other);
    h.expect_failure(errc::address_in_use, "server.port");
    const auto second = meanwhile("CP-2");
    other.reset();
    REQUIRE(h->start() == error_code());
    CHECK(h->charge_points().size() == 2);
    charge_point cp(h->port(), "CP-3");
    const auto third = cp.start_transaction();
    CHECK((third != first && third != second));
}

TEST_CASE("A gateway that was started is not started again", "[failed_start]") {
    temporary_directory directory;
    running_gateway gw(journal_in(directory.path()));
    auto cp = gw.connect("CP-1");
    std::string detail;
    CHECK(gw->start(&detail) == errc::already_started);
    CHECK_FALSE(detail.empty());
    CHECK(cp.start_transaction() > 0);
    gw.stop();
    CHECK(gw->start() == errc::already_started);
}
