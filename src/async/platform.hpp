// What a gateway has from the machine it runs on. Nothing else asks the machine for the time, for chance or for a
// thread (but TLS, and what is said of the process), so a simulation that brings a platform of its own runs a gateway
// on one thread in virtual time.
#pragma once

#include "async/file_system.hpp"
#include "async/io_types.hpp"
#include "async/random_source.hpp"
#include "async/wheel_alarm.hpp"
#include "async/worker.hpp"

#include <cstddef>
#include <exception>
#include <functional>
#include <memory>

namespace voltgate {

class clock_source;

/// Runs a context.
class context_runner {
  public:
    /// Waits until the context has run out of work.
    virtual ~context_runner() = default;
    /// Returns once all that was posted before has run. Not on the context.
    virtual void catch_up() = 0;
};

/// Any thread.
class platform {
  public:
    virtual ~platform() = default;

    /// The machine's own: a host may give its gateway another one, by which workers and alarms do not go.
    [[nodiscard]] virtual const clock_source& clock() const noexcept = 0;
    [[nodiscard]] virtual random_source& random() noexcept = 0;
    [[nodiscard]] virtual file_system& files() noexcept = 0;
    /// How many threads run at a time.
    [[nodiscard]] virtual std::size_t processors() const noexcept = 0;

    /// Wakes the thread of `executor`.
    [[nodiscard]] virtual std::unique_ptr<wheel_alarm> make_alarm(const io_executor& executor) = 0;
    /// Begins to do `work`, which outlives its worker. Throws std::system_error.
    [[nodiscard]] virtual std::unique_ptr<worker> employ(blocking_work& work) = 0;

    using failure_handler = std::function<void(const std::exception&)>;
    /// Runs the context of `executor` until it has run out of work; what a handler throws is told to `failed`, on its
    /// thread. Throws std::system_error.
    [[nodiscard]] virtual std::unique_ptr<context_runner> run(const io_executor& executor, failure_handler failed) = 0;
};

}  // namespace voltgate
