// Certificates made on the spot: a CA, what it issues, its revocation list; all as PEM text.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace voltgate::test {

enum class key_kind : std::uint8_t { ec, rsa, small_rsa, ed25519 };

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

class test_ca {
  public:
    explicit test_ca(std::string name = "Test CA");
    ~test_ca();

    [[nodiscard]] const std::string& certificate() const;
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
