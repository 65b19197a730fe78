// What --check-config says of the files that a configuration names.
#include "runtime/check_files.hpp"

#include "async/platform.hpp"
#include "journal/schema.hpp"
#include "journal/sqlite.hpp"
#include "machine/this_machine.hpp"
#include "support/tls_site.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include <filesystem>
#include <fstream>
#include <string>

using namespace voltgate;
using namespace voltgate::test;
using Catch::Matchers::ContainsSubstring;
using Catch::Matchers::StartsWith;

namespace {

/// A configuration with everything that names a file, and all of it in order.
struct fixture {
    fixture() {
        site.write("ca.key", site.client_ca.key());
        site.write("crl.pem", site.client_ca.revocation_list());
        c.tls = site.config();
        c.tls.crl = site.path("crl.pem");
        c.server.security_profile = 3;
        c.signing.certificate = site.path("client_ca.pem");
        c.signing.key = site.path("ca.key");
        c.journal.path = directory.path() + "/a/b/journal";
        c.log.file = directory.path() + "/gateway.log";
        c.api.audit_file = directory.path() + "/audit.log";
        REQUIRE(check_config(c).empty());
    }
    std::string wrong() {
        std::string all;
        for (const auto& e : check_files(c, this_machine())) all.append(all.empty() ? "" : "; ").append(to_string(e));
        return all;
    }
    tls_site site;
    temporary_directory directory;
    config c;
};

}  // namespace

TEST_CASE("Files that are in order are let be, and nothing is made", "[config]") {
    fixture f;
    CHECK(f.wrong().empty());
    CHECK(std::filesystem::is_empty(f.directory.path()));
}

TEST_CASE("A TLS or CA file that a start would refuse is named with its key", "[config]") {
    fixture f;
    const auto broken = [&f](const std::string& name) {
        f.site.write(name, "nothing");
        return f.wrong();
    };
    SECTION("certificate") {
        CHECK_THAT(broken("ec.pem"), StartsWith("tls.certificates: ") && ContainsSubstring("ec.pem"));
    }
    SECTION("key") { CHECK_THAT(broken("rsa.key"), StartsWith("tls.keys: ") && ContainsSubstring("rsa.key")); }
    SECTION("CAs of charge points") {
        f.c.signing.certificate = f.site.path("ec.pem");
        CHECK_THAT(broken("client_ca.pem"), StartsWith("tls.client_ca: ") && ContainsSubstring("client_ca.pem"));
    }
    SECTION("revocation list") {
        CHECK_THAT(broken("crl.pem"), StartsWith("tls.crl: ") && ContainsSubstring("crl.pem"));
    }
    SECTION("the key of the signing CA") {
        CHECK_THAT(broken("ca.key"), StartsWith("signing.key: ") && ContainsSubstring("ca.key"));
    }
    SECTION("the signing CA") {
        f.c.signing.certificate = f.site.path("absent.pem");
        CHECK_THAT(f.wrong(), StartsWith("signing.certificate: ") && ContainsSubstring("absent.pem"));
    }
    SECTION("nobody uses TLS") {
        f.c.server.security_profile = 0;
        CHECK(broken("ec.pem").empty());
    }
}

TEST_CASE("Places that cannot be written are named with their key", "[config]") {
    fixture f;
    SECTION("log files") {
        f.c.log.file = f.directory.path() + "/absent/gateway.log";
        f.c.api.audit_file = f.directory.path();
        const auto wrong = f.wrong();
        CHECK_THAT(wrong, ContainsSubstring("log.file: ") && ContainsSubstring("absent\": there is no such directory"));
        CHECK_THAT(wrong, ContainsSubstring("api.audit_file: ") && ContainsSubstring("is a directory"));
    }
    SECTION("file systems of the kernel") {
        f.c.journal.path = GENERATE("/proc/journal", "/sys/a/journal");
        CHECK_THAT(f.wrong(), StartsWith("journal.path: ") && ContainsSubstring("no files can be made there"));
    }
    SECTION("a journal in a file") {
        std::ofstream(f.directory.path() + "/a") << "x";
        CHECK_THAT(f.wrong(), StartsWith("journal.path: ") && ContainsSubstring("/a\""));
        f.c.journal.enabled = false;
        CHECK(f.wrong().empty());
    }
}

TEST_CASE("A journal of another program or a newer version is named, one that is in use is not", "[config]") {
    fixture f;
    std::filesystem::create_directories(f.c.journal.path);
    const auto file = journal_file(f.c.journal.path);
    SECTION("in use") {
        running_gateway gw([&](config& c) { c.journal = f.c.journal; });
        CHECK(f.wrong().empty());
    }
    SECTION("newer") {
        open_for_writing(file, commit_durability::process, this_machine().random())
            .execute("PRAGMA user_version = 1000");
        CHECK_THAT(f.wrong(), StartsWith("journal.path: ") && ContainsSubstring("newer version"));
    }
    SECTION("another program's") {
        sqlite::database(file, sqlite::open_mode::read_write).execute("CREATE TABLE t (c)");
        CHECK_THAT(f.wrong(), StartsWith("journal.path: ") && ContainsSubstring("another program"));
    }
    SECTION("no database") {
        std::ofstream(file) << std::string(5000, 'x');
        CHECK_THAT(f.wrong(), StartsWith("journal.path: "));
    }
}
