// What clients of all manners say to a WebSocket server, byte for byte: the inputs of the transcripts and of the tests
// that cut them.
#pragma once

#include "support/http_message.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace voltgate::test {

struct conversation {
    std::string name;
    std::string sent;         // behind the upgrade request
    std::size_t answers = 0;  // frames that are waited for before `last` is sent
    std::string awaits;       // and what one of them must hold, where their number is not known
    std::string last;
    header_list headers;       // of the upgrade, beside those it must have
    bool pongs_apart = false;  // when they come, between the messages or behind them, is the server's affair
    bool hangs_up = false;     // says in the end that nothing more will come, without a Close
    std::string target = "/ocpp/RAW";
};

struct conversation_group {
    std::string name;
    std::size_t max_message_bytes;
    std::vector<conversation> all;
};

/// With an echo. What they get back depends on the bytes alone, not on how they are cut nor on when they arrive: who
/// wants an answer before the end waits for it, as a server may drop answers behind an error or a Close.
[[nodiscard]] std::vector<conversation_group> echo_conversations();

/// Those of them about permessage-deflate.
[[nodiscard]] std::vector<conversation_group> packed_conversations();

/// With a gateway whose clock stands still.
[[nodiscard]] conversation_group gateway_conversations();

}  // namespace voltgate::test
