// One worker that does what is handed to it, one after the other.
#pragma once

#include "async/offload.hpp"
#include "async/worker.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>

namespace voltgate {

class platform;

class worker_queue final : public offload, private blocking_work {
  public:
    /// Of what is handed to it no more than `most_waiting` wait.
    worker_queue(platform& machine, std::size_t most_waiting);
    /// Waits for what is under way; what waits is refused.
    ~worker_queue() override;

  private:
    struct waiting_job {
        job todo;
        completion done;
        io_executor home;
    };

    void push(job todo, completion done, io_executor home) override;
    [[nodiscard]] std::optional<time_point> step(time_point now) noexcept override;
    static void finish(waiting_job j, const char* refusal);

    const std::size_t most_waiting_;
    std::mutex mutex_;  // of what follows, up to the worker
    std::deque<waiting_job> waiting_;
    bool ending_ = false;
    std::unique_ptr<worker> worker_;
};

}  // namespace voltgate
