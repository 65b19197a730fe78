#include "security/credentials.hpp"

#include "async/random_source.hpp"

#include <algorithm>
#include <bitset>
#include <cmath>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <span>
#include <stdexcept>

namespace voltgate {

namespace {

constexpr std::string_view prefix = "sha256:";
constexpr std::size_t fewest_hex_digits = 32, most_hex_digits = 40;
constexpr std::size_t shortest_password = 16, longest_password = 64;
constexpr std::size_t fewest_distinct = 8;
constexpr double fewest_bits = 64;
constexpr std::size_t longest_presented = 512;       // of a password; a hostile header is cut short here
constexpr std::size_t longest_basic_header = 2'048;  // encoded

using digest = std::array<unsigned char, 32>;

int hex_digit(char c) noexcept {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool decode_hex(std::string_view text, std::span<unsigned char> into) noexcept {
    if (text.size() != 2 * into.size()) return false;
    for (std::size_t i = 0; i < into.size(); ++i) {
        const int high = hex_digit(text[2 * i]), low = hex_digit(text[2 * i + 1]);
        if (high < 0 || low < 0) return false;
        into[i] = static_cast<unsigned char>(high * 16 + low);
    }
    return true;
}

std::string encode_hex(std::span<const unsigned char> bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(2 * bytes.size());
    for (const unsigned char b : bytes) text.append(1, digits[b >> 4]).append(1, digits[b & 15]);
    return text;
}

std::span<const unsigned char> as_bytes(std::string_view text) noexcept {
    return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

// Looked up once: that costs more than a hash.
const EVP_MD* sha256() noexcept {
    static const EVP_MD* const found = EVP_MD_fetch(nullptr, "SHA256", nullptr);
    return found;
}

bool hash(std::span<const unsigned char> bytes, digest& into) noexcept {
    unsigned int size = 0;
    return EVP_Digest(bytes.data(), bytes.size(), into.data(), &size, sha256(), nullptr) == 1 && size == into.size();
}

bool salted_hash(const password_verifier& v, std::span<const unsigned char> password, digest& into) noexcept {
    std::array<unsigned char, sizeof v.salt + longest_presented> text{};
    if (password.size() > longest_presented) return false;
    std::copy(v.salt.begin(), v.salt.end(), text.begin());
    std::copy(password.begin(), password.end(), text.begin() + v.salt.size());
    return hash(std::span(text).first(v.salt.size() + password.size()), into);
}

// The bytes of an AuthorizationKey that was given as hexadecimal text; false: it is no such text.
struct key_bytes {
    std::array<unsigned char, most_hex_digits / 2> data{};
    std::size_t size = 0;
    [[nodiscard]] std::span<const unsigned char> bytes() const noexcept { return std::span(data).first(size); }
};

bool read_key(std::string_view text, key_bytes& key) noexcept {
    if (text.size() < fewest_hex_digits || text.size() > most_hex_digits || text.size() % 2 != 0) return false;
    key.size = text.size() / 2;
    return decode_hex(text, std::span(key.data).first(key.size));
}

// Scheme and value of an Authorization header; false: it is of another scheme.
bool read_scheme(std::string_view header, std::string_view scheme, std::string_view& value) noexcept {
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!header.empty() && is_blank(header.front())) header.remove_prefix(1);
    while (!header.empty() && is_blank(header.back())) header.remove_suffix(1);
    if (header.size() <= scheme.size() || !is_blank(header[scheme.size()])) return false;
    const bool same =
        std::equal(scheme.begin(), scheme.end(), header.begin(), [](char a, char b) { return a == lower(b); });
    if (!same) return false;
    header.remove_prefix(scheme.size());
    while (!header.empty() && is_blank(header.front())) header.remove_prefix(1);
    value = header;
    return true;
}

// Standard base64, its padding may be missing.
bool decode_base64(std::string_view text, std::string& into) {
    while (!text.empty() && text.back() == '=') text.remove_suffix(1);
    const bool plain = std::ranges::all_of(text, [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    });
    if (text.empty() || !plain || text.size() % 4 == 1) return false;
    std::string padded(text);
    padded.append((4 - text.size() % 4) % 4, '=');
    into.resize(padded.size() / 4 * 3);
    const int size =
        EVP_DecodeBlock(reinterpret_cast<unsigned char*>(into.data()),
                        reinterpret_cast<const unsigned char*>(padded.data()), static_cast<int>(padded.size()));
    if (size < 0) return false;
    into.resize(static_cast<std::size_t>(size) - (padded.size() - text.size()));
    return true;
}

std::size_t distinct(std::span<const unsigned char> bytes) noexcept {
    std::bitset<256> seen;
    for (const unsigned char b : bytes) seen.set(b);
    return seen.count();
}

// "abcabcabc", "12345678", "00112233": the same step, or the same piece, again and again.
bool is_regular(std::span<const unsigned char> bytes) noexcept {
    for (std::size_t period = 1; period <= bytes.size() / 2; ++period)
        if (std::equal(bytes.begin() + static_cast<std::ptrdiff_t>(period), bytes.end(), bytes.begin())) return true;
    std::size_t even_steps = 0;
    for (std::size_t i = 2; i < bytes.size(); ++i) {
        const int step = bytes[i] - bytes[i - 1], before = bytes[i - 1] - bytes[i - 2];
        if (step == before) ++even_steps;
    }
    return even_steps > bytes.size() / 2;
}

// At most, by the kinds of characters in it.
double bits_of(std::string_view text) noexcept {
    double alphabet = 0;
    const auto add = [&](double size, auto belongs) {
        if (std::ranges::any_of(text, belongs)) alphabet += size;
    };
    add(10, [](char c) { return c >= '0' && c <= '9'; });
    add(26, [](char c) { return c >= 'a' && c <= 'z'; });
    add(26, [](char c) { return c >= 'A' && c <= 'Z'; });
    add(33, [](char c) {
        const bool letter_or_digit = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return !letter_or_digit;
    });
    return alphabet == 0 ? 0 : static_cast<double>(text.size()) * std::log2(alphabet);
}

}  // namespace

std::optional<password_verifier> read_verifier(std::string_view text) noexcept {
    password_verifier v;
    if (!text.starts_with(prefix)) return std::nullopt;
    text.remove_prefix(prefix.size());
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    if (!decode_hex(text.substr(0, colon), v.salt) || !decode_hex(text.substr(colon + 1), v.hash)) return std::nullopt;
    return v;
}

std::string hash_password(std::string_view password, random_source& random) {
    password_verifier v;
    random.fill(v.salt);
    key_bytes key;
    if (!salted_hash(v, read_key(password, key) ? key.bytes() : as_bytes(password), v.hash))
        throw std::runtime_error("the password cannot be hashed");
    return std::string(prefix).append(encode_hex(v.salt)).append(1, ':').append(encode_hex(v.hash));
}

bool password_fits(std::string_view verifier, std::string_view presented) noexcept {
    const auto read = read_verifier(verifier);
    const password_verifier v = read.value_or(password_verifier());
    key_bytes key;
    const bool is_key = read_key(presented, key);
    digest of_bytes{}, of_key{};
    const bool hashed = salted_hash(v, as_bytes(presented), of_bytes) &&
                        salted_hash(v, is_key ? key.bytes() : as_bytes(presented).first(presented.size() / 2), of_key);
    const bool bytes_fit = CRYPTO_memcmp(of_bytes.data(), v.hash.data(), v.hash.size()) == 0;
    const bool key_fits = CRYPTO_memcmp(of_key.data(), v.hash.data(), v.hash.size()) == 0;
    return hashed && read && (bytes_fit || (is_key && key_fits));
}

error_text password_fault(std::string_view password) {
    if (password.size() < shortest_password) return "it is too short; OCPP asks for 16 to 40 random characters";
    if (password.size() > longest_password) return "it is longer than 64 bytes";
    key_bytes key;
    const bool is_key = read_key(password, key);
    const bool regular = is_regular(as_bytes(password)) || (is_key && is_regular(key.bytes()));
    if (regular || distinct(as_bytes(password)) < fewest_distinct || bits_of(password) < fewest_bits)
        return "it is too easy to guess; let a generator make 20 random bytes or characters";
    return {};
}

basic_password read_basic(std::string_view header, std::string_view user) {
    basic_password result;
    std::string_view encoded;
    if (!read_scheme(header, "basic", encoded)) return result;
    result.what = basic_password::fault::malformed;
    std::string decoded;
    if (encoded.size() > longest_basic_header || !decode_base64(encoded, decoded)) return result;
    if (decoded.find(':') == std::string::npos) return result;
    result.what = basic_password::fault::wrong_user;
    // The identity may hold colons itself, and so may the password: the one that is known decides.
    const bool is_user =
        decoded.size() > user.size() && decoded[user.size()] == ':' &&
        std::equal(user.begin(), user.end(), decoded.begin(), [](char a, char b) { return lower(a) == lower(b); });
    if (!is_user) return result;
    result.what = basic_password::fault::none;
    result.bytes = decoded.substr(user.size() + 1);
    return result;
}

std::string_view read_bearer(std::string_view header) noexcept {
    std::string_view token;
    if (!read_scheme(header, "bearer", token)) return {};
    const bool plain = std::ranges::all_of(token, [](char c) { return c > 0x20 && c < 0x7F; });
    return plain ? token : std::string_view();
}

std::string sha256_hex(std::string_view bytes) {
    digest d{};
    if (!hash(as_bytes(bytes), d)) throw std::runtime_error("the text cannot be hashed");
    return encode_hex(d);
}

bool equal_in_constant_time(std::string_view a, std::string_view b) noexcept {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_hex(std::size_t bytes, random_source& random) {
    std::vector<unsigned char> drawn(bytes);
    random.fill(drawn);
    return encode_hex(drawn);
}

std::string random_text(std::size_t characters, random_source& random) {
    static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    constexpr unsigned fair = 256 / alphabet.size() * alphabet.size();  // beyond it some would come more often
    std::string text;
    while (text.size() < characters) {
        std::array<unsigned char, 32> bytes{};
        random.fill(bytes);
        for (const unsigned char b : bytes)
            if (b < fair && text.size() < characters) text += alphabet[b % alphabet.size()];
    }
    return text;
}

}  // namespace voltgate
