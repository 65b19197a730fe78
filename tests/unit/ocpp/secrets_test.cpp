// Where passwords stand in OCPP messages, and texts without them.
#include "ocpp/secrets.hpp"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

using namespace voltgate::ocpp;

namespace {

bool hidden(std::string_view json) { return without_secrets(json).find("s3cret") == std::string::npos; }

}  // namespace

TEST_CASE("Passwords are masked wherever OCPP has them", "[secrets]") {
    CHECK(without_secrets(R"([2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"s3cret"}])") ==
          R"([2,"1","ChangeConfiguration",{"key":"AuthorizationKey","value":"***"}])");
    CHECK(without_secrets(R"({"configurationKey":[{"value":"s3cret","key":"authorizationkey","readonly":false},)"
                          R"({"key":"X","readonly":true,"value":"1"}],"unknownKey":[]})") ==
          R"({"configurationKey":[{"value":"***","key":"authorizationkey","readonly":false},)"
          R"({"key":"X","readonly":true,"value":"1"}],"unknownKey":[]})");
    for (const auto* json : {
             R"({"key":"WifiPassword","value":"s3cret"})",
             R"({"key":"WifiPSK","value":"s3cret"})",
             R"({"key":"AdminPwd","value":"s3cret"})",
             R"({"key":"vendor.AuthKey","value":"s3cret"})",
             R"({"key":"wlan_passphrase","value":"s3cret"})",
             R"({"getVariableResult":[{"attributeValue":"s3cret","variable":{"name":"SimPin"}}]})",
             R"({"connectionData":{"apn":{"simPin":"s3cret"}}})",
             R"({"data":{"wifi":{"psk":"s3cret"},"authKey":"s3cret"}})",
             R"({"setVariableData":[{"variable":{"name":"BasicAuthPassword"},"attributeValue":"s3cret"}]})",
             R"({"getVariableResult":[{"attributeValue":"s3cret","variable":{"name":"basicauthpassword"}}]})",
             R"({"reportData":[{"variable":{"name":"BasicAuthPassword"},"variableAttribute":[{"value":"a s3cret"}]}]})",
             R"({"eventData":[{"actualValue":"s3cret","variable":{"name":"BasicAuthPassword"}}]})",
             R"({"connectionData":{"basicAuthPassword":"s3cret","apn":{"apnPassword":"s3cret"}}})",
             R"({"connectionData":{"vpn":{"user":"u","password":"s3cret","key":"s3cret"}}})",
             R"({"\u006bey":"\u0041uthorizationKey","v\u0061lue":"s3cret"})",
             R"({"key":"AuthorizationKey","value":"s3cret","value":"s3cret"})",
             R"({"key":"X","key":"AuthorizationKey","value":"s3cret"})",
             R"({"key":"AuthorizationKey","value":"s3cret)",
             R"([3,"1",{"key":"AuthorizationKey","value":"s3cret"}],)",
         }) {
        CAPTURE(json);
        CHECK(hidden(json));
    }
}

TEST_CASE("A PIN that is a number is masked", "[secrets]") {
    CHECK(without_secrets(R"({"connectionData":{"apn":{"simPin":4711,"useOnlyPreferredNetwork":true}}})") ==
          R"({"connectionData":{"apn":{"simPin":"***","useOnlyPreferredNetwork":true}}})");
}

TEST_CASE("Names of secrets can be added, and hold in any letter case", "[secrets]") {
    const auto* const setting = R"({"key":"XyzzyOfSite","value":"s3cret"})";
    const auto* const member = R"({"data":{"xyzzy":"s3cret"}})";
    CHECK_FALSE(hidden(setting));
    add_secret_names({"XyzzY"});
    add_secret_names({"xyzzy", "Plugh"});
    CHECK(hidden(setting));
    CHECK(hidden(member));
    CHECK(hidden(R"({"key":"plugh","value":"s3cret"})"));
    CHECK(hidden(R"({"key":"WifiPSK","value":"s3cret"})"));
}

TEST_CASE("Of a URL user and password are masked, and nothing else", "[secrets]") {
    CHECK(without_secrets(R"({"log":{"remoteLocation":"ftp://me:s3cret@logs.example.com/a@b?c=d"},"requestId":1})") ==
          R"({"log":{"remoteLocation":"ftp://***@logs.example.com/a@b?c=d"},"requestId":1})");
    CHECK(secrets_in(R"({"location":"https://me:s3cret@example.com"})") == std::vector<std::string>{"me:s3cret"});
    for (const auto* json : {R"({"location":"ftp:\/\/me:s3cret@example.com\/x"})",
                             R"({"location":"see ftp://a/ and ftp://me:s3cret@example.com/ or ftp://b/"})",
                             R"({"location":"ftp://me:s3c\u0072et@s3cret"})", R"({"location":"FTPS://s3cret@h"})"}) {
        CAPTURE(json);
        CHECK(hidden(json));
    }
    for (const auto* json : {R"({"location":"https://example.com/a@b"})", R"({"idTag":"me@example.com"})",
                             R"({"location":"https://example.com?user=a:b@c"})"})
        CHECK(without_secrets(json) == json);
}

TEST_CASE("A private key is masked wherever it stands", "[secrets]") {
    CHECK(hidden(R"({"data":"-----BEGIN EC PRIVATE KEY-----\ns3cret\n-----END EC PRIVATE KEY-----"})"));
    CHECK(hidden(R"({"data":["-----begin private key-----s3cret"]})"));
    CHECK_FALSE(may_hold_secret(R"({"certificate":"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"})"));
}

TEST_CASE("What holds no password stays as it is", "[secrets]") {
    for (const auto* json : {R"([2,"1","Heartbeat",{}])", R"({"key":"HeartbeatInterval","value":"300"})", "no JSON", "",
                             R"({"status":"Accepted","info":"\u00e9"})", R"({"key":"AuthorizationKey","value":""})",
                             R"({"key":["AuthorizationKey"]})"}) {
        CHECK(without_secrets(json) == json);
        CHECK(secrets_in(json).empty());
    }
    CHECK_FALSE(may_hold_secret(R"([2,"1","StatusNotification",{"status":"Available","vendorId":"x"}])"));
}

TEST_CASE("What was sent is masked wherever it comes back", "[secrets]") {
    const auto sent = secrets_in(R"({"key":"AuthorizationKey","value":"a\"b-s3cret"})");
    CHECK(sent == std::vector<std::string>{"a\"b-s3cret"});
    CHECK(without_secrets(R"([4,"1","X","cannot set a\"b-s3cret",{"a":["a\"b-s3cret",1]}])", sent) ==
          R"([4,"1","X","***",{"a":["***",1]}])");
    CHECK(without("no a\"b-s3cret here, a\"b-s3cret", sent) == "no *** here, ***");
    CHECK(without("nothing", {}) == "nothing");
}

TEST_CASE("A token whose type is cut off may be a PIN", "[secrets]") {
    for (const std::string_view text :
         {R"({"idToken":{"idToken":"1234","type":"KeyCode"}})", R"({"idToken":{"idToken":"1234","type":"KeyCode)",
          R"({"idToken":{"idToken":"1234","type":"KeyC)", R"({"idToken":{"idToken":"1234","type":)",
          R"({"idToken":{"idToken":"1234")", R"({"idToken":{"idToken":"12)",
          "{\"idToken\":{\"idToken\":\"1234\",\"type\":\"Key\1Code\"}}", R"({"idToken" {"idToken":"1234"}})",
          R"({"idToken":["1234"]})",
          R"({"idToken":{"additionalInfo":[{"additionalIdToken":"1","type":"x"}],"idToken":"1234","ty)"}) {
        CAPTURE(text);
        CHECK(may_hold_secret(text));
        CHECK(raw_without_secrets(text).find("12") == std::string::npos);
    }
    for (const std::string_view text :
         {R"({"idToken":{"idToken":"04A1","type":"ISO14443"},)", R"({"idToken":{)",
          R"({"idToken":{"type" : "Central","idToken":"04A1"}})", R"({"idTag":"04A1","type)"}) {
        CAPTURE(text);
        CHECK_FALSE(may_hold_secret(text));
        CHECK(raw_without_secrets(text) == text);
    }
}

TEST_CASE("A raw text without secrets is bounded and UTF-8", "[secrets]") {
    const std::string_view control("{\"idTag\":\"A\0\1", 13);
    CHECK(raw_without_secrets(control) == control);
    CHECK(raw_without_secrets("a\xff\xc3") == "a\xEF\xBF\xBD\xEF\xBF\xBD");
    CHECK(raw_without_secrets("a\xc3\xa4z", 2) == "a");
    CHECK(raw_without_secrets("a\xc3\xa4z", 3) == "a\xc3\xa4");
    CHECK(raw_without_secrets(std::string(5000, 'x')).size() == 4096);
    CHECK(raw_without_secrets(R"({"key":"AuthorizationKey","value":"s3cret)") == "withheld: may hold a secret");
}
