// For host programs built on standalone Asio: their tokens and io_contexts await the gateway's operations.
//
//     auto token = voltgate::host_token(gateway.get_executor(), ::asio::use_awaitable);
//     auto result = co_await gateway.async_send_command(id, std::move(command), std::move(token));
//
// Tokens: `use_awaitable`, `use_future`, `detached`, callbacks, and any of them bound with `bind_executor` or
// `bind_cancellation_slot`.
//
// Completion:   on the token's own executor, as any standalone operation would.
// Errors:       every boost::system::error_code arrives as a std::error_code, equal to standalone Asio's where it has
//               one.
// Cancellation: crosses over: what is emitted at the host is emitted at the gateway.
// Lifetime:     an operation that is pending when the gateway is destroyed completes all the same, with
//               operation_aborted or with what the operation itself promises.
// Threads:      as the operation allows; result types must be default-constructible.
#pragma once

#include <asio.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <optional>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>

namespace voltgate {

/// A Boost.Asio completion token made of a standalone one. `library`: an executor of the gateway.
template <class Token>
struct standalone_token {
    boost::asio::any_io_executor library;
    Token token;
};

/// A token for the operations of a gateway. `library`: gateway::get_executor(). `token` is copied or moved in.
template <class Token>
[[nodiscard]] auto host_token(boost::asio::any_io_executor library, Token&& token) {
    return standalone_token<std::decay_t<Token>>{std::move(library), std::forward<Token>(token)};
}

namespace standalone_detail {

template <class T>
using host_type = std::conditional_t<std::is_same_v<T, boost::system::error_code>, std::error_code, T>;

template <class T>
T to_host(T value) {
    return value;
}

// So that ec == asio::error::operation_aborted and the like hold on the host's side.
inline std::error_code to_host(boost::system::error_code ec) {
    namespace from = boost::asio::error;
    namespace to = ::asio::error;
    if (ec.category() == from::get_system_category()) return {ec.value(), to::get_system_category()};
    if (ec.category() == from::get_misc_category()) return {ec.value(), to::get_misc_category()};
    if (ec.category() == from::get_netdb_category()) return {ec.value(), to::get_netdb_category()};
    if (ec.category() == from::get_addrinfo_category()) return {ec.value(), to::get_addrinfo_category()};
    return ec;
}

template <class T>
T when_dropped() {
    if constexpr (std::is_same_v<T, boost::system::error_code>) {
        return boost::asio::error::operation_aborted;
    } else {
        return T();
    }
}

inline boost::asio::cancellation_type to_boost(::asio::cancellation_type type) {
    using from = ::asio::cancellation_type;
    using to = boost::asio::cancellation_type;
    const auto bit = [type](from f, to t) { return (type & f) != from::none ? t : to::none; };
    return bit(from::terminal, to::terminal) | bit(from::partial, to::partial) | bit(from::total, to::total);
}

// What Boost.Asio sees. It must not name the host's handler type: with both libraries associated, their old
// customisation hooks would be ambiguous.
template <class... Args>
struct sink {
    explicit sink(boost::asio::any_io_executor executor) : library(std::move(executor)) {}
    virtual ~sink() = default;
    sink(const sink&) = delete;
    sink& operator=(const sink&) = delete;
    virtual void complete(Args... args) = 0;

    boost::asio::any_io_executor library;
    boost::asio::cancellation_signal signal;  // used on `library` only
};

template <class... Args>
struct boost_handler {
    std::shared_ptr<sink<Args...>> to;
    void operator()(Args... args) { to->complete(std::move(args)...); }
};

// Keeps the host's context busy until the handler has run.
template <class Handler>
auto tracked_executor(Handler& handler) {
    return ::asio::prefer(::asio::get_associated_executor(handler), ::asio::execution::outstanding_work.tracked);
}

template <class Handler, class... Args>
class host_operation final : public sink<Args...> {
  public:
    host_operation(boost::asio::any_io_executor executor, Handler&& handler)
        : sink<Args...>(std::move(executor)), handler_(std::move(handler)), executor_(tracked_executor(*handler_)) {}
    ~host_operation() override {  // the gateway went away: still answered
        if (handler_) complete(when_dropped<Args>()...);
    }

    void complete(Args... args) override {
        auto values = std::tuple<host_type<Args>...>(to_host(std::move(args))...);
        ::asio::post(*executor_, [handler = std::move(*handler_), values = std::move(values)]() mutable {
            if (auto slot = ::asio::get_associated_cancellation_slot(handler); slot.is_connected()) slot.clear();
            std::apply([&handler](auto&... value) { std::move(handler)(std::move(value)...); }, values);
        });
        handler_.reset();
        executor_.reset();  // the last touch: from here on the host's context may end
    }

  private:
    std::optional<Handler> handler_;
    std::optional<decltype(tracked_executor(std::declval<Handler&>()))> executor_;
};

// What starts the operation once the host's library has made a handler of the token; it can be called once. A closure
// of this function, because its type is associated with no namespace but this one: a type of Boost.Asio among the
// arguments of the host's async_initiate would bring in the other one, and a call of either would be ambiguous.
template <class... Args, class Initiation, class... InitArgs>
auto make_starter(boost::asio::any_io_executor library, Initiation&& initiation, InitArgs&&... init_args) {
    return [library = std::move(library), operation = std::forward<Initiation>(initiation),
            arguments =
                std::tuple<std::decay_t<InitArgs>...>(std::forward<InitArgs>(init_args)...)](auto handler) mutable {
        auto slot = ::asio::get_associated_cancellation_slot(handler);
        std::shared_ptr<sink<Args...>> op =
            std::make_shared<host_operation<decltype(handler), Args...>>(library, std::move(handler));
        if (slot.is_connected()) {
            slot.assign([weak = std::weak_ptr(op)](::asio::cancellation_type type) {
                const auto living = weak.lock();
                if (!living) return;
                boost::asio::post(living->library, [weak, type] {
                    if (const auto still = weak.lock()) still->signal.emit(to_boost(type));
                });
            });
        }
        boost::asio::post(library, [op = std::move(op), operation = std::move(operation),
                                    arguments = std::move(arguments)]() mutable {
            auto executor = op->library;
            auto cancel = op->signal.slot();
            auto done = boost::asio::bind_cancellation_slot(
                cancel, boost::asio::bind_executor(executor, boost_handler<Args...>{std::move(op)}));
            std::apply([&](auto&... a) { std::move(operation)(std::move(done), std::move(a)...); }, arguments);
        });
    };
}

}  // namespace standalone_detail

}  // namespace voltgate

template <class Token, class... Args>
struct boost::asio::async_result<voltgate::standalone_token<Token>, void(Args...)> {
    template <class Initiation, class... InitArgs>
    static auto initiate(Initiation&& initiation, voltgate::standalone_token<Token> both, InitArgs&&... init_args) {
        namespace detail = voltgate::standalone_detail;
        auto start = detail::make_starter<Args...>(std::move(both.library), std::forward<Initiation>(initiation),
                                                   std::forward<InitArgs>(init_args)...);
        return ::asio::async_initiate<Token, void(detail::host_type<Args>...)>(std::move(start), both.token);
    }
};
