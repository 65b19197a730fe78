// GET /api/v1/openapi.json: what this interface is, for programs.
#include "http/router.hpp"
#include "text/payload_mark.hpp"

#include <string>

namespace voltgate::http {

io_awaitable<response> get_openapi(route_context&) {
    static const std::string tag = "W/\"" + std::to_string(payload_mark(openapi_document())) + '"';
    response r(200, std::string(openapi_document()));
    r.headers.emplace_back("ETag", tag);
    r.may_hold_tags = false;
    co_return r;
}

}  // namespace voltgate::http
