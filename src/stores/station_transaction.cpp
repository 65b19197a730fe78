#include "stores/station_transaction.hpp"

#include "text/fold_id.hpp"

namespace voltgate {

std::string token_key_of(const id_token& token) {
    return token.is_pin() || token.needs_no_authorization() ? std::string() : fold_id(token.text);
}

bool begins_another(const station_transaction& t, const transaction_message& m) {
    const bool time_lost = m.salvaged && m.what.timestamp.empty();
    return m.what.phase == transaction_phase::started && !t.start_text.empty() && t.start_text != m.what.timestamp &&
           !time_lost;
}

namespace {

bool names_its_token(const station_transaction& t, const transaction_message& m) {
    const std::string key = token_key_of(m.what.token);
    return !key.empty() && key == t.token_key;
}

}  // namespace

noted_transaction repetition_of(const station_transaction& t, const transaction_message& m) {
    noted_transaction result;
    result.what = stored::repeated;
    result.known = t.number != 0 && !t.stopped;
    result.tag_status = m.tag_status && names_its_token(t, m) ? t.tag_status : m.tag_status;
    result.evse_id = t.evse_id;
    result.connector_id = t.connector_id;
    return result;
}

noted_transaction apply(station_transaction& t, const transaction_message& m) {
    noted_transaction result;
    const bool is_new = t.sequence.empty();
    result.known = !is_new && !t.stopped;
    result.tag_status = m.tag_status;
    const std::string key = token_key_of(m.what.token);
    if (m.tag_status && names_its_token(t, m) && t.tag_status == id_tag_status::concurrent_tx)
        result.tag_status = t.tag_status;
    std::optional<station_transaction::microseconds> at;
    if (m.what.occurred_at) at = std::chrono::floor<std::chrono::microseconds>(*m.what.occurred_at);
    // Not every charge point counts well: a start or an end that has not come yet is no repetition, nor is what
    // happened after all that has come.
    const bool is_start =
        m.what.phase == transaction_phase::started && !t.start_came && (!m.what.timestamp.empty() || m.salvaged);
    const bool has_news =
        is_start || (m.what.phase == transaction_phase::ended && !t.stopped) || (at && t.latest && *at > *t.latest);
    const bool number_came_before = t.sequence.contains(*m.what.sequence);
    result.sequence_used_again = number_came_before && has_news;
    if (number_came_before && !has_news) return repetition_of(t, m);
    result.what = stored::fresh;
    if (!is_new) {
        result.missing = t.sequence.missing_before(*m.what.sequence);
    } else if (m.what.phase != transaction_phase::started) {
        result.missing = 1;  // its start, at least
    }
    // One that was kept before times were is taken up with its next message, not with one that comes late.
    const bool is_ahead = is_new || *m.what.sequence > t.sequence.last();
    if (at && (t.latest ? *at > *t.latest : is_ahead)) t.latest = at;
    t.sequence.add(*m.what.sequence);
    if (!t.evse_id) t.evse_id = m.what.evse;
    if (!t.connector_id) t.connector_id = m.what.connector;
    if (t.token_key.empty() && !key.empty() && m.what.phase != transaction_phase::ended) {
        t.token_key = key;
        t.tag_status = result.tag_status;
    }
    if (m.what.phase == transaction_phase::started) {
        t.start_came = true;
        t.start_text = m.what.timestamp;
    }
    if (m.what.phase == transaction_phase::ended) t.stopped = true;
    result.evse_id = t.evse_id;
    result.connector_id = t.connector_id;
    return result;
}

}  // namespace voltgate
