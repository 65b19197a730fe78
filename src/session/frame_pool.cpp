#include "session/frame_pool.hpp"

namespace voltgate {

namespace {
// The pool that the running thread may put frames back into; a frame released elsewhere is simply freed.
thread_local frame_pool* pool_of_this_thread = nullptr;
}  // namespace

frame_pool::frame_pool() { free_.reserve(most_kept); }

frame_pool::~frame_pool() {
    if (pool_of_this_thread == this) pool_of_this_thread = nullptr;
    for (frame* f : free_) delete f;
}

frame_ptr frame_pool::lease() {
    if (free_.empty()) {
        pool_of_this_thread = this;
        auto* f = new frame;
        f->home = this;
        f->text.reserve(usual_capacity);
        return frame_ptr(f);
    }
    frame* f = free_.back();
    free_.pop_back();
    return frame_ptr(f);
}

void frame_pool::take_back(frame* f) noexcept {
    if (free_.size() >= most_kept || f->text.capacity() > most_kept_capacity || f->share) {
        delete f;
        return;
    }
    f->text.clear();
    f->next = nullptr;
    f->not_before = {};
    f->opcode = websocket::opcode::text;
    free_.push_back(f);
}

void frame_ptr::release() noexcept {
    if (!frame_ || frame_->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    if (frame_->home == pool_of_this_thread && frame_->home) {
        frame_->home->take_back(frame_);
    } else {
        delete frame_;
    }
}

void frame_list::push(frame_ptr f) noexcept {
    frame* raw = f.detach();
    raw->next = nullptr;
    (last_ ? last_->next : first_) = raw;
    last_ = raw;
    bytes_ += raw->text.size();
    ++size_;
}

frame_ptr frame_list::pop() noexcept {
    if (!first_) return {};
    frame* raw = std::exchange(first_, first_->next);
    if (!first_) last_ = nullptr;
    bytes_ -= raw->text.size();
    --size_;
    return frame_ptr::adopt(raw);
}

frame_ptr frame_list::pop_back() noexcept {
    if (first_ == last_) return pop();
    frame* before = first_;
    while (before->next != last_) before = before->next;
    frame* raw = std::exchange(last_, before);
    before->next = nullptr;
    bytes_ -= raw->text.size();
    --size_;
    return frame_ptr::adopt(raw);
}

void frame_list::clear() noexcept {
    while (pop()) {
    }
}

}  // namespace voltgate
