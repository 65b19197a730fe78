// The echo server of tests/support as a program, for test suites that bring their own client: scripts/autobahn.
#include "support/websocket_echo.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>

int main(int argc, char** argv) {
    using namespace voltgate;
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGINT);
    sigaddset(&ends, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);  // in every thread that is to come

    const auto port = static_cast<std::uint16_t>(argc > 1 ? std::atoi(argv[1]) : 0);
    const test::websocket_echo echo(port, [](session_config& c) {
        c.max_message_bytes = 64 * 1024 * 1024;  // the suite's largest messages have 16 MiB
        c.outbox_bytes = 256 * 1024 * 1024;
    });
    std::printf("ws://127.0.0.1:%u\n", echo.port());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&ends, &signal);
    return 0;
}
