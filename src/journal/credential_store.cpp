#include "journal/credential_store.hpp"

#include "journal/tables.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace voltgate {

namespace {

using fate = credential_change::fate;

class edit_op final : public journal_op {
  public:
    edit_op(std::shared_ptr<credential_map> map, std::string charge_point_id, credential_edit edit)
        : map_(std::move(map)), id_(std::move(charge_point_id)), edit_(std::move(edit)) {}

    void apply(journal_batch& batch) override {
        auto& table = batch.tables.credentials;
        const std::string key = fold_id(id_);
        now_ = table.find(key).value_or(credential());
        result = apply_edit(now_, id_, edit_);
        if (result.what != fate::done) return;
        if (now_.empty()) {
            table.remove(key);
        } else {
            table.put(key, now_);
        }
    }
    void committed() noexcept override {
        if (result.what == fate::done) map_->put(std::move(now_));
    }

    credential_change result;

  private:
    std::shared_ptr<credential_map> map_;
    std::string id_;
    credential_edit edit_;
    credential now_;
};

class put_op final : public journal_op {
  public:
    put_op(std::shared_ptr<credential_map> map, std::vector<credential> fresh)
        : map_(std::move(map)), fresh_(std::move(fresh)) {}

    void apply(journal_batch& batch) override {
        for (const auto& c : fresh_) batch.tables.credentials.put(fold_id(c.charge_point_id), c);
    }
    void committed() noexcept override {
        for (auto& c : fresh_) map_->put(std::move(c));
    }

  private:
    std::shared_ptr<credential_map> map_;
    std::vector<credential> fresh_;
};

constexpr std::size_t slice = 1000;  // that are stored at once

}  // namespace

journal_credentials::journal_credentials(journal& j) : journal_(j), map_(std::make_shared<credential_map>()) {
    for (auto& c : read_credentials(j.database())) map_->put(std::move(c));
}

io_awaitable<std::optional<credential>> journal_credentials::find(std::string charge_point_id) {
    co_return map_->find(charge_point_id);
}

io_awaitable<credential_change> journal_credentials::change(std::string charge_point_id, credential_edit edit) {
    auto op = std::make_shared<edit_op>(map_, std::move(charge_point_id), std::move(edit));
    if (!co_await journal_.perform(op)) co_return credential_change();
    co_return op->result;
}

io_awaitable<std::size_t> journal_credentials::put(std::vector<credential> fresh) {
    std::size_t stored = 0;
    for (std::span<credential> rest = fresh; !rest.empty();) {
        const auto some = rest.first(std::min(slice, rest.size()));
        rest = rest.subspan(some.size());
        const auto begin = std::make_move_iterator(some.begin()), end = std::make_move_iterator(some.end());
        auto op = std::make_shared<put_op>(map_, std::vector<credential>(begin, end));
        if (!co_await journal_.perform(std::move(op))) break;
        stored += some.size();
    }
    co_return stored;
}

}  // namespace voltgate
