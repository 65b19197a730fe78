#include "security/tls_store.hpp"

#include "async/platform.hpp"
#include "observe/log.hpp"
#include "security/tls_files.hpp"

#include <voltgate/clock.hpp>

#include <sys/stat.h>
#include <utility>

namespace voltgate {

tls_store::tls_store(tls_config c, platform& machine, log& l)
    : config_(std::move(c)), machine_(machine), log_(l), keys_(std::make_shared<tls_ticket_keys>(machine)) {}

tls_store::~tls_store() {
    {
        const std::lock_guard lock(mutex_);
        ending_ = true;
    }
    if (watcher_) watcher_->wake();
    watcher_.reset();
}

error_text tls_store::open() {
    loaded_ = seen_ = look_at_files();
    auto first = tls_context::load(config_, keys_, machine_.clock().utc());
    if (!first.context) return first.error;
    for (const auto& warning : first.warnings) log_.warning("a TLS file needs attention", {{"reason", warning}});
    current_ = std::move(first.context);
    next_look_ = next_look_after(machine_.clock().steady());
    watcher_ = machine_.employ(*this);
    return {};
}

void tls_store::reload() {
    {
        const std::lock_guard lock(mutex_);
        reload_asked_ = true;
    }
    watcher_->wake();
}

std::shared_ptr<const tls_context> tls_store::current() const {
    const std::lock_guard lock(mutex_);
    return current_;
}

std::string tls_store::trouble(std::chrono::system_clock::time_point now) const {
    std::string all;
    const auto add = [&all](const std::string& what) { all.append(all.empty() ? "" : "; ").append(what); };
    const std::lock_guard lock(mutex_);
    if (!not_taken_over_.empty()) {
        add("the new files cannot be used, all old ones stay in force, the revocation list too: " + not_taken_over_);
    }
    const auto add_expired = [&](const tls_expiry::time& at, std::string_view what, std::string_view then) {
        if (at && *at <= now) add(std::string(what) + " " + shown(*at) + ": " + std::string(then));
    };
    const tls_expiry& e = current_->expiry();
    add_expired(e.ec, "the EC certificate expired at", "replace it (tls.certificates)");
    add_expired(e.rsa, "the RSA certificate expired at", "replace it (tls.certificates)");
    add_expired(e.client_ca, "a CA of tls.client_ca expired at", "its clients are refused");
    add_expired(e.crl, "a revocation list was due to be replaced at",
                "until it is (tls.crl), the clients of its CA are refused");
    return all;
}

tls_store::looks tls_store::look_at_files() const {
    looks all;
    const auto add = [&all](const std::string& file) {
        struct stat facts{};
        look l;
        if (!file.empty() && ::stat(file.c_str(), &facts) == 0) {
            l.modified = facts.st_mtim.tv_sec * std::int64_t{1'000'000'000} + facts.st_mtim.tv_nsec;
            l.size = facts.st_size;
            l.node = facts.st_ino;
        }
        all.push_back(l);
    };
    for (const auto& file : config_.certificates) add(file);
    for (const auto& file : config_.keys) add(file);
    add(config_.client_ca);
    add(config_.crl);
    return all;
}

tls_store::time_point tls_store::next_look_after(time_point now) const noexcept {
    return config_.watch_interval.count() > 0 ? now + config_.watch_interval : when_woken;
}

std::optional<tls_store::time_point> tls_store::step(time_point now) noexcept {
    bool asked = false;
    {
        const std::lock_guard lock(mutex_);
        if (ending_) return std::nullopt;
        asked = std::exchange(reload_asked_, false);
    }
    if (asked || now >= next_look_) {
        look_again(asked);
        next_look_ = next_look_after(now);
    }
    return next_look_;
}

// A certificate and its key are two files, so changes are read once the files have stayed the same from one look to
// the next. What was read in vain is read again: a permission that is given or a date that comes changes no file.
void tls_store::look_again(bool asked) {
    const looks now = look_at_files();
    const bool in_vain = !not_taken_over_.empty();  // nobody else writes it
    if (asked || ((now != loaded_ || in_vain) && now == seen_)) {
        loaded_ = now;
        load_again(asked);
    }
    seen_ = now;
}

void tls_store::load_again(bool asked) {
    auto next = tls_context::load(config_, keys_, machine_.clock().utc());
    if (!next.context) {
        if (!asked && next.error == not_taken_over_) return;
        log_.error("the new TLS files cannot be used, all old ones stay in force, the revocation list too",
                   {{"reason", next.error}});
        const std::lock_guard lock(mutex_);
        not_taken_over_ = next.error;
        return;
    }
    for (const auto& warning : next.warnings) log_.warning("a TLS file needs attention", {{"reason", warning}});
    {
        const std::lock_guard lock(mutex_);
        std::swap(current_, next.context);
        not_taken_over_.clear();
    }
    log_.info("TLS files were read again: new connections use them");
}

}  // namespace voltgate
