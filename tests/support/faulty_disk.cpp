// A VFS for SQLite around the system's own. Source: https://sqlite.org/c3ref/vfs.html,
// https://sqlite.org/c3ref/io_methods.html
#include "support/faulty_disk.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <cstring>
#include <mutex>
#include <new>
#include <sqlite3.h>
#include <stdexcept>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace voltgate::test {

struct faulty_disk::state {
    explicit state(std::string d) : directory(std::move(d) + "/") {}

    const std::string directory;
    std::mutex mutex;
    std::condition_variable changed;
    fault now = fault::none;
    std::chrono::milliseconds sync_delay{0};
    std::uint64_t faults = 0, blocked = 0;
    bool recording = false;
    std::vector<access> accesses;

    void note(access::kind what, const char* file) {
        const std::lock_guard lock(mutex);
        if (recording) accesses.push_back({what, file});
    }

    // SQLITE_OK: go on and do it.
    int on_read() { return meet({{fault::read_error, SQLITE_IOERR_READ}}); }
    int on_write() {
        return meet({{fault::write_error, SQLITE_IOERR_WRITE},
                     {fault::read_error, SQLITE_IOERR_WRITE},
                     {fault::full, SQLITE_FULL}});
    }
    int on_sync() {
        {
            std::unique_lock lock(mutex);
            if (now == fault::sync_blocks) {
                ++faults;
                ++blocked;
                changed.wait(lock, [this] { return now != fault::sync_blocks; });
                --blocked;
            }
            if (const auto delay = sync_delay; delay.count() > 0) {
                lock.unlock();
                std::this_thread::sleep_for(delay);
            }
        }
        return meet({{fault::sync_error, SQLITE_IOERR_FSYNC}});
    }

  private:
    int meet(std::initializer_list<std::pair<fault, int>> codes) {
        const std::lock_guard lock(mutex);
        for (const auto& [f, code] : codes) {
            if (f != now) continue;
            ++faults;
            return code;
        }
        return SQLITE_OK;
    }
};

namespace {

using state_ptr = std::shared_ptr<faulty_disk::state>;

std::mutex disks_mutex;
std::vector<state_ptr> disks;

state_ptr disk_of(const char* path) {
    if (!path) return nullptr;
    const std::lock_guard lock(disks_mutex);
    for (const auto& d : disks)
        if (std::string_view(path).starts_with(d->directory)) return d;
    return nullptr;
}

// Begins with what SQLite knows; the real file follows it in memory.
struct faulty_file {
    sqlite3_file base;
    state_ptr disk;
    std::string name;
};

constexpr std::size_t alignment = alignof(std::max_align_t);
constexpr std::size_t own_size = (sizeof(faulty_file) + alignment - 1) / alignment * alignment;

faulty_file& own(sqlite3_file* f) { return *reinterpret_cast<faulty_file*>(f); }
sqlite3_file* real(sqlite3_file* f) { return reinterpret_cast<sqlite3_file*>(reinterpret_cast<char*>(f) + own_size); }

template <auto Member, class... Arguments>
auto pass(sqlite3_file* f, Arguments... arguments) {
    return (real(f)->pMethods->*Member)(real(f), arguments...);
}

int close_file(sqlite3_file* f) {
    const int code = pass<&sqlite3_io_methods::xClose>(f);
    own(f).~faulty_file();
    return code;
}

int read_file(sqlite3_file* f, void* into, int size, sqlite3_int64 offset) {
    const int code = own(f).disk->on_read();
    return code != SQLITE_OK ? code : pass<&sqlite3_io_methods::xRead>(f, into, size, offset);
}

int write_file(sqlite3_file* f, const void* bytes, int size, sqlite3_int64 offset) {
    own(f).disk->note(faulty_disk::access::kind::write, own(f).name.c_str());
    const int code = own(f).disk->on_write();
    return code != SQLITE_OK ? code : pass<&sqlite3_io_methods::xWrite>(f, bytes, size, offset);
}

int sync_file(sqlite3_file* f, int flags) {
    own(f).disk->note(faulty_disk::access::kind::sync, own(f).name.c_str());
    const int code = own(f).disk->on_sync();
    return code != SQLITE_OK ? code : pass<&sqlite3_io_methods::xSync>(f, flags);
}

const sqlite3_io_methods methods = {
    3,
    close_file,
    read_file,
    write_file,
    pass<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    sync_file,
    pass<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    pass<&sqlite3_io_methods::xLock, int>,
    pass<&sqlite3_io_methods::xUnlock, int>,
    pass<&sqlite3_io_methods::xCheckReservedLock, int*>,
    pass<&sqlite3_io_methods::xFileControl, int, void*>,
    pass<&sqlite3_io_methods::xSectorSize>,
    pass<&sqlite3_io_methods::xDeviceCharacteristics>,
    pass<&sqlite3_io_methods::xShmMap, int, int, int, void volatile**>,
    pass<&sqlite3_io_methods::xShmLock, int, int, int>,
    pass<&sqlite3_io_methods::xShmBarrier>,
    pass<&sqlite3_io_methods::xShmUnmap, int>,
    pass<&sqlite3_io_methods::xFetch, sqlite3_int64, int, void**>,
    pass<&sqlite3_io_methods::xUnfetch, sqlite3_int64, void*>,
};

sqlite3_vfs* system_vfs = nullptr;
sqlite3_vfs faulty_vfs;

void note_temporary_file() {
    const std::lock_guard lock(disks_mutex);
    for (const auto& d : disks) d->note(faulty_disk::access::kind::open, "");
}

// Files of no faulty disk are opened as they would be without all this.
int open_file(sqlite3_vfs*, const char* path, sqlite3_file* f, int flags, int* flags_out) {
    if (!path) note_temporary_file();
    auto disk = disk_of(path);
    if (!disk) return system_vfs->xOpen(system_vfs, path, f, flags, flags_out);
    std::memset(static_cast<void*>(real(f)), 0, static_cast<std::size_t>(system_vfs->szOsFile));
    const int code = system_vfs->xOpen(system_vfs, path, real(f), flags, flags_out);
    f->pMethods = nullptr;
    if (code != SQLITE_OK) return code;
    const char* const name = path + disk->directory.size();
    disk->note(faulty_disk::access::kind::open, name);
    new (f) faulty_file{{&methods}, std::move(disk), name};
    return SQLITE_OK;
}

void register_once() {
    static const bool registered = [] {
        sqlite3_initialize();
        system_vfs = sqlite3_vfs_find(nullptr);
        faulty_vfs = *system_vfs;
        faulty_vfs.zName = "faulty";
        faulty_vfs.pNext = nullptr;
        faulty_vfs.szOsFile = static_cast<int>(own_size) + system_vfs->szOsFile;
        faulty_vfs.xOpen = open_file;
        if (sqlite3_vfs_register(&faulty_vfs, 1) != SQLITE_OK) throw std::runtime_error("the VFS was not registered");
        return true;
    }();
    static_cast<void>(registered);
}

}  // namespace

faulty_disk::faulty_disk(std::string directory) : state_(std::make_shared<state>(std::move(directory))) {
    register_once();
    const std::lock_guard lock(disks_mutex);
    disks.push_back(state_);
}

faulty_disk::~faulty_disk() {
    set(fault::none);
    const std::lock_guard lock(disks_mutex);
    std::erase(disks, state_);
}

void faulty_disk::set(fault f) {
    const std::lock_guard lock(state_->mutex);
    state_->now = f;
    state_->changed.notify_all();
}

void faulty_disk::set_sync_delay(std::chrono::milliseconds delay) {
    const std::lock_guard lock(state_->mutex);
    state_->sync_delay = delay;
}

std::uint64_t faulty_disk::faults() const {
    const std::lock_guard lock(state_->mutex);
    return state_->faults;
}

std::uint64_t faulty_disk::blocked() const {
    const std::lock_guard lock(state_->mutex);
    return state_->blocked;
}

void faulty_disk::record() {
    const std::lock_guard lock(state_->mutex);
    state_->recording = true;
}

std::vector<faulty_disk::access> faulty_disk::recorded() const {
    const std::lock_guard lock(state_->mutex);
    return state_->accesses;
}

}  // namespace voltgate::test
