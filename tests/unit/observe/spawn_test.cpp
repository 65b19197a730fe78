#include "observe/spawn.hpp"

#include "async/platform.hpp"
#include "machine/this_machine.hpp"
#include "observe/log.hpp"

#include <catch2/catch_test_macros.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

using namespace voltgate;

namespace {

io_awaitable<void> fails() {
    throw std::runtime_error("why");
    co_return;
}

io_awaitable<void> fails_oddly() {
    throw 7;
    co_return;
}

io_awaitable<void> goes_well() { co_return; }

}  // namespace

TEST_CASE("What a task that nobody waits for throws is logged", "[session]") {
    std::string lines;
    voltgate::log l(log_config(), this_machine().clock(),
                    [&lines](voltgate::log::severity, std::string_view line) { lines.append(line) += '\n'; });
    asio::io_context context{1};
    spawn(context.get_executor(), l, "well", goes_well());
    spawn(context.get_executor(), l, "badly", fails());
    spawn(context.get_executor(), l, "oddly", fails_oddly());
    context.run();
    CHECK(lines.find("well") == std::string::npos);
    CHECK(lines.find("task=badly what=why") != std::string::npos);
    CHECK(lines.find("task=oddly") != std::string::npos);
}
