// Everything that can be configured, with its defaults in place. A default-constructed config is a useful gateway on
// 127.0.0.1:8080. The TOML file, its environment overrides and their checks are load_config's business.
#pragma once

#include <voltgate/conformance.hpp>
#include <voltgate/ocpp/version.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate {

using duration = std::chrono::milliseconds;

struct server_config {
    std::string address = "127.0.0.1";  // an IPv4 or IPv6 address; 0.0.0.0 or :: for all
    std::uint16_t port = 8080;          // 0: any free one (the log and gateway::port() tell which)
    std::string path = "/ocpp";         // charge points connect to {path}/{charge_point_id}
    std::size_t io_threads = 0;         // 0: one per core, at most 4
    bool allow_insecure = false;        // listen on a non-loopback address without authentication
    // Enabled sub-protocols
    std::vector<ocpp::version> versions = {ocpp::version::v16, ocpp::version::v201, ocpp::version::v21};
    enum class no_subprotocol_answer : std::uint8_t {
        refuse,
        accept_and_close
    } no_subprotocol = no_subprotocol_answer::refuse;
    /// permessage-deflate, for charge points that offer it.
    enum class compressed : std::uint8_t { off, v2, all } compression = compressed::v2;
    std::size_t backlog = 4096;  // of the listening socket; the kernel may cap it

    // What address and port are for; see listener_config.
    std::uint8_t security_profile = 0;
    enum class served : std::uint8_t { all, charge_points, api } serve = served::all;
    bool tls = false;
    bool proxy_protocol = false;
    std::vector<std::string> trusted_proxies;
    /// The header in which balancers that speak HTTP say whose a request is.
    enum class forwarded_header : std::uint8_t { none, x_forwarded_for, forwarded } forwarded = forwarded_header::none;
    bool tls_at_proxy = false;
    duration proxy_timeout = std::chrono::seconds(5);  // for the PROXY header, on all listeners that expect one
};

/// A further address and port to listen on, beside those of [server].
struct listener_config {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;
    std::uint8_t security_profile = 0;  // of its charge points: 0 none, 1 password, 2 TLS and password, 3 mutual TLS
    server_config::served serve = server_config::served::all;
    bool tls = false;  // for a listener that serves the API alone; profiles 2 and 3 imply it
    bool allow_insecure = false;
    bool proxy_protocol = false;               // connections begin with a PROXY header of a balancer
    std::vector<std::string> trusted_proxies;  // the balancers: addresses and networks, "10.0.0.0/8"
    server_config::forwarded_header forwarded = server_config::forwarded_header::none;
    bool tls_at_proxy = false;  // what a balancer says came to it through TLS counts as security profile 2

    /// Whether its connections begin with a TLS handshake.
    [[nodiscard]] bool uses_tls() const noexcept { return tls || security_profile >= 2; }
};

/// For the listeners that use TLS. All are PEM files.
struct tls_config {
    std::vector<std::string> certificates;  // one EC, one RSA or both; in each the server's own, then its issuers
    std::vector<std::string> keys;          // theirs, in the same order; empty: in the certificates' files
    std::string client_ca;                  // CAs whose certificates charge points may have; for profile 3
    std::string crl;                        // revocation lists of these CAs; empty: nothing is revoked
    duration handshake_timeout = std::chrono::seconds(10);
    duration watch_interval = std::chrono::seconds(5);  // the files are looked at this often; 0: only on reload
};

struct session_config {
    duration handler_timeout = std::chrono::seconds(30);  // an inbound CALL not answered by then is abandoned
    duration call_timeout = std::chrono::seconds(30);     // for the answer to an outbound CALL, unless it names its own
    duration queue_timeout = std::chrono::minutes(2);     // a command without expiresAt waits for its turn no longer
    duration write_timeout = std::chrono::seconds(30);    // a peer that does not drain the outbox by then is closed
    duration message_timeout = std::chrono::seconds(60);  // from a message's first byte to its last
    duration idle_timeout = std::chrono::minutes(10);     // without any received byte; 0: never
    duration ping_interval{0};                            // server pings; 0: none
    duration close_timeout = std::chrono::seconds(5);     // for the peer's part of the closing handshake
    std::size_t max_message_bytes = 1024 * 1024;          // one assembled message
    /// The same for transaction messages, which charge points repeat until they are answered; see large_message_bytes.
    std::size_t max_transaction_message_bytes = 4 * 1024 * 1024;
    std::size_t compress_from = 512;  // smaller messages are never sent compressed
    std::size_t inbound_queue = 64;   // CALLs waiting for their turn; beyond it the charge point is not read from
    std::size_t outbound_queue = 32;  // commands waiting for their turn; beyond it queue_full
    std::size_t outbox_bytes = 4 * 1024 * 1024;  // answers not yet written; beyond it the charge point is closed
    std::size_t outbox_messages = 1024;
    std::size_t max_bad_messages = 100;  // unreadable messages in a row before the charge point is closed (1002)
};

struct http_config {
    duration request_timeout = std::chrono::seconds(15);  // from the first byte of a request to its last
    duration idle_timeout = std::chrono::seconds(60);     // between requests of a kept connection
    std::size_t max_header_bytes = 16 * 1024;
    std::size_t max_body_bytes = 1024 * 1024;
    std::size_t max_import_bytes = 32 * 1024 * 1024;  // of a list of id tags
    std::size_t response_memory = 256 * 1024 * 1024;  // of all answers that are being sent; beyond it 503
    std::size_t stream_queue = 10'000;  // events a reader may be behind before it has to catch up from the journal
};

struct limits_config {
    std::size_t connections = 0;            // all sockets together; 0: what the descriptor limit allows
    std::size_t charge_points = 1'000'000;  // known identities; the longest unseen are forgotten first
    std::size_t takeovers = 5;              // of one identity within takeover_window, before further ones are delayed
    duration takeover_window = std::chrono::seconds(60);
    duration takeover_delay = std::chrono::seconds(2);
    std::size_t waiting_commands = 100'000;  // for charge points that are not connected; beyond it queue_full
    /// Of messages above session.max_message_bytes that are being received or answered, all together.
    std::size_t large_message_bytes = 64 * 1024 * 1024;

    // Rates are per second. Everywhere 0: no bound.
    std::size_t connections_per_address = 0;
    std::size_t connection_rate = 0;  // new ones, all together
    std::size_t connection_rate_per_address = 0;
    std::size_t connection_burst_per_address = 100;  // new ones of an address that was quiet, before its rate counts
    std::size_t message_rate = 1000;                 // CALLs of one charge point
    std::size_t message_burst = 10'000;
    std::vector<std::string> action_rates;         // "StatusNotification=5/50": rate and burst, for each charge point
    std::size_t boot_rate = 0;                     // boots answered Accepted, all charge points together
    std::chrono::seconds boot_retry_interval{30};  // others are told to try again after this, to twice this
};

/// What a boot is answered with.
struct boot_config {
    enum class status : std::uint8_t { accepted, pending, rejected } registration = status::accepted;
    std::chrono::seconds interval{300};  // heartbeat interval when accepted, else the wait before the next boot; > 0
};

/// Tags of the managed list (/api/v1/id-tags) have the status they have there. For all others:
struct authorization_config {
    enum class mode : std::uint8_t { accept_all, list } policy = mode::accept_all;
    std::vector<std::string> id_tags;      // for list: Accepted; any other is Invalid. Compared without regard to case
    bool one_transaction_per_tag = false;  // a second one of the same tag, anywhere, is answered ConcurrentTx
};

/// What DataTransfer of charge points is answered; its content is a host program's business, or the events' readers'.
struct data_transfer_config {
    std::vector<std::string> accepted_vendors;  // Accepted; of others UnknownVendorId. Compared without regard to case
};

/// What is taken from transaction messages beyond what they say outright.
struct transactions_config {
    bool match_stops_without_id = false;  // an id below 1: the only running transaction of that charge point and tag
    bool lone_phase_counts = false;       // a register told for one phase alone is the whole register
};

struct events_config {
    /// What a stored event survives: disk: a power cut; process: a crash of the gateway.
    enum class durable : std::uint8_t { disk, process } durability = durable::disk;
    duration commit_timeout = std::chrono::seconds(10);       // a message not stored by then stays unanswered
    duration flush_interval = std::chrono::milliseconds(50);  // events nobody waits for are stored this often
};

struct journal_config {
    bool enabled = true;                    // false: everything is kept in memory and gone with the process
    std::string path = "./voltgate-data";   // a directory; made if it is not there
    std::size_t buffer = 64 * 1024 * 1024;  // what may wait to be written
    std::size_t max_size = 0;               // of the file: beyond it the oldest events go; 0: no bound
    duration keep_events = std::chrono::hours(24 * 90);         // 0: for ever
    duration keep_transactions = std::chrono::hours(24 * 400);  // since they last changed, once ended; 0: for ever
    duration keep_outcomes = std::chrono::hours(24 * 7);        // of commands
    duration keep_personal{0};  // tags in what is older are replaced by pseudonyms; 0: never
};

/// Who charge points are.
struct security_config {
    enum class unknown_answer : std::uint8_t { refuse, accept } unknown_charge_points = unknown_answer::refuse;
    /// What the common name of a client certificate must be (profile 3).
    enum class certificate_name : std::uint8_t {
        identity,
        serial,
        none
    } certificate_identity = certificate_name::identity;
    std::string certificate_organization;                      // that it must hold; empty: any
    duration failure_delay = std::chrono::seconds(1);          // of the answer to failed credentials
    duration authenticator_timeout = std::chrono::seconds(5);  // for the host program's authenticator
    /// Parts of the names of settings and members whose values are secret, beside those that are known to be.
    std::vector<std::string> secret_names;
};

/// Who signs the certificate requests of charge points (SignCertificate): a small CA of the gateway's own.
struct signing_config {
    std::string certificate;  // PEM: the CA's, then those of the CAs above it; empty: there is no such CA
    std::string key;          // PEM; empty: in the certificate's file
    duration validity = std::chrono::hours(24 * 365);   // of what it signs
    duration timeout = std::chrono::seconds(10);        // for the answer to a request; of a host program's signer too
    duration delivery_timeout = std::chrono::hours(1);  // CertificateSigned is not sent after that
    bool by_hand = false;  // without a signer: requests are accepted, and somebody sends CertificateSigned as a command
};

/// What a token may do; no scope includes another. operate: close, cancel, confirm; personal: see whose tags they are.
enum class api_scope : std::uint8_t { read, command, operate, admin, personal };

/// One who may use the HTTP interface.
struct api_token_config {
    std::string name;    // in the audit log
    std::string sha256;  // of the bearer token, in hexadecimal
    std::vector<api_scope> scopes = {api_scope::read};
    std::vector<std::string> charge_points;  // patterns of those that there are for it; empty: all
    std::vector<std::string> labels;         // those that there are for it have all of these; empty: all
};

struct api_config {
    std::vector<api_token_config> tokens;   // none: everybody who reaches it may do everything
    std::vector<std::string> cors_origins;  // of web pages that may read answers
    std::string audit_file;                 // empty: audit lines go to the log
};

/// What may differ from one charge point to the next. Unset: as it is without this.
struct profile_settings {
    std::optional<boot_config::status> registration;
    std::optional<std::chrono::seconds> interval;
    std::optional<ocpp::version> default_version;  // for clients that send no Sec-WebSocket-Protocol
    std::optional<duration> ping_interval;
    std::optional<duration> idle_timeout;
    std::optional<bool> timestamp_milliseconds;
    std::optional<bool> match_stops_without_id, lone_phase_counts;
    std::optional<std::uint8_t> security_profile;  // the least it may connect with
    std::optional<std::size_t> message_rate;
    std::optional<std::size_t> message_burst;
    std::optional<std::vector<std::string>> action_rates;
    std::optional<level> conformance;  // default level of all rules
    std::map<rule, level> rules;
};

/// Settings for charge points whose last boot told a vendor, model and firmware that match these patterns (* any run, ?
/// one character; without regard to case); unset: any. Several may match: later ones win, setting by setting, but for
/// security_profile, of which the highest counts: what a charge point says of itself loosens nothing.
struct model_config : profile_settings {
    std::optional<std::string> vendor, model, firmware;
};

/// Settings for charge points whose identity matches `pattern`; they win over those of models. Several may match: as
/// above, later ones win.
struct charge_point_config : profile_settings {
    std::string pattern;
    std::optional<std::string> password;       // its hash, as hash_password() in security/credentials.hpp writes it
    std::optional<std::string> serial_number;  // the common name of its certificate, where that is a serial number
};

struct conformance_config {
    std::optional<level> default_level;  // for all rules; unset: report, with the exceptions of voltgate::default_level
    std::map<rule, level> rules;
};

struct history_config {
    std::size_t bytes = 16 * 1024 * 1024;  // of recent frames, process-wide; 0: none kept
};

struct log_config {
    enum class format : std::uint8_t { text, json } format = format::text;
    enum class severity : std::uint8_t { trace, debug, info, warning, error, off } level = severity::info;
    bool events = true;     // log every event (at level info)
    bool personal = false;  // with the tags in it
    std::string file;       // empty: standard error
};

struct shutdown_config {
    duration timeout = std::chrono::seconds(20);  // whole drain
    std::size_t closes_per_second = 2000;         // pace of the Close frames
};

struct config {
    std::string node_id = "node-1";
    server_config server;
    tls_config tls;
    std::vector<listener_config> listeners;
    session_config session;
    http_config http;
    limits_config limits;
    boot_config boot;
    authorization_config authorization;
    data_transfer_config data_transfer;
    transactions_config transactions;
    security_config security;
    signing_config signing;
    api_config api;
    bool timestamp_milliseconds = false;  // in times sent to charge points
    conformance_config conformance;
    std::vector<model_config> models;
    std::vector<charge_point_config> charge_points;
    events_config events;
    journal_config journal;
    history_config history;
    log_config log;
    shutdown_config shutdown;
};

/// One thing wrong with a configuration, ready to be shown.
struct config_error {
    std::string file;  // "voltgate.toml"; "environment"
    std::size_t line = 0;
    std::string key;      // "server.port"
    std::string message;  // what is wrong, what is allowed
};
/// "voltgate.toml:12: server.port: 70000 is out of range; allowed: 0 to 65535"
[[nodiscard]] std::string to_string(const config_error& e);

struct config_result {
    voltgate::config config;
    std::vector<config_error> errors;  // empty: config may be used
};

/// Reads the TOML file (empty path: none) and the overrides VOLTGATE_SECTION__KEY among `environment`
/// ("NAME=value" strings). Reports every error it finds, not only the first. Never throws. The files that
/// the configuration names are not looked at: gateway::start() opens them. Thread-safe.
[[nodiscard]] config_result load_config(const std::string& path, const std::vector<std::string>& environment);

/// The same checks for a config made in code; empty: it may be used. Thread-safe.
[[nodiscard]] std::vector<config_error> check_config(const config& c);

/// All listeners, the one of [server] first. Thread-safe.
[[nodiscard]] std::vector<listener_config> listeners_of(const config& c);

/// The configuration in force, as TOML that load_config would read back; secrets masked. Thread-safe.
[[nodiscard]] std::string to_toml(const config& c);

/// How often something may come: `burst` at once, then `rate` a second. A rate of 0: as often as it likes.
struct rate_limit {
    std::size_t rate = 0;
    std::size_t burst = 1;
};

/// What the last boot of a charge point told of what it is; texts that it did not tell are empty.
struct told_model {
    std::string vendor, model, firmware;
    friend bool operator==(const told_model&, const told_model&) = default;
};

/// The settings in force for one charge point: models and charge_points applied over the rest.
struct charge_point_settings {
    boot_config boot;
    std::optional<ocpp::version> default_version;
    duration ping_interval;
    duration idle_timeout;
    bool timestamp_milliseconds;
    transactions_config transactions{};
    conformance_policy conformance;
    std::string password{};  // hashed; empty: none
    std::uint8_t security_profile = 0;
    std::string serial_number{};  // empty: unknown
    rate_limit messages{};
    struct action_rate {
        std::string action;
        rate_limit limit;
    };
    std::vector<action_rate> actions{};
};
/// Of a configuration that check_config found usable. `booted`: null where it never booted; no model's settings apply
/// then. Thread-safe.
[[nodiscard]] charge_point_settings settings_for(const config& c, std::string_view charge_point_id,
                                                 const told_model* booted = nullptr);

}  // namespace voltgate
