// All simulated charge points: their sockets on one epoll descriptor, their WebSocket and OCPP-J traffic, and what of
// it was right or wrong. load_run says when what happens.
#pragma once

#include "connection.hpp"
#include "histogram.hpp"
#include "ocpp_message.hpp"
#include "options.hpp"
#include "payloads.hpp"
#include "random.hpp"
#include "websocket.hpp"

#include <cstddef>
#include <cstdint>
#include <queue>
#include <string>
#include <string_view>
#include <sys/epoll.h>
#include <unordered_set>
#include <vector>

namespace ocppload {

inline constexpr double second_ns = 1e9;
std::int64_t now_ns();

enum class run_phase : std::uint8_t { connect, warmup, measure, drain, close };

class fleet {
  public:
    explicit fleet(const options& o);
    fleet(const fleet&) = delete;
    fleet& operator=(const fleet&) = delete;
    ~fleet();

    void enter(run_phase p) { phase_ = p; }
    void start_connection();
    void begin_load(std::int64_t now);
    /// Sends what is due, ends what waited too long. `next_due` is when there is more to send.
    void run_schedule(std::int64_t now);
    void find_timeouts(std::int64_t now);
    void begin_close();
    /// Handles what the sockets have to say, for at most `timeout_ns`.
    void wait(std::int64_t timeout_ns);
    void note_missing_process(int pid) { note_error("server process %d is gone", pid); }

    std::int64_t next_due() const { return schedule_.empty() ? INT64_MAX : schedule_.top().at; }
    std::uint32_t started() const { return started_; }
    std::uint32_t open() const { return open_; }
    std::uint32_t booted() const { return booted_; }
    std::uint32_t connecting() const { return connecting_; }
    std::uint32_t closing() const { return closing_; }
    bool idle() const { return outstanding_ == 0 && pings_waiting_ == 0; }
    std::uint64_t still_unanswered() const { return timed_out_.size(); }
    const totals& total() const { return total_; }
    const histogram& connect_time() const { return connect_time_; }
    const histogram& boot_time() const { return boot_time_; }
    const histogram& rtt() const { return rtt_; }
    const histogram& rtt_from_due() const { return rtt_from_due_; }

  private:
    enum class due_kind : std::uint8_t { call, ping, frozen_call };
    struct due_item {
        std::int64_t at;
        std::uint32_t index;
        due_kind kind;
        bool operator>(const due_item& other) const { return at > other.at; }
    };

    // fleet.cpp: sockets and WebSocket
    void watch(connection& c, bool write, int operation = EPOLL_CTL_MOD);
    void drop(connection& c, const char* why);
    void send_bytes(connection& c, std::string_view bytes);
    void send_frame(connection& c, opcode code, std::string_view payload);
    void flush(connection& c);
    void on_event(connection& c, std::uint32_t events);
    void on_connected(connection& c);
    void on_readable(connection& c);
    std::size_t take_upgrade(connection& c, std::string_view bytes);
    std::size_t take_frames(connection& c, std::string_view bytes);
    void on_frame(connection& c, const frame& f);
    void on_continuation(connection& c, const frame& f);
    std::string id_of(const connection& c) const;
    [[gnu::format(printf, 2, 3)]] void note_error(const char* format, ...);

    // calls.cpp: OCPP-J
    bool loading() const { return phase_ == run_phase::warmup || phase_ == run_phase::measure; }
    void send_call(connection& c, action a, std::int64_t due);
    void next_call(connection& c);
    void on_text(connection& c, std::string_view text);
    void on_answer(connection& c, const envelope& e);
    void on_stray_answer(const connection& c, std::string_view id);
    void on_booted(connection& c, std::int64_t now);
    void freeze(connection& c, std::int64_t now);
    void send_ping(connection& c, std::int64_t now);
    void send_frozen_call(connection& c, std::int64_t now);
    std::string_view call_text(connection& c, action a);
    const payload_pool& payloads(const connection& c) const { return payloads_[c.index % payloads_.size()]; }
    std::string subprotocol(const connection& c) const {
        return "ocpp" + options_.versions[c.index % options_.versions.size()];
    }
    const char* shown_action(const connection& c) const { return name_of(c.action, payloads(c).of_2x()); }

    const options& options_;
    random_source random_;
    std::vector<payload_pool> payloads_;  // of each version
    run_phase phase_ = run_phase::connect;
    int epoll_ = -1;
    std::vector<connection> connections_;
    std::vector<epoll_event> events_;
    std::priority_queue<due_item, std::vector<due_item>, std::greater<>> schedule_;
    std::unordered_set<std::uint64_t> timed_out_;  // (connection << 40 | call) of unanswered CALLs
    std::uint32_t started_ = 0, open_ = 0, booted_ = 0, connecting_ = 0, closing_ = 0;
    std::uint64_t outstanding_ = 0, pings_waiting_ = 0;
    totals total_;
    histogram connect_time_, boot_time_, rtt_, rtt_from_due_;
    std::string frame_scratch_, call_scratch_;
};

}  // namespace ocppload
