// One unit of work for the journal's writer, and what it works with.
#pragma once

#include "async/io_types.hpp"
#include "async/op_allocator.hpp"
#include "journal/sqlite.hpp"

#include <voltgate/event.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace voltgate {

class journal_tables;

/// The batch that is being written: what an operation may do in it.
class journal_batch {
  public:
    explicit journal_batch(journal_tables& t) : tables(t) {}
    virtual ~journal_batch() = default;

    /// Adds an event behind all that came before it; it becomes public with the commit. Without an id (all bits zero)
    /// it is given one. `mark`: see append_record.
    virtual void add(event& e, std::uint64_t mark = 0) = 0;
    void add(event&& e) { add(e); }

    journal_tables& tables;
};

class journal_op {
  public:
    using completion = asio::any_completion_handler<void(bool)>;

    virtual ~journal_op() = default;

    /// On the writer's thread, inside the transaction of its batch, in the order of submission. When the batch cannot
    /// be committed it is applied anew in a later one, so it leaves nothing behind outside of the database but its
    /// result.
    virtual void apply(journal_batch& batch) = 0;

    /// On the writer's thread, once the batch is stored, in the order of application and before whoever waits is told:
    /// for what is in memory and has to follow the database, change by change.
    virtual void committed() noexcept {}

    /// About what it holds in memory while it waits; asked once, when it is taken.
    [[nodiscard]] virtual std::size_t bytes() const noexcept { return 1024; }

  private:
    friend class journal;
    friend class journal_writer;

    void complete(bool committed) {
        if (!handler_) return;
        auto handler = std::exchange(handler_, {});
        if (auto slot = asio::get_associated_cancellation_slot(handler); slot.is_connected()) slot.clear();
        std::move(handler)(committed);
    }

    std::optional<io_executor> home_;  // of the thread that waits for it; none: nobody waits
    completion handler_;               // that thread only
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
};

/// An operation that is one function.
template <class Function>
class function_op final : public journal_op {
  public:
    explicit function_op(Function f) : function_(std::move(f)) {}
    void apply(journal_batch& batch) override { function_(batch); }

  private:
    Function function_;
};

template <class Function>
[[nodiscard]] std::shared_ptr<journal_op> make_op(Function f) {
    return std::make_shared<function_op<Function>>(std::move(f));
}

/// For those of messages: from the thread's own blocks.
template <class Operation, class... Arguments>
[[nodiscard]] std::shared_ptr<Operation> make_op_often(Arguments&&... arguments) {
    return std::allocate_shared<Operation>(op_allocator<Operation>(), std::forward<Arguments>(arguments)...);
}

}  // namespace voltgate
