#include "security/tls_files.hpp"

#include "text/quote.hpp"
#include "text/timestamp.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <ctime>
#include <fstream>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace voltgate {

namespace {

constexpr std::size_t largest_file = 16 * 1024 * 1024;  // revocation lists are long
constexpr int fewest_rsa_bits = 2048, fewest_ec_bits = 224;

[[noreturn]] void fail(const std::string& file, const std::string& what) {
    ERR_clear_error();
    throw tls_file_error(in_quotes(file) + ": " + what);
}

std::string read_text(const std::string& file) {
    errno = 0;
    std::ifstream in(file, std::ios::binary);
    if (!in) fail(file, "cannot be read: " + std::generic_category().message(errno));
    std::string text;
    std::array<char, 16 * 1024> piece;
    while (in.read(piece.data(), piece.size()) || in.gcount() > 0) {
        text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
        if (text.size() > largest_file) fail(file, "is larger than 16 MiB; that is no PEM file of this kind");
    }
    if (in.bad() || text.empty()) fail(file, "is empty, a directory, or cannot be read to its end");
    return text;
}

bio_ptr source(const std::string& text) { return bio_ptr(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

// Whether reading PEM objects one after the other ended because there are no more.
bool at_the_end() {
    const unsigned long e = ERR_peek_last_error();
    const bool end = ERR_GET_LIB(e) == ERR_LIB_PEM && ERR_GET_REASON(e) == PEM_R_NO_START_LINE;
    ERR_clear_error();
    return end;
}

std::vector<x509_ptr> certificates_in(const std::string& text, const std::string& file) {
    std::vector<x509_ptr> all;
    const bio_ptr in = source(text);
    while (X509* one = PEM_read_bio_X509(in.get(), nullptr, nullptr, nullptr)) all.emplace_back(one);
    if (!at_the_end()) fail(file, "certificate " + std::to_string(all.size() + 1) + " in it is damaged");
    if (all.empty()) {
        fail(file, "holds no certificate in PEM form; it has to begin with \"-----BEGIN CERTIFICATE-----\"");
    }
    return all;
}

// Asked for a passphrase: there is none.
int no_passphrase(char*, int, int, void* asked) {
    *static_cast<bool*>(asked) = true;
    return -1;
}

key_ptr key_in(const std::string& text, const std::string& file) {
    const bio_ptr in = source(text);
    bool encrypted = false;
    key_ptr key(PEM_read_bio_PrivateKey(in.get(), nullptr, no_passphrase, &encrypted));
    if (key) return key;
    if (encrypted) fail(file, "the key is encrypted; give one without a passphrase (openssl pkey -in … -out …)");
    if (text.find("PRIVATE KEY-----") != std::string::npos) fail(file, "the private key in it is damaged");
    fail(file, "holds no private key in PEM form; it has to have a \"-----BEGIN PRIVATE KEY-----\"");
}

void warn_if_open_to_others(const std::string& file, std::vector<std::string>& warnings) {
    struct stat facts{};
    if (::stat(file.c_str(), &facts) != 0) return;
    if ((facts.st_mode & (S_IWGRP | S_IRWXO)) == 0) return;
    warnings.push_back(in_quotes(file) + ": others than its owner may read or change the key; chmod 600 (or 640) " +
                       file);
}

void check_dates(const X509* certificate, const std::string& file, std::chrono::system_clock::time_point now) {
    const auto from = time_of(X509_get0_notBefore(certificate)), to = time_of(X509_get0_notAfter(certificate));
    if (now > to) fail(file, "the certificate expired at " + shown(to) + "; give a new one");
    if (now < from)
        fail(file, "the certificate is not valid before " + shown(from) + "; see whether the clock is right");
}

}  // namespace

server_certificate read_server_certificate(const std::string& file, const std::string& key_file,
                                           std::chrono::system_clock::time_point now,
                                           std::vector<std::string>& warnings) {
    const std::string text = read_text(file);
    auto certificates = certificates_in(text, file);
    const bool separate = !key_file.empty() && key_file != file;
    const std::string& key_place = separate ? key_file : file;
    server_certificate result;
    result.key = key_in(separate ? read_text(key_file) : text, key_place);
    warn_if_open_to_others(key_place, warnings);
    result.certificate = std::move(certificates.front());
    certificates.erase(certificates.begin());
    result.chain = std::move(certificates);

    const int type = EVP_PKEY_get_base_id(result.key.get());
    result.is_ec = type == EVP_PKEY_EC;
    if (!result.is_ec && type != EVP_PKEY_RSA)
        fail(key_place, "the key is neither an EC nor an RSA key; OCPP asks for these");
    const int bits = EVP_PKEY_get_bits(result.key.get()), fewest = result.is_ec ? fewest_ec_bits : fewest_rsa_bits;
    if (bits < fewest) {
        fail(key_place,
             "the key has " + std::to_string(bits) + " bits; OCPP asks for at least " + std::to_string(fewest));
    }
    if (X509_check_private_key(result.certificate.get(), result.key.get()) != 1) {
        fail(key_place, "the key is not that of the certificate in " + in_quotes(file) +
                            "; the first certificate of that file has to be the one of the key, and lists of both in "
                            "the same order");
    }
    check_dates(result.certificate.get(), file, now);
    result.expiry = time_of(X509_get0_notAfter(result.certificate.get()));
    return result;
}

std::vector<x509_ptr> read_certificates(const std::string& file) { return certificates_in(read_text(file), file); }

std::vector<crl_ptr> read_revocation_lists(const std::string& file) {
    const std::string text = read_text(file);
    std::vector<crl_ptr> all;
    const bio_ptr in = source(text);
    while (X509_CRL* one = PEM_read_bio_X509_CRL(in.get(), nullptr, nullptr, nullptr)) all.emplace_back(one);
    if (!at_the_end()) fail(file, "revocation list " + std::to_string(all.size() + 1) + " in it is damaged");
    if (all.empty())
        fail(file, "holds no revocation list in PEM form; it has to begin with \"-----BEGIN X509 CRL-----\"");
    return all;
}

certificate_time time_of(const ASN1_TIME* t) {
    std::tm parts{};
    if (!t || ASN1_TIME_to_tm(t, &parts) != 1) return {};
    return std::chrono::system_clock::from_time_t(::timegm(&parts));
}

std::string shown(certificate_time t) {
    std::string text;
    ocpp::append_timestamp(text, t, false);
    return text;
}

std::string name_of(const X509_NAME* name) {
    const bio_ptr out(BIO_new(BIO_s_mem()));
    X509_NAME_print_ex(out.get(), name, 0, XN_FLAG_RFC2253);
    char* data = nullptr;
    const long size = BIO_get_mem_data(out.get(), &data);
    return {data, static_cast<std::size_t>(size)};
}

}  // namespace voltgate
