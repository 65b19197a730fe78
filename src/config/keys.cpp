#include "config/keys.hpp"

#include "config/key_parts.hpp"
#include "config/texts.hpp"

#include <utility>

namespace voltgate::settings {

namespace {

void add_general(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("node_id", text(is_node_id, node_id_allowed),
        "Name of this gateway, stable over restarts and different for every gateway of an installation. It stands in "
        "every event as gatewayId.",
        MEMBER(node_id));
    add("timestamp_milliseconds", boolean(),
        "Milliseconds in the times sent to charge points. Some charge points cannot read them.",
        MEMBER(timestamp_milliseconds));
}

void add_server(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("server.address", text(is_address, address_allowed),
        "Address to listen on. \"0.0.0.0\" is every IPv4 address of the machine, \"::\" every address. One that other "
        "machines can reach needs allow_insecure.",
        MEMBER(server.address));
    add("server.port", number(0, 65535), "TCP port to listen on. 0: any free one; the log says which.",
        MEMBER(server.port));
    add("server.path", text(is_server_path, server_path_allowed),
        "Charge points connect to ws://address:port{path}/{charge point id}. \"/\", for those that know host and port "
        "alone, needs listeners of their own for them: serve = \"charge_points\".",
        MEMBER(server.path));
    add("server.io_threads", number(0, 256), "Threads that serve the connections. 0: one per core, at most 4.",
        MEMBER(server.io_threads));
    add("server.allow_insecure", boolean(),
        "Allow an address that other machines can reach although charge points, or callers of the HTTP interface, need "
        "not authenticate. Only for trusted networks.",
        MEMBER(server.allow_insecure));
    add("server.versions", words<ocpp::version>(),
        "OCPP versions that charge points may choose, as WebSocket sub-protocols.", MEMBER(server.versions));
    add("server.no_subprotocol", word<server_config::no_subprotocol_answer>(),
        "For a charge point that offers no enabled version: refuse it with HTTP 400, or accept the connection and "
        "close "
        "it at once.",
        MEMBER(server.no_subprotocol));
    add("server.compression", word<server_config::compressed>(),
        "Compression of messages (permessage-deflate): for no charge point, for those of OCPP 2.x, which demands it, "
        "or "
        "for all; if they offer it.",
        MEMBER(server.compression));
    add("server.backlog", number(1, 65535),
        "Connections that may wait to be accepted. The kernel caps it (net.core.somaxconn).", MEMBER(server.backlog));
    add("server.security_profile", number(0, 3), profile_text, MEMBER(server.security_profile));
    add("server.serve", word<server_config::served>(), serve_text, MEMBER(server.serve));
    add("server.tls", boolean(), tls_text, MEMBER(server.tls));
    add("server.proxy_protocol", boolean(), proxy_text, MEMBER(server.proxy_protocol));
    add("server.trusted_proxies", texts(is_network, network_allowed), proxies_text, MEMBER(server.trusted_proxies));
    add("server.forwarded", word<server_config::forwarded_header>(), forwarded_text, MEMBER(server.forwarded));
    add("server.tls_at_proxy", boolean(), tls_at_proxy_text, MEMBER(server.tls_at_proxy));
    add("server.proxy_timeout", time(ms, hour),
        "From the start of a connection to the end of its PROXY header, on every listener that expects one.",
        MEMBER(server.proxy_timeout));
}

void add_tls(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("tls.certificates", texts(is_path, path_allowed),
        "PEM files with the server's certificate, then those of its issuers. One for an EC and one for an RSA "
        "certificate: OCPP demands cipher suites of both. New files are taken over while the gateway runs.",
        MEMBER(tls.certificates));
    add("tls.keys", texts(is_path, path_allowed),
        "PEM files with their private keys, in the same order. Empty: the keys stand in the certificates' files.",
        MEMBER(tls.keys));
    add("tls.client_ca", text(is_optional_path, optional_path_allowed),
        "PEM file with the CAs that issue the charge points' certificates, for security profile 3.",
        MEMBER(tls.client_ca));
    add("tls.crl", text(is_optional_path, optional_path_allowed),
        "PEM file with the revocation list of each CA that issues certificates of charge points. One whose issuer has "
        "no list there is refused. Empty: nothing is revoked.",
        MEMBER(tls.crl));
    add("tls.handshake_timeout", time(ms, hour), "From the start of a connection to the end of its TLS handshake.",
        MEMBER(tls.handshake_timeout));
    add("tls.watch_interval", time(0, day),
        "How often is looked whether these files have changed. 0: never, only SIGHUP makes them read again.",
        MEMBER(tls.watch_interval));
}

void add_session(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("session.handler_timeout", time(ms, hour),
        "A CALL of a charge point that is not answered by then is abandoned; the charge point repeats it.",
        MEMBER(session.handler_timeout));
    add("session.call_timeout", time(ms, day),
        "Wait for the answer to a command, from its hand-over to the socket, unless the command names its own.",
        MEMBER(session.call_timeout));
    add("session.queue_timeout", time(ms, day),
        "A command without expiresAt waits for its turn at a connected charge point no longer.",
        MEMBER(session.queue_timeout));
    add("session.write_timeout", time(ms, hour), "A charge point that does not take what was sent by then is closed.",
        MEMBER(session.write_timeout));
    add("session.message_timeout", time(ms, hour), "From the first byte of a message to its last.",
        MEMBER(session.message_timeout));
    add("session.idle_timeout", time(0, 7 * day),
        "A charge point from which not a byte came for so long is closed. 0: never.", MEMBER(session.idle_timeout));
    add("session.ping_interval", time(0, day), "WebSocket pings of the gateway. 0: none.",
        MEMBER(session.ping_interval));
    add("session.close_timeout", time(ms, hour), "Wait for the charge point's part of the closing handshake.",
        MEMBER(session.close_timeout));
    add("session.max_message_bytes", size(256, 64 * mib), "Size of one message, its fragments together.",
        MEMBER(session.max_message_bytes));
    add("session.max_transaction_message_bytes", size(256, 64 * mib),
        "The same for StartTransaction, StopTransaction, MeterValues and TransactionEvent, where it is more: a charge "
        "point that is refused one repeats it for ever. See limits.large_message_bytes.",
        MEMBER(session.max_transaction_message_bytes));
    add("session.compress_from", size(0, 64 * mib),
        "Messages smaller than that are sent as they are, where compression was agreed on. max_message_bytes holds "
        "before and after decompression.",
        MEMBER(session.compress_from));
    add("session.inbound_queue", number(1, 10'000),
        "CALLs of one charge point that wait for their turn. While there are so many, it is not read from.",
        MEMBER(session.inbound_queue));
    add("session.outbound_queue", number(1, 10'000),
        "Commands to one charge point that wait for their turn. Further ones end as not sent, queue_full.",
        MEMBER(session.outbound_queue));
    add("session.outbox_bytes", size(kib, gib),
        "Bytes that wait to be written to one charge point. One that lets more pile up is closed.",
        MEMBER(session.outbox_bytes));
    add("session.outbox_messages", number(1, 1'000'000), "The same, counted in messages.",
        MEMBER(session.outbox_messages));
    add("session.max_bad_messages", number(1, 1'000'000),
        "Unreadable messages in a row after which a charge point is closed.", MEMBER(session.max_bad_messages));
}

void add_http(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("http.request_timeout", time(ms, hour),
        "From the first byte of a request to its last; and for the caller to take the answer.",
        MEMBER(http.request_timeout));
    add("http.idle_timeout", time(ms, hour), "Wait for the next request on a kept connection.",
        MEMBER(http.idle_timeout));
    add("http.max_header_bytes", size(kib, mib), "Size of a request's header.", MEMBER(http.max_header_bytes));
    add("http.max_body_bytes", size(kib, 64 * mib), "Size of a request's body.", MEMBER(http.max_body_bytes));
    add("http.max_import_bytes", size(kib, gib),
        "Size of the body of an import (POST /api/v1/id-tags and /api/v1/charge-points). No more than two are received "
        "at "
        "a time.",
        MEMBER(http.max_import_bytes));
    add("http.response_memory", size(64 * mib, 64 * gib),
        "Memory of all answers that are being sent, those below 4 KiB left aside. Further ones are answered with 503.",
        MEMBER(http.response_memory));
    add("http.stream_queue", number(1, 10'000'000),
        "Events a reader of the live stream may be behind before it has to catch up from the journal.",
        MEMBER(http.stream_queue));
}

void add_limits(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("limits.connections", number(0, 10'000'000),
        "Open connections, charge points and HTTP together. 0: what the limit of open files allows.",
        MEMBER(limits.connections));
    add("limits.charge_points", number(1, 100'000'000),
        "Charge points that are remembered. Beyond it those that were not seen for longest are forgotten first.",
        MEMBER(limits.charge_points));
    add("limits.takeovers", number(1, 1'000'000),
        "Times within takeover_window that a charge point may replace its own connection undelayed.",
        MEMBER(limits.takeovers));
    add("limits.takeover_window", time(ms, day), "See takeovers.", MEMBER(limits.takeover_window));
    add("limits.takeover_delay", time(0, 60 * s), "How long each further replacement waits. 0: not at all.",
        MEMBER(limits.takeover_delay));
    add("limits.waiting_commands", number(0, 10'000'000),
        "Commands with expiresAt that wait for charge points that are not connected, all together. Further ones end as "
        "not sent, queue_full.",
        MEMBER(limits.waiting_commands));
    add("limits.large_message_bytes", size(0, 64 * gib),
        "Transaction messages above session.max_message_bytes that are being received or answered, all together. A "
        "charge point whose message does not fit is closed (1013), and comes again.",
        MEMBER(limits.large_message_bytes));
    add("limits.connections_per_address", number(0, 10'000'000),
        "Open connections of one address; of IPv6 the first 64 bits count. Further ones are answered 429. A whole "
        "site, "
        "or a whole mobile network, may stand behind one address. 0: no bound.",
        MEMBER(limits.connections_per_address));
    add("limits.connection_rate", number(0, max_rate),
        "New connections a second, all together. Further ones are answered 503 without TLS, and closed with TLS, whose "
        "handshake would cost what is to be saved. 0: no bound.",
        MEMBER(limits.connection_rate));
    add("limits.connection_rate_per_address", number(0, max_rate),
        "The same for one address: answered 429, or closed. 0: no bound.", MEMBER(limits.connection_rate_per_address));
    add("limits.connection_burst_per_address", number(1, 10'000'000),
        "New connections that an address may make at once before its rate counts: a site that comes back.",
        MEMBER(limits.connection_burst_per_address));
    add("limits.message_rate", number(0, max_rate),
        "CALLs a second of one charge point. What becomes of further ones says conformance.too_many_calls. 0: no "
        "bound.",
        MEMBER(limits.message_rate));
    add("limits.message_burst", number(1, 10'000'000), "CALLs that it may send at once before its rate counts.",
        MEMBER(limits.message_burst));
    add("limits.action_rates", texts(is_action_rate, action_rate_allowed),
        "The same for single actions, each with its CALLs a second and, if more may come at once, how many.",
        MEMBER(limits.action_rates));
    add("limits.boot_rate", number(0, max_rate),
        "BootNotifications a second that are accepted, of all charge points together. Further ones are answered "
        "Pending, with a time to try again. 0: no bound.",
        MEMBER(limits.boot_rate));
    add("limits.boot_retry_interval", time(s, hour, s),
        "That time: each charge point gets another one between this and its double.",
        MEMBER(limits.boot_retry_interval));
}

void add_policies(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("boot.registration", word<boot_config::status>(), "Answer to a BootNotification.", MEMBER(boot.registration));
    add("boot.interval", time(s, 30 * day, s),
        "Heartbeat interval of accepted charge points; for others the wait before the next BootNotification.",
        MEMBER(boot.interval));
    add("authorization.policy", word<authorization_config::mode>(),
        "Who may charge: everybody, or the id tags of id_tags alone. A tag of the managed list (/api/v1/id-tags) has "
        "the status it has there.",
        MEMBER(authorization.policy));
    add("authorization.id_tags", texts(is_id_tag, id_tag_allowed),
        "Id tags that are Accepted when policy is list; all others are Invalid. Letter case does not matter. \"\" is "
        "that of charge points that charge without a card.",
        MEMBER(authorization.id_tags));
    add("authorization.one_transaction_per_tag", boolean(),
        "Answer ConcurrentTx to a StartTransaction whose id tag has a transaction running anywhere else.",
        MEMBER(authorization.one_transaction_per_tag));
    add("data_transfer.accepted_vendors", texts(is_vendor_id, vendor_id_allowed),
        "Vendors (vendorId) whose DataTransfer is answered Accepted; all others get UnknownVendorId. Letter case does "
        "not matter. What they sent stands in the events data_transfer.received either way.",
        MEMBER(data_transfer.accepted_vendors));
}

constexpr const char* stops_without_id_text =
    "End the only running transaction of a charge point and id tag with a StopTransaction whose id is below 1 (the "
    "answer to its start never arrived), if its time is later and its reading not below the last one known.";
constexpr const char* lone_phase_text =
    "Take an energy register that is told for one phase alone as that of the whole connector. For chargers that charge "
    "on one phase and say so.";

void add_transactions(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("transactions.match_stops_without_id", boolean(), stops_without_id_text,
        MEMBER(transactions.match_stops_without_id));
    add("transactions.lone_phase_counts", boolean(), lone_phase_text, MEMBER(transactions.lone_phase_counts));
}

void add_security(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("security.unknown_charge_points", word<security_config::unknown_answer>(),
        "Charge points for which no password is known, from security profile 1 on. accept: they connect without one, "
        "which is logged and counted.",
        MEMBER(security.unknown_charge_points));
    add("security.certificate_identity", word<security_config::certificate_name>(),
        "What the common name (CN) of a charge point's certificate must be: its id, the serial_number of its "
        "[[charge_point]] entry, or anything.",
        MEMBER(security.certificate_identity));
    add("security.certificate_organization", text(is_subject_text, subject_text_allowed),
        "What the organization (O) of a charge point's certificate must contain. Empty: anything.",
        MEMBER(security.certificate_organization));
    add("security.failure_delay", time(0, 60 * s),
        "How long a charge point that failed to authenticate waits for the "
        "answer.",
        MEMBER(security.failure_delay));
    add("security.secret_names", texts(is_secret_name, secret_name_allowed),
        "Parts of the names of settings and members, in any letter case, whose values are secret: they are masked "
        "wherever messages are kept or shown, as those are whose names say password, passwd, passphrase, pwd, psk, "
        "authorizationKey, authKey, apiKey, secretKey or simPin.",
        MEMBER(security.secret_names));
    add("security.authenticator_timeout", time(ms, 60 * s), "Time that a host program's authenticator has to decide.",
        MEMBER(security.authenticator_timeout));
    add("signing.certificate", text(is_optional_path, optional_path_allowed),
        "PEM file with the certificate of the CA that signs what charge points ask for with SignCertificate, then "
        "those "
        "of the CAs above it. Empty: there is no such CA here.",
        MEMBER(signing.certificate));
    add("signing.key", text(is_optional_path, optional_path_allowed),
        "PEM file with its private key. Empty: the key stands in the certificate's file.", MEMBER(signing.key));
    add("signing.validity", time(hour, 3650 * day),
        "How long a certificate is valid that is signed here, at most as long as the CA's own.",
        MEMBER(signing.validity));
    add("signing.timeout", time(ms, 60 * s),
        "Time that a host program's signer has; a request that it has not signed by then is answered Rejected. Beyond "
        "session.handler_timeout the request is abandoned like any other.",
        MEMBER(signing.timeout));
    add("signing.delivery_timeout", time(s, day),
        "How long CertificateSigned waits for a charge point that has gone meanwhile.",
        MEMBER(signing.delivery_timeout));
    add("signing.by_hand", boolean(),
        "Answer Accepted although nobody signs here: somebody follows the events certificate.requested and sends "
        "CertificateSigned as a command.",
        MEMBER(signing.by_hand));
    add("api.cors_origins", texts(is_origin, origin_allowed),
        "Origins whose web pages may use the HTTP interface from a browser.", MEMBER(api.cors_origins));
    add("api.audit_file", text(is_optional_path, optional_path_allowed),
        "File for what was done and tried through the HTTP interface, one JSON object a line. Empty: in the log, at "
        "level info.",
        MEMBER(api.audit_file));
}

void add_storage(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("events.durability", word<events_config::durable>(),
        "What a message that was answered survives: disk: a power cut. process: a crash of the gateway, at less cost.",
        MEMBER(events.durability));
    add("events.commit_timeout", time(ms, hour),
        "A transaction message that cannot be stored by then stays unanswered; the charge point repeats it. A command "
        "that cannot be noted by then is not sent.",
        MEMBER(events.commit_timeout));
    add("events.flush_interval", time(ms, 60 * s), "Events that no answer waits for are stored this often.",
        MEMBER(events.flush_interval));
    add("journal.enabled", boolean(),
        "Keep a journal. Without it everything is in memory alone and gone with the process.", MEMBER(journal.enabled));
    add("journal.path", text(is_path, path_allowed),
        "Directory of the journal, made if it is not there. One gateway at a time.", MEMBER(journal.path));
    add("journal.buffer", size(mib, 16 * gib),
        "Memory for what waits to be written while the disk is slow or full. From the half on events go that nobody "
        "waits for: first meter_values.received, authorization.requested and data_transfer.received, from three "
        "quarters on all of them. When it is full transaction messages stay unanswered.",
        MEMBER(journal.buffer));
    add("journal.max_size", size(0, 1024 * 1024 * gib),
        "Size of the journal's file beyond which the oldest events are removed. 0: no bound.",
        MEMBER(journal.max_size));
    add("journal.keep_events", time(0, 3650 * day), "Age at which events are removed. 0: never.",
        MEMBER(journal.keep_events));
    add("journal.keep_transactions", time(0, 3650 * day),
        "Age at which transactions that have ended are removed, counted from when the gateway last heard of them. 0: "
        "never.",
        MEMBER(journal.keep_transactions));
    add("journal.keep_outcomes", time(s, 3650 * day),
        "Age at which outcomes of commands are removed; until then a commandId stands for its command.",
        MEMBER(journal.keep_outcomes));
    add("journal.keep_personal", time(0, 3650 * day),
        "Age at which tags in stored transactions, events, commands and reservations are replaced by pseudonyms, and "
        "texts that tell of somebody by ***. 0: never.",
        MEMBER(journal.keep_personal));
}

void add_conformance(keys_of_config& keys) {
    auto all =
        entry<config>("conformance.default", word<level>(),
                      "Level of every rule that is not set below: strict refuses what breaks it, report accepts, "
                      "counts and logs it, lenient accepts it. Without this key each rule has the level shown "
                      "with it.",
                      MEMBER(conformance.default_level));
    all.unset = [](const config&) { return codec<level>::to(level::report); };
    keys.push_back(std::move(all));

    const auto first = keys.size();
    add_rules(keys, "conformance.", MEMBER(conformance.rules));
    for (std::size_t i = 0; i < rule_count; ++i)
        keys[first + i].unset = [r = static_cast<rule>(i)](const config& c) {
            return codec<level>::to(c.conformance.default_level.value_or(default_level(r)));
        };
}

void add_operations(keys_of_config& keys) {
    const auto add = [&](auto... a) { keys.push_back(entry<config>(std::move(a)...)); };
    add("history.bytes", size(0, 16 * gib), "Memory for recent messages, of all charge points together. 0: none kept.",
        MEMBER(history.bytes));
    add("log.format", word<enum log_config::format>(), "Text for people, or one JSON object a line.",
        MEMBER(log.format));
    add("log.level", word<log_config::severity>(), "What is logged: this and everything graver.", MEMBER(log.level));
    add("log.events", boolean(), "Log every event too, at level info.", MEMBER(log.events));
    add("log.personal", boolean(), "With the tags in them. Without it *** stands in their place.",
        MEMBER(log.personal));
    add("log.file", text(is_optional_path, optional_path_allowed),
        "File that the log is appended to. Empty: standard error.", MEMBER(log.file));
    add("shutdown.timeout", time(0, hour),
        "Time to finish what is in flight and to close all connections. 0: close at once.", MEMBER(shutdown.timeout));
    add("shutdown.closes_per_second", number(1, 1'000'000),
        "Pace of closing, so that not all charge points come back at once.", MEMBER(shutdown.closes_per_second));
}

keys_of_config make_config_keys() {
    keys_of_config keys;
    add_general(keys);
    add_server(keys);
    add_tls(keys);
    add_session(keys);
    add_http(keys);
    add_limits(keys);
    add_policies(keys);
    add_transactions(keys);
    add_security(keys);
    add_storage(keys);
    add_conformance(keys);
    add_operations(keys);
    return keys;
}

}  // namespace

const keys_of_config& config_keys() {
    static const keys_of_config keys = make_config_keys();
    return keys;
}

std::string_view section_of(std::string_view key_name) {
    const auto dot = key_name.find('.');
    return dot == std::string_view::npos ? std::string_view{} : key_name.substr(0, dot);
}

}  // namespace voltgate::settings
