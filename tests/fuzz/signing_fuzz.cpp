// Certificate requests: first byte 0: the text of one, 1: its DER form, which mutates better.
#include "async/platform.hpp"
#include "fuzz.hpp"
#include "machine/this_machine.hpp"
#include "security/signing_authority.hpp"

#include <voltgate/clock.hpp>

#include <filesystem>
#include <fstream>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <string>
#include <unistd.h>

using namespace voltgate;
using namespace voltgate::fuzz;

namespace {

std::shared_ptr<const signing_authority> make_authority() {
    const key_ptr key(EVP_EC_gen("P-256"));
    const x509_ptr ca(X509_new());
    X509_set_version(ca.get(), 2);
    X509_gmtime_adj(X509_getm_notBefore(ca.get()), -3600);
    X509_gmtime_adj(X509_getm_notAfter(ca.get()), 30L * 24 * 3600);
    X509_set_pubkey(ca.get(), key.get());
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, NID_basic_constraints, "critical,CA:TRUE");
    X509_add_ext(ca.get(), extension, -1);
    X509_EXTENSION_free(extension);
    X509_sign(ca.get(), key.get(), EVP_sha256());
    const auto file = std::filesystem::temp_directory_path() / ("signing_fuzz-" + std::to_string(::getpid()));
    const bio_ptr out(BIO_new_file(file.c_str(), "w"));
    PEM_write_bio_X509(out.get(), ca.get());
    PEM_write_bio_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr);
    static_cast<void>(BIO_flush(out.get()));
    signing_config config;
    config.certificate = file;
    auto loaded = signing_authority::load(config, this_machine().clock().utc());
    std::filesystem::remove(file);
    require(loaded.authority != nullptr, "the CA can be used");
    return loaded.authority;
}

std::string as_pem(std::string_view der) {
    std::string text(4 * der.size() + 4, '\0');
    const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                     reinterpret_cast<const unsigned char*>(der.data()), static_cast<int>(der.size()));
    text.resize(static_cast<std::size_t>(size));
    std::string pem = "-----BEGIN CERTIFICATE REQUEST-----\n";
    for (std::size_t at = 0; at < text.size(); at += 64) pem.append(text, at, 64) += '\n';
    return pem += "-----END CERTIFICATE REQUEST-----\n";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto authority = make_authority();
    std::string_view text = text_of(data, size);
    const bool is_der = take_byte(text) % 2 == 1;
    const security_config rules;
    const auto csr = is_der ? as_pem(text) : std::string(text);
    const auto made = authority->sign(csr, {rules, "CP-1", {}}, this_machine());
    require(made.chain.empty() != made.refusal.empty(), "it is signed or refused");
    return 0;
}
