// A thread that runs a context.
#pragma once

#include "async/platform.hpp"

#include <thread>

namespace voltgate {

class thread_runner final : public context_runner {
  public:
    thread_runner(const io_executor& executor, platform::failure_handler failed);
    ~thread_runner() override { thread_.join(); }
    void catch_up() override;

  private:
    void run(const platform::failure_handler& failed);

    io_executor executor_;
    std::thread thread_;
};

}  // namespace voltgate
