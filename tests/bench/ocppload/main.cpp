// ocppload: simulates many OCPP 1.6J charge points against one WebSocket server on this machine and says how fast it
// answers, what it costs in CPU and memory, and whether anything was lost or mixed up. docs/performance.md says how to
// read the report.
#include "load_run.hpp"
#include "options.hpp"
#include "text.hpp"

#include <algorithm>
#include <sys/resource.h>

namespace {

void allow_open_files(std::uint32_t connections) {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    rlim_t wanted = connections + 64;
    if (files.rlim_cur >= wanted) return;
    files.rlim_cur = wanted;
    files.rlim_max = std::max(files.rlim_max, wanted);
    if (setrlimit(RLIMIT_NOFILE, &files) < 0) {
        ocppload::die("%u connections need %lu open files and the limit cannot be raised to that (ulimit -Hn)",
                      connections, static_cast<unsigned long>(wanted));
    }
}

}  // namespace

int main(int argc, char** argv) {
    ocppload::options options = ocppload::parse_options(argc, argv);
    allow_open_files(options.all_connections());
    ocppload::load_run run(options);
    run.run();
    ocppload::print_report(run);
    return run.all_well() ? 0 : 1;
}
