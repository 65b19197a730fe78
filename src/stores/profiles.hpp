// What is set through the HTTP interface of single charge points: labels, the serial number that is expected, and
// settings of their own.
#pragma once

#include "async/io_types.hpp"
#include "stores/revision_change.hpp"

#include <voltgate/config.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace voltgate {

struct charge_point_profile {
    charge_point_profile() = default;
    std::string charge_point_id;                         // as it was spelt when it was set
    std::vector<std::string> labels;                     // ascending, each once
    std::string serial_number;                           // empty: that of the configuration, if there is one
    std::string overrides;                               // as JSON: equal ones are the same text; empty: none
    std::shared_ptr<const profile_settings> overriding;  // the same, read; null: none

    /// Ascending labels and the overrides as they are kept.
    void set_labels(std::vector<std::string> all);
    void set_overrides(const profile_settings& all);
    [[nodiscard]] bool has(const std::vector<std::string>& all) const;
    /// A number for what is set, the same in every run; how the identity is spelt is no part of it.
    [[nodiscard]] std::uint64_t revision() const;
};
using profile_ptr = std::shared_ptr<const charge_point_profile>;

/// Those of all charge points, in memory. Any thread; every call is short but keys_with().
class profile_map {
  public:
    /// Null: nothing was set.
    [[nodiscard]] profile_ptr find(std::string_view charge_point_id) const;
    [[nodiscard]] bool has_labels(std::string_view charge_point_id, const std::vector<std::string>& labels) const;
    /// The folded identities that have all these labels, ascending.
    [[nodiscard]] std::vector<std::string> keys_with(const std::vector<std::string>& labels) const;
    [[nodiscard]] std::size_t size() const;
    /// All profiles, in no order.
    [[nodiscard]] std::vector<profile_ptr> all() const;

    void put(profile_ptr p);
    void remove(std::string_view charge_point_id);

  private:
    mutable std::shared_mutex mutex_;
    std::unordered_map<std::string, profile_ptr> profiles_;  // by folded identity
};

/// What a change is to what is set, `current`, before it is made.
[[nodiscard]] revision_change judge_put(const profile_ptr& current, const charge_point_profile& wanted,
                                        const revision_condition& condition);
[[nodiscard]] revision_change judge_removal(const profile_ptr& current, const revision_condition& condition);

/// Keeps them. What is kept stands in the map when an operation completes.
class profile_port {
  public:
    virtual ~profile_port() = default;
    /// In place of what was set before.
    virtual io_awaitable<revision_change> put(profile_ptr p, revision_condition condition) = 0;
    virtual io_awaitable<revision_change> remove(std::string charge_point_id, revision_condition condition) = 0;
    /// In this order, each in place of what was set before; completes with how many are kept: fewer than all when the
    /// rest could not be stored.
    virtual io_awaitable<std::size_t> import(std::vector<profile_ptr> profiles) = 0;
};

/// The map is all there is.
class memory_profiles final : public profile_port {
  public:
    explicit memory_profiles(std::shared_ptr<profile_map> map) : map_(std::move(map)) {}
    io_awaitable<revision_change> put(profile_ptr p, revision_condition condition) override;
    io_awaitable<revision_change> remove(std::string charge_point_id, revision_condition condition) override;
    io_awaitable<std::size_t> import(std::vector<profile_ptr> profiles) override;

  private:
    std::mutex changing_;
    std::shared_ptr<profile_map> map_;
};

}  // namespace voltgate
