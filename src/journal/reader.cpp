#include "journal/reader.hpp"

#include "journal/schema.hpp"

#include <chrono>
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
    for (auto& j : waiting_) {
        j.work(nullptr, "the gateway is stopping");
        finish(std::move(j));
    }
}

io_awaitable<void> journal_reader::run(job work, io_executor home) {
    auto initiation = [this, home](auto&& handler, job j) {
        push(std::move(j), std::forward<decltype(handler)>(handler), home);
    };
    co_await asio::async_initiate<const asio::deferred_t, void()>(std::move(initiation), asio::deferred,
                                                                  std::move(work));
}

void journal_reader::push(job work, completion done, const io_executor& home) {
    waiting_job j{std::move(work), std::move(done), home};
    {
        const std::lock_guard lock(mutex_);
        if (waiting_.size() < most_waiting && !stopping_) {
            waiting_.push_back(std::move(j));
            wake_.notify_one();
            return;
        }
    }
    j.work(nullptr, "too many questions wait for the journal; ask again later");
    finish(std::move(j));
}

void journal_reader::finish(waiting_job j) {
    asio::post(j.home, [done = std::move(j.done)]() mutable { std::move(done)(); });
}

void journal_reader::serve(const std::string& file) {
    std::optional<sqlite::database> db;
    std::string refusal;
    std::chrono::steady_clock::time_point deadline;
    for (;;) {
        std::unique_lock lock(mutex_);
        wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
        if (stopping_) return;
        waiting_job j = std::move(waiting_.front());
        waiting_.pop_front();
        lock.unlock();
        try {
            if (!db) {
                db.emplace(open_for_reading(file));
                sqlite3_progress_handler(db->handle(), steps_between_looks, is_overdue, &deadline);
            }
        } catch (const std::exception& e) {
            refusal = e.what();
        }
        deadline = std::chrono::steady_clock::now() + longest_question;
        j.work(db ? &*db : nullptr, refusal.c_str());
        finish(std::move(j));
    }
}

}  // namespace voltgate
