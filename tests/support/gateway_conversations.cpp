// OCPP-J on top: what the gateway itself makes of messages, good and bad.
#include "support/conversations.hpp"
#include "support/raw_websocket.hpp"
#include "support/websocket_frame.hpp"

#include <string_view>
#include <utility>

namespace voltgate::test {

namespace {

const char* const boot16 = R"([2,"boot","BootNotification",{"chargePointVendor":"V","chargePointModel":"M"}])";
const char* const boot2x =
    R"([2,"boot","BootNotification",{"reason":"PowerUp","chargingStation":{"model":"M","vendorName":"V"}}])";
const char* const status16 =
    R"([2,"s","StatusNotification",{"connectorId":1,"status":"Available","errorCode":"NoError"}])";
const char* const status2x = R"([2,"s","StatusNotification",{"timestamp":"2026-01-02T03:04:05Z",)"
                             R"("connectorStatus":"Available","evseId":1,"connectorId":1}])";

std::string text(std::string_view s) { return encode_frame(opcode::text, s); }

conversation speaking(std::string protocol, std::string name, std::string sent, std::size_t answers = 0,
                      std::string last = close_frame()) {
    conversation c;
    c.name = (protocol.empty() ? "no sub-protocol" : protocol) + ": " + std::move(name);
    c.sent = std::move(sent);
    c.answers = answers;
    if (answers > 0) c.last = std::move(last);
    if (!protocol.empty()) c.headers = {{"Sec-WebSocket-Protocol", std::move(protocol)}};
    return c;
}

}  // namespace

conversation_group gateway_conversations() {
    const std::string bye = close_frame();
    frame_options part, unmasked;
    part.final = false;
    unmasked.masked = false;
    std::vector<conversation> all;
    for (const char* protocol : {"", "ocpp1.6", "ocpp2.0.1", "ocpp2.1", "ocpp9", "ocpp9, ocpp1.6", "ocpp1.6, ocpp2.0.1",
                                 "ocpp2.1, ocpp1.6", "OCPP1.6"}) {
        all.push_back(speaking(protocol, "upgrade and Close", bye));
    }
    for (const std::string protocol : {"ocpp1.6", "ocpp2.0.1", "ocpp2.1"}) {
        const std::string boot = text(protocol == "ocpp1.6" ? boot16 : boot2x);
        const auto with = [&](const char* name, std::string sent, std::size_t answers = 0) {
            all.push_back(speaking(protocol, name, std::move(sent), answers));
        };
        const auto booted = [&](const char* name, std::string_view message) {
            all.push_back(speaking(protocol, name, boot + text(message), 2));
        };
        with("boot", boot, 1);
        with("a Heartbeat before the boot", text(R"([2,"h","Heartbeat",{}])"), 1);
        with("boot and a ping", boot + encode_frame(opcode::ping, "p"), 2);
        booted("a Heartbeat", R"([2,"h","Heartbeat",{}])");
        booted("a Heartbeat in white space", " [ 2 , \"h\" , \"Heartbeat\" , { } ] ");
        booted("an id with quotes and escapes", R"([2,"a\"b\\c\u00e4","Heartbeat",{}])");
        booted("a numeric id", R"([2,17,"Heartbeat",{}])");
        booted("an id of 36 letters", R"([2,"123456789012345678901234567890123456","Heartbeat",{}])");
        booted("an id too long", R"([2,"1234567890123456789012345678901234567","Heartbeat",{}])");
        booted("a status", protocol == "ocpp1.6" ? status16 : status2x);
        booted("an action that does not exist", R"([2,"u","Frobnicate",{}])");
        booted("an action of the gateway", R"([2,"u","Reset",{"type":"Soft"}])");
        booted("a payload without what it must have", R"([2,"u","Authorize",{}])");
        booted("a payload with the wrong type", R"([2,"u","DataTransfer",{"vendorId":17}])");
        booted("a payload that is none", R"([2,"u","Heartbeat",[]])");
        booted("data of a stranger", R"([2,"u","DataTransfer",{"vendorId":"org.example"}])");
        booted("no payload", R"([2,"u","Heartbeat"])");
        booted("more than a payload", R"([2,"u","Heartbeat",{},{}])");
        all.push_back(speaking(
            protocol, "answers nobody waits for",
            boot + text(R"([3,"x",{}])") + text(R"([4,"x","GenericError","",{}])") + text(R"([2,"h","Heartbeat",{}])"),
            2));
        all.push_back(speaking(protocol, "a call in three fragments with a ping between",
                               encode_frame(opcode::text, R"([2,"h")", part) + encode_frame(opcode::ping, "p") +
                                   encode_frame(opcode::continuation, R"(,"Heartbeat")", part) +
                                   encode_frame(opcode::continuation, ",{}]"),
                               2));
        for (const char* bad :
             {"", " ", "x", "{}", "[]", "[2]", "[2,", "[2,\"x\"]", "[9,\"x\",\"y\",{}]", "null", "\"\"",
              "[2,\"x\",\"Heartbeat\",{}", "[2,\"x\",\"Heartbeat\",{}]]", "[2,\"\",\"Heartbeat\",{}]"}) {
            all.push_back(speaking(protocol, std::string("no frame of OCPP: ") + bad,
                                   boot + text(bad) + text(R"([2,"h","Heartbeat",{}])"), 1));
            all.back().awaits = R"([3,"h")";
        }
        with("a binary message", encode_frame(opcode::binary, "[2,\"h\",\"Heartbeat\",{}]") + bye);
        with("a message that is no UTF-8", text("[2,\"h\",\"Heartbeat\",{\"a\":\"\xff\"}]"));
        with("a message too large", text("[2,\"h\",\"Heartbeat\",{}" + std::string(30'000, ' ') + "]"));
        with("an unmasked message", encode_frame(opcode::text, "x", unmasked));
        with("hanging up after the boot", boot, 1);
        all.back().last.clear();
        all.back().hangs_up = true;
    }
    return {"gateway", 20'000, std::move(all)};
}

}  // namespace voltgate::test
