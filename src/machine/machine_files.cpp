#include "machine/machine_files.hpp"

#include <cerrno>
#include <cstddef>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace voltgate {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, int why = errno) {
    throw std::system_error(why, std::generic_category(), path);
}

class open_file {
  public:
    open_file(const std::string& path, int flags, mode_t mode = 0600)
        : path_(path), file_(::open(path.c_str(), flags | O_CLOEXEC, mode)) {
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
    void lock() {
        if (::flock(file_, LOCK_EX | LOCK_NB) != 0) fail(path_, errno == EWOULDBLOCK ? EADDRINUSE : errno);
    }

  private:
    std::string path_;
    int file_;
};

class held_directory final : public directory_lock {
  public:
    explicit held_directory(const std::string& directory) : file_(directory + "/lock", O_RDWR | O_CREAT, 0640) {
        file_.lock();
    }

  private:
    open_file file_;
};

std::string directory_of(const std::string& path) {
    const auto parent = fs::path(path).parent_path().string();
    return parent.empty() ? "." : parent;
}

}  // namespace

std::unique_ptr<directory_lock> machine_files::lock(const std::string& directory) {
    // What it will hold (id tags, identities, messages) is nobody else's business.
    if (fs::create_directories(directory)) fs::permissions(directory, fs::perms::owner_all);
    return std::make_unique<held_directory>(directory);
}

std::optional<std::string> machine_files::read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    if (file) return std::string(std::istreambuf_iterator<char>(file), {});
    if (!fs::exists(path)) return std::nullopt;
    fail(path, EACCES);
}

void machine_files::write(const std::string& path, std::string_view text) {
    const std::string fresh = path + ".new";
    {
        open_file file(fresh, O_WRONLY | O_CREAT | O_TRUNC);
        file.write(text);
        file.sync();
    }
    rename(fresh, path);
}

void machine_files::make_private(const std::string& path) { const open_file made(path, O_WRONLY | O_CREAT | O_EXCL); }

void machine_files::rename(const std::string& from, const std::string& to) {
    fs::rename(from, to);
    sync(directory_of(to));
}

void machine_files::sync(const std::string& path) { open_file(path, O_RDONLY).sync(); }

}  // namespace voltgate
