// The OCPP-J half of the fleet: CALLs, their answers, and when the next one is due.
#include "fleet.hpp"

#include <algorithm>

namespace ocppload {

namespace {

std::int64_t nanoseconds(double seconds) { return static_cast<std::int64_t>(seconds * second_ns); }

std::uint64_t timeout_key(std::uint32_t connection, std::uint64_t call) {
    return std::uint64_t{connection} << 40 | call;
}

int shown(std::string_view text, std::size_t limit) { return static_cast<int>(std::min(text.size(), limit)); }

}  // namespace

std::string_view fleet::call_text(connection& c, action a) {
    call_id id(c.index, ++c.calls);
    const payload_pool& pool = payloads(c);
    call_scratch_.assign("[2,\"").append(id.view()).append("\",\"").append(name_of(a, pool.of_2x())).append("\",");
    if (pool.of_2x() && a == action::meter_values) {
        call_scratch_.append(R"({"transactionInfo":{"transactionId":"T-)").append(id_of(c)).append(R"("},"seqNo":)");
        call_scratch_.append(std::to_string(c.transaction_events)).append(R"(,"eventType":)");
        call_scratch_.append(c.transaction_events++ == 0 ? R"("Started",)" : R"("Updated",)");
    }
    call_scratch_.append(pool.pick(a)).append("]");
    return call_scratch_;
}

void fleet::send_call(connection& c, action a, std::int64_t due) {
    std::string_view text = call_text(c, a);
    c.action = a;
    c.outstanding = true;
    c.sent_at = now_ns();
    c.due_at = due ? due : c.sent_at;
    ++outstanding_;
    ++total_.sent;
    send_frame(c, opcode::text, text);
}

// Sends the next CALL of the mix where the mode asks for one now.
void fleet::next_call(connection& c) {
    if (c.state != connection_state::open || c.outstanding || c.frozen || !loading()) return;
    if (options_.mode == load_mode::closed) {
        send_call(c, payloads(c).pick_action(), 0);
    } else if (options_.mode == load_mode::rate && c.overdue) {
        c.overdue = false;
        std::int64_t due = c.next_due;
        c.next_due += nanoseconds(1 / options_.rate);
        schedule_.push({c.next_due, c.index, due_kind::call});
        send_call(c, payloads(c).pick_action(), due);
    }
}

void fleet::on_text(connection& c, std::string_view text) {
    envelope e;
    if (!parse_envelope(text, e)) {
        ++total_.malformed;
        note_error("connection %u: not an OCPP-J message: %.*s", c.index, shown(text, 200), text.data());
    } else if (e.type == '2') {
        ++total_.server_calls;
        send_frame(c, opcode::text, "[3,\"" + std::string(e.id) + "\"," + answer_to(e.name) + "]");
    } else if (e.type == '3' || e.type == '4') {
        on_answer(c, e);
    } else {
        ++total_.malformed;
        note_error("connection %u: unknown message type", c.index);
    }
}

void fleet::on_stray_answer(const connection& c, std::string_view id) {
    std::uint32_t index;
    std::uint64_t call;
    bool ours = read_call_id(id, index, call) && index == c.index && call >= 1 && call <= c.calls;
    if (ours && timed_out_.erase(timeout_key(index, call))) {
        ++total_.late;
        return;
    }
    ++(ours ? total_.duplicate : total_.unknown_id);
    note_error("connection %u got an answer with id '%.*s' that it does not wait for", c.index, shown(id, 80),
               id.data());
}

void fleet::on_answer(connection& c, const envelope& e) {
    if (!c.outstanding || e.id != call_id(c.index, c.calls).view()) return on_stray_answer(c, e.id);
    std::int64_t now = now_ns();
    c.outstanding = false;
    --outstanding_;
    ++total_.answered;
    if (e.type == '4') {
        ++total_.callerrors;
        note_error("connection %u: CALLERROR %.*s to %s", c.index, shown(e.name, 80), e.name.data(), shown_action(c));
    } else if (!payload_fits(c.action, e.payload)) {
        ++total_.wrong_payload;
        note_error("connection %u: this is no answer to %s: %.*s", c.index, shown_action(c), shown(e.payload, 200),
                   e.payload.data());
    }
    if (!c.booted) {
        on_booted(c, now);
    } else if (phase_ == run_phase::measure) {
        rtt_.add(now - c.sent_at);
        rtt_from_due_.add(now - c.due_at);
    }
    next_call(c);
}

void fleet::on_booted(connection& c, std::int64_t now) {
    c.booted = true;
    ++booted_;
    boot_time_.add(now - c.sent_at);
    if (c.index >= options_.connections) {
        freeze(c, now);
    } else if (options_.ping_interval > 0) {
        schedule_.push({now + nanoseconds(random_.unit() * options_.ping_interval), c.index, due_kind::ping});
    }
}

void fleet::freeze(connection& c, std::int64_t now) {
    c.frozen = true;
    watch(c, c.wants_write);
    schedule_.push({now + nanoseconds(random_.unit() / options_.frozen_rate), c.index, due_kind::frozen_call});
}

void fleet::send_ping(connection& c, std::int64_t now) {
    ++total_.pings, ++c.pings_waiting, ++pings_waiting_;
    send_frame(c, opcode::ping, "");
    schedule_.push({now + nanoseconds(options_.ping_interval), c.index, due_kind::ping});
}

// What the socket does not take is not piled up here: a server may stop reading a peer that does not read.
void fleet::send_frozen_call(connection& c, std::int64_t now) {
    if (c.out.empty() && loading()) {
        ++total_.frozen_sent;
        send_frame(c, opcode::text, call_text(c, payloads(c).pick_action()));
    }
    schedule_.push({now + nanoseconds(1 / options_.frozen_rate), c.index, due_kind::frozen_call});
}

void fleet::begin_load(std::int64_t now) {
    for (connection& c : connections_) {
        if (options_.mode == load_mode::closed) {
            next_call(c);
        } else if (options_.mode == load_mode::rate && c.state == connection_state::open && !c.frozen) {
            c.next_due = now + nanoseconds(random_.unit() / options_.rate);
            schedule_.push({c.next_due, c.index, due_kind::call});
        }
    }
}

void fleet::run_schedule(std::int64_t now) {
    while (next_due() <= now) {
        due_item item = schedule_.top();
        schedule_.pop();
        connection& c = connections_[item.index];
        if (c.state != connection_state::open || phase_ >= run_phase::drain) continue;
        switch (item.kind) {
            case due_kind::call:
                c.overdue = true;
                next_call(c);  // if one is outstanding, its answer sends this one
                break;
            case due_kind::ping: send_ping(c, now); break;
            case due_kind::frozen_call: send_frozen_call(c, now); break;
        }
    }
}

void fleet::find_timeouts(std::int64_t now) {
    std::int64_t call_limit = nanoseconds(options_.call_timeout), connect_limit = nanoseconds(options_.connect_timeout);
    for (connection& c : connections_) {
        bool connecting = c.state == connection_state::connecting || c.state == connection_state::upgrading;
        if (connecting && now - c.sent_at > connect_limit) {
            drop(c, "connect timeout");
        } else if (c.state == connection_state::open && c.outstanding && now - c.sent_at > call_limit) {
            c.outstanding = false;
            --outstanding_;
            ++total_.timeouts;
            timed_out_.insert(timeout_key(c.index, c.calls));
            note_error("connection %u: no answer to %s", c.index, shown_action(c));
            if (c.booted) {
                next_call(c);
            } else {
                drop(c, "BootNotification unanswered");
            }
        }
    }
}

}  // namespace ocppload
