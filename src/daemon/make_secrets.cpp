#include "daemon/make_secrets.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"

#include <istream>
#include <ostream>
#include <string>

namespace voltgate {

bool print_password_hash(std::istream& in, std::ostream& out, std::ostream& report, bool asks) {
    if (asks) report << "Password (16 to 64 bytes; it is shown as you type): " << std::flush;
    std::string password;
    std::getline(in, password);
    if (!password.empty() && password.back() == '\r') password.pop_back();
    if (const auto fault = password_fault(password)) {
        report << "voltgate: the password on standard input cannot be used: " << fault.text() << '\n';
        return false;
    }
    out << "password = \"" << hash_password(password, this_machine().random()) << "\"\n";
    return true;
}

void print_token(std::ostream& out) {
    const std::string token = random_hex(32, this_machine().random());
    out << "# The token, for the one who is to use it; it cannot be shown again:\n# " << token
        << "\n\n[[api.tokens]]\nname = \"CHANGE-ME\"\nsha256 = \"" << sha256_hex(token) << "\"\nscopes = [\"read\"]\n";
}

}  // namespace voltgate
