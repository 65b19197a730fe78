// A platform without a machine: one thread, the test's; time that passes when the test says, chance from a seed, the
// files of the machine.
#pragma once

#include "async/mix_bits.hpp"
#include "async/platform.hpp"
#include "support/manual_clock.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace voltgate::test {

class seeded_random final : public random_source {
  public:
    explicit seeded_random(std::uint64_t seed) : state_(seed) {}
    void fill(std::span<unsigned char> bytes) override {
        for (auto& b : bytes) b = static_cast<unsigned char>(number());
    }
    /// splitmix64: see mix_bits().
    [[nodiscard]] std::uint64_t number() noexcept override { return mix_bits(state_ += 0x9E3779B97F4A7C15U); }

  private:
    std::uint64_t state_;
};

class stepped_platform final : public platform {
  public:
    explicit stepped_platform(const manual_clock& clock, std::uint64_t seed = 1) : clock_(clock), random_(seed) {}
    ~stepped_platform() override;

    [[nodiscard]] const clock_source& clock() const noexcept override { return clock_; }
    [[nodiscard]] random_source& random() noexcept override { return random_; }
    [[nodiscard]] file_system& files() noexcept override;
    [[nodiscard]] std::size_t processors() const noexcept override { return 1; }
    [[nodiscard]] std::unique_ptr<wheel_alarm> make_alarm(const io_executor& executor) override;
    [[nodiscard]] std::unique_ptr<worker> employ(blocking_work& work) override;
    [[nodiscard]] std::unique_ptr<context_runner> run(const io_executor& executor, failure_handler failed) override;

    /// When there will be something to do for an alarm or a worker.
    [[nodiscard]] std::chrono::steady_clock::time_point next_due() const noexcept;
    /// Rings all alarms, due or not: deadlines that fall into the same tick are met.
    void ring();
    /// Does what is due now: rings alarms, lets workers work. Whether anything was.
    bool step();
    /// Runs handlers, alarms and workers until none has anything to do at this time.
    void settle();

  private:
    class alarm;
    class stepped_worker;
    class runner;

    const manual_clock& clock_;
    seeded_random random_;
    std::vector<alarm*> alarms_;
    std::vector<stepped_worker*> workers_;
    std::vector<asio::io_context*> contexts_;
};

}  // namespace voltgate::test
