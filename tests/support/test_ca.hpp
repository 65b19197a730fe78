// Certificates made on the spot: a CA, what it issues, its revocation list; all as PEM text.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace voltgate::test {

enum class key_kind : std::uint8_t { ec, p384, rsa, small_rsa, ed25519 };

struct certificate_wish {
    std::string common_name = "localhost";
    std::string organization = "Voltgate Test";
    key_kind key = key_kind::ec;
    std::chrono::hours from{-1};  // valid from and to, seen from now
    std::chrono::hours to{24};
};

struct issued_certificate {
    std::string certificate, key;
    std::string serial;  // hexadecimal, upper case
};

/// A certificate request, and what may be wrong with it.
struct request_wish {
    std::string common_name = "CP-1";
    std::string organization = "Voltgate Test";
    std::string second_name;  // another CN
    key_kind key = key_kind::ec;
    bool sha1 = false;
    bool forged = false;  // signed with another key
};

struct made_request {
    std::string csr, key;
};

[[nodiscard]] made_request make_request(const request_wish& wish = {});

/// Whether the first certificate of `chain` is one for TLS clients that `ca` has issued, through the others of it.
[[nodiscard]] bool is_client_chain(const std::string& chain, const std::string& ca);

class test_ca {
  public:
    explicit test_ca(std::string name = "Test CA");
    ~test_ca();

    [[nodiscard]] const std::string& certificate() const;
    [[nodiscard]] std::string key() const;
    /// It and its key, as one that another CA has issued.
    [[nodiscard]] issued_certificate as_issued() const;
    [[nodiscard]] issued_certificate issue(const certificate_wish& wish = {});
    /// A CA whose certificate this one issues.
    [[nodiscard]] std::unique_ptr<test_ca> issue_ca(std::string name);
    [[nodiscard]] std::string revocation_list(const std::vector<issued_certificate>& revoked = {},
                                              std::chrono::hours due = std::chrono::hours(24)) const;

  private:
    struct parts;
    test_ca(std::string name, const test_ca* issuer);
    std::unique_ptr<parts> parts_;
};

}  // namespace voltgate::test
