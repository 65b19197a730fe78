#include "journal/durable_file.hpp"

#include "async/platform.hpp"

#include <voltgate/clock.hpp>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <filesystem>
#include <ostream>
#include <system_error>

namespace voltgate {

namespace {

namespace fs = std::filesystem;

std::string directory_of(const std::string& path) {
    const auto parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

/// A database, or what is left of one, under another name; and back under its own unless it is to stay there.
class database_aside {
  public:
    database_aside(const std::string& file, std::string_view why, std::chrono::system_clock::time_point now)
        : file_(file), kept_(file + fmt::format(".{}-{:%Y%m%dT%H%M%SZ}", why, fmt::gmtime(now))) {
        while (fs::exists(kept_) || fs::exists(kept_ + "-wal")) kept_ += '+';
        if (fs::exists(file_)) {
            std::error_code no_links;
            fs::create_hard_link(file_, kept_, no_links);
            if (no_links) fs::rename(file_, kept_);
        }
        // The log of changes goes before a new file comes: it must never be applied to it.
        try {
            for (const char* suffix : logs)
                if (fs::exists(file_ + suffix)) fs::rename(file_ + suffix, kept_ + suffix);
        } catch (const fs::filesystem_error&) {
            put_back();
            throw;
        }
    }
    ~database_aside() {
        if (!stays_) put_back();
    }
    database_aside(const database_aside&) = delete;
    database_aside& operator=(const database_aside&) = delete;

    /// Its other name, which it keeps.
    const std::string& keep() noexcept {
        stays_ = true;
        return kept_;
    }

  private:
    static constexpr std::array logs{"-wal", "-shm"};

    void put_back() noexcept {
        std::error_code ignored;
        for (const char* suffix : logs) fs::rename(kept_ + suffix, file_ + suffix, ignored);
        if (fs::exists(file_, ignored)) {
            fs::remove(kept_, ignored);
        } else {
            fs::rename(kept_, file_, ignored);
        }
    }

    std::string file_, kept_;
    bool stays_ = false;
};

}  // namespace

void remove_database(const std::string& file) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(file + suffix);
}

scratch_database::~scratch_database() {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(file_ + suffix, ignored);
}

void replace_database(const std::string& by, const std::string& file, std::string_view why, platform& machine,
                      std::ostream& report) {
    database_aside old(file, why, std::chrono::floor<std::chrono::seconds>(machine.clock().utc()));
    fs::rename(by, file);
    const auto& kept = old.keep();
    if (fs::exists(kept)) {
        report << "the old file is kept as " << kept << '\n';
    } else if (fs::exists(kept + "-wal")) {
        report << "the log of changes of a file that was gone is kept as " << kept << "-wal\n";
    }
    try {
        machine.files().sync(directory_of(file));
    } catch (const std::system_error& e) {
        report << "the new file is in place, but may not outlast a loss of power: " << e.what() << '\n';
    }
}

}  // namespace voltgate
