#include "support/stepped_platform.hpp"

#include "machine/this_machine.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace voltgate::test {

class stepped_platform::alarm final : public wheel_alarm {
  public:
    explicit alarm(stepped_platform& of) : of_(of) { of_.alarms_.push_back(this); }
    ~alarm() override { std::erase(of_.alarms_, this); }
    [[nodiscard]] time_point now() const noexcept override { return of_.clock_.steady(); }
    void set(time_point at) override { rings_at_ = at; }
    void stop() override { rings_at_ = time_point::max(); }
    [[nodiscard]] time_point rings_at() const noexcept { return rings_at_; }
    void ring() {
        rings_at_ = time_point::max();
        due();
    }
    bool ring_if_due() {
        if (rings_at_ > now()) return false;
        ring();
        return true;
    }

  private:
    stepped_platform& of_;
    time_point rings_at_ = time_point::max();
};

class stepped_platform::stepped_worker final : public worker {
  public:
    stepped_worker(stepped_platform& of, blocking_work& work) : of_(of), work_(work) { of_.workers_.push_back(this); }
    ~stepped_worker() override {
        while (next_) next_ = work_.step(std::max(of_.clock_.steady(), *next_));  // it waits for nothing
        std::erase(of_.workers_, this);
    }
    void wake() noexcept override {
        if (next_) next_ = blocking_work::time_point::min();
    }
    [[nodiscard]] blocking_work::time_point next() const noexcept {
        return next_.value_or(blocking_work::time_point::max());
    }
    bool step_if_due() {
        const auto now = of_.clock_.steady();
        if (!next_ || *next_ > now) return false;
        next_ = blocking_work::time_point::max();  // a wake-up from within the step counts
        const auto next = work_.step(now);
        next_ = next && next_ ? std::optional(std::min(*next, *next_)) : next;
        return true;
    }

  private:
    stepped_platform& of_;
    blocking_work& work_;
    std::optional<blocking_work::time_point> next_ = blocking_work::time_point::min();
};

class stepped_platform::runner final : public context_runner {
  public:
    runner(stepped_platform& of, asio::io_context& context) : of_(of), context_(context) {
        of_.contexts_.push_back(&context_);
    }
    ~runner() override {
        catch_up();
        std::erase(of_.contexts_, &context_);
    }
    void catch_up() override { of_.settle(); }

  private:
    stepped_platform& of_;
    asio::io_context& context_;
};

stepped_platform::~stepped_platform() = default;

std::unique_ptr<wheel_alarm> stepped_platform::make_alarm(const io_executor&) { return std::make_unique<alarm>(*this); }

std::unique_ptr<worker> stepped_platform::employ(blocking_work& work) {
    return std::make_unique<stepped_worker>(*this, work);
}

// What a handler throws fails the test that runs it.
std::unique_ptr<context_runner> stepped_platform::run(const io_executor& executor, failure_handler) {
    return std::make_unique<runner>(*this, executor.context());
}

file_system& stepped_platform::files() noexcept { return this_machine().files(); }

std::chrono::steady_clock::time_point stepped_platform::next_due() const noexcept {
    auto due = std::chrono::steady_clock::time_point::max();
    for (const auto* each : alarms_) due = std::min(due, each->rings_at());
    for (const auto* each : workers_) due = std::min(due, each->next());
    return due;
}

void stepped_platform::ring() {
    for (std::size_t i = 0; i < alarms_.size(); ++i) alarms_[i]->ring();
}

bool stepped_platform::step() {
    bool any = false;
    for (std::size_t i = 0; i < alarms_.size(); ++i) any = alarms_[i]->ring_if_due() || any;
    for (std::size_t i = 0; i < workers_.size(); ++i) any = workers_[i]->step_if_due() || any;
    return any;
}

void stepped_platform::settle() {
    for (bool any = true; any;) {
        any = step();
        for (auto* context : contexts_) {
            context->restart();
            while (context->poll_one() > 0) any = true;
        }
    }
}

}  // namespace voltgate::test
