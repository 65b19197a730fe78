// A disk that fails on demand: SQLite's files in one directory, with errors and delays where a test wants them.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace voltgate::test {

/// Stands between SQLite and the files of a directory from its construction on, so make it before what opens them.
/// Any thread. Its destructor mends everything.
class faulty_disk {
  public:
    explicit faulty_disk(std::string directory);
    ~faulty_disk();
    faulty_disk(const faulty_disk&) = delete;
    faulty_disk& operator=(const faulty_disk&) = delete;

    enum class fault : std::uint8_t {
        none,
        write_error,  // SQLITE_IOERR_WRITE
        full,         // SQLITE_FULL
        read_error,   // SQLITE_IOERR_READ, and every write fails too
        sync_error,   // SQLITE_IOERR_FSYNC
        sync_blocks,  // until the fault is another one
    };
    void set(fault f);
    void set_sync_delay(std::chrono::milliseconds delay);

    /// How often a fault was met.
    [[nodiscard]] std::uint64_t faults() const;
    /// How often something waits for a blocked synchronisation now.
    [[nodiscard]] std::uint64_t blocked() const;

    struct access {
        enum class kind : std::uint8_t { open, write, sync };
        kind what = kind::open;
        std::string file;  // without the directory; empty: a temporary one without a name, wherever it is
        bool operator==(const access&) const = default;
    };
    /// What is done from here on is remembered.
    void record();
    [[nodiscard]] std::vector<access> recorded() const;

    struct state;

  private:
    std::shared_ptr<state> state_;
};

}  // namespace voltgate::test
