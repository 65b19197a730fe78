#include "support/proxy_protocol.hpp"

#include <boost/asio/ip/address.hpp>

namespace voltgate::test {

namespace ip = boost::asio::ip;

namespace {

std::string big_endian(std::size_t n) { return {static_cast<char>(n / 256), static_cast<char>(n % 256)}; }

template <class Bytes>
std::string text_of(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

}  // namespace

std::string proxy_header_of(int version_and_command, int family, std::string_view content) {
    std::string header(proxy_signature);
    header += static_cast<char>(version_and_command);
    header += static_cast<char>(family);
    return header.append(big_endian(content.size())).append(content);
}

std::string proxied_for(std::string_view source, std::uint16_t port, std::string_view extensions) {
    const auto address = ip::make_address(std::string(source));
    const auto from = address.is_v4() ? text_of(address.to_v4().to_bytes()) : text_of(address.to_v6().to_bytes());
    const std::string content = from + std::string(from.size(), '\1') + big_endian(port) + big_endian(443);
    return proxy_header_of(0x21, address.is_v4() ? 0x11 : 0x21, content + std::string(extensions));
}

std::string proxy_itself() { return proxy_header_of(0x20, 0x00, ""); }

}  // namespace voltgate::test
