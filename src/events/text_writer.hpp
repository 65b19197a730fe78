// Appends many short pieces to a string at the price of plain copies.
#pragma once

#include <charconv>
#include <concepts>
#include <cstddef>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

namespace voltgate {

/// Writes into a buffer of the thread, which finish() appends to the string: a string's own room would be filled with
/// zeros first. One writer a thread at a time. Every write is checked against the room. A small value: functions that
/// are not inlined take one and return it, so that inlined ones may keep it in registers.
class text_writer {
  public:
    /// `expected`: about how much will be written; room for that is made first.
    text_writer(std::string& out, std::size_t expected) : out_(&out) {
        begin_ = at_ = buffer_.bytes.get();
        end_ = begin_ + buffer_.size;
        make_room(expected);
    }

    void put(std::string_view text) { put_all(text); }
    /// Several texts, one behind the other.
    template <class... Texts>
    [[gnu::always_inline]] void put_all(const Texts&... texts) {
        make_room((std::string_view(texts).size() + ...));
        (append(texts), ...);
    }
    void put(char c) {
        make_room(1);
        *at_++ = c;
    }
    void put(std::integral auto n) {
        make_room(20);
        at_ = std::to_chars(at_, end_, n).ptr;
    }

    /// Appends to the string what was written. Nothing may be put after it.
    void finish();

  private:
    struct thread_buffer {
        std::unique_ptr<char[]> bytes;
        std::size_t size = 0;
    };
    static constexpr std::size_t most_kept = 64 * 1024;

    [[nodiscard]] std::size_t used() const noexcept { return static_cast<std::size_t>(at_ - begin_); }

    void make_room(std::size_t needed) {
        if (static_cast<std::size_t>(end_ - at_) < needed) [[unlikely]]
            *this = grown(*this, needed);
    }
    [[nodiscard]] static text_writer grown(text_writer w, std::size_t needed);

    /// Into room that was made.
    [[gnu::always_inline]] void append(std::string_view text) noexcept {
        copy(at_, text.data(), text.size());
        at_ += text.size();
    }

    /// The pieces are short: overlapping moves of fixed size cost less than a call.
    [[gnu::always_inline]] static void copy(char* to, const char* from, std::size_t n) noexcept {
        if (n > 32) {
            std::memcpy(to, from, n);
        } else if (n >= 16) {
            copy_ends<16>(to, from, n);
        } else if (n >= 8) {
            copy_ends<8>(to, from, n);
        } else if (n >= 4) {
            copy_ends<4>(to, from, n);
        } else if (n != 0) {
            to[0] = from[0];
            to[n / 2] = from[n / 2];
            to[n - 1] = from[n - 1];
        }
    }
    template <std::size_t Size>
    static void copy_ends(char* to, const char* from, std::size_t n) noexcept {
        char head[Size];
        char tail[Size];
        std::memcpy(head, from, Size);
        std::memcpy(tail, from + n - Size, Size);
        std::memcpy(to, head, Size);
        std::memcpy(to + n - Size, tail, Size);
    }

    static thread_local thread_buffer buffer_;

    std::string* out_;
    char *begin_, *at_, *end_;
};

}  // namespace voltgate
