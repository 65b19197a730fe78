#include "http/server.hpp"

#include "http/connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>

#include <sys/resource.h>
#include <utility>
#include <vector>

namespace voltgate::http {

namespace {

std::string advice_on(const error_code& ec, const std::string& key) {
    if (ec == asio::error::access_denied)
        return "; a port below 1024 needs the capability CAP_NET_BIND_SERVICE, or choose another " + key + ".port";
    if (ec == boost::system::errc::address_not_available)
        return "; no network interface of this machine has the address, choose another " + key + ".address";
    return {};
}

}  // namespace

server::~server() = default;

error_code server::listen(std::string& detail) {
    std::string key = "server";
    std::size_t index = 0;
    for (const auto& config : listeners_of(core_.settings())) {
        if (const error_code ec = open(config, key, detail)) return ec;
        key = "listener[" + std::to_string(index++) + "]";
    }
    return {};
}

// `key`: where the configuration has it.
error_code server::open(const listener_config& config, const std::string& key, std::string& detail) {
    const std::string where = config.address + ":" + std::to_string(config.port);
    error_code ec;
    const auto address = asio::ip::make_address(config.address, ec);
    if (ec) {
        detail = key + ".address: \"" + config.address + "\" is no IP address";
        return errc::cannot_listen;
    }
    const asio::ip::tcp::endpoint endpoint(address, config.port);
    listener::acceptor_type a(core_.threads().front()->context);
    a.open(endpoint.protocol(), ec);
    if (!ec) a.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec && address.is_v6()) a.set_option(asio::ip::v6_only(false), ec);
    if (!ec) a.bind(endpoint, ec);
    if (!ec) a.listen(static_cast<int>(core_.settings().server.backlog), ec);
    if (ec == asio::error::address_in_use) {
        detail = where + " is in use by another process; stop it or choose another " + key + ".port";
        return errc::address_in_use;
    }
    if (ec) {
        detail = "cannot listen on " + where + ": " + ec.message() + advice_on(ec, key);
        return errc::cannot_listen;
    }
    const std::uint16_t port = a.local_endpoint(ec).port();
    listeners_.push_back(std::make_unique<listener>(config, std::move(a), port));
    return {};
}

void server::start() {
    admission_ = std::make_unique<http::admission>(core_.settings().limits, most_connections());
    for (auto& l : listeners_) {
        asio::co_spawn(core_.threads().front()->context, accept_connections(*l), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
}

std::vector<std::uint16_t> server::ports() const {
    std::vector<std::uint16_t> all;
    for (const auto& l : listeners_) all.push_back(l->port);
    return all;
}

std::size_t server::most_connections() const {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    const std::size_t possible = files.rlim_cur > 2 * admission::kept_descriptors
                                     ? files.rlim_cur - admission::kept_descriptors
                                     : files.rlim_cur / 2;
    const std::size_t wanted = core_.settings().limits.connections;
    return wanted == 0 ? possible : std::min(wanted, possible);
}

io_awaitable<void> server::accept_connections(listener& l) {
    auto& threads = core_.threads();
    for (;;) {
        io_thread& thread = *threads[turn_++ % threads.size()];
        auto [ec, socket] = co_await l.acceptor.async_accept(thread.context, as_result);
        if (ec == asio::error::operation_aborted || core_.draining()) co_return;
        if (ec) {  // out of descriptors or memory: others must end first
            core_.log().error("cannot accept a connection", {{"error", ec.message()}});
            co_await threads.front()->timers.async_pause(std::chrono::milliseconds(100), as_result);
            continue;
        }
        auto c = std::make_shared<connection>(*this, l, thread, std::move(socket));
        // Those that are only being told no take nobody's place.
        const auto there = connections() + core_.live_sessions();
        const auto refused = static_cast<std::size_t>(std::max(0, admission_->refusals().load()));
        if (!c->let_in(there - std::min(there, refused))) continue;
        add(c);
        asio::co_spawn(thread.context, connection::run(std::move(c)), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }
}

void server::stop_accepting() {
    asio::post(core_.threads().front()->context, [this] {
        error_code ignored;
        for (auto& l : listeners_) l->acceptor.close(ignored);
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
