// The one worker that writes the journal: it takes what has come, writes it in one transaction, tells who waits.
#pragma once

#include "async/worker.hpp"
#include "journal/age_guard.hpp"
#include "journal/event_record.hpp"
#include "journal/journal_op.hpp"
#include "journal/journal_run.hpp"
#include "journal/privacy_book.hpp"
#include "journal/schema.hpp"
#include "journal/tables.hpp"
#include "observe/journal_stats.hpp"

#include <voltgate/config.hpp>

#include <array>
#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace voltgate {

class clock_source;
class event_bus;
class log;
class platform;

/// What was taken and is not written yet: records of events in their order, and operations with their places in it.
struct journal_input {
    struct placed_op {
        std::shared_ptr<journal_op> op;
        std::size_t at = 0;  // bytes of records that come before it
        std::size_t bytes = 0;
    };
    std::string records;
    std::vector<placed_op> ops;
    std::size_t op_bytes = 0;  // of all of them; what was taken out of a batch counts until its end

    [[nodiscard]] bool empty() const noexcept { return records.empty() && ops.empty(); }
    /// About what it holds in memory.
    [[nodiscard]] std::size_t bytes() const noexcept { return records.size() + op_bytes; }
    void add(std::shared_ptr<journal_op> op);
    void append(const journal_input& later);
    void clear() noexcept;
};

class journal_writer final : private blocking_work {
  public:
    journal_writer(const config& c, const clock_source& clock, platform& machine, event_bus& bus, log& l);
    /// close().
    ~journal_writer() override;
    journal_writer(const journal_writer&) = delete;
    journal_writer& operator=(const journal_writer&) = delete;

    /// Before start(), for those who load what is stored.
    [[nodiscard]] sqlite::database& database() noexcept { return db_; }
    void start();
    [[nodiscard]] privacy_book& privacy() noexcept { return privacy_; }

    // Any thread.
    void record(event& e);
    /// `urgent`: somebody waits for it. False: not taken, the buffer is full or the writer has ended.
    [[nodiscard]] bool submit(std::shared_ptr<journal_op> op, bool urgent);
    [[nodiscard]] journal_stats stats() const;
    /// See journal::confirm_clock().
    [[nodiscard]] bool confirm_clock();
    void close();

  private:
    class batch;
    // While one lives the worker may be waiting for the disk.
    class disk_use {
      public:
        explicit disk_use(journal_writer& w) : writer_(w) {
            writer_.disk_use_began_ = writer_.machine_time().time_since_epoch().count();
        }
        ~disk_use() { writer_.disk_use_began_ = 0; }
        disk_use(const disk_use&) = delete;
        disk_use& operator=(const disk_use&) = delete;

      private:
        journal_writer& writer_;
    };
    using steady_time = std::chrono::steady_clock::time_point;
    using utc_time = std::chrono::system_clock::time_point;

    [[nodiscard]] std::optional<steady_time> step(steady_time now) noexcept override;
    [[nodiscard]] std::optional<steady_time> take(steady_time now);
    [[nodiscard]] steady_time look_after_file(steady_time now);
    [[nodiscard]] steady_time write();
    steady_time forget_batch() noexcept;
    /// By which the worker goes.
    [[nodiscard]] steady_time machine_time() const noexcept;
    void begin();
    void commit(journal_input& input);
    void apply(journal_input& input);
    [[nodiscard]] bool apply_all(journal_input& input);
    void refuse(journal_input& input, std::size_t index, const char* why);
    void undo() noexcept;
    void append_rows();
    void note_session(const record_head& head);
    void note_stop() noexcept;
    [[nodiscard]] steady_time next_attempt() const;
    void prepare_retry(steady_time now);
    void give_up(steady_time now, bool all);
    void complete(std::vector<journal_input::placed_op>&& ops, bool committed);
    void tell(std::uint64_t first);
    void keep_house();
    void keep_house_now();
    [[nodiscard]] bool may_age(utc_time now);
    [[nodiscard]] bool remove_aged(utc_time now);
    void tell_of_jump(std::chrono::seconds by);
    [[nodiscard]] static std::optional<utc_time> last_known_time(sqlite::database& db);
    void checkpoint();
    void save_run() noexcept;
    void set_trouble(const std::string& what);
    void try_again();
    [[nodiscard]] bool wants(const event& e) const noexcept;
    [[nodiscard]] std::size_t buffered() const noexcept { return input_.bytes() + pending_bytes_.load(); }

    const config& config_;
    const clock_source& clock_;
    platform& machine_;
    event_bus& bus_;
    log& log_;
    sqlite::database db_;
    journal_run run_;
    privacy_book privacy_;
    journal_tables tables_;

    mutable std::mutex mutex_;  // of all up to the worker
    journal_input input_;
    bool urgent_ = false, idle_ = false, closed_ = true;
    std::string trouble_;
    age_guard guard_;
    std::uint64_t clock_jumps_ = 0;
    std::unique_ptr<worker> worker_;

    std::atomic<std::uint64_t> last_sequence_{0}, events_{0}, batches_{0}, failed_batches_{0}, shed_{0}, failed_ops_{0},
        commit_nanoseconds_{0}, file_bytes_{0}, long_transactions_{0};
    std::atomic<std::size_t> pending_bytes_{0};                      // of the batch that is being written
    std::atomic<std::chrono::steady_clock::rep> disk_use_began_{0};  // 0: the worker waits for no disk

    // The worker's own.
    static constexpr steady_time never = steady_time::max();
    journal_input writing_;                               // empty, but for a batch that could not be written
    steady_time failed_at_;                               // that batch, the last time
    steady_time flush_at_ = never, gathered_at_ = never;  // of what has come; never: not known yet
    steady_time next_look_;                               // at the file, if nothing comes
    sqlite::statement begin_, commit_, page_count_, free_pages_;
    std::string chunk_;  // the records of the batch, those of its operations among them
    steady_time next_housekeeping_, next_save_, give_up_at_ = never;
    bool tables_stale_ = false;  // a batch was undone: what the tables remember is of no use
    int wal_pages_ = 0;
    std::int64_t page_size_ = 0;
    std::uint32_t housekeepings_ = 0;
    std::optional<utc_time> aged_at_;            // unset: there may be more to remove
    std::optional<std::uint64_t> kept_batches_;  // of the file that housekeeping left in order
    std::optional<utc_time> noted_time_;         // in the file, for the next process
};

}  // namespace voltgate
