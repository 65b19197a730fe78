// The slow half of text_writer.
#include "events/text_writer.hpp"

#include <algorithm>
#include <utility>

namespace voltgate {

thread_local text_writer::thread_buffer text_writer::buffer_;

text_writer text_writer::grown(text_writer w, std::size_t needed) {
    const auto used = w.used();
    thread_buffer larger;
    larger.size = std::max(2 * buffer_.size, used + needed);
    larger.bytes = std::make_unique_for_overwrite<char[]>(larger.size);
    if (used > 0) std::memcpy(larger.bytes.get(), w.begin_, used);
    buffer_ = std::move(larger);
    w.begin_ = buffer_.bytes.get();
    w.at_ = w.begin_ + used;
    w.end_ = w.begin_ + buffer_.size;
    return w;
}

void text_writer::finish() {
    out_->append(begin_, used());
    if (buffer_.size > most_kept) buffer_ = {};
}

}  // namespace voltgate
