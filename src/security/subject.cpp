#include "security/subject.hpp"

#include <openssl/bn.h>
#include <openssl/crypto.h>

namespace voltgate {

namespace {

std::string serial_of(const X509* certificate) {
    BIGNUM* number = ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr);
    char* hex = number ? BN_bn2hex(number) : nullptr;
    std::string text = hex ? hex : "";
    OPENSSL_free(hex);
    BN_free(number);
    return text;
}

}  // namespace

std::string only_entry(const X509_NAME* name, int nid) {
    const int at = X509_NAME_get_index_by_NID(name, nid, -1);
    if (at < 0 || X509_NAME_get_index_by_NID(name, nid, at) >= 0) return {};
    const ASN1_STRING* data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
    unsigned char* utf8 = nullptr;
    const int size = ASN1_STRING_to_UTF8(&utf8, data);
    if (size < 0) return {};
    std::string text(reinterpret_cast<const char*>(utf8), static_cast<std::size_t>(size));
    OPENSSL_free(utf8);
    return text;
}

client_certificate facts_of(const X509* certificate) {
    const X509_NAME* subject = X509_get_subject_name(certificate);
    client_certificate facts;
    facts.common_name = only_entry(subject, NID_commonName);
    facts.organization = only_entry(subject, NID_organizationName);
    facts.serial = serial_of(certificate);
    return facts;
}

}  // namespace voltgate
