// The words of every enumeration that the configuration knows.
#include "config/codec.hpp"

namespace voltgate::settings {

template <>
const word_list<ocpp::version>& words_of() {
    using ocpp::version;
    static const word_list<version> words = {{to_string(version::v16), version::v16},
                                             {to_string(version::v201), version::v201},
                                             {to_string(version::v21), version::v21}};
    return words;
}

template <>
const word_list<server_config::no_subprotocol_answer>& words_of() {
    using answer = server_config::no_subprotocol_answer;
    static const word_list<answer> words = {{"refuse", answer::refuse}, {"accept_and_close", answer::accept_and_close}};
    return words;
}

template <>
const word_list<server_config::compressed>& words_of() {
    using compressed = server_config::compressed;
    static const word_list<compressed> words = {
        {"off", compressed::off}, {"2.x", compressed::v2}, {"all", compressed::all}};
    return words;
}

template <>
const word_list<server_config::served>& words_of() {
    using served = server_config::served;
    static const word_list<served> words = {
        {"all", served::all}, {"charge_points", served::charge_points}, {"api", served::api}};
    return words;
}

template <>
const word_list<server_config::forwarded_header>& words_of() {
    using header = server_config::forwarded_header;
    static const word_list<header> words = {
        {"none", header::none}, {"x-forwarded-for", header::x_forwarded_for}, {"forwarded", header::forwarded}};
    return words;
}

template <>
const word_list<boot_config::status>& words_of() {
    using status = boot_config::status;
    static const word_list<status> words = {
        {"accepted", status::accepted}, {"pending", status::pending}, {"rejected", status::rejected}};
    return words;
}

template <>
const word_list<authorization_config::mode>& words_of() {
    using mode = authorization_config::mode;
    static const word_list<mode> words = {{"accept_all", mode::accept_all}, {"list", mode::list}};
    return words;
}

template <>
const word_list<security_config::unknown_answer>& words_of() {
    using answer = security_config::unknown_answer;
    static const word_list<answer> words = {{"refuse", answer::refuse}, {"accept", answer::accept}};
    return words;
}

template <>
const word_list<security_config::certificate_name>& words_of() {
    using name = security_config::certificate_name;
    static const word_list<name> words = {{"identity", name::identity}, {"serial", name::serial}, {"none", name::none}};
    return words;
}

template <>
const word_list<api_scope>& words_of() {
    static const word_list<api_scope> words = {{"read", api_scope::read},
                                               {"command", api_scope::command},
                                               {"operate", api_scope::operate},
                                               {"admin", api_scope::admin},
                                               {"personal", api_scope::personal}};
    return words;
}

template <>
const word_list<events_config::durable>& words_of() {
    using durable = events_config::durable;
    static const word_list<durable> words = {{"disk", durable::disk}, {"process", durable::process}};
    return words;
}

template <>
const word_list<level>& words_of() {
    static const word_list<level> words = {{to_string(level::strict), level::strict},
                                           {to_string(level::report), level::report},
                                           {to_string(level::lenient), level::lenient}};
    return words;
}

template <>
const word_list<enum log_config::format>& words_of() {
    using format = enum log_config::format;
    static const word_list<format> words = {{"text", format::text}, {"json", format::json}};
    return words;
}

template <>
const word_list<log_config::severity>& words_of() {
    using severity = log_config::severity;
    static const word_list<severity> words = {{"trace", severity::trace}, {"debug", severity::debug},
                                              {"info", severity::info},   {"warning", severity::warning},
                                              {"error", severity::error}, {"off", severity::off}};
    return words;
}

}  // namespace voltgate::settings
