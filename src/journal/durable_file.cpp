#include "journal/durable_file.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <ctime>
#include <fcntl.h>
#include <filesystem>
#include <ostream>
#include <system_error>
#include <unistd.h>

namespace voltgate {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path) { throw std::system_error(errno, std::generic_category(), path); }

class open_file {
  public:
    open_file(const std::string& path, int flags) : path_(path), file_(::open(path.c_str(), flags | O_CLOEXEC, 0600)) {
        if (file_ < 0) fail(path);
    }
    ~open_file() { ::close(file_); }
    open_file(const open_file&) = delete;
    open_file& operator=(const open_file&) = delete;

    void write(std::string_view text) {
        while (!text.empty()) {
            const auto written = ::write(file_, text.data(), text.size());
            if (written < 0 && errno != EINTR) fail(path_);
            if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
        }
    }
    void sync() {
        if (::fsync(file_) != 0) fail(path_);
    }

  private:
    std::string path_;
    int file_;
};

std::string directory_of(const std::string& path) {
    const auto parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

/// A database, or what is left of one, under another name; and back under its own unless it is to stay there.
class database_aside {
  public:
    database_aside(const std::string& file, std::string_view why)
        : file_(file), kept_(file + fmt::format(".{}-{:%Y%m%dT%H%M%SZ}", why, fmt::gmtime(std::time(nullptr)))) {
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

void sync_path(const std::string& path) { open_file(path, O_RDONLY).sync(); }

void make_private_file(const std::string& path) { const open_file made(path, O_WRONLY | O_CREAT | O_EXCL); }

void rename_durably(const std::string& from, const std::string& to) {
    fs::rename(from, to);
    sync_path(directory_of(to));
}

void write_durably(const std::string& path, std::string_view text) {
    const std::string fresh = path + ".new";
    {
        open_file file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
        file.write(text);
        file.sync();
    }
    rename_durably(fresh, path);
}

void remove_database(const std::string& file) {
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(file + suffix);
}

scratch_database::~scratch_database() {
    std::error_code ignored;
    for (const char* suffix : {"", "-wal", "-shm", "-journal"}) fs::remove(file_ + suffix, ignored);
}

void replace_database(const std::string& by, const std::string& file, std::string_view why, std::ostream& report) {
    database_aside old(file, why);
    fs::rename(by, file);
    const auto& kept = old.keep();
    if (fs::exists(kept)) {
        report << "the old file is kept as " << kept << '\n';
    } else if (fs::exists(kept + "-wal")) {
        report << "the log of changes of a file that was gone is kept as " << kept << "-wal\n";
    }
    try {
        sync_path(directory_of(file));
    } catch (const std::system_error& e) {
        report << "the new file is in place, but may not outlast a loss of power: " << e.what() << '\n';
    }
}

}  // namespace voltgate
