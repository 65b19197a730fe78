// Who may compute next: TLS handshakes of one I/O thread take turns, and everything else that is ready on the thread
// gets its turn between two of them. So a storm of handshakes delays a message by one step of one handshake.
#pragma once

#include "async/io_types.hpp"

#include <voltgate/asio.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <deque>
#include <utility>

namespace voltgate {

/// For the thread of `executor` alone. As many wait as there are connections.
class handshake_turns {
  public:
    explicit handshake_turns(const io_executor& executor) noexcept : executor_(executor) {}

    /// Completes when it is the caller's turn, in order. Then give_back() has to follow, soon.
    template <class Token>
    auto async_take(Token&& token) {
        return asio::async_initiate<Token, void()>(
            [this](auto&& handler) {
                waiting_.emplace_back(std::forward<decltype(handler)>(handler));
                if (!std::exchange(taken_, true)) call_next();
            },
            token);
    }

    void give_back() {
        if (waiting_.empty()) {
            taken_ = false;
        } else {
            call_next();
        }
    }

  private:
    void call_next() {
        auto next = std::move(waiting_.front());
        waiting_.pop_front();
        asio::post(executor_, std::move(next));
    }

    io_executor executor_;
    std::deque<asio::any_completion_handler<void()>> waiting_;
    bool taken_ = false;
};

}  // namespace voltgate
