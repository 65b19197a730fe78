#include "journal/reader.hpp"

#include "async/platform.hpp"
#include "journal/schema.hpp"

#include <voltgate/clock.hpp>

#include <boost/asio/post.hpp>

#include <algorithm>
#include <sqlite3.h>
#include <utility>

namespace voltgate {

namespace {

constexpr auto longest_question = std::chrono::seconds(5);
constexpr int steps_between_looks = 10'000;

constexpr const char* is_stopping = "the gateway is stopping";

}  // namespace

/// One worker, which takes what comes as soon as it has nothing to do.
class journal_reader::reading final : public blocking_work {
  public:
    reading(journal_reader& of, const std::string& file, const platform& machine)
        : of_(of), own_(file, machine.clock(), of.stopping_) {}

    void begin(platform& machine) { worker_ = machine.employ(*this); }
    void wake() noexcept { worker_->wake(); }
    void finish() {
        if (!worker_) return;
        wake();
        worker_.reset();
    }

    bool idle = false;  // under the reader's mutex

  private:
    [[nodiscard]] std::optional<time_point> step(time_point) noexcept override {
        auto job = of_.next(*this);
        if (!job) return of_.stopping_ ? std::nullopt : std::optional(when_woken);
        job->work(&own_, nullptr);
        journal_reader::complete(std::move(*job));
        return at_once;
    }

    journal_reader& of_;
    connection own_;
    std::unique_ptr<worker> worker_;
};

journal_reader::journal_reader(const std::string& file, platform& machine) {
    for (std::size_t i = 0; i < worker_count; ++i) workers_.push_back(std::make_unique<reading>(*this, file, machine));
    try {
        for (auto& each : workers_) each->begin(machine);
    } catch (const std::exception&) {
        finish();
        throw;
    }
}

journal_reader::~journal_reader() { finish(); }

void journal_reader::finish() {
    stop();
    for (auto& each : workers_) each->finish();
}

void journal_reader::stop() {
    std::deque<waiting_job> refused;
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (auto* queue : {&other_work_, &questions_}) {
            for (auto& j : *queue) refused.push_back(std::move(j));
            queue->clear();
        }
    }
    for (auto& j : refused) refuse(std::move(j), is_stopping);
}

sqlite::database& journal_reader::connection::database() {
    if (!db_) {
        db_.emplace(open_for_reading(file_));
        const auto look = [](void* self) { return static_cast<connection*>(self)->is_overdue() ? 1 : 0; };
        sqlite3_progress_handler(db_->handle(), steps_between_looks, look, this);
    }
    deadline_ = clock_.steady() + longest_question;
    return *db_;
}

bool journal_reader::connection::is_overdue() const noexcept { return stopping_ || clock_.steady() > deadline_; }

io_awaitable<void> journal_reader::wait_for_answer(question_job work, io_executor home) {
    auto initiation = [this, home](auto&& handler, question_job j) {
        take(questions_, {std::move(j), std::forward<decltype(handler)>(handler), home});
    };
    co_await asio::async_initiate<const asio::deferred_t, void()>(std::move(initiation), asio::deferred,
                                                                  std::move(work));
}

void journal_reader::push(job todo, completion done, io_executor home) {
    auto work = [todo = std::move(todo)](const connection*, const char* refusal) { todo(refusal); };
    take(other_work_, {std::move(work), std::move(done), std::move(home)});
}

void journal_reader::take(std::deque<waiting_job>& queue, waiting_job j) {
    const char* why = is_stopping;
    {
        const std::lock_guard lock(mutex_);
        if (queue.size() >= most_waiting) why = "too many questions wait for the journal; ask again later";
        if (queue.size() < most_waiting && !stopping_) {
            queue.push_back(std::move(j));
            const auto free = std::ranges::find_if(workers_, [](const auto& each) { return each->idle; });
            if (free == workers_.end()) return;
            (*free)->idle = false;
            (*free)->wake();
            return;
        }
    }
    refuse(std::move(j), why);
}

std::optional<journal_reader::waiting_job> journal_reader::next(reading& free) {
    const std::lock_guard lock(mutex_);
    auto& queue = other_work_.empty() || (question_next_ && !questions_.empty()) ? questions_ : other_work_;
    free.idle = queue.empty();
    if (free.idle) return std::nullopt;
    question_next_ = &queue == &other_work_;
    waiting_job j = std::move(queue.front());
    queue.pop_front();
    return j;
}

void journal_reader::refuse(waiting_job j, const char* why) {
    j.work(nullptr, why);
    complete(std::move(j));
}

void journal_reader::complete(waiting_job j) {
    asio::post(j.home, [done = std::move(j.done)]() mutable { std::move(done)(); });
}

}  // namespace voltgate
