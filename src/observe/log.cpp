#include "observe/log.hpp"

#include "async/platform.hpp"
#include "observe/line.hpp"
#include "observe/line_file.hpp"

#include <voltgate/clock.hpp>

#include <deque>
#include <mutex>
#include <optional>
#include <utility>

namespace voltgate {

class log::output {
  public:
    output() = default;
    output(const output&) = delete;
    output& operator=(const output&) = delete;
    virtual ~output() = default;
    virtual void write(severity s, std::string line) = 0;
    virtual std::error_code reopen() noexcept { return {}; }
    [[nodiscard]] std::uint64_t dropped() const noexcept { return failed_.load(std::memory_order_relaxed); }
    void count_failed() noexcept { failed_.fetch_add(1, std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> failed_{0};
};

namespace {

/// Into the function of a host.
class direct_output final : public log::output {
  public:
    explicit direct_output(log::sink s) : sink_(std::move(s)) {}
    void write(log::severity s, std::string line) override { sink_(s, line); }

  private:
    log::sink sink_;
};

/// Through a bounded queue to a file, by a worker of its own.
class queued_output final : public log::output, private blocking_work {
  public:
    template <class... Args>
    explicit queued_output(platform& machine, Args&&... args)
        : file_(std::forward<Args>(args)...), worker_(machine.employ(*this)) {}

    ~queued_output() override {
        file_.hurry();
        {
            const std::lock_guard lock(mutex_);
            ending_ = true;
        }
        worker_->wake();
        worker_.reset();  // waits until all lines are written
    }

    void write(log::severity, std::string line) override {
        line += '\n';
        const std::lock_guard lock(mutex_);
        if (waiting_.size() == log::queue_lines) {
            waiting_.pop_front();
            count_failed();
        }
        waiting_.push_back(std::move(line));
        if (std::exchange(idle_, false)) worker_->wake();
    }

    std::error_code reopen() noexcept override { return file_.reopen(); }

  private:
    [[nodiscard]] std::optional<time_point> step(time_point) noexcept override {
        std::string line;
        {
            const std::lock_guard lock(mutex_);
            idle_ = waiting_.empty();
            if (idle_) return ending_ ? std::nullopt : std::optional(when_woken);
            line = std::move(waiting_.front());
            waiting_.pop_front();
        }
        if (!file_.write_line(line)) count_failed();
        return at_once;
    }

    line_file file_;
    std::mutex mutex_;  // of what follows, up to the worker
    std::deque<std::string> waiting_;
    bool idle_ = false, ending_ = false;
    std::unique_ptr<worker> worker_;
};

std::unique_ptr<log::output> open_output(const std::string& file, platform& machine) {
    if (file.empty()) return std::make_unique<queued_output>(machine);
    return std::make_unique<queued_output>(machine, file);
}

}  // namespace

log::log() : clock_(nullptr), level_(severity::off), json_(false), events_(false) {}

log::log(const log_config& c, platform& machine)
    : clock_(&machine.clock()),
      level_(c.level),
      json_(c.format == log_config::format::json),
      events_(c.events),
      output_(open_output(c.file, machine)) {}

log::log(const log_config& c, const clock_source& clock, sink s)
    : clock_(&clock),
      level_(c.level),
      json_(c.format == log_config::format::json),
      events_(c.events),
      output_(std::make_unique<direct_output>(std::move(s))) {}

log::~log() = default;

log& log::operator=(log&& other) noexcept {
    clock_ = other.clock_;
    level_ = other.level_.load();
    json_ = other.json_;
    events_ = other.events_;
    output_ = std::move(other.output_);
    return *this;
}

void log::write(severity s, std::string_view message, std::span<const log_field> f) noexcept {
    if (!enabled(s) || !output_) return;
    try {
        std::string line;
        const auto now = clock_->utc();
        if (json_)
            append_json_line(line, now, s, message, f);
        else
            append_text_line(line, now, s, message, f);
        output_->write(s, std::move(line));
    } catch (...) {
        output_->count_failed();  // out of memory, or a host's sink that throws: there is nowhere to say so
    }
}

void log::event(std::string_view json) noexcept {
    if (!takes_events()) return;
    const log_field whole(json_ ? "event" : "", log_json{json});
    write(severity::info, "event", std::span(&whole, 1));
}

std::error_code log::reopen() noexcept { return output_ ? output_->reopen() : std::error_code(); }

std::uint64_t log::dropped() const noexcept { return output_ ? output_->dropped() : 0; }

}  // namespace voltgate
