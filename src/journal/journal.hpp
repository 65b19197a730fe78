// The journal: one SQLite file, one thread that writes it in batches, a few that read it. No I/O thread ever waits.
#pragma once

#include "journal/journal_op.hpp"
#include "journal/reader.hpp"
#include "journal/schema.hpp"
#include "observe/journal_stats.hpp"

#include <voltgate/config.hpp>
#include <voltgate/event.hpp>

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/bind_allocator.hpp>
#include <boost/asio/deferred.hpp>

#include <memory>
#include <string>
#include <utility>

namespace voltgate {

class platform;
class random_source;

class clock_source;
class directory_lock;
class event_bus;
class journal_writer;
class log;
class privacy_book;

class journal {
  public:
    /// Opens the file, or makes it. Throws sqlite::error, std::system_error: `what()` is for the operator.
    /// `bus` gets every event, in order, once it is stored; on the writer's thread.
    journal(const config& c, const clock_source& clock, platform& machine, event_bus& bus, log& l);
    /// close().
    ~journal();
    journal(const journal&) = delete;
    journal& operator=(const journal&) = delete;

    /// What is stored, for those who load it before start().
    [[nodiscard]] sqlite::database& database() noexcept;
    void start();

    // Everything below may be called from any thread, and while the file cannot be written.

    /// Takes an event that nobody waits for, and gives it an id; stored within events.flush_interval. `e` keeps its
    /// strings' memory. Dropped and counted when journal.buffer is nearly full.
    void record(event& e);
    void record(event&& e) { record(e); }

    /// Takes an operation that nobody waits for, behind everything taken before.
    void submit(std::shared_ptr<journal_op> op);

    /// Takes an operation and completes when it is committed: true; or when it will not be: false, after
    /// events.commit_timeout, when journal.buffer is full or the journal is closed. A terminal cancellation completes
    /// it with false and leaves the operation on its way. To be awaited in a coroutine of an I/O thread.
    /// `op` stays where it is until then: g++ 12 loses its way in a coroutine that awaits what owns something.
    [[nodiscard]] auto async_perform(const std::shared_ptr<journal_op>& op) {
        auto token = asio::bind_allocator(op_allocator<void>(), asio::deferred);
        return asio::async_initiate<decltype(token), void(bool)>(initiation(*this), token, &op);
    }
    auto async_perform(std::shared_ptr<journal_op>&&) = delete;
    /// The same as a coroutine.
    io_awaitable<bool> perform(std::shared_ptr<journal_op> op);

    /// Completes once everything taken before is stored; at once while the file cannot be written.
    io_awaitable<void> flush();

    /// The key of pseudonyms, and what was erased; see there who may use it.
    [[nodiscard]] privacy_book& privacy() noexcept;

    /// What to ask about what is stored. Until close().
    [[nodiscard]] journal_reader& reader() noexcept { return *reader_; }

    [[nodiscard]] journal_stats stats() const;
    /// The machine's clock is right as it is now: what is old is removed again. False: nothing was held.
    [[nodiscard]] bool confirm_clock();
    [[nodiscard]] random_source& random() noexcept;
    /// Tells this journal from every other in resume cursors.
    [[nodiscard]] const std::string& id() const noexcept { return id_; }

    /// Writes what was taken, as far as it can within events.commit_timeout, and ends the threads.
    void close();

  private:
    class initiation {
      public:
        explicit initiation(journal& j) : journal_(j) {}
        template <class Handler>
        void operator()(Handler&& handler, const std::shared_ptr<journal_op>* op) const {
            const io_executor home = asio::get_associated_executor(handler);
            journal_.start(*op, std::forward<Handler>(handler), home);
        }

      private:
        journal& journal_;
    };

    void start(std::shared_ptr<journal_op> op, journal_op::completion handler, const io_executor& home);

    platform& machine_;
    const duration commit_timeout_;
    std::unique_ptr<directory_lock> lock_;
    std::unique_ptr<journal_writer> writer_;
    std::string file_;
    std::string id_;
    std::unique_ptr<journal_reader> reader_;
};

}  // namespace voltgate
