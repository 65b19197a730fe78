#include "journal/privacy_book.hpp"

#include "async/platform.hpp"
#include "async/random_source.hpp"
#include "security/credentials.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <set>
#include <stdexcept>

namespace voltgate {

namespace {

constexpr std::size_t key_bytes = 32;
constexpr char mark = '~';
constexpr std::size_t pseudonym_size = 20;  // what fits into an idTag of 1.6

bool is_hex(std::string_view text) noexcept {
    return std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string hex(const unsigned char* bytes, std::size_t count) {
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text.append({digits[bytes[i] >> 4U], digits[bytes[i] & 15U]});
    return text;
}

std::string marked(std::string_view digits) { return mark + std::string(digits.substr(0, pseudonym_size - 1)); }

}  // namespace

privacy_book::privacy_book(const std::string& directory, platform& machine)
    : machine_(machine), file_(directory + "/journal.privacy") {
    if (const auto text = machine.files().read(file_)) {
        read(*text);
    } else {
        key_ = random_hex(key_bytes, machine.random());
        write();
    }
}

// "key {hexadecimal}", then "erased {digest} {time} {length}" for each; older gateways knew no length, and read none.
void privacy_book::read(std::string_view text) {
    const auto fail = [this] {
        throw std::runtime_error(file_ + " cannot be understood: take it from a backup of the directory");
    };
    while (!text.empty()) {
        const auto line = text.substr(0, text.find('\n'));
        text.remove_prefix(std::min(text.size(), line.size() + 1));
        const auto word = line.substr(0, line.find(' '));
        const auto value = line.substr(std::min(line.size(), word.size() + 1));
        if (word == "key" && value.size() == 2 * key_bytes && is_hex(value)) {
            key_ = value;
            continue;
        }
        const auto digest = value.substr(0, value.find(' '));
        const auto digits = value.substr(std::min(value.size(), digest.size() + 1));
        const auto* const end = digits.data() + digits.size();
        erasure e;
        const auto parsed = std::from_chars(digits.data(), end, e.time);
        if (word != "erased" || digest.empty() || !is_hex(digest) || parsed.ec != std::errc()) fail();
        if (parsed.ptr != end) std::from_chars(parsed.ptr + 1, end, e.length);
        erased_[std::string(digest)] = e;
    }
    if (key_.empty()) fail();
}

void privacy_book::write() const {
    std::string text = "key " + key_ + '\n';
    for (const auto& [digest, e] : erased_) {
        text.append("erased ").append(digest).append(1, ' ').append(std::to_string(e.time));
        text.append(1, ' ').append(std::to_string(e.length)) += '\n';
    }
    machine_.files().write(file_, text);
}

std::string privacy_book::keyed(std::string_view purpose, std::string_view tag) const {
    const std::string text = std::string(purpose) + ':' + fold_id(tag);
    std::array<unsigned char, 32> digest{};
    unsigned size = digest.size();
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (!HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()), bytes, text.size(), digest.data(), &size))
        throw std::runtime_error("no HMAC of SHA-256 can be computed");
    return hex(digest.data(), digest.size());
}

std::string privacy_book::pseudonym_of(std::string_view tag) const { return marked(keyed("pseudonym", tag)); }

void privacy_book::note_erased(std::string_view tag, std::int64_t now) {
    for (const auto& name : {std::string(tag), pseudonym_of(tag)}) {
        auto& e = erased_[keyed("erased", name)];
        e = {std::max(e.time, now), name.size()};
    }
    write();
}

bool privacy_book::is_erased(std::string_view tag, std::int64_t stored_at) const {
    if (erased_.empty()) return false;
    const auto known = erased_.find(keyed("erased", tag));
    return known != erased_.end() && stored_at <= known->second.time;
}

std::vector<std::size_t> privacy_book::erased_lengths() const {
    std::set<std::size_t> lengths = {pseudonym_size};
    for (const auto& [digest, e] : erased_)
        if (e.length > 0) lengths.insert(e.length);
    return {lengths.begin(), lengths.end()};
}

std::string random_pseudonym(random_source& random) { return marked(random_hex(pseudonym_size, random)); }

bool is_pseudonym(std::string_view tag) noexcept {
    return tag.size() == pseudonym_size && tag.front() == mark && is_hex(tag.substr(1));
}

}  // namespace voltgate
