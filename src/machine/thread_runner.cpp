#include "machine/thread_runner.hpp"

#include "async/op_allocator.hpp"

#include <boost/asio/post.hpp>

#include <future>
#include <utility>

namespace voltgate {

thread_runner::thread_runner(const io_executor& executor, platform::failure_handler failed)
    : executor_(executor), thread_([this, told = std::move(failed)] { run(told); }) {}

void thread_runner::run(const platform::failure_handler& failed) {
    for (bool over = false; !over;) {
        try {
            executor_.context().run();
            over = true;
        } catch (const std::exception& e) {
            failed(e);
        }
    }
    op_blocks::clear();
}

void thread_runner::catch_up() {
    std::promise<void> met;
    asio::post(executor_, [&met] { met.set_value(); });
    met.get_future().wait();
}

}  // namespace voltgate
