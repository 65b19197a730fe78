// Questions about what is stored: answered by threads of their own, each with its own connection. They do other work
// that would keep the I/O threads too long as well: more threads would only take the processor from those.
#pragma once

#include "async/io_types.hpp"
#include "async/offload.hpp"
#include "journal/sqlite.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace voltgate {

class journal_reader final : public offload {
  public:
    explicit journal_reader(const std::string& file);
    /// Ends the threads; what waits for them is answered with an error.
    ~journal_reader() override;

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
    /// A thread's own, opened when it is needed.
    class connection {
      public:
        explicit connection(std::string file) : file_(std::move(file)) {}
        /// From here on a question has its time.
        [[nodiscard]] sqlite::database& database();

      private:
        std::string file_;
        std::optional<sqlite::database> db_;
        std::chrono::steady_clock::time_point deadline_;
    };
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
    void serve(const std::string& file);
    static void finish(waiting_job j);
    static void refuse(waiting_job j, const char* why);

    static constexpr std::size_t thread_count = 2;
    static constexpr std::size_t most_waiting = 256;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<waiting_job> questions_;
    // Goes before them: it is mostly what is made of an answer, which takes its memory until then.
    std::deque<waiting_job> other_work_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace voltgate
