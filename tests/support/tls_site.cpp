#include "support/tls_site.hpp"

#include <filesystem>
#include <fstream>
#include <utility>

namespace voltgate::test {

tls_site::tls_site() {
    certificate_wish wish;
    ec = server_ca.issue(wish);
    wish.key = key_kind::rsa;
    rsa = server_ca.issue(wish);
    write_server_certificate("ec", ec);
    write_server_certificate("rsa", rsa);
    write("client_ca.pem", client_ca.certificate());
    write("crl.pem", client_ca.revocation_list());
}

std::string tls_site::path(const std::string& name) const { return directory_.path() + "/" + name; }

void tls_site::write(const std::string& name, const std::string& text) const {
    const std::string file = path(name), next = file + ".new";
    {
        std::ofstream out(next, std::ios::binary);
        out << text;
    }
    std::filesystem::permissions(next, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    std::filesystem::rename(next, file);
}

void tls_site::write_server_certificate(const std::string& kind, const issued_certificate& c) const {
    write(kind + ".pem", c.certificate + server_ca.certificate());
    write(kind + ".key", c.key);
}

tls_config tls_site::config() const {
    tls_config c;
    c.certificates = {path("ec.pem"), path("rsa.pem")};
    c.keys = {path("ec.key"), path("rsa.key")};
    c.client_ca = path("client_ca.pem");
    return c;
}

running_gateway::configure tls_site::with_profile(int profile, running_gateway::configure more) const {
    return [tls = config(), profile, more = std::move(more)](voltgate::config& c) {
        c.tls = tls;
        c.server.security_profile = static_cast<std::uint8_t>(profile);
        c.security.unknown_charge_points = security_config::unknown_answer::accept;
        c.security.certificate_identity = security_config::certificate_name::none;
        if (more) more(c);
    };
}

tls_client_options tls_site::client_options(tls_version version) const {
    tls_client_options options;
    options.ca = server_ca.certificate();
    options.version = version;
    return options;
}

std::shared_ptr<tls_client> tls_site::client(tls_version version, const issued_certificate& own) const {
    tls_client_options options = client_options(version);
    options.certificate = own.certificate;
    options.key = own.key;
    return std::make_shared<tls_client>(options);
}

connect_options through(std::shared_ptr<tls_client> client) {
    connect_options options;
    options.tcp.tls = std::move(client);
    return options;
}

tcp_options tcp_through(std::shared_ptr<tls_client> client) {
    tcp_options options;
    options.tls = std::move(client);
    return options;
}

}  // namespace voltgate::test
