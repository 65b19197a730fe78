#include "http/refusal_json.hpp"

#include "http/message.hpp"

namespace voltgate::http {

namespace json = boost::json;

json::object refusal_object(const refusal_log::entry& e) {
    const auto text_or_null = [](const std::string& text) {
        return text.empty() ? json::value(nullptr) : json::value(text);
    };
    json::object o;
    o["time"] = timestamp(e.last);
    o["firstTime"] = timestamp(e.first);
    o["count"] = e.count;
    o["reason"] = to_string(e.what.reason);
    o["detail"] = e.what.detail;
    o["remoteAddress"] = e.what.remote_address;
    o["listener"] = text_or_null(e.what.listener);
    o["path"] = text_or_null(e.what.path);
    o["subprotocols"] = text_or_null(e.what.subprotocols);
    o["chargePointId"] = text_or_null(e.what.charge_point_id);
    return o;
}

}  // namespace voltgate::http
