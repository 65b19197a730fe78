#include "options.hpp"

#include "text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <getopt.h>
#include <netinet/in.h>
#include <string_view>

namespace ocppload {
namespace {

constexpr char usage[] =
    R"usage(ocppload - simulate OCPP-J charge points against ws://HOST:PORT{prefix}{id}

  ocppload --port PORT [options]

target
  --host ADDR            a loopback address, 127.x.x.x (default 127.0.0.1; nothing else is allowed)
  --port PORT            required
  --url-prefix PATH      request path before the charge point id (default /ocpp/)
  --id-prefix TEXT       charge point ids are TEXT followed by a 6-digit number (default CP)
  --basic-auth PASSWORD  send "Authorization: Basic base64(id:PASSWORD)"
  --sources N            spread the clients over N source addresses 127.0.0.1 .. 127.0.0.N
                         (default: one per 5000 connections; past 14000 connect() itself gets slow)
load
  --connections N        charge points (default 100)
  --connect-rate N       new connections per second (default 2000)
  --connecting-limit N   connections under way at once (default 500: a listen queue of 511 holds them)
  --mode MODE            idle    boot, then only answer what the server sends
                         closed  exactly one outstanding CALL per connection, always (default)
                         rate    --rate CALLs per second and connection; one outstanding at most,
                                 a CALL that had to wait is timed from when it was due as well
  --rate R               CALLs per second and connection for --mode rate (default 0.1)
  --mix A=W,...          weights; actions: heartbeat boot status meter
                         (default heartbeat=30,boot=5,status=25,meter=40)
                         meter: MeterValues of a transaction; with 2.x its TransactionEvent
  --ocpp V[,V..]         versions that the charge points speak, in turns: 1.6, 2.0.1, 2.1 (default 1.6)
  --ping-interval S      every connection sends a WebSocket ping each S seconds (default 0: none)
  --frozen N             N further charge points that send CALLs and never read an answer (default 0);
                         that the server ends them is no failure
  --frozen-rate R        CALLs per second of each of those (default 1000)
  --warmup S             seconds of load before the measurement (default 1; idle: 0)
  --duration S           seconds measured (default 10, at most 86400)
  --call-timeout S       an unanswered CALL counts as a timeout after S (default 30)
  --connect-timeout S    TCP connect + WebSocket upgrade must be done within S (default 30)
  --seed N               for payload choice, phases and masks (default 1)
report
  --server-pid P[,P..]   report memory and CPU of these processes, added up
  --allow-callerror      CALLERROR answers do not make the run fail
  --json                 one JSON object on stdout in place of the table
  --quiet                no progress on stderr

exit status: 0 all well; 1 something failed, was lost or wrongly correlated; 2 could not run
)usage";

double number(const std::string& name, const char* text, double low, double high) {
    char* end;
    double v = std::strtod(text, &end);
    if (*end || end == text || !(v >= low && v <= high)) {
        die("--%s: want a number from %g to %g", name.c_str(), low, high);
    }
    return v;
}

std::vector<std::string> split(std::string_view list) {
    std::vector<std::string> items;
    while (true) {
        std::size_t comma = list.find(',');
        items.emplace_back(list.substr(0, comma));
        if (comma == std::string_view::npos) return items;
        list.remove_prefix(comma + 1);
    }
}

void parse_mix(options& o, const char* text) {
    o.mix.fill(0);
    for (const std::string& item : split(text)) {
        std::size_t equals = item.find('=');
        if (equals == std::string::npos) die("--mix: want action=weight, got '%s'", item.c_str());
        std::string name = item.substr(0, equals);
        auto found = std::find(mix_names.begin(), mix_names.end(), name);
        if (found == mix_names.end()) die("--mix: unknown action '%s'", name.c_str());
        auto weight = number("mix", item.c_str() + equals + 1, 0, 1e6);
        o.mix[static_cast<std::size_t>(found - mix_names.begin())] = static_cast<std::uint32_t>(weight);
    }
    if (o.mix == decltype(o.mix){}) die("--mix: all weights are 0");
}

void parse_versions(options& o, const char* text) {
    o.versions = split(text);
    for (const std::string& v : o.versions) {
        if (std::find(ocpp_versions.begin(), ocpp_versions.end(), v) == ocpp_versions.end()) {
            die("--ocpp: unknown version '%s'", v.c_str());
        }
    }
}

void parse_mode(options& o, std::string_view text) {
    if (text == "idle") {
        o.mode = load_mode::idle;
    } else if (text == "closed") {
        o.mode = load_mode::closed;
    } else if (text == "rate") {
        o.mode = load_mode::rate;
    } else {
        die("--mode: idle, closed or rate");
    }
}

struct option_entry {
    std::string name;
    bool has_value;
    std::function<void(const char* value)> take;
};

std::vector<option_entry> entries(options& o) {
    std::vector<option_entry> all;
    auto flag = [&](const char* name, bool& out) { all.push_back({name, false, [&out](const char*) { out = true; }}); };
    auto text = [&](const char* name, std::string& out) {
        all.push_back({name, true, [&out](const char* v) { out = v; }});
    };
    auto numeric = [&](const char* name, auto& out, double low, double high) {
        all.push_back({name, true, [&out, name, low, high](const char* v) {
                           out = static_cast<std::remove_reference_t<decltype(out)>>(number(name, v, low, high));
                       }});
    };
    text("host", o.host);
    numeric("port", o.port, 1, 65535);
    text("url-prefix", o.url_prefix);
    text("id-prefix", o.id_prefix);
    all.push_back({"basic-auth", true, [&o](const char* v) { o.password = v, o.basic_auth = true; }});
    numeric("sources", o.sources, 1, 254);
    numeric("connections", o.connections, 1, 1e6);
    numeric("connect-rate", o.connect_rate, 0.1, 1e6);
    numeric("connecting-limit", o.connecting_limit, 1, 1e6);
    all.push_back({"mode", true, [&o](const char* v) { parse_mode(o, v); }});
    numeric("rate", o.rate, 1e-4, 1e5);
    all.push_back({"mix", true, [&o](const char* v) { parse_mix(o, v); }});
    all.push_back({"ocpp", true, [&o](const char* v) { parse_versions(o, v); }});
    numeric("ping-interval", o.ping_interval, 0, 3600);
    numeric("frozen", o.frozen, 0, 1e5);
    numeric("frozen-rate", o.frozen_rate, 0.1, 1e5);
    numeric("warmup", o.warmup, 0, 600);
    numeric("duration", o.duration, 0.1, 86400);
    numeric("call-timeout", o.call_timeout, 0.1, 600);
    numeric("connect-timeout", o.connect_timeout, 0.1, 600);
    numeric("seed", o.seed, 0, 1e15);
    all.push_back({"server-pid", true, [&o](const char* v) {
                       for (const std::string& pid : split(v)) {
                           o.server_pids.push_back(static_cast<int>(number("server-pid", pid.c_str(), 1, 1e9)));
                       }
                   }});
    flag("allow-callerror", o.allow_callerror);
    flag("json", o.json);
    flag("quiet", o.quiet);
    all.push_back({"help", false, [](const char*) {
                       std::fputs(usage, stdout);
                       std::exit(0);
                   }});
    return all;
}

}  // namespace

options parse_options(int argc, char** argv) {
    options o;
    auto known = entries(o);
    std::vector<option> longs;
    for (const option_entry& e : known) longs.push_back({e.name.c_str(), e.has_value ? 1 : 0, nullptr, 0});
    longs.push_back({});
    int found = -1;
    for (int c; (c = getopt_long(argc, argv, "", longs.data(), &found)) != -1;) {
        if (c != 0) die("see --help");
        known[static_cast<std::size_t>(found)].take(optarg);
    }
    if (optind < argc) die("unexpected argument '%s'", argv[optind]);
    if (o.port == 0) die("--port is required (see --help)");
    if (in_addr a; inet_pton(AF_INET, o.host.c_str(), &a) != 1 || ntohl(a.s_addr) >> 24 != 127) {
        die("--host must be a loopback address, 127.x.x.x");
    }
    if (o.sources == 0) o.sources = std::min(254u, o.all_connections() / 5000 + 1);
    if (o.warmup < 0) o.warmup = o.mode == load_mode::idle ? 0 : 1;
    return o;
}

}  // namespace ocppload
