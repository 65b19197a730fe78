#include "journal/durable_file.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "support/temporary_directory.hpp"

#include <catch2/catch_test_macros.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string>
#include <system_error>

using namespace voltgate;
using namespace voltgate::test;

namespace {

namespace fs = std::filesystem;

struct files {
    temporary_directory directory;
    std::string file = directory.path() + "/journal.db", by = directory.path() + "/fresh.db";
    std::ostringstream report;

    static void write(const std::string& path, std::string_view text) { std::ofstream(path) << text; }
    [[nodiscard]] static std::string read(const std::string& path) {
        std::ifstream in(path);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    // By name; the time that a kept one was set aside does not count.
    [[nodiscard]] std::map<std::string, std::string> all() const {
        std::map<std::string, std::string> found;
        for (const auto& entry : fs::directory_iterator(directory.path())) {
            auto name = entry.path().filename().string();
            if (const auto kept = name.find(".old-"); kept != std::string::npos)
                name.erase(kept + 4, std::string("-20260102T030405Z").size());
            found[name] = read(entry.path().string());
        }
        return found;
    }
};

using contents = std::map<std::string, std::string>;

}  // namespace

TEST_CASE_METHOD(files, "A database that is replaced is kept with its log of changes") {
    write(file, "old");
    write(file + "-wal", "changes");
    write(by, "new");
    replace_database(by, file, "old", this_machine(), report);
    CHECK(all() == contents{{"journal.db", "new"}, {"journal.db.old", "old"}, {"journal.db.old-wal", "changes"}});
    CHECK(report.str().starts_with("the old file is kept as " + file + ".old-"));
    write(by, "newer");
    replace_database(by, file, "old", this_machine(), report);
    CHECK(read(file) == "newer");
}

TEST_CASE_METHOD(files, "A database that cannot be replaced stays as it was") {
    write(file, "old");
    write(file + "-wal", "changes");
    CHECK_THROWS_AS(replace_database(by, file, "old", this_machine(), report), std::system_error);
    CHECK(all() == contents{{"journal.db", "old"}, {"journal.db-wal", "changes"}});
    CHECK(report.str().empty());
}

TEST_CASE_METHOD(files, "A log of changes whose database is gone is not applied to the one that comes") {
    write(file + "-wal", "changes");
    write(by, "new");
    replace_database(by, file, "old", this_machine(), report);
    CHECK(all() == contents{{"journal.db", "new"}, {"journal.db.old-wal", "changes"}});
    CHECK(report.str().ends_with("-wal\n"));
}

TEST_CASE_METHOD(files, "A scratch database goes with its logs") {
    {
        const scratch_database scratch(file);
        write(file, "x");
        write(file + "-wal", "x");
        write(file + "-shm", "x");
    }
    CHECK(all().empty());
}
