// Which sequence numbers of a transaction have come: out of order, with gaps, and told apart from repetitions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

class sequence_set {
  public:
    /// When there are more gaps than this, those furthest back are forgotten: better a message told twice than one
    /// that is taken for a repetition and lost.
    static constexpr std::size_t most_ranges = 32;

    sequence_set() = default;
    /// What text() gave; anything else is an empty set.
    explicit sequence_set(std::string_view text);

    [[nodiscard]] bool contains(std::int64_t number) const noexcept;
    /// How many numbers before this one are missing that a higher one has not told to be missing already.
    [[nodiscard]] std::int64_t missing_before(std::int64_t number) const noexcept;
    void add(std::int64_t number);

    [[nodiscard]] bool empty() const noexcept { return ranges_.empty(); }
    /// The highest; it has to hold one.
    [[nodiscard]] std::int64_t last() const noexcept { return ranges_.back().second; }
    /// One range: nothing is missing between the first and the last.
    [[nodiscard]] bool has_gaps() const noexcept { return ranges_.size() > 1; }
    /// "0-5,7"
    [[nodiscard]] std::string text() const;

  private:
    std::vector<std::pair<std::int64_t, std::int64_t>> ranges_;  // first and last of each, ascending, apart
};

}  // namespace voltgate
