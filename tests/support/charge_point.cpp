// The OCPP-J conversation on top of a connection.
#include "support/charge_point.hpp"

#include "support/connection.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <utility>

namespace voltgate::test {

namespace {

/// The elements of an OCPP-J frame, or nothing when the text is none.
struct ocpp_frame {
    json::value holder;
    const json::array* elements = nullptr;

    explicit ocpp_frame(std::string_view text) {
        boost::system::error_code error;
        holder = json::parse(text, error);
        if (!error) elements = holder.if_array();
        if (elements != nullptr && (elements->size() < 3 || !(*elements)[0].is_int64() || !(*elements)[1].is_string()))
            elements = nullptr;
    }
    [[nodiscard]] std::int64_t type() const { return elements != nullptr ? (*elements)[0].get_int64() : 0; }
    [[nodiscard]] std::string string(std::size_t index) const {
        if (index >= elements->size() || !(*elements)[index].is_string())
            throw unexpected("element " + std::to_string(index) + " is no string: " + json::serialize(holder));
        return std::string((*elements)[index].get_string());
    }
    [[nodiscard]] json::object object(std::size_t index) const {
        if (index + 1 != elements->size() || !(*elements)[index].is_object())
            throw unexpected("element " + std::to_string(index) +
                             " is not a last one and an object: " + json::serialize(holder));
        return (*elements)[index].get_object();
    }
};

bool is_answer_to(std::string_view id, std::string_view text) {
    const ocpp_frame frame(text);
    return (frame.type() == 3 || frame.type() == 4) && frame.string(1) == id;
}

bool is_unreserved(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

std::string target_of(std::string_view identity, const connect_options& options) {
    return options.target.empty() ? options.path + "/" + percent_encoded(identity) : options.target;
}

}  // namespace

std::string percent_encoded(std::string_view identity) {
    std::string out;
    for (const char c : identity) {
        if (is_unreserved(c)) {
            out += c;
        } else {
            out += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
        }
    }
    return out;
}

upgrade_result try_connect(std::uint16_t port, std::string_view target, const connect_options& options) {
    const connection attempt(port, target, options);
    return {attempt.response()};
}

void incoming_call::answer(const json::object& confirmation) const {
    connection_->send_frame_array({3, id, confirmation});
}

void incoming_call::error(std::string_view code, std::string_view description, const json::object& details) const {
    connection_->send_frame_array({4, id, code, description, details});
}

charge_point::charge_point(std::uint16_t port, std::string_view identity, const connect_options& options)
    : connection_(std::make_shared<connection>(port, target_of(identity, options), options)) {
    const auto& response = connection_->response();
    if (!connection_->upgraded())
        throw unexpected(fmt::format("the gateway refused '{}' with {} {}: {}", identity, response.status,
                                     response.reason, response.body));
}

charge_point::~charge_point() {
    if (connection_) connection_->socket().close();
}

const http_response& charge_point::upgrade_response() const noexcept { return connection_->response(); }

std::string charge_point::send_call(std::string_view action, const json::object& payload, std::string id) {
    if (id.empty()) id = connection_->next_id();
    connection_->send_frame_array({2, id, action, payload});
    return id;
}

json::object charge_point::call(std::string_view action, const json::object& payload) {
    return expect_result(send_call(action, payload));
}

call_failure charge_point::call_error(std::string_view action, const json::object& payload) {
    return expect_error(send_call(action, payload));
}

json::object charge_point::expect_result(std::string_view id) {
    const auto text = connection_->take_text([id](std::string_view t) { return is_answer_to(id, t); },
                                             fmt::format("the answer to {}", id));
    const ocpp_frame frame(text);
    if (frame.type() != 3) connection_->fail(fmt::format("{} was answered with a CALLERROR: {}", id, text));
    return frame.object(2);
}

call_failure charge_point::expect_error(std::string_view id) {
    const auto text = connection_->take_text([id](std::string_view t) { return is_answer_to(id, t); },
                                             fmt::format("the CALLERROR to {}", id));
    const ocpp_frame frame(text);
    if (frame.type() != 4) connection_->fail(fmt::format("{} was answered with a CALLRESULT: {}", id, text));
    return {frame.string(2), frame.string(3), frame.object(4)};
}

incoming_call charge_point::expect_call(std::string_view action) {
    const auto text = connection_->take_text([](std::string_view t) { return ocpp_frame(t).type() == 2; },
                                             fmt::format("a {} from the gateway", action));
    const ocpp_frame frame(text);
    incoming_call received;
    received.id = frame.string(1);
    received.action = frame.string(2);
    received.payload = frame.object(3);
    received.connection_ = connection_;
    if (received.action != action)
        connection_->fail(fmt::format("expected a {} from the gateway, got {}", action, text));
    return received;
}

void charge_point::send_result(std::string_view id, const json::object& payload) {
    connection_->send_frame_array({3, id, payload});
}

void charge_point::send_text(std::string_view text) { send_frame(opcode::text, text); }

void charge_point::send_binary(std::string_view bytes) { send_frame(opcode::binary, bytes); }

void charge_point::send_frame(opcode code, std::string_view payload, const frame_options& options) {
    connection_->send_frame(static_cast<std::uint8_t>(code), payload, options);
}

void charge_point::send_bytes(std::string_view bytes) { connection_->send_bytes(bytes); }

bool charge_point::try_send_bytes(std::string_view bytes) { return connection_->try_send_bytes(bytes); }

void charge_point::ping(std::string_view payload) { send_frame(opcode::ping, payload); }

std::string charge_point::expect_pong() { return connection_->take_control(opcode::pong, "a pong"); }

std::string charge_point::expect_ping() { return connection_->take_control(opcode::ping, "a ping"); }

std::string charge_point::expect_text() {
    return connection_->take_text([](std::string_view) { return true; }, "a text message");
}

void charge_point::expect_silence_until_heartbeat() {
    if (unread() > 0) connection_->fail("silence was expected, and a message had arrived already");
    const auto id = send_call("Heartbeat", {});
    const auto first = expect_text();
    if (!is_answer_to(id, first)) connection_->fail("silence was expected before the Heartbeat's answer, got " + first);
}

std::size_t charge_point::unread() const noexcept { return connection_->texts().size(); }

std::uint16_t charge_point::expect_close() { return connection_->read_to_end(); }

std::uint16_t charge_point::close(std::uint16_t code, std::string_view reason) {
    send_frame(opcode::close, close_payload(code, reason));
    connection_->note_closing();
    return connection_->read_to_end();
}

void charge_point::drop_without_close() { connection_->socket().reset(); }

void charge_point::hang_up() { connection_->socket().shutdown_send(); }

void charge_point::vanish() noexcept { connection_->vanish(); }

json::object charge_point::boot() {
    auto answer = call("BootNotification", {{"chargePointVendor", "Voltgate"}, {"chargePointModel", "Test kit"}});
    if (answer["status"] != "Accepted") connection_->fail("the boot was not accepted: " + json::serialize(answer));
    return answer;
}

void charge_point::status(int connector, std::string_view status, std::string_view error_code) {
    call("StatusNotification", {{"connectorId", connector}, {"errorCode", error_code}, {"status", status}});
}

void charge_point::heartbeat() { call("Heartbeat", {}); }

json::object charge_point::authorize(std::string_view id_tag) { return call("Authorize", {{"idTag", id_tag}}); }

std::int64_t charge_point::start_transaction(int connector, std::string_view id_tag, std::int64_t meter_start,
                                             std::string_view timestamp) {
    const auto answer =
        call("StartTransaction",
             {{"connectorId", connector}, {"idTag", id_tag}, {"meterStart", meter_start}, {"timestamp", timestamp}});
    if (!answer.contains("transactionId") || !answer.at("transactionId").is_int64())
        connection_->fail("the StartTransaction's answer has no transactionId: " + json::serialize(answer));
    return answer.at("transactionId").get_int64();
}

json::object charge_point::stop_transaction(std::int64_t id, std::int64_t meter_stop, std::string_view timestamp) {
    return call("StopTransaction", {{"transactionId", id}, {"meterStop", meter_stop}, {"timestamp", timestamp}});
}

}  // namespace voltgate::test
