#include "observe/log.hpp"

#include "observe/line.hpp"
#include "observe/line_file.hpp"

#include <spdlog/async_logger.h>
#include <spdlog/details/thread_pool.h>
#include <spdlog/sinks/sink.h>

#include <pthread.h>
#include <signal.h>
#include <utility>

namespace voltgate {

class log::output {
  public:
    output() = default;
    output(const output&) = delete;
    output& operator=(const output&) = delete;
    virtual ~output() = default;
    virtual void write(severity s, std::string& line) = 0;
    virtual std::error_code reopen() noexcept { return {}; }
    [[nodiscard]] virtual std::uint64_t dropped() const noexcept { return failed_.load(std::memory_order_relaxed); }
    void count_failed() noexcept { failed_.fetch_add(1, std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> failed_{0};
};

namespace {

/// Into the function of a host.
class direct_output final : public log::output {
  public:
    explicit direct_output(log::sink s) : sink_(std::move(s)) {}
    void write(log::severity s, std::string& line) override { sink_(s, line); }

  private:
    log::sink sink_;
};

/// What spdlog's thread hands the lines to. They are formatted already.
class file_sink final : public spdlog::sinks::sink {
  public:
    file_sink(line_file& file, log::output& counter) : file_(file), counter_(counter) {}
    void log(const spdlog::details::log_msg& m) override {
        if (!file_.write_line({m.payload.data(), m.payload.size()})) counter_.count_failed();
    }
    void flush() override {}
    void set_pattern(const std::string&) override {}
    void set_formatter(std::unique_ptr<spdlog::formatter>) override {}

  private:
    line_file& file_;
    log::output& counter_;
};

/// For the writing thread: a reader of the log that goes away must not end the process.
void block_sigpipe() {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

/// Through a bounded queue to a file, by a thread of its own.
class queued_output final : public log::output {
  public:
    template <class... Args>
    explicit queued_output(Args&&... args)
        : file_(std::forward<Args>(args)...),
          pool_(std::make_shared<spdlog::details::thread_pool>(log::queue_lines, 1, block_sigpipe)),
          logger_(std::make_shared<spdlog::async_logger>("voltgate", std::make_shared<file_sink>(file_, *this), pool_,
                                                         spdlog::async_overflow_policy::overrun_oldest)) {
        logger_->set_level(spdlog::level::trace);
    }

    ~queued_output() override {
        file_.hurry();
        pool_.reset();  // waits until all lines are written
    }

    void write(log::severity, std::string& line) override {
        line += '\n';
        logger_->log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
    }

    std::error_code reopen() noexcept override { return file_.reopen(); }

    [[nodiscard]] std::uint64_t dropped() const noexcept override {
        return output::dropped() + pool_->overrun_counter();
    }

  private:
    line_file file_;
    std::shared_ptr<spdlog::details::thread_pool> pool_;
    std::shared_ptr<spdlog::async_logger> logger_;
};

std::unique_ptr<log::output> open_output(const std::string& file) {
    if (file.empty()) return std::make_unique<queued_output>();
    return std::make_unique<queued_output>(file);
}

}  // namespace

log::log() : level_(severity::off), json_(false), events_(false) {}

log::log(const log_config& c)
    : level_(c.level), json_(c.format == log_config::format::json), events_(c.events), output_(open_output(c.file)) {}

log::log(const log_config& c, sink s)
    : level_(c.level),
      json_(c.format == log_config::format::json),
      events_(c.events),
      output_(std::make_unique<direct_output>(std::move(s))) {}

log::~log() = default;

log& log::operator=(log&& other) noexcept {
    level_ = other.level_.load();
    json_ = other.json_;
    events_ = other.events_;
    output_ = std::move(other.output_);
    return *this;
}

void log::write(severity s, std::string_view message, std::span<const log_field> f) noexcept {
    if (!enabled(s) || !output_) return;
    try {
        // Kept for its memory. Taken away while in use: a host's sink may log something itself.
        thread_local std::string kept;
        auto line = std::exchange(kept, {});
        line.clear();
        const auto now = std::chrono::system_clock::now();
        if (json_)
            append_json_line(line, now, s, message, f);
        else
            append_text_line(line, now, s, message, f);
        output_->write(s, line);
        kept = std::move(line);
    } catch (...) {
        output_->count_failed();  // out of memory, or a host's sink that throws: there is nowhere to say so
    }
}

void log::event(std::string_view json) noexcept {
    if (!takes_events()) return;
    const log_field whole(json_ ? "event" : "", raw_json{json});
    write(severity::info, "event", std::span(&whole, 1));
}

std::error_code log::reopen() noexcept { return output_ ? output_->reopen() : std::error_code(); }

std::uint64_t log::dropped() const noexcept { return output_ ? output_->dropped() : 0; }

}  // namespace voltgate
