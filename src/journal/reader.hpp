// Questions about what is stored: answered by threads of their own, each with its own connection.
#pragma once

#include "async/io_types.hpp"
#include "journal/sqlite.hpp"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace voltgate {

/// What a question led to: a value, or why there is none.
template <class Value>
struct read_result {
    read_result() = default;
    std::optional<Value> value;
    std::string error;
};

class journal_reader {
  public:
    explicit journal_reader(const std::string& file);
    /// Ends the threads; questions that wait are answered with an error.
    ~journal_reader();
    journal_reader(const journal_reader&) = delete;
    journal_reader& operator=(const journal_reader&) = delete;

    /// Runs `question(sqlite::database&) -> Value` on a reading thread and resumes the caller on its own.
    /// A question has 5 seconds; no more than 256 wait. Cancellation: none.
    template <class Value, class Question>
    io_awaitable<read_result<Value>> ask(Question question) {
        auto result = std::make_shared<read_result<Value>>();
        job work = [result, question = std::move(question)](sqlite::database* db, const char* refusal) mutable {
            if (!db) {
                result->error = refusal;
                return;
            }
            try {
                result->value.emplace(question(*db));
            } catch (const std::exception& e) {
                result->error = e.what();
            }
        };
        const io_executor home = co_await asio::this_coro::executor;
        co_await run(std::move(work), home);
        co_return std::move(*result);
    }

  private:
    /// Called with a connection, or with none and the reason.
    using job = std::function<void(sqlite::database*, const char*)>;
    using completion = asio::any_completion_handler<void()>;
    struct waiting_job {
        job work;
        completion done;
        io_executor home;
    };

    io_awaitable<void> run(job work, io_executor home);
    void push(job work, completion done, const io_executor& home);
    void serve(const std::string& file);
    static void finish(waiting_job j);

    static constexpr std::size_t thread_count = 2;
    static constexpr std::size_t most_waiting = 256;

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<waiting_job> waiting_;
    bool stopping_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace voltgate
