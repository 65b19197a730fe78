#include "journal/tables.hpp"

namespace voltgate {

journal_tables::journal_tables(sqlite::database& d)
    : db(d),
      charge_points(d),
      events(d),
      index(d, charge_points),
      marks(d, charge_points),
      transaction_records(d),
      transactions(charge_points, transaction_records, marks),
      station_transactions(charge_points, transaction_records, marks),
      id_tags(d),
      commands(d),
      reservations(d, charge_points),
      credentials(d),
      profiles(d),
      feed_cursors(d) {}

void journal_tables::rolled_back() {
    charge_points.rolled_back();
    events.rolled_back();
    index.rolled_back();
    marks.rolled_back();
    transaction_records.rolled_back();
    station_transactions.forget();
}

}  // namespace voltgate
