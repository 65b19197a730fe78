// What a session receives: one receive, then all that came is taken in before anything else runs.
#include "ocpp/transaction_message.hpp"
#include "session/ws_session_type.hpp"
#include "text/json_text.hpp"

#include <algorithm>
#include <utility>

namespace voltgate {

namespace {

constexpr std::size_t longest_head = 1024;  // of a message, up to its action

using found = websocket::message_reader::found;

}  // namespace

// Empty: there is nothing, or the session has been dropped.
std::string_view ws_session::receive() {
    error_code ec;
    const std::size_t n = connection_.receive(asio::buffer(thread_.received.get(), session_thread::most_received), ec);
    if (ec && ec != asio::error::would_block) drop(end_reason::connection_lost);
    return {thread_.received.get(), ec ? 0 : n};
}

ws_session::next_step ws_session::take_what_came() {
    const std::string left = std::exchange(rest_, {});
    std::string_view bytes = left;
    if (bytes.empty()) {
        bytes = receive();
        if (bytes.empty()) return next_step::receive;
        touch();
    }
    const next_step then = take_in(bytes);
    if (!bytes.empty()) rest_ = bytes;
    flush();
    return then;
}

ws_session::next_step ws_session::take_in(std::string_view& bytes) {
    const raised holding(holding_);
    websocket::control_payload control;
    while (state_ == state::open) {
        if (!message_) message_ = thread_.frames.lease();
        const found what = reader_.read(bytes, message_->text, control);
        const std::size_t have = message_->text.size();
        const std::size_t size = have + static_cast<std::size_t>(reader_.payload_left());
        switch (what) {
            case found::nothing:
                if (!reader_.in_message()) message_ = {};
                expect_message(!reader_.at_rest());
                return next_step::receive;
            case found::payload:
                if (size > config_.max_message_bytes && have >= longest_head)
                    static_cast<void>(may_be_large(*message_, have, size));
                break;
            case found::message:
                if (size > config_.max_message_bytes && !may_be_large(*message_, have, size)) break;
                take_message();
                if (outbox_size() >= most_gathered) send_what_waits();
                if (answers_pile_up() || inbound_full()) return next_step::wait_for_room;
                break;
            case found::ping: answer_ping(control.text()); break;
            case found::pong: on_pong(); break;
            case found::close:
                peer_said_goodbye_ = true;
                send_what_waits();
                end_with(reader_.code(), end_reason::peer_closed);
                break;
            case found::violation:
                garbled_ = true;
                send_what_waits();
                end_with(reader_.code(),
                         reader_.code() == 1009 ? end_reason::message_too_big : end_reason::protocol_error);
                break;
        }
    }
    return next_step::receive;
}

void ws_session::take_message() {
    frame_ptr f = std::move(message_);
    stamp(*f);
    expect_message(false);
    const bool is_text = reader_.is_text();
    if (reader_.is_packed() && !unpack(f)) return;
    on_message(std::move(f), is_text);
}

// Transaction messages may, as long as the memory for them lasts. False: the session is being closed.
bool ws_session::may_be_large(frame& f, std::size_t have, std::size_t size) {
    if (!f.share) {
        const auto head = ocpp::read_head(std::string_view(f.text).substr(0, have), version());
        const auto* action = head.type_number == 2 ? ocpp::find_action(version(), head.action) : nullptr;
        if (!action || !ocpp::is_transaction_message(*action)) {
            close(1009, "the message is larger than session.max_message_bytes", end_reason::message_too_big);
            return false;
        }
        f.share = std::make_unique<memory_share>(ports_.host.large_messages());
    }
    if (size > config_.max_transaction_message_bytes) {
        close(1009, "the message is larger than session.max_transaction_message_bytes", end_reason::message_too_big);
    } else if (!f.share->grow_to(size)) {
        close(1013, "there are too many large messages; try again", end_reason::message_too_big);
    }
    return state_ == state::open;
}

// False: it cannot be, and the session is being closed.
bool ws_session::unpack(frame_ptr& f) {
    frame_ptr plain = thread_.frames.lease();
    stamp(*plain);
    using result_of = deflate_codec::result;
    const std::size_t most = config_.max_message_bytes;
    auto result = thread_.deflate.unpack(f->text, most, plain->text);
    if (result == result_of::too_big) {
        const std::size_t most_of_all = std::max(most, config_.max_transaction_message_bytes);
        if (!may_be_large(*plain, most, most_of_all)) return false;
        plain->text.clear();
        result = thread_.deflate.unpack(f->text, most_of_all, plain->text);
    }
    f = std::move(plain);
    if (result == result_of::too_big) {
        close(1009, "the message is larger than session.max_transaction_message_bytes", end_reason::message_too_big);
    } else if (result == result_of::corrupt) {
        close(1007, "a compressed message cannot be read", end_reason::protocol_error);
    } else if (reader_.is_text() && !ocpp::json_text::is_utf8(f->text)) {
        close(1007, "a text message is not UTF-8", end_reason::protocol_error);
    }
    return state_ == state::open;
}

// While the session is closing: all that counts is the peer's Close.
void ws_session::discard_what_came() {
    const std::string left = std::exchange(rest_, {});
    std::string_view bytes = left;
    if (bytes.empty()) bytes = receive();
    websocket::control_payload control;
    std::string ignored;
    while (!bytes.empty() && !garbled_ && state_ == state::closing) {
        const found what = reader_.read(bytes, ignored, control);
        ignored.clear();
        if (what != found::close && what != found::violation) continue;
        peer_said_goodbye_ = garbled_ = true;
        after_goodbye();
    }
}

}  // namespace voltgate
