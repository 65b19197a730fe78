// journal.privacy: the key of the pseudonyms that stand for tags, and which tags were erased. It lies beside
// journal.db, so that a restore does not take it back, and a copy of the journal alone gives no tag away.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

class platform;
class random_source;

/// Tags are compared without regard to ASCII case.
class privacy_book {
  public:
    /// Reads it, or makes it with a new key. Throws std::system_error; std::runtime_error when it cannot be understood.
    privacy_book(const std::string& directory, platform& machine);

    /// Always the same for a tag, and of use to nobody who has not the key. Any thread.
    [[nodiscard]] std::string pseudonym_of(std::string_view tag) const;

    // One thread at a time. Times are stored_time.
    /// Everything stored of the tag up to now, under its name or its pseudonym, is to go. On the disk when this
    /// returns.
    void note_erased(std::string_view tag, std::int64_t now);
    /// Whether what was stored of the tag at this time is to be erased.
    [[nodiscard]] bool is_erased(std::string_view tag, std::int64_t stored_at) const;
    [[nodiscard]] bool has_erasures() const noexcept { return !erased_.empty(); }
    /// How long erased tags and pseudonyms are, each once, so that they can be looked for in texts. Older gateways
    /// noted no tag's length.
    [[nodiscard]] std::vector<std::size_t> erased_lengths() const;

  private:
    void read(std::string_view text);
    void write() const;
    [[nodiscard]] std::string keyed(std::string_view purpose, std::string_view tag) const;

    platform& machine_;
    std::string file_;
    std::string key_;  // in hexadecimal
    struct erasure {
        std::int64_t time = 0;   // the last
        std::size_t length = 0;  // 0: not known
    };
    std::map<std::string, erasure> erased_;  // by keyed digests of tags and pseudonyms
};

/// One that nobody can make from a tag, with or without the key.
[[nodiscard]] std::string random_pseudonym(random_source& random);
/// Whether it is a pseudonym, of either kind.
[[nodiscard]] bool is_pseudonym(std::string_view tag) noexcept;

}  // namespace voltgate
