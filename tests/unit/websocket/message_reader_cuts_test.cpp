// However the network cuts the bytes of the conversations, the same is read.
#include "support/conversations.hpp"
#include "websocket/message_reader.hpp"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <string_view>

using namespace voltgate;
using namespace voltgate::test;
using voltgate::websocket::control_payload;
using voltgate::websocket::message_reader;

namespace {

/// A client's bytes, read piece by piece.
class reading {
  public:
    reading(std::size_t largest, bool deflate) : reader_(largest) {
        if (deflate) reader_.agree_on_deflate();
    }

    void take(std::string_view bytes) {
        using found = message_reader::found;
        while (!over_) {
            const found what = reader_.read(bytes, message_, control_);
            switch (what) {
                case found::nothing: REQUIRE(bytes.empty()); return;
                case found::payload: break;
                case found::message:
                    seen_ += reader_.is_text() ? "text" : "binary";
                    seen_ += reader_.is_packed() ? " packed " : " ";
                    seen_ += message_ + '\n';
                    message_.clear();
                    break;
                case found::ping: seen_.append("ping ").append(control_.text()) += '\n'; break;
                case found::pong: seen_.append("pong ").append(control_.text()) += '\n'; break;
                case found::close:
                case found::violation:
                    seen_ += (what == found::close ? "close " : "violation ") + std::to_string(reader_.code());
                    over_ = true;
            }
        }
    }

    /// What was found, and how far it has come with what is not whole.
    [[nodiscard]] std::string seen() const {
        return over_ ? seen_ : seen_ + (reader_.at_rest() ? "at rest" : "in the middle: " + message_);
    }

  private:
    message_reader reader_;
    control_payload control_;
    std::string message_, seen_;
    bool over_ = false;
};

constexpr std::size_t long_input = 2000;

void check(const conversation_group& group, bool deflate) {
    for (const auto& said : group.all) {
        const std::string all = said.sent + said.last;
        const std::string_view bytes = all;
        CAPTURE(group.name, said.name);
        reading whole(group.max_message_bytes, deflate);
        whole.take(bytes);
        reading one_by_one(group.max_message_bytes, deflate);
        for (std::size_t i = 0; i < bytes.size(); ++i) one_by_one.take(bytes.substr(i, 1));
        CHECK(one_by_one.seen() == whole.seen());
        // In the middle of a long message nothing changes for a while.
        const std::size_t step = bytes.size() > long_input ? bytes.size() / long_input * 16 : 1;
        for (std::size_t i = 1; i < bytes.size(); i += i < long_input / 4 ? 1 : step) {
            reading in_two(group.max_message_bytes, deflate);
            in_two.take(bytes.substr(0, i));
            in_two.take(bytes.substr(i));
            if (in_two.seen() == whole.seen()) continue;
            CAPTURE(i);
            CHECK(in_two.seen() == whole.seen());
        }
    }
}

}  // namespace

TEST_CASE("Cut in two at any place, and into single bytes, a client's bytes say the same") {
    for (const auto& group : echo_conversations()) check(group, false);
    for (const auto& group : packed_conversations()) check(group, true);
}
