// GET /api/v1/openapi.json: what this interface is, for programs.
#include "http/router.hpp"

namespace voltgate::http {

io_awaitable<response> get_openapi(route_context& c) {
    if (auto bad = unknown_query(c.req, {})) co_return std::move(*bad);
    co_return response(200, std::string(openapi_document()));
}

}  // namespace voltgate::http
