// How a host program answers a charge point's CALL in place of the gateway.
#pragma once

#include <voltgate/asio.hpp>
#include <voltgate/ocpp/version.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace voltgate {

/// A CALL of a charge point, as its handler sees it. Owns everything: it may be kept across awaits.
struct call_context {
    std::string charge_point_id;
    std::uint64_t epoch = 0;  // of the session that received it
    ocpp::version ocpp_version{};
    std::string action;   // "Authorize"
    std::string payload;  // JSON text; its deviations were accepted by the conformance policy
    std::chrono::system_clock::time_point received;
};

/// What a handler wants said.
class call_answer {
  public:
    enum class kind : std::uint8_t { use_default, result, error, none };

    call_answer() = default;  // use_default: the gateway answers as if there were no handler
    /// A CALLRESULT (OCPP-J). `payload` is the JSON text of an object.
    [[nodiscard]] static call_answer result(std::string payload) { return {kind::result, std::move(payload), {}}; }
    /// A CALLERROR (OCPP-J). `code` as 2.x spells it; for 1.6 the gateway writes its spelling.
    [[nodiscard]] static call_answer error(std::string code, std::string description) {
        return {kind::error, std::move(code), std::move(description)};
    }
    /// Nothing: the CALL stays unanswered and the next one is handled. The charge point will send it again.
    [[nodiscard]] static call_answer none() { return {kind::none, {}, {}}; }

    /// Which of the four it is.
    [[nodiscard]] kind what() const noexcept { return kind_; }
    /// Only for result.
    [[nodiscard]] const std::string& payload() const noexcept { return text_; }
    /// Only for error.
    [[nodiscard]] const std::string& code() const noexcept { return text_; }
    /// Only for error.
    [[nodiscard]] const std::string& description() const noexcept { return description_; }

  private:
    call_answer(kind k, std::string text, std::string description)
        : kind_(k), text_(std::move(text)), description_(std::move(description)) {}

    kind kind_ = kind::use_default;
    std::string text_, description_;
};

/// Runs as a coroutine on the session's strand; other messages of the same charge point go on being read, and it may
/// await a command to that very charge point. It has session.handler_timeout: after that it is cancelled (terminal),
/// the CALL stays unanswered and the next one is handled. An exception is answered with InternalError.
using call_handler = std::function<asio::awaitable<call_answer>(call_context)>;

}  // namespace voltgate
