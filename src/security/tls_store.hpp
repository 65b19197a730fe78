// The TLS context in force. It is made anew when told so and when its files have changed, by a worker of its own; while
// new files are of no use the old context stays.
#pragma once

#include "async/worker.hpp"
#include "security/tls_context.hpp"
#include "text/error_text.hpp"

#include <voltgate/config.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace voltgate {

class log;
class platform;

class tls_store final : private blocking_work {
  public:
    /// `l` is told of reloads and warnings. Both outlive the store.
    tls_store(tls_config c, platform& machine, log& l);
    ~tls_store() override;
    tls_store(const tls_store&) = delete;
    tls_store& operator=(const tls_store&) = delete;

    /// Reads the files and begins to watch them. What is wrong: then nothing was begun.
    [[nodiscard]] error_text open();
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
    [[nodiscard]] std::optional<time_point> step(time_point now) noexcept override;
    [[nodiscard]] time_point next_look_after(time_point now) const noexcept;
    void look_again(bool asked);
    void load_again(bool asked);

    const tls_config config_;
    platform& machine_;
    log& log_;
    const std::shared_ptr<tls_ticket_keys> keys_;
    mutable std::mutex mutex_;
    std::shared_ptr<const tls_context> current_;
    std::string not_taken_over_;  // why the last files are not in force; empty: they are
    looks loaded_, seen_;         // as they were read, and at the last look
    time_point next_look_;
    bool reload_asked_ = false, ending_ = false;
    std::unique_ptr<worker> watcher_;
};

}  // namespace voltgate
