#include "async/wheel_alarm.hpp"

namespace voltgate {

void asio_alarm::set(time_point at) {
    timer_.expires_at(at);
    timer_.async_wait([this](error_code ec) {
        if (!ec) due();
    });
}

}  // namespace voltgate
