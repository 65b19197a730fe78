// Passwords as charge points send them, and as they are kept.
#include "security/credentials.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>

using namespace voltgate;
using fault = basic_password::fault;

namespace {

const std::string random_bytes("\x01\x00\xff:\x80\n\x7f\x11\x22\x33\x44\x55\x66\x77\x88\x99\xaa\xbb\xcc\xdd", 20);
const std::string key_in_hex = "0100ff3a800a7f112233445566778899aabbccdd";
const std::string key_in_capitals = "0100FF3A800A7F112233445566778899AABBCCDD";

}  // namespace

TEST_CASE("The key of a 1.6 charge point fits as bytes and as text, however it was set", "[security]") {
    for (const auto& set : {random_bytes, key_in_hex, key_in_capitals}) {
        const auto verifier = hash_password(set, this_machine().random());
        for (const auto& presented : {random_bytes, key_in_hex, key_in_capitals}) {
            CAPTURE(verifier, presented.size());
            CHECK(password_fits(verifier, presented));
        }
        CHECK_FALSE(password_fits(verifier, random_bytes.substr(0, 19)));
        CHECK_FALSE(password_fits(verifier, key_in_hex + "0"));
        CHECK_FALSE(password_fits(verifier, ""));
    }
}

TEST_CASE("A password that is plain text fits as it is alone", "[security]") {
    const std::string password = "s3cret:with:colons-and-\xc3\xa9";
    const auto verifier = hash_password(password, this_machine().random());
    CHECK(password_fits(verifier, password));
    CHECK_FALSE(password_fits(verifier, "S3cret:with:colons-and-\xc3\xa9"));
    CHECK_FALSE(password_fits(verifier, password + " "));
    CHECK_FALSE(password_fits(verifier, password + std::string(1, '\0')));
    CHECK_FALSE(password_fits(verifier, std::string(100'000, 'a')));
    // Digits of hexadecimal that are too few or too many stand for themselves.
    CHECK_FALSE(
        password_fits(hash_password("00112233445566aa", this_machine().random()), "\x00\x11\x22\x33\x44\x55\x66\xaa"));
}

TEST_CASE("Each hash has a salt of its own, and only whole ones are read", "[security]") {
    const auto one = hash_password(key_in_hex, this_machine().random()),
               other = hash_password(key_in_hex, this_machine().random());
    CHECK(one != other);
    CHECK(one.size() == 7 + 32 + 1 + 64);
    CHECK(read_verifier(one));
    for (const auto& text : {std::string(), std::string("***"), one.substr(1), one + "0", one.substr(0, one.size() - 1),
                             std::string("sha256::"), "sha256:" + std::string(32, 'g') + one.substr(39)}) {
        CHECK_FALSE(read_verifier(text));
        CHECK_FALSE(password_fits(text, key_in_hex));
    }
}

TEST_CASE("The Authorization header is read as chargers write it", "[security]") {
    // "CP-1:pass:word"
    for (const auto* header : {"Basic Q1AtMTpwYXNzOndvcmQ=", "basic Q1AtMTpwYXNzOndvcmQ=", "BASIC  Q1AtMTpwYXNzOndvcmQ",
                               "  Basic\tQ1AtMTpwYXNzOndvcmQ=  "}) {
        const auto read = read_basic(header, "cp-1");
        CAPTURE(header);
        CHECK(read.what == fault::none);
        CHECK(read.bytes == "pass:word");
    }
    CHECK(read_basic("Basic Q1AtMTpwYXNzOndvcmQ=", "CP-1:pass").bytes == "word");  // the identity decides
    CHECK(read_basic("Basic Q1AtMTo=", "CP-1").what == fault::none);               // an empty password
    CHECK(read_basic("Basic Q1AtMTo=", "CP-1").bytes.empty());
    const auto binary = read_basic("Basic Q1AtMToBAP86gAp/ESIzRFVmd4iZqrvM3Q==", "CP-1");
    CHECK(binary.what == fault::none);
    CHECK(binary.bytes == random_bytes);
}

TEST_CASE("What is no usable Authorization header is told apart", "[security]") {
    const auto what = [](std::string_view header, std::string_view user = "CP-1") {
        return read_basic(header, user).what;
    };
    for (const auto* header : {"", "Basic", "Basic ", "Bearer Q1AtMTpw", "BasicQ1AtMTpw", "Digest username=\"CP-1\""})
        CHECK((what(header) == fault::missing || what(header) == fault::malformed));
    CHECK(what("Bearer Q1AtMTpw") == fault::missing);
    for (const auto* header : {"Basic !", "Basic Q1AtMTpw Q1AtMTpw", "Basic Q1AtMTpwY", "Basic =Q1At",
                               "Basic Q1AtMQ==", "Basic Q1At\nMTpw", "Basic Q1AtMTpw\x80"}) {
        CAPTURE(header);
        CHECK(what(header) == fault::malformed);
    }
    CHECK(what("Basic " + std::string(5'000, 'A')) == fault::malformed);
    CHECK(what("Basic Q1AtMTpwYXNzOndvcmQ=", "CP-2") == fault::wrong_user);
    CHECK(what("Basic Q1AtMTpwYXNzOndvcmQ=", "CP-") == fault::wrong_user);
    CHECK(what("Basic Q1AtMTpwYXNzOndvcmQ=", "CP-11") == fault::wrong_user);
    CHECK(what("Basic OnBhc3N3b3Jk", "CP-1") == fault::wrong_user);  // ":password"
}

TEST_CASE("Passwords that somebody could guess are refused", "[security]") {
    for (const auto* bad : {"", "short", "fifteen-chars-x", "aaaaaaaaaaaaaaaaaaaa", "abababababababab",
                            "passwordpassword", "1234567890123456", "abcdefghijklmnopqrst",
                            "00112233445566778899aabbccddeeff", "00000000000000000000000000000000", "8472910365728491",
                            "01234567890123456789012345678901234567890123456789"}) {
        CAPTURE(bad);
        CHECK(password_fault(bad));
    }
    CHECK(password_fault(random_hex(33, this_machine().random())));
    for (int i = 0; i < 100; ++i) {
        CHECK_FALSE(password_fault(random_hex(20, this_machine().random())));
        CHECK_FALSE(password_fault(random_text(20, this_machine().random())));
    }
    CHECK_FALSE(password_fault("Correct-Horse-7x"));
}

TEST_CASE("Bearer tokens, hashes and random texts", "[security]") {
    CHECK(read_bearer("Bearer abc.def") == "abc.def");
    CHECK(read_bearer("bearer   abc") == "abc");
    for (const auto* none : {"", "Bearer", "Bearer ", "Basic abc", "Bearer a b", "Bearer a\x80"})
        CHECK(read_bearer(none).empty());
    CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(equal_in_constant_time("abc", "abc"));
    CHECK_FALSE(equal_in_constant_time("abc", "abd"));
    CHECK_FALSE(equal_in_constant_time("abc", "ab"));
    CHECK(random_hex(20, this_machine().random()).size() == 40);
    CHECK(random_text(20, this_machine().random()).size() == 20);
    CHECK(random_hex(20, this_machine().random()) != random_hex(20, this_machine().random()));
}
