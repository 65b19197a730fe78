#include "ocpp_message.hpp"

#include <cctype>
#include <cstdlib>
#include <cstring>
#include <string>

namespace ocppload {
namespace {

// Checks that text is well-formed JSON and hands out slices of it.
class json_scanner {
  public:
    explicit json_scanner(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

    bool take(char c) {
        skip_space();
        if (at_ == end_ || *at_ != c) return false;
        ++at_;
        return true;
    }
    bool at_end() {
        skip_space();
        return at_ == end_;
    }
    bool take_string(std::string_view& out) {
        if (!take('"')) return false;
        const char* begin = at_;
        for (; at_ < end_ && *at_ != '"'; ++at_) {
            if (static_cast<unsigned char>(*at_) < 0x20) return false;
            if (*at_ == '\\' && ++at_ == end_) return false;
        }
        if (at_ == end_) return false;
        out = {begin, static_cast<std::size_t>(at_++ - begin)};
        return true;
    }
    bool take_value(std::string_view& out, int depth = 0) {
        skip_space();
        const char* begin = at_;
        std::string_view ignored;
        if (at_ == end_ || depth > 64) return false;
        bool good = *at_ == '"'                  ? take_string(ignored)
                    : *at_ == '{' || *at_ == '[' ? take_compound(depth)
                                                 : take_word();
        out = {begin, static_cast<std::size_t>(at_ - begin)};
        return good;
    }

  private:
    void skip_space() {
        while (at_ < end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) ++at_;
    }
    bool take_compound(int depth) {
        char close = *at_++ == '{' ? '}' : ']';
        std::string_view ignored;
        if (take(close)) return true;
        while (true) {
            if (close == '}' && !(take_string(ignored) && take(':'))) return false;
            if (!take_value(ignored, depth + 1)) return false;
            if (take(close)) return true;
            if (!take(',')) return false;
        }
    }
    bool take_word() {
        const char* begin = at_;
        while (at_ < end_ && (std::isalnum(static_cast<unsigned char>(*at_)) || std::strchr("+-.", *at_))) ++at_;
        std::string_view word(begin, static_cast<std::size_t>(at_ - begin));
        return word == "true" || word == "false" || word == "null" || is_number(word);
    }
    static bool is_number(std::string_view word) {
        if (word.empty() || word.size() > 40) return false;
        if (word[0] != '-' && !std::isdigit(static_cast<unsigned char>(word[0]))) return false;
        std::string copy(word);
        char* end;
        std::strtod(copy.c_str(), &end);
        return *end == '\0';
    }

    const char* at_;
    const char* end_;
};

}  // namespace

bool parse_envelope(std::string_view text, envelope& out) {
    json_scanner in(text);
    std::string_view type, ignored;
    if (!in.take('[') || !in.take_value(type) || type.size() != 1) return false;
    if (!in.take(',') || !in.take_string(out.id)) return false;
    out.type = type[0];
    if (out.type == '2' && !(in.take(',') && in.take_string(out.name))) return false;
    if (out.type == '4' && !(in.take(',') && in.take_string(out.name) && in.take(',') && in.take_string(ignored))) {
        return false;
    }
    return in.take(',') && in.take_value(out.payload) && out.payload[0] == '{' && in.take(']') && in.at_end();
}

bool payload_fits(action a, std::string_view payload) {
    auto has = [&](const char* text) { return payload.find(text) != std::string_view::npos; };
    switch (a) {
        case action::heartbeat: return has("\"currentTime\"") && !has("\"interval\"");
        case action::boot_notification: return has("\"currentTime\"") && has("\"interval\"") && has("\"Accepted\"");
        case action::status_notification:
        case action::meter_values: break;
    }
    return !has("\"currentTime\"");
}

const char* answer_to(std::string_view action_name) {
    if (action_name == "GetConfiguration") return R"({"configurationKey":[],"unknownKey":[]})";
    if (action_name == "GetLocalListVersion") return R"({"listVersion":0})";
    if (action_name == "UnlockConnector") return R"({"status":"Unlocked"})";
    if (action_name == "GetDiagnostics" || action_name == "UpdateFirmware") return "{}";
    return R"({"status":"Accepted"})";
}

call_id::call_id(std::uint32_t connection, std::uint64_t call) {
    std::memcpy(text, "00000000-0c99-4000-8000-000000000000", size);
    static constexpr char hex[] = "0123456789abcdef";
    for (std::size_t i = 8; i-- > 0; connection >>= 4) text[i] = hex[connection & 15];
    for (std::size_t i = size; call > 0; call >>= 4) text[--i] = hex[call & 15];
}

bool read_call_id(std::string_view id, std::uint32_t& connection, std::uint64_t& call) {
    if (id.size() != call_id::size || id.substr(8, 16) != "-0c99-4000-8000-") return false;
    connection = static_cast<std::uint32_t>(std::strtoul(std::string(id.substr(0, 8)).c_str(), nullptr, 16));
    call = std::strtoull(std::string(id.substr(24)).c_str(), nullptr, 16);
    return true;
}

}  // namespace ocppload
