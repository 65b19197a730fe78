// Questions about what is stored: answered by workers of their own, each with its own connection. They do other work
// that would keep the I/O threads too long as well: more workers would only take the processor from those.
#pragma once

#include "async/io_types.hpp"
#include "async/offload.hpp"
#include "async/worker.hpp"
#include "journal/sqlite.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace voltgate {

class clock_source;
class platform;

class journal_reader final : public offload {
  public:
    /// `machine` outlives it.
    journal_reader(const std::string& file, platform& machine);
    /// stop(), and waits for what is under way.
    ~journal_reader() override;

    /// What waits is answered with an error, as is what comes from here on; questions under way are broken off. Any
    /// thread.
    void stop();

    /// Runs `question(sqlite::database&) -> Value` as run() does. A question has 5 seconds; no more than 256 wait, and
    /// as much other work.
    template <class Value, class Question>
    io_awaitable<attempt<Value>> ask(Question question) {
        auto result = std::make_shared<attempt<Value>>();
        question_job work = [result, question = std::move(question)](connection* c, const char* refusal) mutable {
            if (!c) {
                result->error = refusal;
                return;
            }
            try {
                result->value.emplace(question(c->database()));
            } catch (const std::exception& e) {
                result->error = e.what();
            }
        };
        const io_executor home = co_await asio::this_coro::executor;
        co_await wait_for_answer(std::move(work), home);
        co_return std::move(*result);
    }

  private:
    /// A worker's own, opened when it is needed.
    class connection {
      public:
        connection(std::string file, const clock_source& clock, const std::atomic<bool>& stopping)
            : file_(std::move(file)), clock_(clock), stopping_(stopping) {}
        /// From here on a question has its time.
        [[nodiscard]] sqlite::database& database();

      private:
        [[nodiscard]] bool is_overdue() const noexcept;

        std::string file_;
        const clock_source& clock_;
        const std::atomic<bool>& stopping_;
        std::optional<sqlite::database> db_;
        std::chrono::steady_clock::time_point deadline_;
    };
    class reading;
    /// Called with a connection, or with none and the reason.
    using question_job = std::function<void(connection*, const char*)>;
    struct waiting_job {
        question_job work;
        completion done;
        io_executor home;
    };

    io_awaitable<void> wait_for_answer(question_job work, io_executor home);
    void push(job todo, completion done, io_executor home) override;
    void take(std::deque<waiting_job>& queue, waiting_job j);
    [[nodiscard]] std::optional<waiting_job> next(reading& free);
    void finish();
    static void complete(waiting_job j);
    static void refuse(waiting_job j, const char* why);

    static constexpr std::size_t worker_count = 2;
    static constexpr std::size_t most_waiting = 256;

    std::mutex mutex_;  // of all but the workers
    std::deque<waiting_job> questions_;
    // Goes before them, but every other time: it is mostly what is made of an answer, which takes its memory until
    // then.
    std::deque<waiting_job> other_work_;
    bool question_next_ = false;
    std::atomic<bool> stopping_ = false;
    std::vector<std::unique_ptr<reading>> workers_;
};

}  // namespace voltgate
