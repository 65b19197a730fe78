// What an answer is sent as: its head alone when the client has the rest already (304), gzipped when it asks for that.
// Source: RFC 9110, section 13.1.2.
#pragma once

#include "http/message.hpp"
#include "session/session_thread.hpp"

namespace voltgate::http {

/// Makes of an answer what the request asks for. A large one is packed piece by piece, so that others of the thread get
/// their turn; one with a strong ETag stays as it is, for the tag is of these very bytes. One whose ETag is of a part
/// of it goes as if it had none.
io_awaitable<void> represent(session_thread& thread, const request& req, response& r);

}  // namespace voltgate::http
