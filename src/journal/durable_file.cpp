#include "journal/durable_file.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

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

// The old log of changes goes before the new file comes: it must never be applied to it.
void replace_database(const std::string& by, const std::string& file, std::string_view why, std::ostream& report) {
    std::string kept = file + fmt::format(".{}-{:%Y%m%dT%H%M%SZ}", why, fmt::gmtime(std::time(nullptr)));
    while (fs::exists(kept)) kept += '+';
    std::error_code no_links;
    fs::create_hard_link(file, kept, no_links);
    if (no_links) fs::rename(file, kept);
    for (const char* suffix : {"-wal", "-shm"})
        if (fs::exists(file + suffix)) fs::rename(file + suffix, kept + suffix);
    rename_durably(by, file);
    report << "the old file is kept as " << kept << '\n';
}

}  // namespace voltgate
