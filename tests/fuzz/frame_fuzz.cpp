// A received frame: envelope, then payload. First byte: the version.
#include "fuzz.hpp"
#include "ocpp/frame.hpp"
#include "ocpp/payload.hpp"
#include "ocpp/schema.hpp"

#include <array>
#include <string>

using namespace voltgate;
using namespace voltgate::fuzz;

namespace {

constexpr std::array versions{ocpp::version::v16, ocpp::version::v201, ocpp::version::v21};

bool lies_in(std::string_view part, std::string_view whole) {
    return part.empty() || (part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

// What is answered to this frame must be a frame itself.
void check_answer(const ocpp::frame_head& head, ocpp::version v) {
    std::string error;
    ocpp::append_call_error(error, head.id, head.numeric_id, "InternalError", "text \"with\" \x01 everything");
    const auto answered = ocpp::read_head(error, v);
    require(answered.fault == ocpp::frame_fault::none, "the CALLERROR for it can be read");
    require(answered.id == head.id, "its id is echoed");
    std::string result;
    ocpp::append_call_result(result, head, "{}");
    ocpp::payload_reader reader;
    const auto again = ocpp::read_head(result, v);
    require(again.fault == ocpp::frame_fault::none && again.id == head.id, "the CALLRESULT for it can be read");
    require(reader.read_frame(result, again.payload_offset, nullptr), "the CALLRESULT's payload can be read");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    std::string_view text = text_of(data, size);
    const auto v = versions[take_byte(text) % versions.size()];
    const auto head = ocpp::read_head(text, v);
    for (const auto part : {head.id, head.action, head.error_code, head.error_description}) {
        require(lies_in(part, text), "a part of the envelope lies in the text");
    }
    if (head.fault != ocpp::frame_fault::none) return 0;
    require(head.payload_offset <= text.size(), "the payload begins in the text");
    static ocpp::payload_reader reader;
    const auto* action = ocpp::find_action(v, head.action);
    const bool readable = reader.read_frame(text, head.payload_offset, action ? action->request : nullptr);
    require(readable || !reader.syntax_error().empty(), "what cannot be read is explained");
    if (readable && head.type == ocpp::message_type::call) check_answer(head, v);
    return 0;
}
