#include "journal/event_record.hpp"

#include "stores/stored_time.hpp"

#include <bit>
#include <cstring>

namespace voltgate {

namespace {

static_assert(std::endian::native == std::endian::little, "records are written as they lie in memory");

struct fixed_part {
    std::uint32_t size;  // of the whole record
    std::uint16_t charge_point_id_size, trace_id_size;
    std::uint8_t type, version;  // version: 0 none, else 1 more than the enumerator
    std::uint8_t has_occurred_at, reserved;
    std::uint32_t payload_size;
    std::uint64_t id[2];
    std::uint64_t mark, epoch;
    std::int64_t timestamp, occurred_at;  // microseconds since 1970
};
static_assert(sizeof(fixed_part) == 64);

// Null when `bytes` does not begin with a whole record.
std::optional<fixed_part> read_fixed_part(std::string_view bytes) {
    fixed_part head;
    if (bytes.size() < sizeof head) return std::nullopt;
    std::memcpy(&head, bytes.data(), sizeof head);
    const std::uint64_t parts =
        sizeof head + std::uint64_t{head.charge_point_id_size} + head.trace_id_size + head.payload_size;
    if (head.size != parts || head.size > bytes.size() || head.type >= event_type_count || head.version > 3) {
        return std::nullopt;
    }
    return head;
}

}  // namespace

void append_record(std::string& out, const event& e, std::uint64_t mark) {
    fixed_part head{};
    const auto id = std::string_view(e.charge_point_id).substr(0, 0xFFFF);
    const auto trace = std::string_view(e.trace_id).substr(0, 0xFFFF);
    head.charge_point_id_size = static_cast<std::uint16_t>(id.size());
    head.trace_id_size = static_cast<std::uint16_t>(trace.size());
    head.payload_size = static_cast<std::uint32_t>(e.payload.size());
    head.size = static_cast<std::uint32_t>(sizeof head + id.size() + trace.size() + e.payload.size());
    head.type = static_cast<std::uint8_t>(e.type);
    head.version =
        e.ocpp_version ? static_cast<std::uint8_t>(static_cast<unsigned>(*e.ocpp_version) + 1) : std::uint8_t{0};
    head.has_occurred_at = e.occurred_at.has_value();
    head.id[0] = e.id[0];
    head.id[1] = e.id[1];
    head.mark = mark;
    head.epoch = e.epoch;
    head.timestamp = stored_time(e.timestamp);
    head.occurred_at = e.occurred_at ? stored_time(*e.occurred_at) : 0;
    out.append(reinterpret_cast<const char*>(&head), sizeof head).append(id).append(trace).append(e.payload);
}

bool take_record(std::string_view& bytes, event& e) {
    const auto head = read_fixed_part(bytes);
    if (!head) return false;
    e.id = {head->id[0], head->id[1]};
    e.epoch = head->epoch;
    e.timestamp = time_from_stored(head->timestamp);
    e.occurred_at.reset();
    if (head->has_occurred_at) e.occurred_at = time_from_stored(head->occurred_at);
    e.type = static_cast<event_type>(head->type);
    e.ocpp_version.reset();
    if (head->version > 0) e.ocpp_version = static_cast<ocpp::version>(head->version - 1);
    std::string_view rest = bytes.substr(sizeof(fixed_part));
    e.charge_point_id = rest.substr(0, head->charge_point_id_size);
    rest.remove_prefix(head->charge_point_id_size);
    e.trace_id = rest.substr(0, head->trace_id_size);
    rest.remove_prefix(head->trace_id_size);
    e.payload = rest.substr(0, head->payload_size);
    bytes.remove_prefix(head->size);
    return true;
}

std::optional<record_head> take_record_head(std::string_view& bytes) {
    const auto head = read_fixed_part(bytes);
    if (!head) return std::nullopt;
    record_head found;
    found.type = static_cast<event_type>(head->type);
    found.charge_point_id = bytes.substr(sizeof(fixed_part), head->charge_point_id_size);
    found.trace_id = bytes.substr(sizeof(fixed_part) + head->charge_point_id_size, head->trace_id_size);
    if (head->version > 0) found.version = static_cast<ocpp::version>(head->version - 1);
    found.mark = head->mark;
    found.has_occurred_at = head->has_occurred_at != 0;
    found.occurred_at = head->occurred_at;
    found.timestamp = head->timestamp;
    found.payload = bytes.substr(head->size - head->payload_size, head->payload_size);
    found.epoch = head->epoch;
    bytes.remove_prefix(head->size);
    return found;
}

}  // namespace voltgate
