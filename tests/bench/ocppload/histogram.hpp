// Counts nanoseconds in 64 buckets per power of two, so that a quantile is at most 1.6 % too high.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace ocppload {

class histogram {
  public:
    void add(std::int64_t ns) {
        auto v = static_cast<std::uint64_t>(std::max<std::int64_t>(ns, 0));
        ++counts_[bucket(v)];
        ++count_;
        max_ = std::max(max_, v);
    }

    double max_us() const { return static_cast<double>(max_) / 1e3; }

    double quantile_us(double q) const {
        auto wanted = static_cast<std::uint64_t>(std::ceil(q * static_cast<double>(count_)));
        std::uint64_t seen = 0;
        for (std::size_t i = 0; i < counts_.size() && count_ > 0; ++i) {
            seen += counts_[i];
            if (seen >= std::max<std::uint64_t>(wanted, 1)) {
                return static_cast<double>(std::min(highest_value(i), max_)) / 1e3;
            }
        }
        return max_us();
    }

  private:
    static std::size_t bucket(std::uint64_t v) {
        if (v < 64) return v;
        auto shift = static_cast<unsigned>(std::bit_width(v)) - 7;
        return (shift + 1) * 64 + ((v >> shift) - 64);
    }
    static std::uint64_t highest_value(std::size_t i) {
        if (i < 64) return i;
        return ((i % 64 + 65) << (i / 64 - 1)) - 1;
    }

    std::vector<std::uint64_t> counts_ = std::vector<std::uint64_t>(59 * 64);
    std::uint64_t count_ = 0;
    std::uint64_t max_ = 0;
};

}  // namespace ocppload
