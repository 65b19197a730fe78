#include "journal/profile_store.hpp"

#include "journal/profile_table.hpp"
#include "journal/tables.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace voltgate {

namespace {

using fate = revision_change::fate;

constexpr std::size_t slice = 1000;  // that are stored at once

// The map follows in committed(): on one thread, in the order in which the changes were stored.
class put_op final : public journal_op {
  public:
    put_op(std::shared_ptr<profile_map> map, profile_ptr p, revision_condition condition)
        : map_(std::move(map)), profile_(std::move(p)), condition_(std::move(condition)) {}

    void apply(journal_batch& batch) override {
        auto& table = batch.tables.profiles;
        const std::string key = fold_id(profile_->charge_point_id);
        result = judge_put(table.find(key), *profile_, condition_);
        if (result.what != fate::refused) table.put(key, *profile_);
    }
    void committed() noexcept override {
        if (result.what != fate::refused) map_->put(std::move(profile_));
    }

    revision_change result;

  private:
    std::shared_ptr<profile_map> map_;
    profile_ptr profile_;
    revision_condition condition_;
};

class remove_op final : public journal_op {
  public:
    remove_op(std::shared_ptr<profile_map> map, std::string charge_point_id, revision_condition condition)
        : map_(std::move(map)), id_(std::move(charge_point_id)), condition_(std::move(condition)) {}

    void apply(journal_batch& batch) override {
        auto& table = batch.tables.profiles;
        const std::string key = fold_id(id_);
        result = judge_removal(table.find(key), condition_);
        if (result.what == fate::removed) table.remove(key);
    }
    void committed() noexcept override {
        if (result.what == fate::removed) map_->remove(id_);
    }

    revision_change result;

  private:
    std::shared_ptr<profile_map> map_;
    std::string id_;
    revision_condition condition_;
};

class import_op final : public journal_op {
  public:
    import_op(std::shared_ptr<profile_map> map, std::vector<profile_ptr> profiles)
        : map_(std::move(map)), profiles_(std::move(profiles)) {}

    void apply(journal_batch& batch) override {
        for (const auto& p : profiles_) batch.tables.profiles.put(fold_id(p->charge_point_id), *p);
    }
    void committed() noexcept override {
        for (auto& p : profiles_) map_->put(std::move(p));
    }

  private:
    std::shared_ptr<profile_map> map_;
    std::vector<profile_ptr> profiles_;
};

}  // namespace

journal_profiles::journal_profiles(journal& j, std::shared_ptr<profile_map> map) : journal_(j), map_(std::move(map)) {
    for (auto& p : read_profiles(j.database())) map_->put(std::move(p));
}

io_awaitable<revision_change> journal_profiles::put(profile_ptr p, revision_condition condition) {
    auto op = std::make_shared<put_op>(map_, std::move(p), std::move(condition));
    if (!co_await journal_.perform(op)) co_return revision_change();
    co_return op->result;
}

io_awaitable<std::size_t> journal_profiles::import(std::vector<profile_ptr> profiles) {
    std::size_t stored = 0;
    for (std::span<profile_ptr> rest = profiles; !rest.empty();) {
        const auto some = rest.first(std::min(slice, rest.size()));
        rest = rest.subspan(some.size());
        auto op = std::make_shared<import_op>(map_, std::vector<profile_ptr>(some.begin(), some.end()));
        if (!co_await journal_.perform(std::move(op))) break;
        stored += some.size();
    }
    co_return stored;
}

io_awaitable<revision_change> journal_profiles::remove(std::string charge_point_id, revision_condition condition) {
    auto op = std::make_shared<remove_op>(map_, std::move(charge_point_id), std::move(condition));
    if (!co_await journal_.perform(op)) co_return revision_change();
    co_return op->result;
}

}  // namespace voltgate
