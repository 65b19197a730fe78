#include "journal/restart.hpp"

#include "journal/tables.hpp"
#include "session/host.hpp"

#include <string_view>
#include <utility>

namespace voltgate {

namespace {

last_stop read_last_stop(sqlite::database& db) {
    sqlite::statement query(db, "SELECT value FROM meta WHERE name = 'process'");
    if (!query.step()) return last_stop::unknown;
    const auto noted = query.text(0);
    if (noted == "none") return last_stop::first;
    if (noted == "stopped") return last_stop::clean;
    return last_stop::crashed;
}

std::string_view to_json(last_stop s) noexcept {
    switch (s) {
        case last_stop::unknown: break;
        case last_stop::first: return R"("first")";
        case last_stop::clean: return R"("clean")";
        case last_stop::crashed: return R"("crashed")";
    }
    return "null";
}

event end_of(const open_session& s, std::chrono::system_clock::time_point now) {
    event e;
    e.type = event_type::charge_point_disconnected;
    e.epoch = s.epoch;
    e.timestamp = now;
    e.ocpp_version = s.version;
    e.charge_point_id = s.charge_point_id;
    e.payload.assign(R"({"reason":")").append(to_string(end_reason::crashed)).append("\"}");
    return e;
}

// The ends are made as they are written: many charge points may have been connected.
class first_op final : public journal_op {
  public:
    first_op(leftovers left, std::chrono::system_clock::time_point now) : left_(std::move(left)), now_(now) {}

    void apply(journal_batch& batch) override {
        sqlite::statement note(batch.tables.db, "INSERT OR REPLACE INTO meta (name, value) VALUES ('process', ?)");
        note.run("running");
        batch.add(gateway_started(&left_, now_));
        for (const auto& s : left_.open_sessions) batch.add(end_of(s, now_));
    }
    [[nodiscard]] std::size_t bytes() const noexcept override {
        return journal_op::bytes() + left_.open_sessions.size() * sizeof(open_session);
    }

  private:
    const leftovers left_;
    const std::chrono::system_clock::time_point now_;
};

}  // namespace

leftovers read_leftovers(sqlite::database& db) {
    leftovers left;
    left.stop = read_last_stop(db);
    sqlite::statement rows(
        db, "SELECT id, open_epoch, open_version FROM charge_points WHERE open_epoch IS NOT NULL ORDER BY open_epoch");
    while (rows.step()) {
        open_session s;
        s.charge_point_id = rows.text(0);
        s.epoch = static_cast<std::uint64_t>(rows.integer(1));
        const auto version = rows.maybe_integer(2);
        if (version && *version >= 0 && *version <= static_cast<std::int64_t>(ocpp::version::v21)) {
            s.version = static_cast<ocpp::version>(*version);
        }
        left.open_sessions.push_back(std::move(s));
    }
    return left;
}

event gateway_started(const leftovers* left, std::chrono::system_clock::time_point now) {
    event e;
    e.type = event_type::gateway_started;
    e.timestamp = now;
    e.payload = R"({"version":")" VOLTGATE_VERSION R"(","lastStop":)";
    e.payload += left ? to_json(left->stop) : "null";
    e.payload += R"(,"openSessions":)";
    e.payload += left ? std::to_string(left->open_sessions.size()) : "null";
    e.payload += '}';
    return e;
}

std::shared_ptr<journal_op> make_first_op(leftovers left, std::chrono::system_clock::time_point now) {
    return std::make_shared<first_op>(std::move(left), now);
}

}  // namespace voltgate
