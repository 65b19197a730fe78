#include "journal/reader.hpp"

#include "journal/schema.hpp"

#include <boost/asio/post.hpp>

#include <sqlite3.h>

namespace voltgate {

namespace {

constexpr auto longest_question = std::chrono::seconds(5);
constexpr int steps_between_looks = 10'000;

int is_overdue(void* deadline) {
    return std::chrono::steady_clock::now() > *static_cast<std::chrono::steady_clock::time_point*>(deadline);
}

}  // namespace

journal_reader::journal_reader(const std::string& file) {
    for (std::size_t i = 0; i < thread_count; ++i) threads_.emplace_back([this, file] { serve(file); });
}

journal_reader::~journal_reader() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_all();
    for (auto& t : threads_) t.join();
    for (auto* queue : {&other_work_, &questions_})
        for (auto& j : *queue) refuse(std::move(j), "the gateway is stopping");
}

sqlite::database& journal_reader::connection::database() {
    if (!db_) {
        db_.emplace(open_for_reading(file_));
        sqlite3_progress_handler(db_->handle(), steps_between_looks, is_overdue, &deadline_);
    }
    deadline_ = std::chrono::steady_clock::now() + longest_question;
    return *db_;
}

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
    {
        const std::lock_guard lock(mutex_);
        if (queue.size() < most_waiting && !stopping_) {
            queue.push_back(std::move(j));
            wake_.notify_one();
            return;
        }
    }
    refuse(std::move(j), "too many questions wait for the journal; ask again later");
}

void journal_reader::refuse(waiting_job j, const char* why) {
    j.work(nullptr, why);
    finish(std::move(j));
}

void journal_reader::finish(waiting_job j) {
    asio::post(j.home, [done = std::move(j.done)]() mutable { std::move(done)(); });
}

void journal_reader::serve(const std::string& file) {
    connection own(file);
    for (;;) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !questions_.empty() || !other_work_.empty(); });
        if (stopping_) return;
        auto& queue = other_work_.empty() ? questions_ : other_work_;
        waiting_job j = std::move(queue.front());
        queue.pop_front();
        lock.unlock();
        j.work(&own, nullptr);
        finish(std::move(j));
    }
}

}  // namespace voltgate
