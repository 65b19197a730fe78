#include "ocpp/frame.hpp"

#include "ocpp/payload.hpp"
#include "ocpp/schema.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch_test_macros.hpp>

#include <limits>
#include <string>

using namespace voltgate::ocpp;

namespace {

frame_fault fault_of(std::string_view text, version v = version::v16) { return read_head(text, v).fault; }

}  // namespace

TEST_CASE("a CALL is read up to its payload") {
    const std::string_view text = R"([2,"a1","BootNotification",{"chargePointVendor":"Acme"}])";
    const auto head = read_head(text, version::v16);
    CHECK(head.fault == frame_fault::none);
    CHECK(head.type == message_type::call);
    CHECK(head.type_number == 2);
    CHECK_FALSE(head.numeric_id);
    CHECK(head.id == "a1");
    CHECK(head.action == "BootNotification");
    CHECK(text.substr(head.payload_offset) == R"({"chargePointVendor":"Acme"}])");
}

TEST_CASE("a CALLRESULT is read up to its payload") {
    const std::string_view text = R"([3,"a1",{"status":"Accepted"}])";
    const auto head = read_head(text, version::v201);
    CHECK(head.fault == frame_fault::none);
    CHECK(head.type == message_type::call_result);
    CHECK(head.id == "a1");
    CHECK(text.substr(head.payload_offset) == R"({"status":"Accepted"}])");
}

TEST_CASE("a CALLERROR is read up to its details") {
    const std::string_view text = R"([4,"a9","NotImplemented","no \"such\" action",{}])";
    const auto head = read_head(text, version::v16);
    CHECK(head.fault == frame_fault::none);
    CHECK(head.type == message_type::call_error);
    CHECK(head.error_code == "NotImplemented");
    CHECK(head.error_description == R"(no \"such\" action)");
    CHECK(unescape(head.error_description) == R"(no "such" action)");
    CHECK(text.substr(head.payload_offset) == "{}]");
}

TEST_CASE("blanks may stand between all parts") {
    const std::string_view text = " \r\n[ 2 ,\t\"a1\" , \"Heartbeat\" ,  { } ] ";
    const auto head = read_head(text, version::v16);
    CHECK(head.fault == frame_fault::none);
    CHECK(head.id == "a1");
    CHECK(head.action == "Heartbeat");
    CHECK(text.substr(head.payload_offset) == "{ } ] ");
}

TEST_CASE("2.1 alone knows CALLRESULTERROR and SEND") {
    const std::string_view result_error = R"([5,"b1","FormatViolation","status missing",{}])";
    const std::string_view send = R"([6,"e1","NotifyPeriodicEventStream",{"id":123}])";
    CHECK(read_head(result_error, version::v21).fault == frame_fault::none);
    CHECK(read_head(result_error, version::v21).type == message_type::call_result_error);
    CHECK(read_head(result_error, version::v21).error_code == "FormatViolation");
    CHECK(read_head(send, version::v21).fault == frame_fault::none);
    CHECK(read_head(send, version::v21).type == message_type::send);
    CHECK(read_head(send, version::v21).action == "NotifyPeriodicEventStream");
    for (const auto v : {version::v16, version::v201})
        for (const auto text : {result_error, send}) {
            const auto head = read_head(text, v);
            CHECK(head.fault == frame_fault::unknown_type);
            CHECK(head.type_number == text[1] - '0');
            CHECK(head.id == text.substr(4, 2));
        }
}

TEST_CASE("unknown message types keep their number and their id if there is one") {
    const auto head = read_head(R"([1,"x","y"])", version::v21);
    CHECK(head.fault == frame_fault::unknown_type);
    CHECK(head.type_number == 1);
    CHECK(head.id == "x");
    for (const auto* text : {"[0]", "[7,null,1]", "[-2,{}]", "[42,\"id\"]", "[1 2]"})
        CHECK(fault_of(text) == frame_fault::unknown_type);
    CHECK(read_head("[99999999999999999999,\"id\"]", version::v16).type_number ==
          std::numeric_limits<std::int64_t>::max());
    CHECK(read_head("[-99999999999999999999,\"id\"]", version::v16).type_number ==
          std::numeric_limits<std::int64_t>::min());
}

TEST_CASE("a message of nothing but blanks is empty") {
    for (const auto text : {std::string_view(), std::string_view(" "), std::string_view("\r\n\t "),
                            std::string_view("\0\0", 2), std::string_view(" \0", 2)})
        CHECK(fault_of(text) == frame_fault::empty);
}

TEST_CASE("what is no array with a message type is no frame") {
    for (const auto* text : {"x", "{}", "\"[2]\"", "2", "null", "[", "[]", "[ ]", "[\"2\",\"id\",\"Heartbeat\",{}]",
                             "[null]", "[2.0,\"id\"]", "[2e0,\"id\"]", "[true]", "[[2]]", "[-]", "[02]x", "[.2]",
                             "\xEF\xBB\xBF[2,\"a\",\"Heartbeat\",{}]"}) {
        INFO(text);
        const auto fault = fault_of(text);
        // "02": the type is 0, and what follows is no comma.
        CHECK((fault == frame_fault::not_an_array || std::string_view(text) == "[02]x"));
    }
}

TEST_CASE("ids other than strings and numbers cannot be read") {
    for (const auto* text :
         {"[2]", "[2,", "[2,]", "[2,null,\"Heartbeat\",{}]", "[2,{},\"Heartbeat\",{}]", "[2,[\"a\"],\"Heartbeat\",{}]",
          "[2,true,\"Heartbeat\",{}]", "[2,\"a", "[2,\"a\\\"", "[2,\"\\x\",\"Heartbeat\",{}]", "[2 \"a\"]",
          "[3,\"\x01\",{}]", "[3,\"\xFF\",{}]", "[3,\"\xC0\xAF\",{}]", "[3,\"\xED\xA0\x80\",{}]", "[3,-,{}]",
          "[2,\"a\0b\",\"Heartbeat\",{}]"}) {
        INFO(text);
        CHECK(fault_of(text) == frame_fault::id_unreadable);
    }
}

TEST_CASE("numeric ids are read as spelled and echoed as numbers") {
    for (const auto* id : {"1", "123", "-7", "1.5", "1e3", "12345678901234567890"}) {
        const auto text = std::string("[2,") + id + ",\"Heartbeat\",{}]";
        const auto head = read_head(text, version::v16);
        CHECK(head.fault == frame_fault::none);
        CHECK(head.numeric_id);
        CHECK(head.id == id);
        std::string answer;
        append_call_result(answer, head, "{}");
        CHECK(answer == std::string("[3,") + id + ",{}]");
        answer.clear();
        append_call_error(answer, head.id, head.numeric_id, "NotSupported", "");
        CHECK(answer == std::string("[4,") + id + ",\"NotSupported\",\"\",{}]");
    }
}

TEST_CASE("ids are echoed byte for byte") {
    for (const auto* id : {"", "a1", "\\u0061\\\"x", "\xC3\xA9\xF0\x9F\x98\x80", "\\ud83d\\ude00", "\\/", " "}) {
        const auto text = std::string("[2,\"") + id + "\",\"Heartbeat\",{}]";
        const auto head = read_head(text, version::v16);
        CHECK(head.fault == frame_fault::none);
        CHECK(head.id == id);
        std::string answer = "before";
        append_call_result(answer, head, R"({"currentTime":"2026-01-02T03:04:05Z"})");
        CHECK(answer == std::string("before[3,\"") + id + "\",{\"currentTime\":\"2026-01-02T03:04:05Z\"}]");
    }
}

TEST_CASE("the length of an id counts code points") {
    const auto length = [](std::string_view id) {
        frame_head head;
        head.id = id;
        return id_length(head);
    };
    CHECK(length("") == 0);
    CHECK(length("0123456789012345678901234567890123456") == 37);
    CHECK(length("\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80") == 3);
    CHECK(length("\\u00e9\\n\\\\") == 3);
    CHECK(length("\\uD83D\\uDE00") == 1);
    CHECK(length("\\uD83D\\uD83D\\uDE00") == 2);
    CHECK(length("\\uDE00\\uD83D") == 2);
    CHECK(length("\\uD83Dx") == 2);
}

TEST_CASE("frames that are too short keep what could be read") {
    for (const auto* text :
         {"[2,\"a\"]", "[2,\"a\",7,{}]", "[2,\"a\",null,{}]", "[2,\"a\",\"Heartbeat\"]", "[2,\"a\",\"Heartbeat\" {}]",
          "[3,\"a\"]", "[4,\"a\"]", "[4,\"a\",7]", "[4,\"a\",\"Code\"]", "[4,\"a\",\"Code\",null,{}]",
          "[4,\"a\",\"Code\",\"text\"]", "[2,\"a\"", "[2,\"a\",\"Heartbeat"}) {
        INFO(text);
        const auto head = read_head(text, version::v16);
        CHECK(head.fault == frame_fault::malformed);
        CHECK(head.id == "a");
        CHECK(head.type_number == text[1] - '0');
    }
    CHECK(read_head("[2,\"a\",\"Heartbeat\"]", version::v16).action == "Heartbeat");
    CHECK(read_head("[4,\"a\",\"Code\",\"text\"]", version::v16).error_code == "Code");
    CHECK(read_head("[4,\"a\",\"Code\",\"text\"]", version::v16).error_description == "text");
}

TEST_CASE("a frame may end anywhere without being read beyond its end") {
    const std::string whole = R"([4,"i\u00e9d","Code","text é",{"a":[1,"b"]}])";
    payload_reader reader;
    for (std::size_t length = 0; length < whole.size(); ++length) {
        const std::string cut(whole, 0, length);  // its own allocation
        const auto head = read_head(cut, version::v16);
        if (head.fault == frame_fault::none) CHECK_FALSE(reader.read_frame(cut, head.payload_offset, nullptr));
    }
}

TEST_CASE("frames are written as OCPP-J spells them") {
    std::string out;
    append_call(out, "id-1", "Reset", R"({"type":"Soft"})");
    CHECK(out == R"([2,"id-1","Reset",{"type":"Soft"}])");
    out.clear();
    frame_head call;
    call.id = "a";
    begin_call_result(out, call);
    out += "{}";
    end_call_result(out);
    CHECK(out == R"([3,"a",{}])");
    out.clear();
    append_call_error(out, "-1", false, "RpcFrameworkError", "");
    CHECK(out == R"([4,"-1","RpcFrameworkError","",{}])");
    out.clear();
    append_call_error(out, "a", false, "GenericError", "line\n\"quoted\"", R"({"at":1})");
    CHECK(out == R"([4,"a","GenericError","line\n\"quoted\"",{"at":1}])");
    out.clear();
    append_call_result_error(out, "b1", "FormatViolation", "status missing");
    CHECK(out == R"([5,"b1","FormatViolation","status missing",{}])");
}

TEST_CASE("descriptions are cut to 255 code points") {
    std::string out;
    append_call_error(out, "a", false, "X", std::string(300, 'x'));
    CHECK(out == R"([4,"a","X",")" + std::string(255, 'x') + R"(",{}])");
    std::string faces;
    for (int i = 0; i < 256; ++i) faces += "\xF0\x9F\x98\x80";
    out.clear();
    append_call_error(out, "a", false, "X", faces);
    CHECK(out == R"([4,"a","X",")" + faces.substr(4) + R"(",{}])");
}

TEST_CASE("any text becomes a JSON string") {
    std::string out;
    append_json_string(out, std::string_view("a\"\\/\b\f\n\r\t\0\x1F\x7F é", 15));
    CHECK(out == "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\x7F é\"");
    for (const auto* bad : {"\xFF", "\xC3", "\xE4\xB8", "\xED\xA0\x80", "\xF0\x9F\x98", "\xF5\x80\x80\x80", "\x80"}) {
        out.clear();
        append_json_string(out, bad);
        INFO(out);
        CHECK(boost::json::parse(out).is_string());
        CHECK(out.find("\xEF\xBF\xBD") == 1);
    }
}

TEST_CASE("escapes are resolved") {
    CHECK(unescape("plain é") == "plain é");
    CHECK(unescape(R"(\"\\\/\b\f\n\r\t)") == "\"\\/\b\f\n\r\t");
    CHECK(unescape(R"(\u0041\u00e9\u4e2d\ud83d\ude00)") == "A\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80");
    CHECK(unescape(R"(\u0000)") == std::string(1, '\0'));
    CHECK(unescape(R"(\ud83d)") == "\xEF\xBF\xBD");
    CHECK(unescape(R"(\ude00\ud83d)") == "\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(unescape(R"(\ud83dx)") == "\xEF\xBF\xBDx");
    CHECK(unescape(R"(\ud83d\n)") == "\xEF\xBF\xBD\n");
    // Not JSON, but no reason to read beyond the end.
    for (const auto* text : {"\\", "\\u", "\\u12", "\\ud83d\\", "\\ud83d\\u", "\\ud83d\\ude0"})
        CHECK_FALSE(unescape(text).empty());
}
