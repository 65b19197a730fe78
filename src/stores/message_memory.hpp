// Which messages of a transaction came before. A repetition is an equal payload, whenever and in whatever order it
// comes; times and orders decide nothing, or late readings would be taken for repetitions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace voltgate {

/// Tells a message that comes again from a new one: a keyed hash of its payload. 0: none.
using message_mark = std::uint64_t;

class message_memory {
  public:
    static constexpr std::size_t most = 4096;  // messages that are known again

    /// What was kept elsewhere: the last marks, oldest first, of `told` messages; `latest` as below.
    message_memory(std::span<const message_mark> marks, std::uint64_t told, std::optional<std::int64_t> latest);
    message_memory() = default;

    /// Whether the message came before, as far as that is remembered. `at`: the charge point's time of it, if it gave
    /// one, in microseconds. One that is later than all that came before is new without a look.
    [[nodiscard]] bool repeated(message_mark mark, std::optional<std::int64_t> at) const noexcept;
    /// Whether it may have come before although it is not remembered.
    [[nodiscard]] bool may_be_repeated(std::optional<std::int64_t> at) const noexcept;
    void note(message_mark mark, std::optional<std::int64_t> at);
    /// Takes back the last note(), which had found `latest` as it was.
    void undo(std::optional<std::int64_t> latest) noexcept;

    [[nodiscard]] std::uint64_t told() const noexcept { return told_; }
    /// How many marks it holds.
    [[nodiscard]] std::size_t held() const noexcept { return marks_.size(); }
    [[nodiscard]] const std::optional<std::int64_t>& latest() const noexcept { return latest_; }
    /// The mark of message `index`, one of the last `most`.
    [[nodiscard]] message_mark mark(std::uint64_t index) const noexcept { return marks_[index % most]; }

  private:
    [[nodiscard]] bool is_later(std::optional<std::int64_t> at) const noexcept {
        return at && latest_ && *at > *latest_;
    }

    std::vector<message_mark> marks_;  // a ring: message n stands at n % most
    std::uint64_t told_ = 0;
    std::optional<std::int64_t> latest_;  // the latest time of all
};

}  // namespace voltgate
