#include "http/server.hpp"

#include "http/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/post.hpp>

#include <algorithm>
#include <sys/resource.h>
#include <utility>
#include <vector>

namespace voltgate::http {

server::~server() = default;

void server::listen(const listener_config& config, std::unique_ptr<acceptor> from) {
    listeners_.push_back(std::make_unique<listener>(config, std::move(from)));
}

void server::start() {
    admission_ = std::make_unique<http::admission>(parts_.settings.limits, most_connections(), parts_.machine.random());
    for (auto& l : listeners_) {
        asio::co_spawn(parts_.threads.front()->executor(), accept_connections(*l), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
}

std::vector<std::uint16_t> server::ports() const {
    std::vector<std::uint16_t> all;
    for (const auto& l : listeners_) all.push_back(l->from->port());
    return all;
}

std::size_t server::most_connections() const {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    const std::size_t possible = files.rlim_cur > 2 * admission::kept_descriptors
                                     ? files.rlim_cur - admission::kept_descriptors
                                     : files.rlim_cur / 2;
    const std::size_t wanted = parts_.settings.limits.connections;
    return wanted == 0 ? possible : std::min(wanted, possible);
}

io_awaitable<void> server::accept_connections(listener& l) {
    auto& threads = parts_.threads;
    for (;;) {
        session_thread& thread = *threads[turn_++ % threads.size()];
        arrival came;
        const error_code ec = co_await l.from->accept(thread.executor(), came);
        if (ec == asio::error::operation_aborted || parts_.draining || closing_) co_return;
        if (ec) {  // out of descriptors or memory: others must end first
            parts_.log.error("cannot accept a connection", {{"error", ec.message()}});
            co_await threads.front()->io.timers.async_pause(std::chrono::milliseconds(100), as_result);
            continue;
        }
        auto c = std::make_shared<connection>(*this, l, thread, std::move(came));
        // Those that are only being told no take nobody's place.
        const auto there = connections() + parts_.stations.live_sessions();
        const auto refused = static_cast<std::size_t>(std::max(0, admission_->refusals().load()));
        if (!c->let_in(there - std::min(there, refused))) continue;
        add(c);
        asio::co_spawn(thread.executor(), connection::run(std::move(c)), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
}

void server::stop_accepting() {
    asio::post(parts_.threads.front()->executor(), [this] {
        for (auto& l : listeners_) l->from->close();
    });
}

void server::close_connections() {
    closing_ = true;
    std::vector<std::shared_ptr<connection>> living;  // released outside the lock: the last one removes itself
    {
        const std::lock_guard lock(mutex_);
        for (connection* c : connections_)
            if (auto still = c->weak_from_this().lock()) living.push_back(std::move(still));
    }
    for (const auto& c : living) c->close();
}

std::size_t server::connections() const {
    const std::lock_guard lock(mutex_);
    return connections_.size();
}

void server::add(const std::shared_ptr<connection>& c) {
    const std::lock_guard lock(mutex_);
    connections_.insert(c.get());
}

void server::remove(connection* c) {
    const std::lock_guard lock(mutex_);
    connections_.erase(c);
}

}  // namespace voltgate::http
