// The request of a charge point, from its bytes to the decision.
#include "fuzz.hpp"
#include "http/upgrade.hpp"
#include "security/credentials.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>

#include <algorithm>
#include <memory>

using namespace voltgate;
using namespace voltgate::fuzz;
namespace beast_http = boost::beast::http;

namespace {

std::string_view view(boost::beast::string_view s) { return {s.data(), s.size()}; }

void check_identity(std::string_view id) {
    require(!id.empty() && id.size() <= 255, "an identity of 1 to 255 bytes");
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x20; });
    require(plain && id.find('/') == std::string_view::npos, "without control characters and slashes");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    static const config c = [] {
        config all;
        all.server.compression = server_config::compressed::all;
        return all;
    }();
    static const auto settings = std::make_shared<const charge_point_settings>(settings_for(c, "CP"));
    beast_http::request_parser<beast_http::empty_body> parser;
    parser.header_limit(16 * 1024);
    parser.skip(true);
    boost::system::error_code ec;
    parser.put(boost::asio::buffer(text.data(), text.size()), ec);
    if (ec || !parser.is_header_done()) return 0;
    const auto& message = parser.get();
    http::upgrade_headers h;
    h.target = view(message.target());
    h.is_get_http11 = message.method() == beast_http::verb::get && message.version() == 11;
    h.connection_upgrade = true;
    h.key = view(message[beast_http::field::sec_websocket_key]);
    h.version = view(message[beast_http::field::sec_websocket_version]);
    h.extensions = view(message[beast_http::field::sec_websocket_extensions]);
    http::append_list(h.subprotocols, view(message[beast_http::field::sec_websocket_protocol]));
    const auto d = http::decide_upgrade(h, peer_facts(), c.server, [](std::string_view) { return settings; });
    if (d.accepted) {
        check_identity(d.origin.charge_point_id);
        if (d.deflate) {
            require(d.deflate->window_bits >= 9 && d.deflate->window_bits <= 12, "a window that zlib has");
            require(negotiate_deflate(d.deflate->answer()).has_value(), "the answer is an offer too");
        }
        const auto header = view(message[beast_http::field::authorization]);
        const auto password = read_basic(header, d.origin.charge_point_id);
        require(password.what == basic_password::fault::none || password.bytes.empty(), "no password without its user");
        static_cast<void>(read_bearer(header));
    } else {
        require(d.refusal.status >= 400 && !d.refusal.body.empty(), "a refusal says why");
    }
    return 0;
}
