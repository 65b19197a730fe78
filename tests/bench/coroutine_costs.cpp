// What coroutines cost, one kind at a time, for tests/bench/coroutine_costs:
//     coroutine_costs instructions KIND COUNT    does it COUNT times
//     coroutine_costs bytes                      prints what a coroutine three deep holds while it waits
#include "async/io_types.hpp"

#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>

#include <chrono>
#include <coroutine>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <malloc.h>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using io_timer =
    voltgate::asio::basic_waitable_timer<std::chrono::steady_clock,
                                         voltgate::asio::wait_traits<std::chrono::steady_clock>, voltgate::io_executor>;

using namespace voltgate;

// With what the heap needs for itself.
std::size_t live_bytes() { return mallinfo2().uordblks; }

/// What a type of the gateway's own would be: frames from the thread's blocks, started by whoever awaits it, and no
/// executor, cancellation slot or stack of frames.
template <class T>
class task {
  public:
    struct promise_type {
        static void* operator new(std::size_t size) { return op_blocks::take(size); }
        static void operator delete(void* memory, std::size_t size) noexcept { op_blocks::give(memory, size); }

        task get_return_object() { return task(std::coroutine_handle<promise_type>::from_promise(*this)); }
        std::suspend_always initial_suspend() noexcept { return {}; }
        auto final_suspend() noexcept {
            struct awaiter {
                bool await_ready() const noexcept { return false; }
                void await_suspend(std::coroutine_handle<promise_type> h) const noexcept {
                    auto& p = h.promise();
                    p.finished = true;
                    if (p.caller_sleeps) p.caller.resume();
                }
                void await_resume() const noexcept {}
            };
            return awaiter{};
        }
        void return_value(T v) { value = std::move(v); }
        void unhandled_exception() noexcept { failure = std::current_exception(); }

        std::coroutine_handle<> caller;
        std::exception_ptr failure;
        std::optional<T> value;
        bool finished = false, caller_sleeps = false;
    };

    explicit task(std::coroutine_handle<promise_type> h) noexcept : handle_(h) {}
    task(task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    task& operator=(task&&) = delete;
    ~task() {
        if (handle_) handle_.destroy();
    }

    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<> caller) {
        auto& p = handle_.promise();
        p.caller = caller;
        handle_.resume();
        p.caller_sleeps = !p.finished;
        return p.caller_sleeps;
    }
    T await_resume() {
        auto& p = handle_.promise();
        if (p.failure) std::rethrow_exception(p.failure);
        return std::move(*p.value);
    }
    /// For the outermost.
    void start() { handle_.resume(); }

  private:
    std::coroutine_handle<promise_type> handle_;
};

struct posted {
    asio::io_context& context;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) const {
        asio::post(context, asio::bind_allocator(op_allocator<void>(), [h] { h.resume(); }));
    }
    void await_resume() const noexcept {}
};

struct timer_wait {
    io_timer& timer;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> h) const {
        timer.async_wait(asio::bind_allocator(op_allocator<void>(), [h](error_code) { h.resume(); }));
    }
    void await_resume() const noexcept {}
};

// -------------------------------------------------------------------------------------------------- instructions

io_awaitable<int> inner() { co_return 1; }
task<int> inner_task() { co_return 1; }

io_awaitable<void> nothing() { co_return; }

io_awaitable<void> nested(int count) {
    for (int i = 0; i < count; ++i) static_cast<void>(co_await inner());
}

task<int> nested_tasks(int count) {
    for (int i = 0; i < count; ++i) static_cast<void>(co_await inner_task());
    co_return 0;
}

io_awaitable<void> deferred(asio::io_context& context, int count) {
    for (int i = 0; i < count; ++i)
        co_await asio::post(context, asio::bind_allocator(op_allocator<void>(), asio::deferred));
}

task<int> posting_task(asio::io_context& context, int count) {
    const posted operation{context};
    for (int i = 0; i < count; ++i) co_await operation;
    co_return 0;
}

int measure(std::string_view kind, int count) {
    asio::io_context context{1};
    std::vector<task<int>> kept;
    if (kind == "post") {
        for (int i = 0; i < count; ++i) {
            asio::post(context, asio::bind_allocator(op_allocator<void>(), [] {}));
            context.poll();
            context.restart();
        }
    } else if (kind == "co_spawn") {
        for (int i = 0; i < count; ++i) {
            asio::co_spawn(context, nothing(), asio::detached);
            context.poll();
            context.restart();
        }
    } else if (kind == "nested_awaitable") {
        asio::co_spawn(context, nested(count), asio::detached);
    } else if (kind == "nested_task") {
        kept.push_back(nested_tasks(count));
        kept.back().start();
    } else if (kind == "deferred_operation") {
        asio::co_spawn(context, deferred(context, count), asio::detached);
    } else if (kind == "operation_in_task") {
        kept.push_back(posting_task(context, count));
        kept.back().start();
    } else {
        std::fprintf(stderr, "unknown kind\n");
        return 2;
    }
    context.run();
    return 0;
}

// --------------------------------------------------------------------------------------------------------- bytes

io_awaitable<error_code> wait(io_timer& timer) {
    auto [ec] = co_await timer.async_wait(as_result_often());
    co_return ec;
}
io_awaitable<error_code> read(io_timer& timer) { co_return co_await wait(timer); }
io_awaitable<void> run(io_timer& timer) { static_cast<void>(co_await read(timer)); }

task<int> wait_task(io_timer& timer) {
    const timer_wait operation{timer};
    co_await operation;
    co_return 0;
}
task<int> read_task(io_timer& timer) { co_return co_await wait_task(timer); }
task<int> run_task(io_timer& timer) { co_return co_await read_task(timer); }

int print_bytes() {
    constexpr std::size_t count = 1000;
    asio::io_context context{1};
    std::vector<std::unique_ptr<io_timer>> timers;
    for (std::size_t i = 0; i < 2 * count; ++i)
        timers.push_back(std::make_unique<io_timer>(context, io_timer::time_point::max()));
    const auto begin = live_bytes();
    for (std::size_t i = 0; i < count; ++i) asio::co_spawn(context, run(*timers[i]), asio::detached);
    context.poll();
    const auto awaitables = live_bytes();
    std::vector<task<int>> tasks;
    tasks.reserve(count);
    const auto tasks_begin = live_bytes();
    for (std::size_t i = 0; i < count; ++i) {
        tasks.push_back(run_task(*timers[count + i]));
        tasks.back().start();
    }
    std::printf("awaitable: %zu bytes\ntask: %zu bytes\n", (awaitables - begin) / count,
                (live_bytes() - tasks_begin) / count);
    for (auto& timer : timers) timer->cancel();
    context.run();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view what = argc > 1 ? argv[1] : "";
    if (what == "bytes") return print_bytes();
    if (what == "instructions" && argc == 4) return measure(argv[2], std::atoi(argv[3]));
    std::fprintf(stderr, "usage: coroutine_costs bytes | coroutine_costs instructions KIND COUNT\n");
    return 2;
}
