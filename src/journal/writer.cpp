#include "journal/writer.hpp"

#include "async/platform.hpp"
#include "events/bus.hpp"
#include "events/event_id.hpp"
#include "journal/advice.hpp"
#include "journal/erase_tag.hpp"
#include "observe/log.hpp"
#include "stores/stored_time.hpp"

#include <voltgate/clock.hpp>
#include <voltgate/gateway.hpp>

#include <boost/asio/post.hpp>

#include <algorithm>
#include <sqlite3.h>
#include <utility>

namespace voltgate {

namespace {

using std::chrono::milliseconds;

constexpr auto gathering_time = milliseconds(4);     // of what somebody waits for
constexpr auto slow_disk = std::chrono::seconds(2);  // health tells of one that takes longer
constexpr auto idle_interval = std::chrono::seconds(1);
constexpr std::size_t batch_bytes = 4 * 1024 * 1024;

commit_durability durability_of(const config& c) {
    return c.events.durability == events_config::durable::disk ? commit_durability::disk : commit_durability::process;
}

// Errors that an operation makes by itself; all others are the file's, and trying again may help.
bool is_its_own_fault(const sqlite::error& e) {
    const int code = e.code();
    return code == SQLITE_CONSTRAINT || code == SQLITE_ERROR || code == SQLITE_MISMATCH || code == SQLITE_RANGE ||
           code == SQLITE_TOOBIG || code == SQLITE_MISUSE;
}

std::string slow_disk_text(std::chrono::steady_clock::duration waiting) {
    return "the disk has not finished a write for " +
           std::to_string(std::chrono::duration_cast<std::chrono::seconds>(waiting).count()) +
           " s; it is overloaded or failing";
}

// These go first when the buffer fills up.
bool is_expendable(event_type t) noexcept {
    return t == event_type::meter_values_received || t == event_type::authorization_requested ||
           t == event_type::data_transfer_received;
}

// What a large batch needed does not stay for ever.
void make_empty(std::string& buffer) noexcept {
    constexpr std::size_t kept_bytes = 256UL * 1024;
    buffer.clear();
    if (buffer.capacity() > kept_bytes) std::string().swap(buffer);  // an assignment would keep it
}

}  // namespace

void journal_input::add(std::shared_ptr<journal_op> op) {
    const std::size_t size = op->bytes();
    ops.push_back({std::move(op), records.size(), size});
    op_bytes += size;
}

void journal_input::append(const journal_input& later) {
    for (const auto& p : later.ops) ops.push_back({p.op, p.at + records.size(), p.bytes});
    op_bytes += later.op_bytes;
    records += later.records;
}

void journal_input::clear() noexcept {
    make_empty(records);
    ops.clear();
    op_bytes = 0;
}

class journal_writer::batch final : public journal_batch {
  public:
    explicit batch(journal_writer& w) : journal_batch(w.tables_), writer_(w) {}
    void add(event& e, std::uint64_t mark) override {
        if (e.id == decltype(e.id){}) e.id = make_event_id(writer_.machine_.random());
        append_record(writer_.chunk_, e, mark);
    }

  private:
    journal_writer& writer_;
};

journal_writer::journal_writer(const config& c, const clock_source& clock, platform& machine, event_bus& bus, log& l)
    : config_(c),
      clock_(clock),
      machine_(machine),
      bus_(bus),
      log_(l),
      db_(open_for_writing(journal_file(c.journal.path), durability_of(c), machine.random())),
      run_(db_, c.journal.path, machine, l),
      privacy_(c.journal.path, machine),
      tables_(db_),
      guard_(clock.utc(), clock.steady(), last_known_time(db_)),
      begin_(db_, "BEGIN IMMEDIATE"),
      commit_(db_, "COMMIT"),
      page_count_(db_, "PRAGMA page_count"),
      free_pages_(db_, "PRAGMA freelist_count"),
      page_size_(db_.number("PRAGMA page_size").value_or(0)) {
    if (run_.restored()) erase_again(db_, privacy_, machine.random());
    last_sequence_ = tables_.events.next_sequence() - 1;
    db_.execute("PRAGMA wal_autocheckpoint = 1000");  // until the hook below takes its place
    tables_.index.catch_up(tables_.events.next_sequence());
    const auto count_pages = [](void* self, sqlite3*, const char*, int pages) {
        static_cast<journal_writer*>(self)->wal_pages_ = pages;
        return SQLITE_OK;
    };
    sqlite3_wal_hook(db_.handle(), count_pages, this);
}

journal_writer::~journal_writer() { close(); }

void journal_writer::start() {
    closed_ = false;
    if (guard_.held()) {
        clock_jumps_ = 1;
        tell_of_jump(guard_.last_jump());
    }
    next_look_ = machine_time() + idle_interval;
    worker_ = machine_.employ(*this);
}

// ------------------------------------------------------------------------------------------------- taking (any thread)

bool journal_writer::wants(const event& e) const noexcept {
    const std::size_t limit = config_.journal.buffer;
    return buffered() < (is_expendable(e.type) ? limit / 2 : limit / 4 * 3);
}

void journal_writer::record(event& e) {
    e.id = make_event_id(machine_.random());
    const std::lock_guard lock(mutex_);
    if (closed_ || !wants(e)) {
        shed_.fetch_add(1, std::memory_order_relaxed);
        return;
    }
    append_record(input_.records, e);
    if (idle_) worker_->wake();
}

bool journal_writer::submit(std::shared_ptr<journal_op> op, bool urgent) {
    const std::lock_guard lock(mutex_);
    if (closed_ || (urgent && buffered() >= config_.journal.buffer)) {
        failed_ops_.fetch_add(1, std::memory_order_relaxed);
        return false;
    }
    input_.add(std::move(op));
    if (idle_ || (urgent && !std::exchange(urgent_, true))) worker_->wake();
    return true;
}

journal_stats journal_writer::stats() const {
    journal_stats s;
    s.events = events_;
    s.batches = batches_;
    s.failed_batches = failed_batches_;
    s.shed_events = shed_;
    s.failed_operations = failed_ops_;
    s.commit_nanoseconds = commit_nanoseconds_;
    s.file_bytes = file_bytes_;
    s.long_transactions = long_transactions_;
    s.last_sequence = last_sequence_;
    s.restored = run_.restored();
    const auto began = disk_use_began_.load();
    const auto waiting = machine_time().time_since_epoch() - steady_time::duration(began);
    const std::lock_guard lock(mutex_);
    s.buffered_bytes = buffered();
    s.trouble = trouble_;
    s.clock_jumps = clock_jumps_;
    s.ageing_held = guard_.held();
    s.last_clock_jump = guard_.last_jump();
    if (s.trouble.empty() && began != 0 && waiting > slow_disk) s.trouble = slow_disk_text(waiting);
    return s;
}

void journal_writer::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
    }
    if (worker_) worker_->wake();
    worker_.reset();
}

// --------------------------------------------------------------------------------------------- writing (its worker)

journal_writer::steady_time journal_writer::machine_time() const noexcept { return machine_.clock().steady(); }

std::optional<journal_writer::steady_time> journal_writer::step(steady_time now) noexcept {
    if (!writing_.empty()) {
        if (const auto again = next_attempt(); now < again) return again;
        prepare_retry(now);
        if (writing_.empty()) return forget_batch();
        return write();
    }
    const auto due = take(now);
    if (!due) {
        note_stop();
        save_run();
        return std::nullopt;
    }
    if (!writing_.empty()) return write();
    return *due == never ? look_after_file(now) : *due;
}

// What has come, once it is due, else when it will be: never, while there is nothing. None: there will be no more.
std::optional<journal_writer::steady_time> journal_writer::take(steady_time now) {
    const std::lock_guard lock(mutex_);
    idle_ = input_.empty();
    if (idle_) return closed_ ? std::nullopt : std::optional(never);
    if (flush_at_ == never) flush_at_ = now + config_.events.flush_interval;
    const bool hurried = urgent_ || closed_ || input_.bytes() > batch_bytes;
    if (!hurried && now < flush_at_) return flush_at_;
    // Others will be at it as well: one commit for all of them.
    if (gathered_at_ == never) gathered_at_ = now + gathering_time;
    if (!closed_ && now < gathered_at_) return gathered_at_;
    std::swap(writing_, input_);
    flush_at_ = gathered_at_ = never;
    urgent_ = false;
    pending_bytes_ = writing_.bytes();
    return now;
}

journal_writer::steady_time journal_writer::look_after_file(steady_time now) {
    if (now < next_look_) return next_look_;
    if (!trouble_.empty()) try_again();
    keep_house();
    next_look_ = machine_time() + idle_interval;
    return next_look_;
}

// When to be called again.
journal_writer::steady_time journal_writer::write() {
    try {
        commit(writing_);
        if (!trouble_.empty()) set_trouble({});
    } catch (const sqlite::error& e) {
        failed_batches_.fetch_add(1, std::memory_order_relaxed);
        undo();
        set_trouble(with_advice(e));
        failed_at_ = machine_time();
        return writing_.empty() ? forget_batch() : next_attempt();
    }
    const auto next = forget_batch();
    keep_house();
    next_look_ = machine_time() + idle_interval;
    return next;
}

// What was refused or given up has left its bytes in it.
journal_writer::steady_time journal_writer::forget_batch() noexcept {
    writing_.clear();
    pending_bytes_ = 0;
    return at_once;
}

// What the tables remember is read anew before the next transaction: now the file may not be readable.
void journal_writer::undo() noexcept {
    if (sqlite3_get_autocommit(db_.handle()) == 0) sqlite3_exec(db_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
    tables_stale_ = true;
}

void journal_writer::begin() {
    if (tables_stale_) tables_.rolled_back();
    tables_stale_ = false;
    begin_.run();
}

void journal_writer::commit(journal_input& input) {
    const disk_use marked(*this);
    const auto started = machine_time();
    begin();
    const std::uint64_t first = tables_.events.next_sequence();
    apply(input);
    append_rows();
    commit_.run();
    tables_.committed();
    pending_bytes_ = 0;  // before anybody is told that it is stored
    const std::uint64_t last = tables_.events.next_sequence() - 1;
    last_sequence_.store(last, std::memory_order_release);
    events_.fetch_add(last + 1 - first, std::memory_order_relaxed);
    batches_.fetch_add(1, std::memory_order_relaxed);
    const auto took = machine_time() - started;
    commit_nanoseconds_.fetch_add(
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(took).count()),
        std::memory_order_relaxed);
    tell(first);
    for (const auto& placed : input.ops) placed.op->committed();
    complete(std::move(input.ops), true);
    make_empty(chunk_);
}

void journal_writer::apply(journal_input& input) {
    while (!apply_all(input)) {
        undo();
        begin();
    }
}

// An operation that fails by its own fault is taken out, and its batch has to begin anew without it: false.
bool journal_writer::apply_all(journal_input& input) {
    chunk_.clear();
    batch b(*this);
    std::size_t done = 0;
    for (std::size_t i = 0; i < input.ops.size(); ++i) {
        const auto& placed = input.ops[i];
        chunk_.append(input.records, done, placed.at - done);
        done = placed.at;
        try {
            placed.op->apply(b);
        } catch (const sqlite::error& e) {
            if (!is_its_own_fault(e)) throw;
            refuse(input, i, e.what());
            return false;
        } catch (const std::exception& e) {
            refuse(input, i, e.what());
            return false;
        }
    }
    chunk_.append(input.records, done);
    return true;
}

void journal_writer::refuse(journal_input& input, std::size_t index, const char* why) {
    log_.error("the journal cannot do what it was asked to", {{"what", why}});
    std::vector<journal_input::placed_op> refused;
    refused.push_back(std::move(input.ops[index]));
    input.ops.erase(input.ops.begin() + static_cast<std::ptrdiff_t>(index));
    complete(std::move(refused), false);
}

void journal_writer::append_rows() {
    const std::int64_t now = stored_time(clock_.utc());
    std::string_view rest = chunk_;
    while (!rest.empty()) {
        std::string_view ahead = rest;
        std::size_t count = 0;
        while (rest.size() - ahead.size() < event_table::row_bytes) {
            const auto head = take_record_head(ahead);
            if (!head) break;
            note_session(*head);
            tables_.index.note(tables_.events.next_sequence() + count, *head);
            ++count;
        }
        if (count == 0) break;
        tables_.events.append(rest.substr(0, rest.size() - ahead.size()), count, now);
        rest = ahead;
    }
}

// Which sessions are open is known to whoever finds the file after a crash.
void journal_writer::note_session(const record_head& head) {
    if (head.type == event_type::charge_point_connected) {
        tables_.charge_points.session_opened(head.charge_point_id, head.epoch, head.version);
    } else if (head.type == event_type::charge_point_disconnected) {
        tables_.charge_points.session_ended(head.charge_point_id, head.epoch);
    }
}

void journal_writer::note_stop() noexcept {
    if (!trouble_.empty()) return;
    try {
        begin();
        tables_.marks.save_all(tables_.events.next_sequence() - 1);
        db_.execute("UPDATE meta SET value = 'stopped' WHERE name = 'process'");
        commit_.run();
    } catch (const sqlite::error&) {
        undo();
    }
}

void journal_writer::tell(std::uint64_t first) {
    std::string_view rest = chunk_;
    for (std::uint64_t sequence = first; !rest.empty(); ++sequence) {
        std::string_view ahead = rest;
        const auto head = take_record_head(ahead);
        if (!head) return;
        if (bus_.wanted(head->type)) {
            event e;
            if (!take_record(rest, e)) return;
            e.sequence = sequence;
            bus_.deliver(std::move(e));
        }
        rest = ahead;
    }
}

// One wake-up for every thread that somebody waits on.
void journal_writer::complete(std::vector<journal_input::placed_op>&& ops, bool committed) {
    if (!committed) failed_ops_.fetch_add(ops.size(), std::memory_order_relaxed);
    std::vector<std::pair<io_executor, std::vector<std::shared_ptr<journal_op>>>> by_thread;
    for (auto& placed : ops) {
        const auto& home = placed.op->home_;
        if (!home) continue;
        auto found = std::find_if(by_thread.begin(), by_thread.end(),
                                  [&](const auto& t) { return &t.first.context() == &home->context(); });
        if (found == by_thread.end()) {
            found = by_thread.emplace(by_thread.end(), *home, 0);
            found->second.reserve(ops.size());
        }
        found->second.push_back(std::move(placed.op));
    }
    for (auto& [home, waited_for] : by_thread) {
        asio::post(home, [done = std::move(waited_for), committed] {
            for (const auto& op : done) op->complete(committed);
        });
    }
    ops.clear();
}

}  // namespace voltgate
