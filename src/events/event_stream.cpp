// The reader's handle: everything it does is done by its queue.
#include "events/event_queue.hpp"

#include <voltgate/event_stream.hpp>

#include <boost/asio/error.hpp>

namespace voltgate {

event_stream& event_stream::operator=(event_stream&& other) noexcept {
    if (this != &other) {
        close();
        queue_ = std::move(other.queue_);
    }
    return *this;
}

event_stream::~event_stream() { close(); }

std::vector<stream_item> event_stream::take(std::size_t limit) {
    if (!queue_) return {};
    return queue_->take(limit);
}

void event_stream::close() noexcept {
    if (queue_) queue_->close();
}

void event_stream::start_next(const std::shared_ptr<event_queue>& queue, next_handler handler,
                              asio::any_completion_executor deliver_on) {
    if (queue) {
        queue->next(std::move(handler), std::move(deliver_on));
        return;
    }
    const auto closed = std::make_shared<event_queue>(event_filter{}, 1, asio::any_io_executor());
    closed->close();
    closed->next(std::move(handler), std::move(deliver_on));
}

asio::any_io_executor event_stream::default_executor(const std::shared_ptr<event_queue>& queue) {
    if (!queue) return {};
    return queue->fallback();
}

}  // namespace voltgate
