#include "http/tcp_acceptor.hpp"

#include "http/acceptor.hpp"
#include "http/server.hpp"

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ip/v6_only.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace voltgate::http {

namespace {

class tcp_acceptor final : public acceptor {
  public:
    using socket_acceptor = asio::basic_socket_acceptor<asio::ip::tcp, io_executor>;

    explicit tcp_acceptor(socket_acceptor a) : acceptor_(std::move(a)) {
        error_code ignored;
        port_ = acceptor_.local_endpoint(ignored).port();
    }

    io_awaitable<error_code> accept(const io_executor& home, arrival& into) override {
        if (!acceptor_.is_open()) co_return asio::error::operation_aborted;
        auto [ec, socket] = co_await acceptor_.async_accept(home, as_result);
        if (ec) co_return ec;
        error_code gone;
        into.peer = socket.remote_endpoint(gone);
        if (gone) into.peer.reset();
        into.stream.emplace(std::move(socket));
        co_return error_code();
    }
    void close() override {
        error_code ignored;
        acceptor_.close(ignored);
    }
    [[nodiscard]] std::uint16_t port() const noexcept override { return port_; }

  private:
    socket_acceptor acceptor_;
    std::uint16_t port_;
};

std::string advice_on(const error_code& ec, const std::string& key) {
    if (ec == asio::error::access_denied)
        return "; a port below 1024 needs the capability CAP_NET_BIND_SERVICE, or choose another " + key + ".port";
    if (ec == boost::system::errc::address_not_available)
        return "; no network interface of this machine has the address, choose another " + key + ".address";
    return {};
}

// `key`: where the configuration has it.
error_code open(server& s, const listener_config& config, const std::string& key, std::string& detail) {
    const std::string where = config.address + ":" + std::to_string(config.port);
    error_code ec;
    const auto address = asio::ip::make_address(config.address, ec);
    if (ec) {
        detail = key + ".address: \"" + config.address + "\" is no IP address";
        return errc::cannot_listen;
    }
    const asio::ip::tcp::endpoint endpoint(address, config.port);
    tcp_acceptor::socket_acceptor a(s.parts().threads.front()->executor());
    a.open(endpoint.protocol(), ec);
    if (!ec) a.set_option(asio::socket_base::reuse_address(true), ec);
    if (!ec && address.is_v6()) a.set_option(asio::ip::v6_only(false), ec);
    if (!ec) a.bind(endpoint, ec);
    if (!ec) a.listen(static_cast<int>(s.parts().settings.server.backlog), ec);
    if (ec == asio::error::address_in_use) {
        detail = where + " is in use by another process; stop it or choose another " + key + ".port";
        return errc::address_in_use;
    }
    if (ec) {
        detail = "cannot listen on " + where + ": " + ec.message() + advice_on(ec, key);
        return errc::cannot_listen;
    }
    s.listen(config, std::make_unique<tcp_acceptor>(std::move(a)));
    return {};
}

}  // namespace

error_code listen_on_sockets(server& s, std::string& detail) {
    std::string key = "server";
    std::size_t index = 0;
    for (const auto& config : listeners_of(s.parts().settings)) {
        if (const error_code ec = open(s, config, key, detail)) return ec;
        key = "listener[" + std::to_string(index++) + "]";
    }
    return {};
}

}  // namespace voltgate::http
