// The TLS context in force. It is made anew when told so and when its files have changed, on a thread of its own; while
// new files are of no use the old context stays.
#pragma once

#include "security/tls_context.hpp"

#include <voltgate/config.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace voltgate {

class log;

class tls_store {
  public:
    /// `l` is told of reloads and warnings, and lives longer than the store.
    tls_store(tls_config c, log& l);
    ~tls_store();
    tls_store(const tls_store&) = delete;
    tls_store& operator=(const tls_store&) = delete;

    /// Reads the files and begins to watch them. What is wrong, if anything is: then nothing was begun.
    [[nodiscard]] std::string open();
    /// Reads the files again soon. Any thread.
    void reload();

    /// The one in force. Any thread.
    [[nodiscard]] std::shared_ptr<const tls_context> current() const;
    /// What is wrong with the files, and with those in force at that time; empty: nothing. Any thread.
    [[nodiscard]] std::string trouble(std::chrono::system_clock::time_point now) const;

  private:
    // What a file looks like from outside.
    struct look {
        std::int64_t modified = 0, size = 0;
        std::uint64_t node = 0;
        bool operator==(const look&) const = default;
    };
    using looks = std::vector<look>;
    [[nodiscard]] looks look_at_files() const;
    void watch();
    void load_again(bool asked);

    const tls_config config_;
    log& log_;
    const std::shared_ptr<tls_ticket_keys> keys_ = std::make_shared<tls_ticket_keys>();
    mutable std::mutex mutex_;
    std::condition_variable told_;
    std::shared_ptr<const tls_context> current_;
    std::string not_taken_over_;  // why the last files are not in force; empty: they are
    looks loaded_, seen_;         // as they were read, and at the last look
    bool reload_asked_ = false, ending_ = false;
    std::thread watcher_;
};

}  // namespace voltgate
