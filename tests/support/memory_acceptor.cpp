#include "support/memory_acceptor.hpp"

#include <boost/asio/error.hpp>

#include <utility>

namespace voltgate::test {

std::unique_ptr<memory_end> memory_acceptor::connect(const asio::ip::tcp::endpoint& from) {
    auto [gateway, client] = memory_end::pair(thread_.executor(), capacity_);
    waiting_.emplace_back(transport(std::move(gateway)), from);
    came_.notify_all();
    return std::move(client);
}

io_awaitable<http::arrival> memory_acceptor::accept(io_thread&) {
    while (waiting_.empty() && !closed_) {
        co_await came_.async_wait(thread_.timers, as_result);
    }
    if (closed_) co_return http::arrival(asio::error::operation_aborted);
    http::arrival first = std::move(waiting_.front());
    waiting_.pop_front();
    co_return first;
}

void memory_acceptor::close() {
    closed_ = true;
    waiting_.clear();
    came_.notify_all();
}

}  // namespace voltgate::test
