// A gateway without a network and without threads of its own, handler by handler on the thread of the test.
#pragma once

#include "http/server.hpp"
#include "runtime/core.hpp"
#include "session/memory_pipe.hpp"
#include "support/stepped_platform.hpp"

#include <voltgate/config.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace voltgate::test {

class memory_acceptor;

/// A client of it.
class memory_client {
  public:
    explicit memory_client(std::unique_ptr<memory_end> end) : end_(std::move(end)) {}

    /// What does not fit is not sent.
    void say(std::string_view bytes) { static_cast<void>(end_->write(bytes.data(), bytes.size())); }
    /// Asks for the upgrade of a charge point of 1.6.
    void ask_for_upgrade(std::string_view charge_point_id = "CP-1", std::string_view more_headers = {});
    /// What has come and was not asked for yet; "(end)" is behind the last of it.
    [[nodiscard]] std::string heard();
    /// Says nothing more, and listens.
    void finish() { end_->shutdown_send(); }
    /// It is gone without a word.
    void hang_up() { end_.reset(); }

  private:
    std::unique_ptr<memory_end> end_;
};

/// Without a journal, unless the configuration says otherwise.
class stepped_gateway {
  public:
    using configure = std::function<void(config&)>;
    explicit stepped_gateway(const configure& change = {}, std::size_t capacity = 64 * 1024);
    ~stepped_gateway();

    [[nodiscard]] memory_client connect(std::string_view address = "192.0.2.1");
    /// Runs handlers until none is ready, or so many. Returns how many ran. Workers do nothing meanwhile.
    std::size_t run(std::size_t most = static_cast<std::size_t>(-1));
    /// Time goes by; what is due then runs.
    void advance(std::chrono::milliseconds by);

    [[nodiscard]] gateway_core& core() noexcept { return *core_; }
    [[nodiscard]] http::server& server() noexcept { return *server_; }

    std::shared_ptr<manual_clock> clock = std::make_shared<manual_clock>();

  private:
    stepped_platform machine_{*clock};
    [[nodiscard]] session_thread& thread() noexcept { return *core_->threads().front(); }

    std::unique_ptr<journal> journal_;      // outlives the core, whose stores are kept in it
    std::unique_ptr<http::server> server_;  // outlives what goes with the core: connections sign off from it
    std::unique_ptr<gateway_core> core_;
    memory_acceptor* acceptor_ = nullptr;
};

}  // namespace voltgate::test
