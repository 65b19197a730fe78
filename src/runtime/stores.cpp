#include "runtime/stores.hpp"

#include "journal/advice.hpp"
#include "journal/charge_point_saver.hpp"
#include "journal/command_ledger.hpp"
#include "journal/credential_store.hpp"
#include "journal/feed_cursor_store.hpp"
#include "journal/id_tag_store.hpp"
#include "journal/profile_store.hpp"
#include "journal/queries.hpp"
#include "journal/restart.hpp"
#include "journal/stores.hpp"
#include "stores/memory_credentials.hpp"
#include "stores/memory_feed_cursors.hpp"
#include "stores/memory_ledger.hpp"
#include "stores/memory_stores.hpp"
#include "stores/memory_transactions.hpp"

#include <cstdint>
#include <system_error>
#include <utility>

namespace voltgate {

namespace {

stores in_memory(gateway_core& core) {
    const auto& config = core.settings();
    stores s;
    s.ownership = std::make_unique<memory_ownership>(core.clock());
    s.events = std::make_unique<memory_events>(core.bus());
    s.id_tags = std::make_unique<configured_id_tags>(config.authorization);
    s.transactions = std::make_unique<memory_transactions>(
        core.bus(), core.machine().random(), config.limits.charge_points, config.authorization.one_transaction_per_tag);
    s.charge_points = std::make_unique<memory_charge_points>();
    s.commands = std::make_unique<memory_ledger>(core.bus(), core.clock());
    s.credentials = std::make_unique<memory_credentials>();
    s.profiles = std::make_unique<memory_profiles>(core.profiles());
    s.feed_cursors = std::make_unique<memory_feed_cursors>();
    s.mark_key = core.machine().random().secret_number();
    return s;
}

stores in_journal(gateway_core& core, journal& j) {
    const auto& config = core.settings();
    stores s;
    s.ownership = std::make_unique<journal_ownership>(j);
    s.events = std::make_unique<journal_events>(j);
    auto id_tags = std::make_unique<journal_id_tags>(j, config.authorization, core.clock());
    s.id_tag_list = id_tags.get();
    s.id_tags = std::move(id_tags);
    s.transactions = std::make_unique<journal_transactions>(j, config.authorization.one_transaction_per_tag);
    s.charge_points = std::make_unique<charge_point_saver>(j);
    s.commands = std::make_unique<journal_ledger>(j, core.clock(), config.events.commit_timeout);
    s.credentials = std::make_unique<journal_credentials>(j);
    s.profiles = std::make_unique<journal_profiles>(j, core.profiles());
    s.feed_cursors = std::make_unique<journal_feed_cursors>(j);
    s.queries = make_queries(j);
    const auto mark_key = j.database().number("SELECT value FROM meta WHERE name = 'mark_key'");
    s.mark_key = static_cast<std::uint64_t>(mark_key.value_or(0));
    load_charge_points(j.database(), core.registry(), *s.charge_points);
    for (const auto& profile : core.profiles()->all()) core.registry().remember(profile->charge_point_id);
    return s;
}

}  // namespace

error_text open_stores(gateway_core& core, std::unique_ptr<journal>& opened, leftovers& left) {
    const auto& config = core.settings();
    if (!config.journal.enabled) {
        core.set_stores(in_memory(core), nullptr);
        return {};
    }
    const std::string where = "journal.path \"" + config.journal.path + "\": ";
    try {
        opened = std::make_unique<journal>(config, core.clock(), core.machine(), core.bus(), core.log());
        core.set_stores(in_journal(core, *opened), opened.get());
        left = read_leftovers(opened->database());
        return {};
    } catch (const sqlite::error& e) {
        return where + with_advice(e);
    } catch (const std::system_error& e) {
        if (e.code() == std::errc::address_in_use)
            return where + "in use by another gateway; give each its own directory";
        return where + e.what() + "; the directory must be writable for the user that runs the gateway";
    }
}

void start_stores(gateway_core& core, journal* j, const leftovers& left) {
    auto& counted = core.metrics().shard_of(0);
    counted.event(event_type::gateway_started);
    if (!j) {
        event started = gateway_started(nullptr, core.clock().utc());
        core.stores().events->record(started);
        return;
    }
    for (std::size_t i = 0; i < left.open_sessions.size(); ++i) counted.event(event_type::charge_point_disconnected);
    if (left.stop == last_stop::crashed) {
        core.log().warning("the gateway was not stopped in good order before this start",
                           {{"open_sessions", left.open_sessions.size()}});
    }
    j->start();
    j->submit(make_first_op(left, core.clock().utc()));
}

}  // namespace voltgate
