#include "journal/charge_point_saver.hpp"

#include "journal/replay.hpp"
#include "journal/tables.hpp"
#include "stations/charge_point_record.hpp"
#include "stores/stored_time.hpp"

#include <utility>

namespace voltgate {

namespace {

constexpr long most_under_way = 3;  // saves: while the disk does not take them, the changes wait together

void save_one(journal_batch& batch, remembered_charge_point& record) {
    record.save_pending = false;  // before it is read: what changes meanwhile is saved again
    const auto stored = record.stored();
    batch.tables.charge_points.save(record.id(), stored.registration, stored.json, stored_time(stored.last_seen));
}

// Where transactions are open: what looks like their end must be noticed after a restart too.
void load_open_places(sqlite::database& db, registry& into) {
    sqlite::statement rows(db,
                           "SELECT c.id, CASE WHEN s.number IS NULL THEN t.connector ELSE s.evse END "
                           "FROM transactions t INDEXED BY open_transactions JOIN charge_points c "
                           "ON c.row = t.charge_point LEFT JOIN station_transactions s ON s.number = t.number "
                           "WHERE t.stopped_at IS NULL AND t.presumed_at IS NULL AND t.closed_at IS NULL");
    while (rows.step()) {
        const auto place = rows.maybe_integer(1);
        if (const auto record = place ? into.find(rows.text(0)) : nullptr) record->transaction_began(*place);
    }
}

}  // namespace

void charge_point_saver::changed(const std::shared_ptr<remembered_charge_point>& record) {
    if (record->save_pending.exchange(true)) return;
    const std::lock_guard lock(mutex_);
    changed_.push_back(record);
}

void charge_point_saver::save() {
    std::vector<std::shared_ptr<remembered_charge_point>> records;
    const auto known = journal_.stats().last_sequence;  // read first: what comes meanwhile is read again at a restart
    {
        const std::lock_guard lock(mutex_);
        if (changed_.empty() || under_way_.use_count() > most_under_way) return;
        records.swap(changed_);
    }
    journal_.submit(make_op([records = std::move(records), known, counted = under_way_](journal_batch& batch) {
        for (const auto& record : records) save_one(batch, *record);
        sqlite::statement note(batch.tables.db, "UPDATE meta SET value = ? WHERE name = 'saved_sequence'");
        note.run(known);
    }));
}

void load_charge_points(sqlite::database& db, registry& into, charge_point_port& port) {
    sqlite::statement rows(db, "SELECT id, registration, record, last_seen FROM charge_points ORDER BY last_seen");
    while (rows.step()) {
        auto record = std::make_shared<charge_point>(std::string(rows.text(0)));
        stored_record stored;
        stored.registration = rows.maybe_integer(1);
        stored.json = rows.text(2);
        stored.last_seen = time_from_stored(rows.integer(3));
        record_from_json(stored, *record);
        into.add_known(std::move(record));
    }
    replay_events(db, into, port);
    load_open_places(db, into);
}

}  // namespace voltgate
