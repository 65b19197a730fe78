#include "commands/certificate_signing.hpp"

#include "async/platform.hpp"
#include "async/with_deadline.hpp"
#include "commands/command_dispatcher.hpp"
#include "observe/log.hpp"
#include "observe/spawn.hpp"
#include "session/session.hpp"
#include "stations/charge_point.hpp"
#include "text/json_text.hpp"

#include <voltgate/clock.hpp>
#include <voltgate/config.hpp>

#include <utility>

namespace voltgate {

namespace {

constexpr std::string_view station_certificate = "ChargingStationCertificate";
constexpr std::uint8_t least_strength = 2;  // a password that went over the network in the clear is not enough
constexpr std::size_t longest_chain = 10'000;
constexpr int most_deliveries = 3;
constexpr std::size_t most_waiting = 1024;  // certificates to sign; further requests are rejected

std::string payload_of(const signing_decision& d) {
    std::string json = R"({"certificateChain":)";
    ocpp::append_json_string(json, d.chain);
    if (!d.of.type.empty()) {
        json += R"(,"certificateType":)";
        ocpp::append_json_string(json, d.of.type);
    }
    if (d.of.request_id) json.append(R"(,"requestId":)").append(std::to_string(*d.of.request_id));
    return json += '}';
}

// Given as it was sent before, it does no harm: the charge point has the certificate or takes it now.
bool may_not_have_arrived(const command_result& r) {
    return r.outcome == outcome::unknown &&
           (r.reason == reason::timeout || r.reason == reason::connection_lost || r.reason == reason::replaced);
}

}  // namespace

std::string_view certificate_type(std::string_view type) noexcept { return type.empty() ? station_certificate : type; }

bool signing_turn::take(std::shared_ptr<charge_point> record) {
    if (record->signing.exchange(true)) return false;
    record_ = std::move(record);
    taken_.reset(record_.get());
    return true;
}

void signing_turn::end_of_turn::operator()(charge_point* c) const noexcept { c->signing = false; }

error_text certificate_signing::open() {
    const auto& config = settings_.signing;
    if (config.certificate.empty()) return {};
    auto first = signing_authority::load(config, machine_.clock().utc());
    if (!first.authority) return first.error;
    for (const auto& warning : first.warnings)
        log_.warning("a file of the signing CA needs attention", {{"reason", warning}});
    authority_ = std::move(first.authority);
    worker_ = std::make_unique<worker_queue>(machine_, most_waiting);
    return {};
}

void certificate_signing::stop() {
    worker_.reset();
    authority_.reset();
}

void certificate_signing::reload() {
    if (!authority()) return;
    auto next = signing_authority::load(settings_.signing, machine_.clock().utc());
    if (!next.authority) {
        log_.error("the new files of the signing CA cannot be used, the old ones stay in force",
                   {{"reason", next.error}});
        return;
    }
    const std::lock_guard lock(mutex_);
    authority_ = std::move(next.authority);
}

std::shared_ptr<const signing_authority> certificate_signing::authority() const {
    const std::lock_guard lock(mutex_);
    return authority_;
}

io_awaitable<signing_answer> certificate_signing::ask_signer(const std::shared_ptr<session>& s,
                                                             const certificate_request& r) {
    signing_request wanted;
    wanted.charge_point_id = s->charge_point_id();
    if (const auto boot = s->record->boot()) wanted.serial_number = boot->serial_number;
    wanted.ocpp_version = s->version();
    wanted.authenticated_with = s->strength();
    wanted.certificate_type = certificate_type(r.type);
    wanted.csr = r.csr;
    auto& timers = s->thread().io.timers;
    const deadline until = timers.after(settings_.signing.timeout);
    auto asking = with_deadline(timers, until, signer_(std::move(wanted)));
    auto answer = co_await std::move(asking);
    if (!answer) co_return signing_answer::sign({});  // it failed: nothing is signed
    co_return std::move(*answer);
}

io_awaitable<signing_answer> certificate_signing::ask_authority(const std::shared_ptr<session>& s,
                                                                const certificate_request& r, bool& failed) {
    if (certificate_type(r.type) != station_certificate)
        co_return signing_answer::refuse("the gateway's CA signs no certificates of this type");
    if (s->strength() < least_strength) {
        co_return signing_answer::refuse(
            "the charge point did not authenticate over TLS (security profile 2 or 3): anybody could ask in its name");
    }
    auto work = [ca = authority(), &rules = settings_.security, csr = r.csr, identity = s->charge_point_id(),
                 serial = s->settings().serial_number, &machine = machine_] {
        const allowed_subject allowed{rules, identity, serial};
        return ca->sign(csr, allowed, machine);
    };
    auto signing = worker_->run<signing_authority::result>(std::move(work));
    auto made = co_await std::move(signing);
    failed = !made.value || made.value->failed;
    if (!made.value) co_return signing_answer::refuse("the gateway's CA could not sign: " + made.error);
    if (!made.value->refusal.empty()) co_return signing_answer::refuse(std::move(made.value->refusal));
    co_return signing_answer::sign(std::move(made.value->chain));
}

io_awaitable<signing_decision> certificate_signing::decide(std::shared_ptr<session> s, certificate_request r) {
    using kind = signing_answer::kind;
    using counted = metrics::signing;
    signing_decision d;
    counted result = counted::refused;
    signing_answer answer;
    const bool is_its_turn = d.turn.take(s->record);
    if (!is_its_turn) answer = signing_answer::refuse("an earlier request of this charge point is not over");
    if (is_its_turn && signer_) {
        auto asking = ask_signer(s, r);
        answer = co_await std::move(asking);
    }
    if (answer.what() == kind::use_default && authority()) {
        bool failed = false;
        auto asking = ask_authority(s, r, failed);
        answer = co_await std::move(asking);
        if (failed) result = counted::failed;
    }
    if (answer.what() == kind::refuse) {
        d.reason = answer.reason();
    } else if (answer.what() == kind::sign && (answer.chain().empty() || answer.chain().size() > longest_chain)) {
        result = counted::failed;
        d.reason = answer.chain().empty() ? "the host program's signer gave no answer in time, or failed"
                                          : "the host program's signer gave a chain of more than 10000 characters";
    } else if (answer.what() == kind::sign) {
        result = counted::signed_here;
        d.chain = answer.chain();
    } else if (settings_.signing.by_hand) {
        result = counted::by_hand;
    } else {
        result = counted::no_signer;
        d.reason = "nobody signs here: see [signing] of the configuration";
    }
    d.accepted = d.reason.empty();
    d.of.type = std::move(r.type);
    d.of.request_id = r.request_id;
    s->thread().shard.certificate_request(result);
    if (!d.accepted) {
        log_.warning("a certificate request was rejected", {{"charge_point", s->charge_point_id()}, {"why", d.reason}});
    }
    co_return d;
}

io_awaitable<void> certificate_signing::deliver(std::shared_ptr<session> s, const signing_decision& d) {
    if (!d.accepted) co_return;
    const delivery_name name(s->record->key(), certificate_type(d.of.type));
    std::uint64_t number = 0;
    {
        const std::lock_guard lock(mutex_);
        number = ++last_delivery_;
        deliveries_.erase(name);
        if (!d.chain.empty()) deliveries_.emplace(name, number);
    }
    auto ending = commands_.end_certificates(name.first, name.second);
    co_await std::move(ending);
    if (d.chain.empty()) co_return;
    command wanted("CertificateSigned", payload_of(d));
    wanted.expires_at = clock_.utc() + settings_.signing.delivery_timeout;
    spawn(s->thread().executor(), log_, "the delivery of a certificate",
          carry(s->charge_point_id(), std::move(wanted), name, number));
}

bool certificate_signing::is_newest(const delivery_name& name, std::uint64_t number) const {
    const std::lock_guard lock(mutex_);
    const auto found = deliveries_.find(name);
    return found != deliveries_.end() && found->second == number;
}

void certificate_signing::end_delivery(const delivery_name& name, std::uint64_t number) {
    const std::lock_guard lock(mutex_);
    const auto found = deliveries_.find(name);
    if (found != deliveries_.end() && found->second == number) deliveries_.erase(found);
}

io_awaitable<void> certificate_signing::carry(std::string charge_point_id, command signed_certificate,
                                              delivery_name name, std::uint64_t number) {
    for (int i = 0; i < most_deliveries && is_newest(name, number); ++i) {
        caller_patience to_the_end;
        command again = signed_certificate;
        auto [ec, result] =
            co_await commands_.async_send_command(charge_point_id, std::move(again), std::move(to_the_end), as_result);
        if (!ec && may_not_have_arrived(result)) continue;
        if (result.reason == reason::cancelled && !is_newest(name, number)) break;
        end_delivery(name, number);
        log_.info(
            "a certificate was sent to its charge point",
            {{"charge_point", charge_point_id}, {"outcome", to_string(result.outcome)}, {"answer", result.payload}});
        co_return;
    }
    if (!is_newest(name, number)) {
        log_.info("a certificate is not sent any more: its charge point has asked for a newer one",
                  {{"charge_point", charge_point_id}});
        co_return;
    }
    end_delivery(name, number);
    log_.warning("a certificate was sent in vain: the charge point does not answer",
                 {{"charge_point", charge_point_id}, {"times", most_deliveries}});
}

}  // namespace voltgate
