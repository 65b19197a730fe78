#include "machine/this_machine.hpp"

#include "async/platform.hpp"
#include "machine/asio_alarm.hpp"
#include "machine/machine_clock.hpp"
#include "machine/machine_files.hpp"
#include "machine/machine_random.hpp"
#include "machine/thread_runner.hpp"
#include "machine/thread_worker.hpp"

#include <thread>
#include <utility>

namespace voltgate {

namespace {

class machine final : public platform {
  public:
    [[nodiscard]] const clock_source& clock() const noexcept override { return clock_; }
    [[nodiscard]] random_source& random() noexcept override { return random_; }
    [[nodiscard]] file_system& files() noexcept override { return files_; }
    [[nodiscard]] std::size_t processors() const noexcept override { return std::thread::hardware_concurrency(); }
    [[nodiscard]] std::unique_ptr<wheel_alarm> make_alarm(const io_executor& executor) override {
        return std::make_unique<asio_alarm>(executor);
    }
    [[nodiscard]] std::unique_ptr<worker> employ(blocking_work& work) override {
        return std::make_unique<thread_worker>(work);
    }
    [[nodiscard]] std::unique_ptr<context_runner> run(const io_executor& executor, failure_handler failed) override {
        return std::make_unique<thread_runner>(executor, std::move(failed));
    }

  private:
    const machine_clock clock_{};
    machine_random random_;
    machine_files files_;
};

}  // namespace

platform& this_machine() {
    static machine the_machine;
    return the_machine;
}

}  // namespace voltgate
