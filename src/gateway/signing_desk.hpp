// The certificate requests of charge points: who signs them, and how what was signed gets to its charge point.
#pragma once

#include "security/signing_authority.hpp"
#include "session/session_thread.hpp"

#include <voltgate/certificate_signer.hpp>
#include <voltgate/command.hpp>

#include <boost/asio/thread_pool.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

class charge_point;
class gateway_core;
class session;

/// What a SignCertificate asks for.
struct certificate_request {
    certificate_request() = default;
    std::string csr;
    std::string type;                        // of 2.x; empty: not told
    std::optional<std::int64_t> request_id;  // of 2.1
};

/// The types of certificates that charge points ask for, in one spelling: `type` may be empty, as it is in 1.6.
[[nodiscard]] std::string_view certificate_type(std::string_view type) noexcept;

/// One request at a time for each charge point: nobody keeps the signer busy.
class signing_turn {
  public:
    signing_turn() = default;
    /// False: an earlier one is not over.
    [[nodiscard]] bool take(std::shared_ptr<charge_point> record);

  private:
    struct end_of_turn {
        void operator()(charge_point* c) const noexcept;
    };
    std::shared_ptr<charge_point> record_;
    std::unique_ptr<charge_point, end_of_turn> taken_;
};

/// What a SignCertificate is answered with, and what follows.
struct signing_decision {
    signing_decision() = default;
    bool accepted = false;
    std::string reason;      // why not, for people
    std::string chain;       // what was signed; empty: nothing was
    certificate_request of;  // without the CSR
    signing_turn turn;
};

class signing_desk {
  public:
    explicit signing_desk(gateway_core& core);

    // Before the threads run.
    void set_signer(certificate_signer s) { signer_ = std::move(s); }
    /// Reads the CA's files, if there are any. What is wrong, if anything is.
    [[nodiscard]] std::string open();

    /// Ends its thread and forgets the CA. While no I/O thread runs, before they are destroyed.
    void stop();

    // Any thread.
    /// Reads them again; what cannot be used is logged, and the old ones stay.
    void reload();
    /// Null: there is none.
    [[nodiscard]] std::shared_ptr<const signing_authority> authority() const;

    // Strand of the session.
    /// Asks the host program's signer if there is one, else the gateway's CA. Counts and logs.
    io_awaitable<signing_decision> decide(std::shared_ptr<session> s, certificate_request r);
    /// Of an accepted request. What was signed for an older one of its type and is not sent yet does not go out any
    /// more. Sends what was signed now as a command, CertificateSigned, again if it may not have arrived. In the
    /// background.
    io_awaitable<void> deliver(std::shared_ptr<session> s, const signing_decision& d);

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

    gateway_core& core_;
    certificate_signer signer_;  // may be empty
    mutable std::mutex mutex_;   // of what follows
    std::shared_ptr<const signing_authority> authority_;
    std::map<delivery_name, std::uint64_t> deliveries_;  // under way: their numbers
    std::uint64_t last_delivery_ = 0;
    std::unique_ptr<asio::thread_pool> worker_;  // signing takes milliseconds; null: there is no CA
};

}  // namespace voltgate
