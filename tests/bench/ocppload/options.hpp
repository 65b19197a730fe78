// What the command line asks for.
#pragma once

#include "payloads.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ocppload {

enum class load_mode : std::uint8_t { idle, closed, rate };

struct options {
    std::string host = "127.0.0.1", url_prefix = "/ocpp/", id_prefix = "CP", password;
    bool basic_auth = false, json = false, quiet = false, allow_callerror = false;
    int port = 0;
    std::uint32_t connections = 100, frozen = 0, sources = 0, connecting_limit = 500;
    double connect_rate = 2000, rate = 0.1, frozen_rate = 1000, warmup = -1, duration = 10;  // per second; seconds
    double call_timeout = 30, connect_timeout = 30, ping_interval = 0;
    load_mode mode = load_mode::closed;
    std::array<std::uint32_t, action_count> mix{30, 5, 25, 40};
    std::vector<std::string> versions{"1.6"};  // the connections take turns
    std::uint64_t seed = 1;
    std::vector<int> server_pids;

    std::uint32_t all_connections() const { return connections + frozen; }
};

/// Ends the program where the arguments are wrong (2) or ask for help (0).
options parse_options(int argc, char** argv);

}  // namespace ocppload
