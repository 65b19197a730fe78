#include "async/wheel_alarm.hpp"

#include <voltgate/gateway.hpp>

#include <algorithm>

namespace voltgate {

void asio_alarm::set(time_point at) {
    timer_.expires_after(std::max(at - clock_.steady(), steady_timer::duration::zero()));
    timer_.async_wait([this](error_code ec) {
        if (!ec) due();
    });
}

}  // namespace voltgate
