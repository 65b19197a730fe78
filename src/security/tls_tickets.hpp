// The keys of the tickets with which clients resume TLS sessions. They outlive every reload of certificates, never
// leave the process and are renewed every day: a ticket is good for a day at least and for two at most.
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <span>

struct ssl_ctx_st;  // OpenSSL's SSL_CTX

namespace voltgate {

class platform;
class random_source;

struct ticket_key {
    std::array<unsigned char, 16> name;
    std::array<unsigned char, 32> encryption;
    std::array<unsigned char, 32> authentication;
};

/// Any thread.
class tls_ticket_keys {
  public:
    static constexpr std::chrono::hours lifetime{24};

    /// `machine` outlives it.
    explicit tls_ticket_keys(platform& machine);
    ~tls_ticket_keys();
    tls_ticket_keys(const tls_ticket_keys&) = delete;
    tls_ticket_keys& operator=(const tls_ticket_keys&) = delete;

    [[nodiscard]] ticket_key current();
    [[nodiscard]] random_source& random() noexcept;
    struct found {
        ticket_key key;
        bool renew = false;  // the client should get a ticket with the current key
    };
    [[nodiscard]] std::optional<found> find(std::span<const unsigned char, 16> name);

  private:
    void renew_if_old();

    platform& machine_;
    std::mutex mutex_;
    ticket_key current_, previous_;
    std::chrono::steady_clock::time_point made_;
};

/// Lets a context give and take tickets with these keys.
void use_ticket_keys(ssl_ctx_st* context, std::shared_ptr<tls_ticket_keys> keys);

}  // namespace voltgate
