// A session without a network, handler by handler on the thread of the test: its charge point is the other end of a
// connection in memory.
#pragma once

#include "session/memory_pipe.hpp"
#include "session/session.hpp"
#include "support/no_gateway.hpp"
#include "support/stepped_platform.hpp"
#include "support/websocket_frame.hpp"

#include <voltgate/config.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace voltgate::test {

class stepped_session {
  public:
    /// `capacity`: bytes on their way in each direction.
    explicit stepped_session(no_gateway& host, const session_config& config = {}, std::size_t capacity = 64 * 1024);
    ~stepped_session();

    /// Runs handlers until none is ready, or so many. Returns how many ran.
    std::size_t run(std::size_t most = static_cast<std::size_t>(-1));
    /// Time goes by; what is due then runs.
    void advance(std::chrono::milliseconds by);
    /// What the charge point sends; what does not fit is not sent.
    void say(std::string_view bytes);
    [[nodiscard]] bool has_room(std::size_t bytes) const noexcept { return charge_point_->room() >= bytes; }
    void say_text(std::string_view text) { say(encode_frame(opcode::text, text)); }
    /// The frames that it has received, in words: "text Hello; pong x; close 1000; end".
    [[nodiscard]] std::string heard();
    /// It is gone without a word.
    void hang_up() { charge_point_.reset(); }

    [[nodiscard]] session_thread& thread() noexcept { return *thread_; }
    /// The one session; null: it has ended.
    [[nodiscard]] session* here() noexcept { return thread_->sessions ? thread_->sessions : thread_->closing_sessions; }
    [[nodiscard]] bool over() const noexcept { return host_.is_over; }

    manual_clock clock;

  private:
    stepped_platform machine_{clock};
    session_config config_;
    metrics counters_{1};
    std::unique_ptr<memory_end> charge_point_;
    std::string received_;
    bool upgraded_ = false;
    no_gateway& host_;
    std::unique_ptr<session_thread> thread_;  // goes first
};

}  // namespace voltgate::test
