// The fate of one outbound CALL, awaited: the turn of the call, then its answer, or why there is none.
#pragma once

#include "async/async_condition.hpp"
#include "session/outbound_calls.hpp"
#include "session/session.hpp"

#include <voltgate/command.hpp>

#include <boost/asio/cancellation_signal.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace voltgate {

/// Belongs to a coroutine of the session's thread, which is resumed through the executor: never within what the session
/// is doing. The call itself belongs to the session. Destroying this before the end gives it up: if it was not sent it
/// never is, else it keeps its slot until its answer or its timeout.
class correlation_future : public call_waiter {
  public:
    explicit correlation_future(std::shared_ptr<session> s) : session_(std::move(s)) {}
    ~correlation_future();
    correlation_future(const correlation_future&) = delete;
    correlation_future& operator=(const correlation_future&) = delete;

    /// Hands the call to the session; once, before all else. Completes when it is its turn to be sent (true), or when
    /// it has ended. Until async_call() or refuse() no other call has its turn.
    io_awaitable<bool> async_turn(std::unique_ptr<outbound_call> call);
    /// Awaits what has to be done before it may be sent; that is cancelled (terminal) when the call ends meanwhile.
    /// What it throws counts as false.
    io_awaitable<bool> async_prepare(io_awaitable<bool> preparation);
    /// Lets it be sent. Completes when it has ended.
    io_awaitable<void> async_call();
    /// Ends one that is not sent.
    void refuse(reason why, std::string text);

    /// What became of it. Once it has ended.
    [[nodiscard]] command_result& result() noexcept { return *result_; }

  protected:
    /// To be overridden for what has to be done where it ends, before anything else of the session happens.
    void has_ended(command_result r) override;

  private:
    void has_turn() override;
    [[nodiscard]] thread_timers& timers() const noexcept { return session_->thread().io.timers; }

    const std::shared_ptr<session> session_;
    std::uint64_t ticket_ = 0;
    bool has_turn_ = false;
    std::optional<command_result> result_;
    async_condition changed_;
    asio::cancellation_signal ended_;
};

}  // namespace voltgate
