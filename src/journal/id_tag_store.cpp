#include "journal/id_tag_store.hpp"

#include "journal/id_tag_map.hpp"
#include "journal/tables.hpp"
#include "stations/charge_point.hpp"
#include "text/fold_id.hpp"

#include <voltgate/gateway.hpp>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace voltgate {

namespace {

using fate = revision_change::fate;

constexpr std::size_t slice = 1000;         // entries of the list in memory that change at once
constexpr std::size_t import_slice = 5000;  // entries that are stored at once

// The list in memory follows in committed(): on one thread, in the order in which the changes were stored.
class put_op final : public journal_op {
  public:
    put_op(std::shared_ptr<id_tag_map> list, id_tag_entry e, revision_condition condition)
        : list_(std::move(list)), entry_(std::move(e)), condition_(std::move(condition)) {}

    void apply(journal_batch& batch) override {
        auto& table = batch.tables.id_tags;
        const std::string key = fold_id(entry_.id_tag);
        const auto current = table.revision_of(key);
        result.revision = current;
        result.what = fate::refused;
        if (condition_ && !condition_(current)) return;
        result.what = current ? fate::changed : fate::created;
        result.revision = table.next_revision();
        table.put(key, entry_, *result.revision);
    }
    void committed() noexcept override {
        if (result.what != fate::refused) list_->put(std::span(&entry_, 1));
    }

    revision_change result;

  private:
    std::shared_ptr<id_tag_map> list_;
    id_tag_entry entry_;
    revision_condition condition_;
};

class remove_op final : public journal_op {
  public:
    remove_op(std::shared_ptr<id_tag_map> list, std::string id_tag, revision_condition condition)
        : list_(std::move(list)), id_tag_(std::move(id_tag)), condition_(std::move(condition)) {}

    void apply(journal_batch& batch) override {
        auto& table = batch.tables.id_tags;
        const std::string key = fold_id(id_tag_);
        const auto current = table.revision_of(key);
        result.revision = current;
        result.what = fate::missing;
        if (!current) return;
        result.what = fate::refused;
        if (condition_ && !condition_(current)) return;
        result.what = fate::removed;
        result.revision = std::nullopt;
        table.remove(key);
    }
    void committed() noexcept override {
        if (result.what == fate::removed) list_->remove(id_tag_);
    }

    revision_change result;

  private:
    std::shared_ptr<id_tag_map> list_;
    std::string id_tag_;
    revision_condition condition_;
};

class import_op final : public journal_op {
  public:
    import_op(std::shared_ptr<id_tag_map> list, std::vector<id_tag_entry> entries)
        : list_(std::move(list)), entries_(std::move(entries)) {}

    void apply(journal_batch& batch) override {
        auto& table = batch.tables.id_tags;
        const std::uint64_t revision = table.next_revision();
        for (const auto& e : entries_) table.put(fold_id(e.id_tag), e, revision);
    }
    void committed() noexcept override {
        for (std::span<const id_tag_entry> rest = entries_; !rest.empty();) {
            const auto some = rest.first(std::min(slice, rest.size()));
            list_->put(some);
            rest = rest.subspan(some.size());
        }
        entries_ = {};  // here, for freeing a million takes a while
    }

  private:
    std::shared_ptr<id_tag_map> list_;
    std::vector<id_tag_entry> entries_;
};

void load(sqlite::database& db, id_tag_map& into) {
    id_tag_query next;
    next.limit = slice;
    for (;;) {
        const auto entries = read_id_tags(db, next);
        into.put(entries);
        if (entries.size() < slice) return;
        next.after = entries.back().id_tag;
    }
}

}  // namespace

journal_id_tags::journal_id_tags(journal& j, const authorization_config& config, const clock_source& clock)
    : journal_(j), clock_(clock), others_(config), list_(std::make_shared<id_tag_map>()) {
    load(j.database(), *list_);
}

io_awaitable<id_tag_info> journal_id_tags::find(std::string charge_point_id, std::optional<std::string> id_tag) {
    auto listed = list_->find(id_tag.value_or(""));
    const bool expired = listed && listed->expires && *listed->expires <= clock_.utc();
    if (expired && listed->status == id_tag_status::accepted) listed->status = id_tag_status::expired;
    // The empty tag is not that of a message without one, but leaving it out is no way around it.
    if (!id_tag && listed && listed->status == id_tag_status::accepted) listed.reset();
    if (!listed) co_return co_await others_.find(std::move(charge_point_id), std::move(id_tag));
    co_return std::move(*listed);
}

io_awaitable<revision_change> journal_id_tags::put(id_tag_entry e, revision_condition condition) {
    auto op = std::make_shared<put_op>(list_, std::move(e), std::move(condition));
    if (!co_await journal_.perform(op)) co_return revision_change();
    co_return op->result;
}

io_awaitable<revision_change> journal_id_tags::remove(std::string id_tag, revision_condition condition) {
    auto op = std::make_shared<remove_op>(list_, std::move(id_tag), std::move(condition));
    if (!co_await journal_.perform(op)) co_return revision_change();
    co_return op->result;
}

io_awaitable<std::size_t> journal_id_tags::import(std::vector<id_tag_entry> entries) {
    // Commits of their own: transaction messages are not to wait for all of a long list.
    std::size_t stored = 0;
    for (std::span<id_tag_entry> rest = entries; !rest.empty();) {
        const auto some = rest.first(std::min(import_slice, rest.size()));
        rest = rest.subspan(some.size());
        const auto begin = std::make_move_iterator(some.begin()), end = std::make_move_iterator(some.end());
        auto op = std::make_shared<import_op>(list_, std::vector<id_tag_entry>(begin, end));
        if (!co_await journal_.perform(std::move(op))) break;
        stored += some.size();
    }
    co_return stored;
}

}  // namespace voltgate
