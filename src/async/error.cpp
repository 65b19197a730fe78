#include <voltgate/error.hpp>

#include <string>

namespace voltgate {

namespace {

class category final : public boost::system::error_category {
  public:
    [[nodiscard]] const char* name() const noexcept override { return "voltgate"; }
    [[nodiscard]] std::string message(int value) const override {
        switch (static_cast<errc>(value)) {
            case errc::gateway_not_running: return "the gateway is not running";
            case errc::invalid_command:
                return "not a command: it needs a charge point id, an action and a timeout that is not negative";
            case errc::invalid_config: return "the configuration cannot be used";
            case errc::address_in_use: return "the address is in use by another process";
            case errc::cannot_listen: return "cannot listen on the address";
            case errc::journal_unusable: return "the journal cannot be used";
            case errc::tls_unusable: return "the files for TLS cannot be used";
            case errc::already_started: return "the gateway was started before; make a new one";
        }
        return "unknown error";
    }
};

}  // namespace

const boost::system::error_category& error_category() noexcept {
    static const category the_category;
    return the_category;
}

boost::system::error_code make_error_code(errc e) noexcept { return {static_cast<int>(e), error_category()}; }

}  // namespace voltgate
