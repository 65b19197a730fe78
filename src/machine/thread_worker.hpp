// A thread that works.
#pragma once

#include "async/worker.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace voltgate {

class thread_worker final : public worker {
  public:
    explicit thread_worker(blocking_work& work) : thread_([this, &work] { run(work); }) {}
    ~thread_worker() override { thread_.join(); }
    void wake() noexcept override;

  private:
    void run(blocking_work& work) noexcept;
    void wait_until(blocking_work::time_point at);

    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    std::thread thread_;
};

}  // namespace voltgate
