// What the answers of all versions share.
#pragma once

#include "answers/answer_context.hpp"
#include "ocpp/payload.hpp"
#include "session/session.hpp"
#include "text/beginning_of.hpp"
#include "text/payload_mark.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace voltgate {

/// False: the session has ended while a store was asked, and its events must not come after its end.
[[nodiscard]] inline bool may_publish(const session& s) { return s.announced; }

/// Tells a message that comes again from a new one by what it says, whatever its id.
[[nodiscard]] message_mark mark_of_payload(const answer_context& with, const inbound_call& call);
/// The same by its id too.
[[nodiscard]] message_mark mark_with_id(const answer_context& with, const inbound_call& call);

/// What the events of a message that was not whole say of that, as further members; empty: it was whole.
[[nodiscard]] std::string salvage_members(const inbound_call& call);

/// Counts what became known of transactions that a person should look at.
void count_attentions(session& s, attention_set found);
/// Counts the events that a store told besides the message's own.
void count_further_events(session& s, const std::vector<further_event>& news);

/// A copy of the request, for events that are built once a store has answered.
struct kept_request {
    kept_request(const inbound_call& call)
        : s(call.from.shared_from_this()), text(call.payload_text), received(call.received) {}
    /// Valid until the next await.
    [[nodiscard]] ocpp::value_view read() const {
        s->thread().reader.read(text, nullptr);
        return s->thread().reader.root();
    }
    std::shared_ptr<session> s;
    std::string text;
    std::chrono::system_clock::time_point received;
};

/// An answer that has to wait for its event to be stored.
[[nodiscard]] host_answer stored_first(const answer_context& with, io_awaitable<call_answer> later);
/// `{}`, once the event with the payload of new_payload() is stored, and what it says of a reservation.
[[nodiscard]] host_answer store_first(const answer_context& with, const inbound_call& call, event_type type,
                                      std::optional<std::chrono::system_clock::time_point> occurred_at,
                                      std::optional<reservation_update> news = {});
void count_event(session& s, stored what, event_type type);

/// What a charge point is answered when nobody knows its action.
[[nodiscard]] host_answer not_answered();

/// A boot, or a connector or EVSE that is available, where a transaction is open: that is noted and counted.
void note_left_open(const answer_context& with, session& s, std::optional<std::int64_t> place,
                    std::chrono::system_clock::time_point now);

/// Notes what a boot says and answers it; returns what it was answered. `other_serial_number`: of 1.6's charge box.
boot_config answer_boot(const answer_context& with, const inbound_call& call, boot_record record,
                        std::string_view other_serial_number, std::string& out);

// The same in every version.
[[nodiscard]] host_answer answer_heartbeat(const answer_context& with, const inbound_call& call, std::string& out);
[[nodiscard]] host_answer answer_data_transfer(const answer_context& with, const inbound_call& call, std::string& out);
/// Answers a SignCertificate once it is decided, tells it, and has what was signed brought to the charge point.
[[nodiscard]] host_answer answer_sign_certificate(const answer_context& with, const inbound_call& call,
                                                  std::string& out);

/// The messages that are only news: an empty answer, one event, and the record remembers the last one.
template <event_type Type, void (*Append)(std::string&, ocpp::value_view), std::string maintenance_status::* Member,
          auto OccurredAt>
host_answer answer_news(const answer_context& with, const inbound_call& call, std::string& out) {
    constexpr std::size_t longest_status = 64;
    out += "{}";
    auto known = call.from.record->maintenance();
    known.*Member = beginning_of(call.payload["status"].string(), longest_status);
    call.from.record->set_maintenance(std::move(known));
    with.changed(call.from.record);
    Append(new_payload(call.from), call.payload);
    with.publisher.publish(call.from, Type, OccurredAt(call.payload));
    return {};
}

}  // namespace voltgate
