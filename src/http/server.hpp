// The listeners and the connections they accept: requests answered, charge points handed to their sessions.
#pragma once

#include "events/memory_budget.hpp"
#include "http/acceptor.hpp"
#include "http/admission.hpp"
#include "http/gateway_parts.hpp"
#include "security/networks.hpp"

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

namespace voltgate::http {

class connection;

/// One of the few slots for what may happen `most` times at once, for as long as it lives. False: all are taken.
class limited_slot {
  public:
    limited_slot(int most, std::atomic<int>& taken) noexcept : taken_(taken), mine_(++taken <= most) {
        if (!mine_) --taken_;  // saying no may take a while
    }
    ~limited_slot() {
        if (mine_) --taken_;
    }
    limited_slot(const limited_slot&) = delete;
    limited_slot& operator=(const limited_slot&) = delete;
    explicit operator bool() const noexcept { return mine_; }

  private:
    std::atomic<int>& taken_;
    bool mine_;
};

/// Memory of an answer that is being sent, for as long as it lives. False: there is none left.
class answer_memory {
  public:
    static constexpr std::size_t small = 4096;  // what is no larger is always there
    answer_memory(memory_budget& all, std::size_t bytes) noexcept
        : all_(all), bytes_(bytes > small ? bytes : 0), mine_(bytes_ == 0 || all.take(bytes_)) {}
    ~answer_memory() {
        if (mine_) all_.give(bytes_);
    }
    answer_memory(const answer_memory&) = delete;
    answer_memory& operator=(const answer_memory&) = delete;
    explicit operator bool() const noexcept { return mine_; }
    /// What is beyond that is not needed any more.
    void shrink_to(std::size_t bytes) noexcept {
        const std::size_t kept = bytes > small ? bytes : 0;
        if (!mine_ || kept >= bytes_) return;
        all_.give(bytes_ - kept);
        bytes_ = kept;
    }

  private:
    memory_budget& all_;
    std::size_t bytes_;
    const bool mine_;
};

/// One address and port that the gateway listens on.
struct listener {
    listener(listener_config c, std::unique_ptr<acceptor> a)
        : config(std::move(c)),
          trusted_proxies(read_networks(config.trusted_proxies)),
          from(std::move(a)),
          name(config.address + ":" + std::to_string(from->port())) {}

    const listener_config config;
    const std::vector<network> trusted_proxies;
    const std::unique_ptr<acceptor> from;
    const std::string name;  // its address and the port in use, for people
};

class server {
  public:
    explicit server(const gateway_parts& parts) : parts_(parts), answers_(parts.settings.http.response_memory) {}
    ~server();

    /// Before start(): another listener.
    void listen(const listener_config& config, std::unique_ptr<acceptor> from);
    /// Begins to accept, on the gateway's first thread.
    void start();
    /// Of the first listener.
    [[nodiscard]] std::uint16_t port() const noexcept {
        return listeners_.empty() ? std::uint16_t{0} : listeners_.front()->from->port();
    }
    [[nodiscard]] std::vector<std::uint16_t> ports() const;

    /// No new connection from here on. Any thread; completes in the background.
    void stop_accepting();
    /// Ends idle connections and live streams now, others after their response. Any thread.
    void close_connections();
    /// Those that are no sessions (yet).
    [[nodiscard]] std::size_t connections() const;

    // For connections.
    [[nodiscard]] const gateway_parts& parts() noexcept { return parts_; }
    [[nodiscard]] bool closing() const noexcept { return closing_; }
    [[nodiscard]] http::admission& admission() noexcept { return *admission_; }
    [[nodiscard]] std::atomic<int>& imports() noexcept { return imports_; }
    [[nodiscard]] memory_budget& answers() noexcept { return answers_; }
    [[nodiscard]] std::atomic<int>& delayed_refusals() noexcept { return delayed_refusals_; }
    /// Of connections: those that come later, or prove to have come later, have larger ones.
    [[nodiscard]] std::uint64_t next_order() noexcept { return ++last_order_; }
    void add(const std::shared_ptr<connection>& c);
    void remove(connection* c);

  private:
    io_awaitable<void> accept_connections(listener& l);
    [[nodiscard]] std::size_t most_connections() const;

    const gateway_parts parts_;
    memory_budget answers_;
    std::vector<std::unique_ptr<listener>> listeners_;
    std::unique_ptr<http::admission> admission_;  // from start() on
    std::size_t turn_ = 0;                        // of the threads, in taking connections
    std::atomic<bool> closing_{false};
    std::atomic<std::uint64_t> last_order_{0};
    std::atomic<int> imports_{0};
    std::atomic<int> delayed_refusals_{0};
    mutable std::mutex mutex_;
    std::unordered_set<connection*> connections_;  // each owned by its own coroutine
};

}  // namespace voltgate::http
