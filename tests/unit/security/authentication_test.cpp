// Who is let in with what, on which listener.
#include "security/authentication.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "security/credentials.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
using failure = authentication_failure;

namespace {

// "CP-1:correct-Horse-battery-9", "CP-1:new-Password-of-rotation-3", "CP-1:another", "CP-2:correct-Horse-battery-9"
const std::string right = "Basic Q1AtMTpjb3JyZWN0LUhvcnNlLWJhdHRlcnktOQ==";
const std::string fresh = "Basic Q1AtMTpuZXctUGFzc3dvcmQtb2Ytcm90YXRpb24tMw==";
const std::string wrong = "Basic Q1AtMTphbm90aGVy";
const std::string of_another = "Basic Q1AtMjpjb3JyZWN0LUhvcnNlLWJhdHRlcnktOQ==";
const std::string password = hash_password("correct-Horse-battery-9", this_machine().random());
const std::string pending = hash_password("new-Password-of-rotation-3", this_machine().random());

struct fixture {
    security_config config;
    peer_facts peer;
    known_identity known;

    authentication decide(const std::string& authorization = {}) {
        return authenticate(config, "CP-1", peer, authorization, known);
    }
    failure why(const std::string& authorization = {}) { return decide(authorization).failure; }
    int strength(const std::string& authorization = {}) {
        const auto a = decide(authorization);
        CHECK(a.failure == failure::none);
        return a.strength;
    }
};

}  // namespace

TEST_CASE_METHOD(fixture, "On profile 0 only who has a password needs it", "[security]") {
    CHECK(strength() == 0);
    CHECK(strength(wrong) == 0);
    known.password = password;
    CHECK(why() == failure::missing);
    CHECK(why(wrong) == failure::wrong_password);
    CHECK(strength(right) == 1);
}

TEST_CASE_METHOD(fixture, "On profiles 1 and 2 everybody needs the right one", "[security]") {
    for (const auto profile : {std::uint8_t{1}, std::uint8_t{2}}) {
        peer.profile = profile;
        known.password = {};
        CHECK(why() == failure::missing);
        CHECK(why("Basic !") == failure::malformed);
        CHECK(why(of_another) == failure::wrong_user);
        CHECK(why(right) == failure::unknown_charge_point);
        known.password = password;
        CHECK(why() == failure::missing);
        CHECK(why("Basic !") == failure::malformed);
        CHECK(why(of_another) == failure::wrong_user);
        CHECK(why(wrong) == failure::wrong_password);
        CHECK(strength(right) == profile);
        CHECK_FALSE(decide(right).used_pending);
    }
}

TEST_CASE_METHOD(fixture, "Unknown charge points may be let in, those with a password never without it", "[security]") {
    peer.profile = 1;
    config.unknown_charge_points = security_config::unknown_answer::accept;
    CHECK(strength() == 0);
    CHECK(decide(wrong).is_unknown);
    known.pending_password = pending;
    CHECK(why() == failure::missing);
    known.pending_password = {};
    known.password = password;
    CHECK(why() == failure::missing);
    CHECK(why(wrong) == failure::wrong_password);
}

TEST_CASE_METHOD(fixture, "During a rotation either password opens", "[security]") {
    peer.profile = 1;
    known.password = password;
    known.pending_password = pending;
    CHECK(strength(right) == 1);
    CHECK_FALSE(decide(right).used_pending);
    CHECK(strength(fresh) == 1);
    CHECK(decide(fresh).used_pending);
    CHECK(why(wrong) == failure::wrong_password);
    known.password = {};  // the first one it is ever given
    CHECK(decide(fresh).used_pending);
    CHECK(why(right) == failure::wrong_password);
    peer.profile = 0;
    CHECK(strength() == 0);
    CHECK(decide(fresh).used_pending);
}

TEST_CASE_METHOD(fixture, "Nobody goes back to a lower profile", "[security]") {
    known.password = password;
    known.least_profile = 2;
    for (const auto profile : {std::uint8_t{0}, std::uint8_t{1}}) {
        peer.profile = profile;
        CHECK(why(right) == failure::profile_too_low);
    }
    // Who does not know the password learns nothing of the charge point.
    CHECK(why() == failure::missing);
    CHECK(why(wrong) == failure::wrong_password);
    peer.profile = 2;
    CHECK(strength(right) == 2);
    CHECK(objection_to(peer, 2, known) == failure::none);
    known.least_profile = 3;
    CHECK(objection_to(peer, 3, known) == failure::profile_too_low);
}

TEST_CASE_METHOD(fixture, "A live connection is taken over by one that is at least as strong", "[security]") {
    known.live_strength = 1;
    CHECK(why() == failure::weaker_than_live);
    known.password = password;
    CHECK(strength(right) == 1);
    known.live_strength = 2;
    CHECK(why(right) == failure::weaker_than_live);
    peer.profile = 2;
    CHECK(strength(right) == 2);
    known.live_strength = 0;
    CHECK(strength(right) == 2);
}

TEST_CASE_METHOD(fixture, "A certificate names its charge point as the configuration says", "[security]") {
    using rule = security_config::certificate_name;
    peer.profile = 3;
    CHECK(why(right) == failure::certificate_missing);
    peer.certificate.emplace();
    peer.certificate->common_name = "cp-1";
    peer.certificate->organization = "Example Charging Ltd";
    CHECK(strength() == 3);
    peer.certificate->common_name = "CP-2";
    CHECK(why() == failure::certificate_mismatch);
    config.certificate_identity = rule::serial;
    known.serial_number = "SN-7";
    CHECK(why() == failure::certificate_mismatch);
    peer.certificate->common_name = "SN-7";
    CHECK(strength() == 3);
    known.serial_number = {};
    CHECK(why() == failure::certificate_mismatch);
    peer.certificate->common_name.clear();
    CHECK(why() == failure::certificate_mismatch);
    config.certificate_identity = rule::none;
    CHECK(strength() == 3);
    config.certificate_organization = "Charging";
    CHECK(strength() == 3);
    config.certificate_organization = "Another";
    CHECK(why() == failure::certificate_mismatch);
}

TEST_CASE("A boot with another serial number than the certificate's is noticed", "[security]") {
    using rule = security_config::certificate_name;
    security_config config;
    CHECK_FALSE(boot_contradicts_certificate(config, "CP-1", {"SN-2"}));  // there the name is no serial number
    config.certificate_identity = rule::serial;
    CHECK_FALSE(boot_contradicts_certificate(config, "", {"SN-2"}));
    CHECK_FALSE(boot_contradicts_certificate(config, "SN-1", {}));
    CHECK_FALSE(boot_contradicts_certificate(config, "SN-1", {"", ""}));
    CHECK_FALSE(boot_contradicts_certificate(config, "SN-1", {"SN-2", "SN-1"}));
    CHECK(boot_contradicts_certificate(config, "SN-1", {"SN-2", ""}));
    CHECK(boot_contradicts_certificate(config, "SN-1", {"sn-1"}));
}
