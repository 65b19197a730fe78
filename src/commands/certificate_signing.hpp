// The certificate requests of charge points: who signs them, and how what was signed gets to its charge point.
#pragma once

#include "async/worker_queue.hpp"
#include "security/signing_authority.hpp"
#include "stations/certificate_requests.hpp"
#include "text/error_text.hpp"

#include <voltgate/certificate_signer.hpp>
#include <voltgate/command.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

class clock_source;
class command_dispatcher;
class log;
class platform;
struct config;

class certificate_signing final : public certificate_requests {
  public:
    /// All outlive it.
    certificate_signing(const config& settings, const clock_source& clock, platform& machine, log& l,
                        command_dispatcher& commands)
        : settings_(settings), clock_(clock), machine_(machine), log_(l), commands_(commands) {}

    // Before the threads run.
    void set_signer(certificate_signer s) { signer_ = std::move(s); }
    /// Reads the CA's files, if there are any. What is wrong with them.
    [[nodiscard]] error_text open();

    /// Ends its worker and forgets the CA. While no I/O thread runs, before they are destroyed.
    void stop();

    // Any thread.
    /// Reads them again; what cannot be used is logged, and the old ones stay.
    void reload();
    /// Null: there is none.
    [[nodiscard]] std::shared_ptr<const signing_authority> authority() const;

    // certificate_requests
    io_awaitable<signing_decision> decide(std::shared_ptr<session> s, certificate_request r) override;
    io_awaitable<void> deliver(std::shared_ptr<session> s, const signing_decision& d) override;

  private:
    io_awaitable<signing_answer> ask_signer(const std::shared_ptr<session>& s, const certificate_request& r);
    io_awaitable<signing_answer> ask_authority(const std::shared_ptr<session>& s, const certificate_request& r,
                                               bool& failed);
    /// What a charge point may be brought: the newest of its type. The charge point's key, and the type.
    using delivery_name = std::pair<std::string, std::string>;
    io_awaitable<void> carry(std::string charge_point_id, command signed_certificate, delivery_name name,
                             std::uint64_t number);
    [[nodiscard]] bool is_newest(const delivery_name& name, std::uint64_t number) const;
    void end_delivery(const delivery_name& name, std::uint64_t number);

    const config& settings_;
    const clock_source& clock_;
    platform& machine_;
    log& log_;
    command_dispatcher& commands_;
    certificate_signer signer_;  // may be empty
    mutable std::mutex mutex_;   // of what follows
    std::shared_ptr<const signing_authority> authority_;
    std::map<delivery_name, std::uint64_t> deliveries_;  // under way: their numbers
    std::uint64_t last_delivery_ = 0;
    std::unique_ptr<worker_queue> worker_;  // signing takes milliseconds; null: there is no CA
};

}  // namespace voltgate
