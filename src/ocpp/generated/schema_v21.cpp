// The messages of OCPP 2.1. Written by tools/generate/generate.mjs; do not edit.
// clang-format off
#include "ocpp/schema_table.hpp"

namespace voltgate::ocpp {

namespace {

using namespace table;

constexpr schema s0 = date_time();
constexpr schema s1 = integer();
constexpr schema s2 = string(255);
constexpr std::string_view w0_words[] = {
    "vendorId",
};
constexpr std::uint8_t w0_slots[] = {
    0, 255,
};
constexpr word_set w0{w0_words, w0_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c0[] = {
    &s2,
};
constexpr schema s3 = open(object(w0, c0, 0x1U));
constexpr std::string_view w1_words[] = {
    "timestamp", "signal", "customData",
};
constexpr std::uint8_t w1_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w1{w1_words, w1_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c1[] = {
    &s0, &s1, &s3,
};
constexpr schema s4 = object(w1, c1, 0x3U);
constexpr std::string_view w2_words[] = {
    "Accepted", "Rejected",
};
constexpr std::uint8_t w2_slots[] = {
    0, 1,
};
constexpr word_set w2{w2_words, w2_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s5 = choice(w2);
constexpr schema s6 = string(20);
constexpr schema s7 = string(1024);
constexpr std::string_view w3_words[] = {
    "reasonCode", "additionalInfo", "customData",
};
constexpr std::uint8_t w3_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w3{w3_words, w3_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c2[] = {
    &s6, &s7, &s3,
};
constexpr schema s8 = object(w3, c2, 0x1U);
constexpr std::string_view w4_words[] = {
    "status", "statusInfo", "customData",
};
constexpr std::uint8_t w4_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w4{w4_words, w4_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c3[] = {
    &s5, &s8, &s3,
};
constexpr schema s9 = object(w4, c3, 0x1U);
constexpr schema s10 = at_least(integer(), 0);
constexpr std::string_view w5_words[] = {
    "interval", "values", "customData",
};
constexpr std::uint8_t w5_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w5{w5_words, w5_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c4[] = {
    &s10, &s10, &s3,
};
constexpr schema s11 = object(w5, c4, 0x0U);
constexpr std::string_view w6_words[] = {
    "id", "params", "customData",
};
constexpr std::uint8_t w6_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w6{w6_words, w6_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c5[] = {
    &s10, &s11, &s3,
};
constexpr schema s12 = object(w6, c5, 0x3U);
constexpr schema s13 = string(50);
constexpr std::string_view w7_words[] = {
    "additionalIdToken", "type", "customData",
};
constexpr std::uint8_t w7_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w7{w7_words, w7_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c6[] = {
    &s2, &s13, &s3,
};
constexpr schema s14 = object(w7, c6, 0x3U);
constexpr schema s15 = list(s14, 1);
constexpr std::string_view w8_words[] = {
    "additionalInfo", "idToken", "type", "customData",
};
constexpr std::uint8_t w8_slots[] = {
    3, 1, 0, 2,
};
constexpr word_set w8{w8_words, w8_slots, 0x14196417ca5dc09dU, 62, 4};
constexpr const schema* c7[] = {
    &s15, &s2, &s6, &s3,
};
constexpr schema s16 = object(w8, c7, 0x6U);
constexpr schema s17 = string(10000);
constexpr std::string_view w9_words[] = {
    "SHA256", "SHA384", "SHA512",
};
constexpr std::uint8_t w9_slots[] = {
    255, 0, 2, 1,
};
constexpr word_set w9{w9_words, w9_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s18 = choice(w9);
constexpr schema s19 = string(128);
constexpr schema s20 = string(40);
constexpr schema s21 = string(2000);
constexpr std::string_view w10_words[] = {
    "hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber", "responderURL", "customData",
};
constexpr std::uint8_t w10_slots[] = {
    2, 4, 3, 255, 1, 255, 5, 0,
};
constexpr word_set w10{w10_words, w10_slots, 0xfe7e60ff3d1829d1U, 61, 6};
constexpr const schema* c8[] = {
    &s18, &s19, &s19, &s20, &s21, &s3,
};
constexpr schema s22 = object(w10, c8, 0x1fU);
constexpr schema s23 = list(s22, 1, 4);
constexpr std::string_view w11_words[] = {
    "idToken", "certificate", "iso15118CertificateHashData", "customData",
};
constexpr std::uint8_t w11_slots[] = {
    0, 1, 2, 3,
};
constexpr word_set w11{w11_words, w11_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c9[] = {
    &s16, &s17, &s23, &s3,
};
constexpr schema s24 = object(w11, c9, 0x1U);
constexpr std::string_view w12_words[] = {
    "Accepted", "Blocked", "ConcurrentTx", "Expired", "Invalid", "NoCredit", "NotAllowedTypeEVSE", "NotAtThisLocation",
    "NotAtThisTime", "Unknown",
};
constexpr std::uint8_t w12_slots[] = {
    4, 255, 255, 7, 1, 5, 255, 255, 9, 3, 8, 255, 6, 255, 0, 2,
};
constexpr word_set w12{w12_words, w12_slots, 0xcc125c698e20d4a1U, 60, 10};
constexpr schema s25 = choice(w12);
constexpr schema s26 = string(8);
constexpr schema s27 = list(s10, 1);
constexpr std::string_view w13_words[] = {
    "ASCII", "HTML", "URI", "UTF8", "QRCODE",
};
constexpr std::uint8_t w13_slots[] = {
    255, 0, 255, 2, 1, 4, 255, 3,
};
constexpr word_set w13{w13_words, w13_slots, 0xaaf5661e58755b35U, 61, 5};
constexpr schema s28 = choice(w13);
constexpr std::string_view w14_words[] = {
    "format", "language", "content", "customData",
};
constexpr std::uint8_t w14_slots[] = {
    2, 0, 1, 3,
};
constexpr word_set w14{w14_words, w14_slots, 0x74761d19bb4cb649U, 62, 4};
constexpr const schema* c10[] = {
    &s28, &s26, &s7, &s3,
};
constexpr schema s29 = object(w14, c10, 0x5U);
constexpr std::string_view w15_words[] = {
    "status", "cacheExpiryDateTime", "chargingPriority", "groupIdToken", "language1", "language2", "evseId",
    "personalMessage", "customData",
};
constexpr std::uint8_t w15_slots[] = {
    255, 0, 255, 6, 255, 255, 255, 255, 1, 4, 7, 5, 255, 3, 2, 8,
};
constexpr word_set w15{w15_words, w15_slots, 0x74761d19bb4cb649U, 60, 9};
constexpr const schema* c11[] = {
    &s25, &s0, &s1, &s16, &s26, &s26, &s27, &s29, &s3,
};
constexpr schema s30 = object(w15, c11, 0x1U);
constexpr std::string_view w16_words[] = {
    "Accepted", "SignatureError", "CertificateExpired", "CertificateRevoked", "NoCertificateAvailable",
    "CertChainError", "ContractCancelled",
};
constexpr std::uint8_t w16_slots[] = {
    2, 6, 1, 5, 4, 255, 3, 0,
};
constexpr word_set w16{w16_words, w16_slots, 0x5a9925b678039fa5U, 61, 7};
constexpr schema s31 = choice(w16);
constexpr std::string_view w17_words[] = {
    "AC_single_phase", "AC_two_phase", "AC_three_phase", "DC", "AC_BPT", "AC_BPT_DER", "AC_DER", "DC_BPT", "DC_ACDP",
    "DC_ACDP_BPT", "WPT",
};
constexpr std::uint8_t w17_slots[] = {
    255, 10, 9, 4, 3, 8, 255, 7, 5, 255, 6, 1, 255, 255, 2, 0,
};
constexpr word_set w17{w17_words, w17_slots, 0x6b44b389063aa965U, 60, 11};
constexpr schema s32 = choice(w17);
constexpr schema s33 = list(s32, 1);
constexpr schema s34 = string(60);
constexpr schema s35 = list(s29, 1, 10);
constexpr schema s36 = string(3);
constexpr schema s37 = number();
constexpr schema s38 = string();
constexpr std::string_view w18_words[] = {
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
};
constexpr std::uint8_t w18_slots[] = {
    0, 255, 1, 3, 2, 4, 6, 5,
};
constexpr word_set w18{w18_words, w18_slots, 0x801dc93679672b0dU, 61, 7};
constexpr schema s39 = choice(w18);
constexpr schema s40 = list(s39, 1, 7);
constexpr std::string_view w19_words[] = {
    "AC", "DC",
};
constexpr std::uint8_t w19_slots[] = {
    1, 0,
};
constexpr word_set w19{w19_words, w19_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s41 = choice(w19);
constexpr std::string_view w20_words[] = {
    "startTimeOfDay", "endTimeOfDay", "dayOfWeek", "validFromDate", "validToDate", "evseKind", "minEnergy",
    "maxEnergy", "minCurrent", "maxCurrent", "minPower", "maxPower", "minTime", "maxTime", "minChargingTime",
    "maxChargingTime", "minIdleTime", "maxIdleTime", "customData",
};
constexpr std::uint8_t w20_slots[] = {
    255, 255, 0, 1, 13, 255, 4, 18, 14, 2, 255, 17, 12, 7, 8, 255, 3, 255, 255, 10, 11, 255, 255, 255, 15, 255, 255, 6,
    5, 16, 255, 9,
};
constexpr word_set w20{w20_words, w20_slots, 0x64d4d790e42c5885U, 59, 19};
constexpr const schema* c12[] = {
    &s38, &s38, &s40, &s38, &s38, &s41, &s37, &s37, &s37, &s37, &s37, &s37, &s1, &s1, &s1, &s1, &s1, &s1, &s3,
};
constexpr schema s42 = object(w20, c12, 0x0U);
constexpr std::string_view w21_words[] = {
    "priceKwh", "conditions", "customData",
};
constexpr std::uint8_t w21_slots[] = {
    1, 0, 255, 2,
};
constexpr word_set w21{w21_words, w21_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c13[] = {
    &s37, &s42, &s3,
};
constexpr schema s43 = object(w21, c13, 0x1U);
constexpr schema s44 = list(s43, 1);
constexpr std::string_view w22_words[] = {
    "type", "tax", "stack", "customData",
};
constexpr std::uint8_t w22_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w22{w22_words, w22_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c14[] = {
    &s6, &s37, &s10, &s3,
};
constexpr schema s45 = object(w22, c14, 0x3U);
constexpr schema s46 = list(s45, 1, 5);
constexpr std::string_view w23_words[] = {
    "prices", "taxRates", "customData",
};
constexpr std::uint8_t w23_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w23{w23_words, w23_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c15[] = {
    &s44, &s46, &s3,
};
constexpr schema s47 = object(w23, c15, 0x1U);
constexpr std::string_view w24_words[] = {
    "priceMinute", "conditions", "customData",
};
constexpr std::uint8_t w24_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w24{w24_words, w24_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s48 = object(w24, c13, 0x1U);
constexpr schema s49 = list(s48, 1);
constexpr const schema* c16[] = {
    &s49, &s46, &s3,
};
constexpr schema s50 = object(w23, c16, 0x1U);
constexpr std::string_view w25_words[] = {
    "startTimeOfDay", "endTimeOfDay", "dayOfWeek", "validFromDate", "validToDate", "evseKind", "paymentBrand",
    "paymentRecognition", "customData",
};
constexpr std::uint8_t w25_slots[] = {
    255, 2, 4, 255, 5, 3, 8, 255, 0, 255, 6, 255, 255, 255, 7, 1,
};
constexpr word_set w25{w25_words, w25_slots, 0x6b44b389063aa965U, 60, 9};
constexpr const schema* c17[] = {
    &s38, &s38, &s40, &s38, &s38, &s41, &s6, &s6, &s3,
};
constexpr schema s51 = object(w25, c17, 0x0U);
constexpr std::string_view w26_words[] = {
    "conditions", "priceFixed", "customData",
};
constexpr std::uint8_t w26_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w26{w26_words, w26_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c18[] = {
    &s51, &s37, &s3,
};
constexpr schema s52 = object(w26, c18, 0x2U);
constexpr schema s53 = list(s52, 1);
constexpr const schema* c19[] = {
    &s53, &s46, &s3,
};
constexpr schema s54 = object(w23, c19, 0x1U);
constexpr std::string_view w27_words[] = {
    "exclTax", "inclTax", "taxRates", "customData",
};
constexpr std::uint8_t w27_slots[] = {
    0, 1, 2, 3,
};
constexpr word_set w27{w27_words, w27_slots, 0x74761d19bb4cb649U, 62, 4};
constexpr const schema* c20[] = {
    &s37, &s37, &s46, &s3,
};
constexpr schema s55 = object(w27, c20, 0x0U);
constexpr std::string_view w28_words[] = {
    "tariffId", "description", "currency", "energy", "validFrom", "chargingTime", "idleTime", "fixedFee",
    "reservationTime", "reservationFixed", "minCost", "maxCost", "customData",
};
constexpr std::uint8_t w28_slots[] = {
    9, 11, 8, 0, 1, 10, 12, 255, 7, 255, 3, 2, 4, 255, 5, 6,
};
constexpr word_set w28{w28_words, w28_slots, 0x52dcc31cc1a65325U, 60, 13};
constexpr const schema* c21[] = {
    &s34, &s35, &s36, &s47, &s0, &s50, &s50, &s54, &s50, &s54, &s55, &s55, &s3,
};
constexpr schema s56 = object(w28, c21, 0x5U);
constexpr std::string_view w29_words[] = {
    "idTokenInfo", "certificateStatus", "allowedEnergyTransfer", "tariff", "customData",
};
constexpr std::uint8_t w29_slots[] = {
    255, 255, 255, 0, 1, 2, 4, 3,
};
constexpr word_set w29{w29_words, w29_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr const schema* c22[] = {
    &s30, &s31, &s33, &s56, &s3,
};
constexpr schema s57 = object(w29, c22, 0x1U);
constexpr schema s58 = at_most(at_least(number(), 0), 100);
constexpr schema s59 = string(500);
constexpr std::string_view w30_words[] = {
    "evseId", "serialNumber", "soC", "soH", "productionDate", "vendorInfo", "customData",
};
constexpr std::uint8_t w30_slots[] = {
    3, 255, 0, 4, 5, 6, 2, 1,
};
constexpr word_set w30{w30_words, w30_slots, 0xc54b7358999effb5U, 61, 7};
constexpr const schema* c23[] = {
    &s10, &s13, &s58, &s58, &s0, &s59, &s3,
};
constexpr schema s60 = object(w30, c23, 0xfU);
constexpr schema s61 = list(s60, 1);
constexpr std::string_view w31_words[] = {
    "BatteryIn", "BatteryOut", "BatteryOutTimeout",
};
constexpr std::uint8_t w31_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w31{w31_words, w31_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s62 = choice(w31);
constexpr std::string_view w32_words[] = {
    "batteryData", "eventType", "idToken", "requestId", "customData",
};
constexpr std::uint8_t w32_slots[] = {
    1, 255, 2, 0, 255, 255, 3, 4,
};
constexpr word_set w32{w32_words, w32_slots, 0x74761d19bb4cb649U, 61, 5};
constexpr const schema* c24[] = {
    &s61, &s62, &s16, &s1, &s3,
};
constexpr schema s63 = object(w32, c24, 0xfU);
constexpr std::string_view w33_words[] = {
    "customData",
};
constexpr std::uint8_t w33_slots[] = {
    255, 0,
};
constexpr word_set w33{w33_words, w33_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c25[] = {
    &s3,
};
constexpr schema s64 = object(w33, c25, 0x0U);
constexpr schema s65 = string(25);
constexpr std::string_view w34_words[] = {
    "iccid", "imsi", "customData",
};
constexpr std::uint8_t w34_slots[] = {
    1, 0, 255, 2,
};
constexpr word_set w34{w34_words, w34_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c26[] = {
    &s6, &s6, &s3,
};
constexpr schema s66 = object(w34, c26, 0x0U);
constexpr std::string_view w35_words[] = {
    "serialNumber", "model", "modem", "vendorName", "firmwareVersion", "customData",
};
constexpr std::uint8_t w35_slots[] = {
    255, 4, 0, 2, 255, 5, 1, 3,
};
constexpr word_set w35{w35_words, w35_slots, 0xcc125c698e20d4a1U, 61, 6};
constexpr const schema* c27[] = {
    &s65, &s6, &s66, &s13, &s13, &s3,
};
constexpr schema s67 = object(w35, c27, 0xaU);
constexpr std::string_view w36_words[] = {
    "ApplicationReset", "FirmwareUpdate", "LocalReset", "PowerUp", "RemoteReset", "ScheduledReset", "Triggered",
    "Unknown", "Watchdog",
};
constexpr std::uint8_t w36_slots[] = {
    255, 3, 5, 7, 255, 6, 8, 255, 0, 4, 255, 255, 255, 255, 1, 2,
};
constexpr word_set w36{w36_words, w36_slots, 0x55c60e73332d2c29U, 60, 9};
constexpr schema s68 = choice(w36);
constexpr std::string_view w37_words[] = {
    "chargingStation", "reason", "customData",
};
constexpr std::uint8_t w37_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w37{w37_words, w37_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c28[] = {
    &s67, &s68, &s3,
};
constexpr schema s69 = object(w37, c28, 0x3U);
constexpr std::string_view w38_words[] = {
    "Accepted", "Pending", "Rejected",
};
constexpr std::uint8_t w38_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w38{w38_words, w38_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s70 = choice(w38);
constexpr std::string_view w39_words[] = {
    "currentTime", "interval", "status", "statusInfo", "customData",
};
constexpr std::uint8_t w39_slots[] = {
    2, 255, 1, 255, 3, 0, 4, 255,
};
constexpr word_set w39{w39_words, w39_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c29[] = {
    &s0, &s1, &s70, &s8, &s3,
};
constexpr schema s71 = object(w39, c29, 0x7U);
constexpr std::string_view w40_words[] = {
    "reservationId", "customData",
};
constexpr std::uint8_t w40_slots[] = {
    0, 1,
};
constexpr word_set w40{w40_words, w40_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr const schema* c30[] = {
    &s10, &s3,
};
constexpr schema s72 = object(w40, c30, 0x1U);
constexpr std::string_view w41_words[] = {
    "ChargingStationCertificate", "V2GCertificate", "V2G20Certificate",
};
constexpr std::uint8_t w41_slots[] = {
    255, 1, 2, 0,
};
constexpr word_set w41{w41_words, w41_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr schema s73 = choice(w41);
constexpr std::string_view w42_words[] = {
    "certificateChain", "certificateType", "requestId", "customData",
};
constexpr std::uint8_t w42_slots[] = {
    3, 2, 1, 0,
};
constexpr word_set w42{w42_words, w42_slots, 0x14196417ca5dc09dU, 62, 4};
constexpr const schema* c31[] = {
    &s17, &s73, &s1, &s3,
};
constexpr schema s74 = object(w42, c31, 0x1U);
constexpr std::string_view w43_words[] = {
    "id", "connectorId", "customData",
};
constexpr std::uint8_t w43_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w43{w43_words, w43_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s75 = object(w43, c4, 0x1U);
constexpr std::string_view w44_words[] = {
    "Inoperative", "Operative",
};
constexpr std::uint8_t w44_slots[] = {
    0, 1,
};
constexpr word_set w44{w44_words, w44_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s76 = choice(w44);
constexpr std::string_view w45_words[] = {
    "evse", "operationalStatus", "customData",
};
constexpr std::uint8_t w45_slots[] = {
    255, 1, 2, 0,
};
constexpr word_set w45{w45_words, w45_slots, 0xaaf5661e58755b35U, 62, 3};
constexpr const schema* c32[] = {
    &s75, &s76, &s3,
};
constexpr schema s77 = object(w45, c32, 0x2U);
constexpr std::string_view w46_words[] = {
    "Accepted", "Rejected", "Scheduled",
};
constexpr std::uint8_t w46_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w46{w46_words, w46_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s78 = choice(w46);
constexpr const schema* c33[] = {
    &s78, &s8, &s3,
};
constexpr schema s79 = object(w4, c33, 0x1U);
constexpr schema s80 = string(36);
constexpr std::string_view w47_words[] = {
    "tariff", "transactionId", "customData",
};
constexpr std::uint8_t w47_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w47{w47_words, w47_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c34[] = {
    &s56, &s80, &s3,
};
constexpr schema s81 = object(w47, c34, 0x3U);
constexpr std::string_view w48_words[] = {
    "Accepted", "Rejected", "TooManyElements", "ConditionNotSupported", "TxNotFound", "NoCurrencyChange",
};
constexpr std::uint8_t w48_slots[] = {
    255, 0, 3, 255, 4, 2, 1, 5,
};
constexpr word_set w48{w48_words, w48_slots, 0x2d2697a66b00c7dU, 61, 6};
constexpr schema s82 = choice(w48);
constexpr const schema* c35[] = {
    &s82, &s8, &s3,
};
constexpr schema s83 = object(w4, c35, 0x1U);
constexpr std::string_view w49_words[] = {
    "ChargingStationExternalConstraints", "ChargingStationMaxProfile", "TxDefaultProfile", "TxProfile",
    "PriorityCharging", "LocalGeneration",
};
constexpr std::uint8_t w49_slots[] = {
    0, 4, 5, 2, 1, 255, 255, 3,
};
constexpr word_set w49{w49_words, w49_slots, 0x2d2697a66b00c7dU, 61, 6};
constexpr schema s84 = choice(w49);
constexpr std::string_view w50_words[] = {
    "evseId", "chargingProfilePurpose", "stackLevel", "customData",
};
constexpr std::uint8_t w50_slots[] = {
    0, 1, 3, 2,
};
constexpr word_set w50{w50_words, w50_slots, 0x356b786f3546be55U, 62, 4};
constexpr const schema* c36[] = {
    &s10, &s84, &s10, &s3,
};
constexpr schema s85 = object(w50, c36, 0x0U);
constexpr std::string_view w51_words[] = {
    "chargingProfileId", "chargingProfileCriteria", "customData",
};
constexpr std::uint8_t w51_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w51{w51_words, w51_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c37[] = {
    &s1, &s85, &s3,
};
constexpr schema s86 = object(w51, c37, 0x0U);
constexpr std::string_view w52_words[] = {
    "Accepted", "Unknown",
};
constexpr std::uint8_t w52_slots[] = {
    0, 1,
};
constexpr word_set w52{w52_words, w52_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s87 = choice(w52);
constexpr const schema* c38[] = {
    &s87, &s8, &s3,
};
constexpr schema s88 = object(w4, c38, 0x1U);
constexpr schema s89 = boolean();
constexpr std::string_view w53_words[] = {
    "EnterService", "FreqDroop", "FreqWatt", "FixedPFAbsorb", "FixedPFInject", "FixedVar", "Gradients", "HFMustTrip",
    "HFMayTrip", "HVMustTrip", "HVMomCess", "HVMayTrip", "LimitMaxDischarge", "LFMustTrip", "LVMustTrip", "LVMomCess",
    "LVMayTrip", "PowerMonitoringMustTrip", "VoltVar", "VoltWatt", "WattPF", "WattVar",
};
constexpr std::uint8_t w53_slots[] = {
    255, 255, 255, 255, 0, 255, 255, 5, 17, 12, 20, 255, 255, 10, 255, 255, 9, 8, 255, 255, 19, 3, 255, 255, 13, 255,
    21, 255, 255, 255, 15, 255, 255, 255, 255, 255, 255, 255, 1, 255, 255, 11, 255, 255, 255, 255, 255, 255, 14, 255,
    255, 255, 255, 255, 2, 255, 7, 6, 16, 255, 255, 255, 18, 4,
};
constexpr word_set w53{w53_words, w53_slots, 0x9f8583acb11d46a5U, 58, 22};
constexpr schema s90 = choice(w53);
constexpr std::string_view w54_words[] = {
    "isDefault", "controlType", "controlId", "customData",
};
constexpr std::uint8_t w54_slots[] = {
    3, 0, 1, 2,
};
constexpr word_set w54{w54_words, w54_slots, 0x2fe8dcdf68dfae69U, 62, 4};
constexpr const schema* c39[] = {
    &s89, &s90, &s80, &s3,
};
constexpr schema s91 = object(w54, c39, 0x1U);
constexpr std::string_view w55_words[] = {
    "Accepted", "Rejected", "NotSupported", "NotFound",
};
constexpr std::uint8_t w55_slots[] = {
    2, 1, 3, 0,
};
constexpr word_set w55{w55_words, w55_slots, 0xfdf4c28325985a4dU, 62, 4};
constexpr schema s92 = choice(w55);
constexpr const schema* c40[] = {
    &s92, &s8, &s3,
};
constexpr schema s93 = object(w4, c40, 0x1U);
constexpr std::string_view w56_words[] = {
    "id", "customData",
};
constexpr std::uint8_t w56_slots[] = {
    0, 1,
};
constexpr word_set w56{w56_words, w56_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr schema s94 = object(w56, c30, 0x1U);
constexpr std::string_view w57_words[] = {
    "Accepted", "Unknown", "Rejected",
};
constexpr std::uint8_t w57_slots[] = {
    0, 2, 1, 255,
};
constexpr word_set w57{w57_words, w57_slots, 0x881fc588b6cec325U, 62, 3};
constexpr schema s95 = choice(w57);
constexpr const schema* c41[] = {
    &s95, &s8, &s3,
};
constexpr schema s96 = object(w4, c41, 0x1U);
constexpr schema s97 = list(s34, 1);
constexpr std::string_view w58_words[] = {
    "tariffIds", "evseId", "customData",
};
constexpr std::uint8_t w58_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w58{w58_words, w58_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c42[] = {
    &s97, &s10, &s3,
};
constexpr schema s98 = object(w58, c42, 0x0U);
constexpr std::string_view w59_words[] = {
    "Accepted", "Rejected", "NoTariff",
};
constexpr std::uint8_t w59_slots[] = {
    0, 2, 255, 1,
};
constexpr word_set w59{w59_words, w59_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s99 = choice(w59);
constexpr std::string_view w60_words[] = {
    "statusInfo", "tariffId", "status", "customData",
};
constexpr std::uint8_t w60_slots[] = {
    0, 3, 1, 2,
};
constexpr word_set w60{w60_words, w60_slots, 0xe323932090815445U, 62, 4};
constexpr const schema* c43[] = {
    &s8, &s34, &s99, &s3,
};
constexpr schema s100 = object(w60, c43, 0x4U);
constexpr schema s101 = list(s100, 1);
constexpr std::string_view w61_words[] = {
    "clearTariffsResult", "customData",
};
constexpr std::uint8_t w61_slots[] = {
    0, 1,
};
constexpr word_set w61{w61_words, w61_slots, 0xfe7e60ff3d1829d1U, 63, 2};
constexpr const schema* c44[] = {
    &s101, &s3,
};
constexpr schema s102 = object(w61, c44, 0x1U);
constexpr const schema* c45[] = {
    &s27, &s3,
};
constexpr schema s103 = object(w56, c45, 0x1U);
constexpr std::string_view w62_words[] = {
    "Accepted", "Rejected", "NotFound",
};
constexpr std::uint8_t w62_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w62{w62_words, w62_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s104 = choice(w62);
constexpr std::string_view w63_words[] = {
    "status", "id", "statusInfo", "customData",
};
constexpr std::uint8_t w63_slots[] = {
    0, 3, 2, 1,
};
constexpr word_set w63{w63_words, w63_slots, 0x837d19dbbd896311U, 62, 4};
constexpr const schema* c46[] = {
    &s104, &s10, &s8, &s3,
};
constexpr schema s105 = object(w63, c46, 0x3U);
constexpr schema s106 = list(s105, 1);
constexpr std::string_view w64_words[] = {
    "clearMonitoringResult", "customData",
};
constexpr std::uint8_t w64_slots[] = {
    0, 1,
};
constexpr word_set w64{w64_words, w64_slots, 0xcc125c698e20d4a1U, 63, 2};
constexpr const schema* c47[] = {
    &s106, &s3,
};
constexpr schema s107 = object(w64, c47, 0x1U);
constexpr std::string_view w65_words[] = {
    "chargingLimitSource", "evseId", "customData",
};
constexpr std::uint8_t w65_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w65{w65_words, w65_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c48[] = {
    &s6, &s10, &s3,
};
constexpr schema s108 = object(w65, c48, 0x1U);
constexpr std::string_view w66_words[] = {
    "totalCost", "transactionId", "customData",
};
constexpr std::uint8_t w66_slots[] = {
    1, 0, 255, 2,
};
constexpr word_set w66{w66_words, w66_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c49[] = {
    &s37, &s80, &s3,
};
constexpr schema s109 = object(w66, c49, 0x3U);
constexpr std::string_view w67_words[] = {
    "hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber", "customData",
};
constexpr std::uint8_t w67_slots[] = {
    255, 2, 0, 255, 1, 255, 3, 4,
};
constexpr word_set w67{w67_words, w67_slots, 0x74761d19bb4cb649U, 61, 5};
constexpr const schema* c50[] = {
    &s18, &s19, &s19, &s20, &s3,
};
constexpr schema s110 = object(w67, c50, 0xfU);
constexpr schema s111 = string(64);
constexpr std::string_view w68_words[] = {
    "customerCertificate", "idToken", "requestId", "report", "clear", "customerIdentifier", "customData",
};
constexpr std::uint8_t w68_slots[] = {
    0, 4, 1, 5, 3, 255, 2, 6,
};
constexpr word_set w68{w68_words, w68_slots, 0x74761d19bb4cb649U, 61, 7};
constexpr const schema* c51[] = {
    &s110, &s16, &s10, &s89, &s89, &s111, &s3,
};
constexpr schema s112 = object(w68, c51, 0x1cU);
constexpr std::string_view w69_words[] = {
    "Accepted", "Rejected", "Invalid",
};
constexpr std::uint8_t w69_slots[] = {
    0, 2, 255, 1,
};
constexpr word_set w69{w69_words, w69_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s113 = choice(w69);
constexpr const schema* c52[] = {
    &s113, &s8, &s3,
};
constexpr schema s114 = object(w4, c52, 0x1U);
constexpr schema s115 = anything();
constexpr std::string_view w70_words[] = {
    "messageId", "data", "vendorId", "customData",
};
constexpr std::uint8_t w70_slots[] = {
    1, 2, 0, 3,
};
constexpr word_set w70{w70_words, w70_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c53[] = {
    &s13, &s115, &s2, &s3,
};
constexpr schema s116 = object(w70, c53, 0x4U);
constexpr std::string_view w71_words[] = {
    "Accepted", "Rejected", "UnknownMessageId", "UnknownVendorId",
};
constexpr std::uint8_t w71_slots[] = {
    3, 1, 2, 0,
};
constexpr word_set w71{w71_words, w71_slots, 0x20f14e1870bc2141U, 62, 4};
constexpr schema s117 = choice(w71);
constexpr std::string_view w72_words[] = {
    "status", "statusInfo", "data", "customData",
};
constexpr std::uint8_t w72_slots[] = {
    1, 0, 2, 3,
};
constexpr word_set w72{w72_words, w72_slots, 0x954870e3140a8a0dU, 62, 4};
constexpr const schema* c54[] = {
    &s117, &s8, &s115, &s3,
};
constexpr schema s118 = object(w72, c54, 0x1U);
constexpr std::string_view w73_words[] = {
    "certificateHashData", "customData",
};
constexpr std::uint8_t w73_slots[] = {
    0, 1,
};
constexpr word_set w73{w73_words, w73_slots, 0x176b6dc1ed4f3899U, 63, 2};
constexpr const schema* c55[] = {
    &s110, &s3,
};
constexpr schema s119 = object(w73, c55, 0x1U);
constexpr std::string_view w74_words[] = {
    "Accepted", "Failed", "NotFound",
};
constexpr std::uint8_t w74_slots[] = {
    2, 255, 0, 1,
};
constexpr word_set w74{w74_words, w74_slots, 0xaaf5661e58755b35U, 62, 3};
constexpr schema s120 = choice(w74);
constexpr const schema* c56[] = {
    &s120, &s8, &s3,
};
constexpr schema s121 = object(w4, c56, 0x1U);
constexpr std::string_view w75_words[] = {
    "Downloaded", "DownloadFailed", "Downloading", "DownloadScheduled", "DownloadPaused", "Idle", "InstallationFailed",
    "Installing", "Installed", "InstallRebooting", "InstallScheduled", "InstallVerificationFailed", "InvalidSignature",
    "SignatureVerified",
};
constexpr std::uint8_t w75_slots[] = {
    9, 13, 8, 7, 5, 2, 0, 255, 4, 11, 1, 6, 255, 12, 10, 3,
};
constexpr word_set w75{w75_words, w75_slots, 0x5056e312ce4b7619U, 60, 14};
constexpr schema s122 = choice(w75);
constexpr std::string_view w76_words[] = {
    "status", "requestId", "statusInfo", "customData",
};
constexpr std::uint8_t w76_slots[] = {
    0, 1, 2, 3,
};
constexpr word_set w76{w76_words, w76_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c57[] = {
    &s122, &s1, &s8, &s3,
};
constexpr schema s123 = object(w76, c57, 0x1U);
constexpr std::string_view w77_words[] = {
    "Install", "Update",
};
constexpr std::uint8_t w77_slots[] = {
    0, 1,
};
constexpr word_set w77{w77_words, w77_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s124 = choice(w77);
constexpr schema s125 = string(11000);
constexpr schema s126 = list(s2, 1, 8);
constexpr std::string_view w78_words[] = {
    "iso15118SchemaVersion", "action", "exiRequest", "maximumContractCertificateChains", "prioritizedEMAIDs",
    "customData",
};
constexpr std::uint8_t w78_slots[] = {
    255, 4, 0, 1, 2, 255, 5, 3,
};
constexpr word_set w78{w78_words, w78_slots, 0xfe7e60ff3d1829d1U, 61, 6};
constexpr const schema* c58[] = {
    &s13, &s124, &s125, &s10, &s126, &s3,
};
constexpr schema s127 = object(w78, c58, 0x7U);
constexpr std::string_view w79_words[] = {
    "Accepted", "Failed",
};
constexpr std::uint8_t w79_slots[] = {
    0, 1,
};
constexpr word_set w79{w79_words, w79_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s128 = choice(w79);
constexpr schema s129 = string(17000);
constexpr std::string_view w80_words[] = {
    "status", "statusInfo", "exiResponse", "remainingContracts", "customData",
};
constexpr std::uint8_t w80_slots[] = {
    255, 255, 1, 2, 255, 0, 4, 3,
};
constexpr word_set w80{w80_words, w80_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr const schema* c59[] = {
    &s128, &s8, &s129, &s10, &s3,
};
constexpr schema s130 = object(w80, c59, 0x5U);
constexpr std::string_view w81_words[] = {
    "ConfigurationInventory", "FullInventory", "SummaryInventory",
};
constexpr std::uint8_t w81_slots[] = {
    255, 2, 1, 0,
};
constexpr word_set w81{w81_words, w81_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s131 = choice(w81);
constexpr std::string_view w82_words[] = {
    "requestId", "reportBase", "customData",
};
constexpr std::uint8_t w82_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w82{w82_words, w82_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c60[] = {
    &s1, &s131, &s3,
};
constexpr schema s132 = object(w82, c60, 0x3U);
constexpr std::string_view w83_words[] = {
    "Accepted", "Rejected", "NotSupported", "EmptyResultSet",
};
constexpr std::uint8_t w83_slots[] = {
    1, 2, 0, 3,
};
constexpr word_set w83{w83_words, w83_slots, 0xe323932090815445U, 62, 4};
constexpr schema s133 = choice(w83);
constexpr const schema* c61[] = {
    &s133, &s8, &s3,
};
constexpr schema s134 = object(w4, c61, 0x1U);
constexpr std::string_view w84_words[] = {
    "CRL", "OCSP",
};
constexpr std::uint8_t w84_slots[] = {
    0, 1,
};
constexpr word_set w84{w84_words, w84_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s135 = choice(w84);
constexpr schema s136 = list(s21, 1, 5);
constexpr std::string_view w85_words[] = {
    "certificateHashData", "source", "urls", "customData",
};
constexpr std::uint8_t w85_slots[] = {
    1, 2, 0, 3,
};
constexpr word_set w85{w85_words, w85_slots, 0x954870e3140a8a0dU, 62, 4};
constexpr const schema* c62[] = {
    &s110, &s135, &s136, &s3,
};
constexpr schema s137 = object(w85, c62, 0x7U);
constexpr schema s138 = list(s137, 1, 4);
constexpr std::string_view w86_words[] = {
    "certificateStatusRequests", "customData",
};
constexpr std::uint8_t w86_slots[] = {
    0, 1,
};
constexpr word_set w86{w86_words, w86_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c63[] = {
    &s138, &s3,
};
constexpr schema s139 = object(w86, c63, 0x1U);
constexpr std::string_view w87_words[] = {
    "Good", "Revoked", "Unknown", "Failed",
};
constexpr std::uint8_t w87_slots[] = {
    0, 1, 2, 3,
};
constexpr word_set w87{w87_words, w87_slots, 0x881fc588b6cec325U, 62, 4};
constexpr schema s140 = choice(w87);
constexpr std::string_view w88_words[] = {
    "certificateHashData", "source", "status", "nextUpdate", "customData",
};
constexpr std::uint8_t w88_slots[] = {
    2, 3, 255, 1, 255, 0, 4, 255,
};
constexpr word_set w88{w88_words, w88_slots, 0xfe7e60ff3d1829d1U, 61, 5};
constexpr const schema* c64[] = {
    &s110, &s135, &s140, &s0, &s3,
};
constexpr schema s141 = object(w88, c64, 0xfU);
constexpr schema s142 = list(s141, 1, 4);
constexpr std::string_view w89_words[] = {
    "certificateStatus", "customData",
};
constexpr std::uint8_t w89_slots[] = {
    0, 1,
};
constexpr word_set w89{w89_words, w89_slots, 0xfe7e60ff3d1829d1U, 63, 2};
constexpr const schema* c65[] = {
    &s142, &s3,
};
constexpr schema s143 = object(w89, c65, 0x1U);
constexpr std::string_view w90_words[] = {
    "ocspRequestData", "customData",
};
constexpr std::uint8_t w90_slots[] = {
    0, 1,
};
constexpr word_set w90{w90_words, w90_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c66[] = {
    &s22, &s3,
};
constexpr schema s144 = object(w90, c66, 0x1U);
constexpr schema s145 = string(18000);
constexpr std::string_view w91_words[] = {
    "status", "statusInfo", "ocspResult", "customData",
};
constexpr std::uint8_t w91_slots[] = {
    2, 1, 0, 3,
};
constexpr word_set w91{w91_words, w91_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr const schema* c67[] = {
    &s128, &s8, &s145, &s3,
};
constexpr schema s146 = object(w91, c67, 0x1U);
constexpr schema s147 = list(s1, 1);
constexpr schema s148 = list(s6, 1, 4);
constexpr std::string_view w92_words[] = {
    "chargingProfilePurpose", "stackLevel", "chargingProfileId", "chargingLimitSource", "customData",
};
constexpr std::uint8_t w92_slots[] = {
    1, 3, 0, 255, 255, 2, 4, 255,
};
constexpr word_set w92{w92_words, w92_slots, 0xfe7e60ff3d1829d1U, 61, 5};
constexpr const schema* c68[] = {
    &s84, &s10, &s147, &s148, &s3,
};
constexpr schema s149 = object(w92, c68, 0x0U);
constexpr std::string_view w93_words[] = {
    "requestId", "evseId", "chargingProfile", "customData",
};
constexpr std::uint8_t w93_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w93{w93_words, w93_slots, 0x954870e3140a8a0dU, 62, 4};
constexpr const schema* c69[] = {
    &s1, &s10, &s149, &s3,
};
constexpr schema s150 = object(w93, c69, 0x5U);
constexpr std::string_view w94_words[] = {
    "Accepted", "NoProfiles",
};
constexpr std::uint8_t w94_slots[] = {
    0, 1,
};
constexpr word_set w94{w94_words, w94_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s151 = choice(w94);
constexpr const schema* c70[] = {
    &s151, &s8, &s3,
};
constexpr schema s152 = object(w4, c70, 0x1U);
constexpr std::string_view w95_words[] = {
    "W", "A",
};
constexpr std::uint8_t w95_slots[] = {
    0, 1,
};
constexpr word_set w95{w95_words, w95_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s153 = choice(w95);
constexpr std::string_view w96_words[] = {
    "duration", "chargingRateUnit", "evseId", "customData",
};
constexpr std::uint8_t w96_slots[] = {
    2, 1, 3, 0,
};
constexpr word_set w96{w96_words, w96_slots, 0x356b786f3546be55U, 62, 4};
constexpr const schema* c71[] = {
    &s1, &s153, &s10, &s3,
};
constexpr schema s154 = object(w96, c71, 0x5U);
constexpr schema s155 = at_most(at_least(integer(), 0), 3);
constexpr schema s156 = at_most(number(), 0);
constexpr std::string_view w97_words[] = {
    "Idle", "ChargingOnly", "CentralSetpoint", "ExternalSetpoint", "ExternalLimits", "CentralFrequency",
    "LocalFrequency", "LocalLoadBalancing",
};
constexpr std::uint8_t w97_slots[] = {
    1, 4, 7, 6, 3, 2, 5, 0,
};
constexpr word_set w97{w97_words, w97_slots, 0x2625a5a43b9b3b4dU, 61, 8};
constexpr schema s157 = choice(w97);
constexpr std::string_view w98_words[] = {
    "frequency", "power", "customData",
};
constexpr std::uint8_t w98_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w98{w98_words, w98_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c72[] = {
    &s37, &s37, &s3,
};
constexpr schema s158 = object(w98, c72, 0x3U);
constexpr schema s159 = list(s158, 1, 20);
constexpr std::string_view w99_words[] = {
    "signal", "power", "customData",
};
constexpr std::uint8_t w99_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w99{w99_words, w99_slots, 0x176b6dc1ed4f3899U, 62, 3};
constexpr const schema* c73[] = {
    &s1, &s37, &s3,
};
constexpr schema s160 = object(w99, c73, 0x3U);
constexpr schema s161 = list(s160, 1, 20);
constexpr std::string_view w100_words[] = {
    "startPeriod", "limit", "limit_L2", "limit_L3", "numberPhases", "phaseToUse", "dischargeLimit",
    "dischargeLimit_L2", "dischargeLimit_L3", "setpoint", "setpoint_L2", "setpoint_L3", "setpointReactive",
    "setpointReactive_L2", "setpointReactive_L3", "preconditioningRequest", "evseSleep", "v2xBaseline",
    "operationMode", "v2xFreqWattCurve", "v2xSignalWattCurve", "customData",
};
constexpr std::uint8_t w100_slots[] = {
    255, 255, 255, 15, 255, 16, 255, 255, 255, 255, 18, 255, 6, 5, 13, 1, 255, 14, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 0, 255, 19, 255, 255, 255, 255, 3, 12, 255, 255, 9, 20, 255, 10, 255, 255, 11, 255, 255, 255,
    255, 17, 255, 2, 255, 21, 255, 255, 255, 8, 255, 4, 7, 255,
};
constexpr word_set w100{w100_words, w100_slots, 0x30112f9bed75c7c5U, 58, 22};
constexpr const schema* c74[] = {
    &s1, &s37, &s37, &s37, &s155, &s155, &s156, &s156, &s156, &s37, &s37, &s37, &s37, &s37, &s37, &s89, &s89, &s37,
    &s157, &s159, &s161, &s3,
};
constexpr schema s162 = object(w100, c74, 0x1U);
constexpr schema s163 = list(s162, 1);
constexpr std::string_view w101_words[] = {
    "evseId", "duration", "scheduleStart", "chargingRateUnit", "chargingSchedulePeriod", "customData",
};
constexpr std::uint8_t w101_slots[] = {
    3, 1, 4, 5, 2, 255, 255, 0,
};
constexpr word_set w101{w101_words, w101_slots, 0x6b44b389063aa965U, 61, 6};
constexpr const schema* c75[] = {
    &s10, &s1, &s0, &s153, &s163, &s3,
};
constexpr schema s164 = object(w101, c75, 0x1fU);
constexpr std::string_view w102_words[] = {
    "status", "statusInfo", "schedule", "customData",
};
constexpr std::uint8_t w102_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w102{w102_words, w102_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c76[] = {
    &s5, &s8, &s164, &s3,
};
constexpr schema s165 = object(w102, c76, 0x1U);
constexpr std::string_view w103_words[] = {
    "requestId", "isDefault", "controlType", "controlId", "customData",
};
constexpr std::uint8_t w103_slots[] = {
    255, 0, 2, 1, 255, 255, 4, 3,
};
constexpr word_set w103{w103_words, w103_slots, 0x881fc588b6cec325U, 61, 5};
constexpr const schema* c77[] = {
    &s1, &s89, &s90, &s80, &s3,
};
constexpr schema s166 = object(w103, c77, 0x1U);
constexpr std::string_view w104_words[] = {
    "AlwaysFront", "InFront", "NormalCycle",
};
constexpr std::uint8_t w104_slots[] = {
    2, 255, 0, 1,
};
constexpr word_set w104{w104_words, w104_slots, 0x881fc588b6cec325U, 62, 3};
constexpr schema s167 = choice(w104);
constexpr std::string_view w105_words[] = {
    "Charging", "Faulted", "Idle", "Unavailable", "Suspended", "Discharging",
};
constexpr std::uint8_t w105_slots[] = {
    255, 3, 4, 2, 1, 0, 5, 255,
};
constexpr word_set w105{w105_words, w105_slots, 0x356b786f3546be55U, 61, 6};
constexpr schema s168 = choice(w105);
constexpr std::string_view w106_words[] = {
    "id", "requestId", "priority", "state", "customData",
};
constexpr std::uint8_t w106_slots[] = {
    3, 255, 1, 255, 0, 255, 4, 2,
};
constexpr word_set w106{w106_words, w106_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c78[] = {
    &s27, &s1, &s167, &s168, &s3,
};
constexpr schema s169 = object(w106, c78, 0x2U);
constexpr std::string_view w107_words[] = {
    "V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate", "V2GCertificateChain",
    "ManufacturerRootCertificate", "OEMRootCertificate",
};
constexpr std::uint8_t w107_slots[] = {
    4, 255, 5, 0, 3, 2, 255, 1,
};
constexpr word_set w107{w107_words, w107_slots, 0xaaf5661e58755b35U, 61, 6};
constexpr schema s170 = choice(w107);
constexpr schema s171 = list(s170, 1);
constexpr std::string_view w108_words[] = {
    "certificateType", "customData",
};
constexpr std::uint8_t w108_slots[] = {
    0, 1,
};
constexpr word_set w108{w108_words, w108_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c79[] = {
    &s171, &s3,
};
constexpr schema s172 = object(w108, c79, 0x0U);
constexpr std::string_view w109_words[] = {
    "Accepted", "NotFound",
};
constexpr std::uint8_t w109_slots[] = {
    0, 1,
};
constexpr word_set w109{w109_words, w109_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s173 = choice(w109);
constexpr schema s174 = list(s110, 1, 4);
constexpr std::string_view w110_words[] = {
    "certificateHashData", "certificateType", "childCertificateHashData", "customData",
};
constexpr std::uint8_t w110_slots[] = {
    2, 1, 0, 3,
};
constexpr word_set w110{w110_words, w110_slots, 0x881fc588b6cec325U, 62, 4};
constexpr const schema* c80[] = {
    &s110, &s170, &s174, &s3,
};
constexpr schema s175 = object(w110, c80, 0x3U);
constexpr schema s176 = list(s175, 1);
constexpr std::string_view w111_words[] = {
    "status", "statusInfo", "certificateHashDataChain", "customData",
};
constexpr std::uint8_t w111_slots[] = {
    1, 0, 2, 3,
};
constexpr word_set w111{w111_words, w111_slots, 0x954870e3140a8a0dU, 62, 4};
constexpr const schema* c81[] = {
    &s173, &s8, &s176, &s3,
};
constexpr schema s177 = object(w111, c81, 0x1U);
constexpr std::string_view w112_words[] = {
    "versionNumber", "customData",
};
constexpr std::uint8_t w112_slots[] = {
    0, 1,
};
constexpr word_set w112{w112_words, w112_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c82[] = {
    &s1, &s3,
};
constexpr schema s178 = object(w112, c82, 0x1U);
constexpr std::string_view w113_words[] = {
    "remoteLocation", "oldestTimestamp", "latestTimestamp", "customData",
};
constexpr std::uint8_t w113_slots[] = {
    1, 0, 2, 3,
};
constexpr word_set w113{w113_words, w113_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c83[] = {
    &s21, &s0, &s0, &s3,
};
constexpr schema s179 = object(w113, c83, 0x1U);
constexpr std::string_view w114_words[] = {
    "DiagnosticsLog", "SecurityLog", "DataCollectorLog",
};
constexpr std::uint8_t w114_slots[] = {
    255, 0, 2, 1,
};
constexpr word_set w114{w114_words, w114_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s180 = choice(w114);
constexpr std::string_view w115_words[] = {
    "log", "logType", "requestId", "retries", "retryInterval", "customData",
};
constexpr std::uint8_t w115_slots[] = {
    255, 4, 3, 5, 0, 1, 2, 255,
};
constexpr word_set w115{w115_words, w115_slots, 0xd8dc9c3cda44f05U, 61, 6};
constexpr const schema* c84[] = {
    &s179, &s180, &s1, &s10, &s1, &s3,
};
constexpr schema s181 = object(w115, c84, 0x7U);
constexpr std::string_view w116_words[] = {
    "Accepted", "Rejected", "AcceptedCanceled",
};
constexpr std::uint8_t w116_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w116{w116_words, w116_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s182 = choice(w116);
constexpr std::string_view w117_words[] = {
    "status", "statusInfo", "filename", "customData",
};
constexpr std::uint8_t w117_slots[] = {
    1, 0, 2, 3,
};
constexpr word_set w117{w117_words, w117_slots, 0x881fc588b6cec325U, 62, 4};
constexpr const schema* c85[] = {
    &s182, &s8, &s2, &s3,
};
constexpr schema s183 = object(w117, c85, 0x1U);
constexpr std::string_view w118_words[] = {
    "evse", "name", "instance", "customData",
};
constexpr std::uint8_t w118_slots[] = {
    0, 2, 3, 1,
};
constexpr word_set w118{w118_words, w118_slots, 0x356b786f3546be55U, 62, 4};
constexpr const schema* c86[] = {
    &s75, &s13, &s13, &s3,
};
constexpr schema s184 = object(w118, c86, 0x2U);
constexpr std::string_view w119_words[] = {
    "name", "instance", "customData",
};
constexpr std::uint8_t w119_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w119{w119_words, w119_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c87[] = {
    &s13, &s13, &s3,
};
constexpr schema s185 = object(w119, c87, 0x1U);
constexpr std::string_view w120_words[] = {
    "component", "variable", "customData",
};
constexpr std::uint8_t w120_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w120{w120_words, w120_slots, 0x954870e3140a8a0dU, 62, 3};
constexpr const schema* c88[] = {
    &s184, &s185, &s3,
};
constexpr schema s186 = object(w120, c88, 0x1U);
constexpr schema s187 = list(s186, 1);
constexpr std::string_view w121_words[] = {
    "ThresholdMonitoring", "DeltaMonitoring", "PeriodicMonitoring",
};
constexpr std::uint8_t w121_slots[] = {
    255, 2, 1, 0,
};
constexpr word_set w121{w121_words, w121_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr schema s188 = choice(w121);
constexpr schema s189 = list(s188, 1, 3);
constexpr std::string_view w122_words[] = {
    "componentVariable", "requestId", "monitoringCriteria", "customData",
};
constexpr std::uint8_t w122_slots[] = {
    0, 3, 1, 2,
};
constexpr word_set w122{w122_words, w122_slots, 0x48349983c3cd98bdU, 62, 4};
constexpr const schema* c89[] = {
    &s187, &s1, &s189, &s3,
};
constexpr schema s190 = object(w122, c89, 0x2U);
constexpr std::string_view w123_words[] = {
    "id", "params", "variableMonitoringId", "customData",
};
constexpr std::uint8_t w123_slots[] = {
    1, 2, 0, 3,
};
constexpr word_set w123{w123_words, w123_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c90[] = {
    &s10, &s11, &s10, &s3,
};
constexpr schema s191 = object(w123, c90, 0x7U);
constexpr schema s192 = list(s191, 1);
constexpr std::string_view w124_words[] = {
    "constantStreamData", "customData",
};
constexpr std::uint8_t w124_slots[] = {
    0, 1,
};
constexpr word_set w124{w124_words, w124_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr const schema* c91[] = {
    &s192, &s3,
};
constexpr schema s193 = object(w124, c91, 0x0U);
constexpr std::string_view w125_words[] = {
    "Active", "Available", "Enabled", "Problem",
};
constexpr std::uint8_t w125_slots[] = {
    2, 1, 3, 0,
};
constexpr word_set w125{w125_words, w125_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr schema s194 = choice(w125);
constexpr schema s195 = list(s194, 1, 4);
constexpr std::string_view w126_words[] = {
    "componentVariable", "requestId", "componentCriteria", "customData",
};
constexpr std::uint8_t w126_slots[] = {
    2, 1, 3, 0,
};
constexpr word_set w126{w126_words, w126_slots, 0xaaf5661e58755b35U, 62, 4};
constexpr const schema* c92[] = {
    &s187, &s1, &s195, &s3,
};
constexpr schema s196 = object(w126, c92, 0x2U);
constexpr std::string_view w127_words[] = {
    "evseId", "customData",
};
constexpr std::uint8_t w127_slots[] = {
    0, 1,
};
constexpr word_set w127{w127_words, w127_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s197 = object(w127, c30, 0x1U);
constexpr std::string_view w128_words[] = {
    "DefaultTariff", "DriverTariff",
};
constexpr std::uint8_t w128_slots[] = {
    1, 0,
};
constexpr word_set w128{w128_words, w128_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s198 = choice(w128);
constexpr schema s199 = list(s2, 1);
constexpr std::string_view w129_words[] = {
    "tariffId", "tariffKind", "validFrom", "evseIds", "idTokens", "customData",
};
constexpr std::uint8_t w129_slots[] = {
    2, 255, 3, 4, 5, 1, 255, 0,
};
constexpr word_set w129{w129_words, w129_slots, 0x176b6dc1ed4f3899U, 61, 6};
constexpr const schema* c93[] = {
    &s34, &s198, &s0, &s27, &s199, &s3,
};
constexpr schema s200 = object(w129, c93, 0x3U);
constexpr schema s201 = list(s200, 1);
constexpr std::string_view w130_words[] = {
    "status", "statusInfo", "tariffAssignments", "customData",
};
constexpr std::uint8_t w130_slots[] = {
    1, 0, 2, 3,
};
constexpr word_set w130{w130_words, w130_slots, 0x954870e3140a8a0dU, 62, 4};
constexpr const schema* c94[] = {
    &s99, &s8, &s201, &s3,
};
constexpr schema s202 = object(w130, c94, 0x1U);
constexpr std::string_view w131_words[] = {
    "transactionId", "customData",
};
constexpr std::uint8_t w131_slots[] = {
    0, 1,
};
constexpr word_set w131{w131_words, w131_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c95[] = {
    &s80, &s3,
};
constexpr schema s203 = object(w131, c95, 0x0U);
constexpr std::string_view w132_words[] = {
    "ongoingIndicator", "messagesInQueue", "customData",
};
constexpr std::uint8_t w132_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w132{w132_words, w132_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c96[] = {
    &s89, &s89, &s3,
};
constexpr schema s204 = object(w132, c96, 0x2U);
constexpr std::string_view w133_words[] = {
    "Actual", "Target", "MinSet", "MaxSet",
};
constexpr std::uint8_t w133_slots[] = {
    1, 0, 3, 2,
};
constexpr word_set w133{w133_words, w133_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr schema s205 = choice(w133);
constexpr std::string_view w134_words[] = {
    "attributeType", "component", "variable", "customData",
};
constexpr std::uint8_t w134_slots[] = {
    2, 0, 1, 3,
};
constexpr word_set w134{w134_words, w134_slots, 0xa498776b71d814ddU, 62, 4};
constexpr const schema* c97[] = {
    &s205, &s184, &s185, &s3,
};
constexpr schema s206 = object(w134, c97, 0x6U);
constexpr schema s207 = list(s206, 1);
constexpr std::string_view w135_words[] = {
    "getVariableData", "customData",
};
constexpr std::uint8_t w135_slots[] = {
    0, 1,
};
constexpr word_set w135{w135_words, w135_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c98[] = {
    &s207, &s3,
};
constexpr schema s208 = object(w135, c98, 0x1U);
constexpr std::string_view w136_words[] = {
    "Accepted", "Rejected", "UnknownComponent", "UnknownVariable", "NotSupportedAttributeType",
};
constexpr std::uint8_t w136_slots[] = {
    0, 1, 2, 255, 4, 3, 255, 255,
};
constexpr word_set w136{w136_words, w136_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr schema s209 = choice(w136);
constexpr schema s210 = string(2500);
constexpr std::string_view w137_words[] = {
    "attributeStatus", "attributeStatusInfo", "attributeType", "attributeValue", "component", "variable", "customData",
};
constexpr std::uint8_t w137_slots[] = {
    5, 0, 3, 255, 2, 1, 4, 6,
};
constexpr word_set w137{w137_words, w137_slots, 0xb4a758a54deee9a1U, 61, 7};
constexpr const schema* c99[] = {
    &s209, &s8, &s205, &s210, &s184, &s185, &s3,
};
constexpr schema s211 = object(w137, c99, 0x31U);
constexpr schema s212 = list(s211, 1);
constexpr std::string_view w138_words[] = {
    "getVariableResult", "customData",
};
constexpr std::uint8_t w138_slots[] = {
    0, 1,
};
constexpr word_set w138{w138_words, w138_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c100[] = {
    &s212, &s3,
};
constexpr schema s213 = object(w138, c100, 0x1U);
constexpr std::string_view w139_words[] = {
    "currentTime", "customData",
};
constexpr std::uint8_t w139_slots[] = {
    0, 1,
};
constexpr word_set w139{w139_words, w139_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr const schema* c101[] = {
    &s0, &s3,
};
constexpr schema s214 = object(w139, c101, 0x1U);
constexpr std::string_view w140_words[] = {
    "V2GRootCertificate", "MORootCertificate", "ManufacturerRootCertificate", "CSMSRootCertificate",
    "OEMRootCertificate",
};
constexpr std::uint8_t w140_slots[] = {
    2, 255, 4, 0, 255, 3, 255, 1,
};
constexpr word_set w140{w140_words, w140_slots, 0xaaf5661e58755b35U, 61, 5};
constexpr schema s215 = choice(w140);
constexpr std::string_view w141_words[] = {
    "certificateType", "certificate", "customData",
};
constexpr std::uint8_t w141_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w141{w141_words, w141_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c102[] = {
    &s215, &s17, &s3,
};
constexpr schema s216 = object(w141, c102, 0x3U);
constexpr std::string_view w142_words[] = {
    "Accepted", "Rejected", "Failed",
};
constexpr std::uint8_t w142_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w142{w142_words, w142_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s217 = choice(w142);
constexpr const schema* c103[] = {
    &s217, &s8, &s3,
};
constexpr schema s218 = object(w4, c103, 0x1U);
constexpr std::string_view w143_words[] = {
    "BadMessage", "Idle", "NotSupportedOperation", "PermissionDenied", "Uploaded", "UploadFailure", "Uploading",
    "AcceptedCanceled",
};
constexpr std::uint8_t w143_slots[] = {
    7, 0, 5, 3, 6, 1, 4, 2,
};
constexpr word_set w143{w143_words, w143_slots, 0x7c0055f9e218b23dU, 61, 8};
constexpr schema s219 = choice(w143);
constexpr const schema* c104[] = {
    &s219, &s1, &s8, &s3,
};
constexpr schema s220 = object(w76, c104, 0x1U);
constexpr std::string_view w144_words[] = {
    "Current.Export", "Current.Export.Offered", "Current.Export.Minimum", "Current.Import", "Current.Import.Offered",
    "Current.Import.Minimum", "Current.Offered", "Display.PresentSOC", "Display.MinimumSOC", "Display.TargetSOC",
    "Display.MaximumSOC", "Display.RemainingTimeToMinimumSOC", "Display.RemainingTimeToTargetSOC",
    "Display.RemainingTimeToMaximumSOC", "Display.ChargingComplete", "Display.BatteryEnergyCapacity",
    "Display.InletHot", "Energy.Active.Export.Interval", "Energy.Active.Export.Register",
    "Energy.Active.Import.Interval", "Energy.Active.Import.Register", "Energy.Active.Import.CableLoss",
    "Energy.Active.Import.LocalGeneration.Register", "Energy.Active.Net", "Energy.Active.Setpoint.Interval",
    "Energy.Apparent.Export", "Energy.Apparent.Import", "Energy.Apparent.Net", "Energy.Reactive.Export.Interval",
    "Energy.Reactive.Export.Register", "Energy.Reactive.Import.Interval", "Energy.Reactive.Import.Register",
    "Energy.Reactive.Net", "EnergyRequest.Target", "EnergyRequest.Minimum", "EnergyRequest.Maximum",
    "EnergyRequest.Minimum.V2X", "EnergyRequest.Maximum.V2X", "EnergyRequest.Bulk", "Frequency", "Power.Active.Export",
    "Power.Active.Import", "Power.Active.Setpoint", "Power.Active.Residual", "Power.Export.Minimum",
    "Power.Export.Offered", "Power.Factor", "Power.Import.Offered", "Power.Import.Minimum", "Power.Offered",
    "Power.Reactive.Export", "Power.Reactive.Import", "SoC", "Voltage", "Voltage.Minimum", "Voltage.Maximum",
};
constexpr std::uint8_t w144_slots[] = {
    41, 255, 255, 255, 33, 255, 255, 22, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 34, 8, 255, 255,
    43, 255, 255, 255, 40, 255, 36, 18, 255, 255, 255, 255, 11, 255, 255, 255, 255, 255, 53, 48, 26, 39, 255, 255, 21,
    255, 255, 255, 255, 255, 23, 7, 255, 255, 255, 9, 255, 255, 255, 14, 28, 27, 255, 255, 255, 255, 255, 255, 25, 255,
    255, 255, 255, 255, 255, 255, 16, 255, 255, 51, 255, 255, 255, 255, 255, 255, 255, 1, 255, 255, 255, 0, 255, 255,
    255, 255, 255, 2, 255, 255, 255, 255, 17, 31, 255, 255, 255, 255, 255, 255, 255, 20, 255, 255, 255, 255, 13, 4,
    255, 47, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 54, 55, 10, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 15, 255, 255, 255, 255, 6, 255, 255, 255, 37, 49, 255, 32, 255,
    24, 255, 255, 255, 255, 255, 255, 255, 46, 255, 5, 255, 44, 255, 255, 255, 255, 255, 255, 255, 35, 255, 255, 255,
    255, 12, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 19, 255, 255, 255, 255, 255, 255, 255, 30, 255, 42, 255,
    255, 255, 255, 255, 255, 255, 255, 3, 255, 255, 38, 255, 255, 255, 29, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 50, 52, 255, 45, 255,
};
constexpr word_set w144{w144_words, w144_slots, 0x86796f679d7b7ff1U, 56, 56};
constexpr schema s221 = choice(w144);
constexpr std::string_view w145_words[] = {
    "Interruption.Begin", "Interruption.End", "Other", "Sample.Clock", "Sample.Periodic", "Transaction.Begin",
    "Transaction.End", "Trigger",
};
constexpr std::uint8_t w145_slots[] = {
    3, 5, 0, 6, 4, 7, 2, 1,
};
constexpr word_set w145{w145_words, w145_slots, 0x27669780dccc8b41U, 61, 8};
constexpr schema s222 = choice(w145);
constexpr std::string_view w146_words[] = {
    "L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1",
};
constexpr std::uint8_t w146_slots[] = {
    3, 4, 1, 6, 255, 255, 7, 0, 9, 255, 5, 8, 255, 2, 255, 255,
};
constexpr word_set w146{w146_words, w146_slots, 0x96317eaaed5dcf29U, 60, 10};
constexpr schema s223 = choice(w146);
constexpr std::string_view w147_words[] = {
    "Body", "Cable", "EV", "Inlet", "Outlet", "Upstream",
};
constexpr std::uint8_t w147_slots[] = {
    3, 255, 0, 255, 2, 5, 1, 4,
};
constexpr word_set w147{w147_words, w147_slots, 0xfe7e60ff3d1829d1U, 61, 6};
constexpr schema s224 = choice(w147);
constexpr schema s225 = string(32768);
constexpr std::string_view w148_words[] = {
    "signedMeterData", "signingMethod", "encodingMethod", "publicKey", "customData",
};
constexpr std::uint8_t w148_slots[] = {
    3, 0, 255, 255, 255, 2, 4, 1,
};
constexpr word_set w148{w148_words, w148_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c105[] = {
    &s225, &s13, &s13, &s210, &s3,
};
constexpr schema s226 = object(w148, c105, 0x5U);
constexpr std::string_view w149_words[] = {
    "unit", "multiplier", "customData",
};
constexpr std::uint8_t w149_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w149{w149_words, w149_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr const schema* c106[] = {
    &s6, &s1, &s3,
};
constexpr schema s227 = object(w149, c106, 0x0U);
constexpr std::string_view w150_words[] = {
    "value", "measurand", "context", "phase", "location", "signedMeterValue", "unitOfMeasure", "customData",
};
constexpr std::uint8_t w150_slots[] = {
    2, 6, 3, 5, 4, 7, 1, 0,
};
constexpr word_set w150{w150_words, w150_slots, 0x68a97234bb8c4b69U, 61, 8};
constexpr const schema* c107[] = {
    &s37, &s221, &s222, &s223, &s224, &s226, &s227, &s3,
};
constexpr schema s228 = object(w150, c107, 0x1U);
constexpr schema s229 = list(s228, 1);
constexpr std::string_view w151_words[] = {
    "sampledValue", "timestamp", "customData",
};
constexpr std::uint8_t w151_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w151{w151_words, w151_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c108[] = {
    &s229, &s0, &s3,
};
constexpr schema s230 = object(w151, c108, 0x3U);
constexpr schema s231 = list(s230, 1);
constexpr std::string_view w152_words[] = {
    "evseId", "meterValue", "customData",
};
constexpr std::uint8_t w152_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w152{w152_words, w152_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c109[] = {
    &s10, &s231, &s3,
};
constexpr schema s232 = object(w152, c109, 0x3U);
constexpr std::string_view w153_words[] = {
    "transactionId", "allowedEnergyTransfer", "customData",
};
constexpr std::uint8_t w153_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w153{w153_words, w153_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c110[] = {
    &s80, &s33, &s3,
};
constexpr schema s233 = object(w153, c110, 0x3U);
constexpr schema s234 = at_most(at_least(integer(), 0), 100);
constexpr std::string_view w154_words[] = {
    "soc", "limit", "customData",
};
constexpr std::uint8_t w154_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w154{w154_words, w154_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c111[] = {
    &s234, &s37, &s3,
};
constexpr schema s235 = object(w154, c111, 0x3U);
constexpr schema s236 = string(88);
constexpr schema s237 = list(s162, 1, 1024);
constexpr schema s238 = string(32);
constexpr std::string_view w155_words[] = {
    "start", "duration", "customData",
};
constexpr std::uint8_t w155_slots[] = {
    1, 0, 255, 2,
};
constexpr word_set w155{w155_words, w155_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c112[] = {
    &s1, &s1, &s3,
};
constexpr schema s239 = object(w155, c112, 0x1U);
constexpr std::string_view w156_words[] = {
    "CarbonDioxideEmission", "RelativePricePercentage", "RenewableGenerationPercentage",
};
constexpr std::uint8_t w156_slots[] = {
    1, 2, 255, 0,
};
constexpr word_set w156{w156_words, w156_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s240 = choice(w156);
constexpr std::string_view w157_words[] = {
    "costKind", "amount", "amountMultiplier", "customData",
};
constexpr std::uint8_t w157_slots[] = {
    3, 1, 0, 2,
};
constexpr word_set w157{w157_words, w157_slots, 0x474132d865811c39U, 62, 4};
constexpr const schema* c113[] = {
    &s240, &s1, &s1, &s3,
};
constexpr schema s241 = object(w157, c113, 0x3U);
constexpr schema s242 = list(s241, 1, 3);
constexpr std::string_view w158_words[] = {
    "startValue", "cost", "customData",
};
constexpr std::uint8_t w158_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w158{w158_words, w158_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c114[] = {
    &s37, &s242, &s3,
};
constexpr schema s243 = object(w158, c114, 0x3U);
constexpr schema s244 = list(s243, 1, 3);
constexpr std::string_view w159_words[] = {
    "relativeTimeInterval", "ePriceLevel", "consumptionCost", "customData",
};
constexpr std::uint8_t w159_slots[] = {
    1, 2, 0, 3,
};
constexpr word_set w159{w159_words, w159_slots, 0x20f14e1870bc2141U, 62, 4};
constexpr const schema* c115[] = {
    &s239, &s10, &s244, &s3,
};
constexpr schema s245 = object(w159, c115, 0x1U);
constexpr schema s246 = list(s245, 1, 1024);
constexpr std::string_view w160_words[] = {
    "id", "salesTariffDescription", "numEPriceLevels", "salesTariffEntry", "customData",
};
constexpr std::uint8_t w160_slots[] = {
    4, 255, 255, 0, 2, 3, 255, 1,
};
constexpr word_set w160{w160_words, w160_slots, 0x14196417ca5dc09dU, 61, 5};
constexpr const schema* c116[] = {
    &s10, &s238, &s10, &s246, &s3,
};
constexpr schema s247 = object(w160, c116, 0x9U);
constexpr schema s248 = string(160);
constexpr std::string_view w161_words[] = {
    "exponent", "value", "customData",
};
constexpr std::uint8_t w161_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w161{w161_words, w161_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s249 = object(w161, c112, 0x3U);
constexpr std::string_view w162_words[] = {
    "parkingFeePeriod", "carbonDioxideEmission", "renewableGenerationPercentage", "energyFee", "parkingFee",
    "powerRangeStart", "customData",
};
constexpr std::uint8_t w162_slots[] = {
    1, 2, 6, 3, 255, 5, 4, 0,
};
constexpr word_set w162{w162_words, w162_slots, 0x540253f53d3bb775U, 61, 7};
constexpr const schema* c117[] = {
    &s1, &s10, &s234, &s249, &s249, &s249, &s3,
};
constexpr schema s250 = object(w162, c117, 0x28U);
constexpr schema s251 = list(s250, 1, 8);
constexpr std::string_view w163_words[] = {
    "duration", "priceRule", "customData",
};
constexpr std::uint8_t w163_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w163{w163_words, w163_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c118[] = {
    &s1, &s251, &s3,
};
constexpr schema s252 = object(w163, c118, 0x3U);
constexpr schema s253 = list(s252, 1, 1024);
constexpr schema s254 = string(100);
constexpr std::string_view w164_words[] = {
    "taxRuleID", "taxRuleName", "taxIncludedInPrice", "appliesToEnergyFee", "appliesToParkingFee",
    "appliesToOverstayFee", "appliesToMinimumMaximumCost", "taxRate", "customData",
};
constexpr std::uint8_t w164_slots[] = {
    0, 255, 255, 2, 6, 255, 255, 5, 3, 8, 255, 1, 7, 4, 255, 255,
};
constexpr word_set w164{w164_words, w164_slots, 0xaaf5661e58755b35U, 60, 9};
constexpr const schema* c119[] = {
    &s10, &s254, &s89, &s89, &s89, &s89, &s89, &s249, &s3,
};
constexpr schema s255 = object(w164, c119, 0xf9U);
constexpr schema s256 = list(s255, 1, 10);
constexpr std::string_view w165_words[] = {
    "overstayFee", "overstayRuleDescription", "startTime", "overstayFeePeriod", "customData",
};
constexpr std::uint8_t w165_slots[] = {
    1, 255, 0, 3, 255, 2, 255, 4,
};
constexpr word_set w165{w165_words, w165_slots, 0x74761d19bb4cb649U, 61, 5};
constexpr const schema* c120[] = {
    &s249, &s238, &s1, &s1, &s3,
};
constexpr schema s257 = object(w165, c120, 0xdU);
constexpr schema s258 = list(s257, 1, 5);
constexpr std::string_view w166_words[] = {
    "overstayPowerThreshold", "overstayRule", "overstayTimeThreshold", "customData",
};
constexpr std::uint8_t w166_slots[] = {
    3, 2, 0, 1,
};
constexpr word_set w166{w166_words, w166_slots, 0x14196417ca5dc09dU, 62, 4};
constexpr const schema* c121[] = {
    &s249, &s258, &s1, &s3,
};
constexpr schema s259 = object(w166, c121, 0x2U);
constexpr schema s260 = string(80);
constexpr std::string_view w167_words[] = {
    "serviceFee", "serviceName", "customData",
};
constexpr std::uint8_t w167_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w167{w167_words, w167_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c122[] = {
    &s249, &s260, &s3,
};
constexpr schema s261 = object(w167, c122, 0x3U);
constexpr schema s262 = list(s261, 1, 5);
constexpr std::string_view w168_words[] = {
    "timeAnchor", "priceScheduleID", "priceScheduleDescription", "currency", "language", "priceAlgorithm",
    "minimumCost", "maximumCost", "priceRuleStacks", "taxRules", "overstayRuleList", "additionalSelectedServices",
    "customData",
};
constexpr std::uint8_t w168_slots[] = {
    255, 9, 8, 255, 255, 5, 255, 255, 255, 255, 10, 255, 6, 255, 255, 3, 255, 255, 12, 255, 255, 2, 255, 255, 255, 7,
    11, 4, 1, 255, 255, 0,
};
constexpr word_set w168{w168_words, w168_slots, 0x17187f4c07f1219U, 59, 13};
constexpr const schema* c123[] = {
    &s0, &s10, &s248, &s36, &s26, &s21, &s249, &s249, &s253, &s256, &s259, &s262, &s3,
};
constexpr schema s263 = object(w168, c123, 0x13bU);
constexpr std::string_view w169_words[] = {
    "duration", "priceLevel", "customData",
};
constexpr std::uint8_t w169_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w169{w169_words, w169_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c124[] = {
    &s1, &s10, &s3,
};
constexpr schema s264 = object(w169, c124, 0x3U);
constexpr schema s265 = list(s264, 1, 100);
constexpr std::string_view w170_words[] = {
    "priceLevelScheduleEntries", "timeAnchor", "priceScheduleId", "priceScheduleDescription", "numberOfPriceLevels",
    "customData",
};
constexpr std::uint8_t w170_slots[] = {
    1, 2, 4, 255, 5, 255, 0, 3,
};
constexpr word_set w170{w170_words, w170_slots, 0x176b6dc1ed4f3899U, 61, 6};
constexpr const schema* c125[] = {
    &s265, &s0, &s10, &s238, &s10, &s3,
};
constexpr schema s266 = object(w170, c125, 0x17U);
constexpr std::string_view w171_words[] = {
    "id", "limitAtSoC", "startSchedule", "duration", "chargingRateUnit", "minChargingRate", "powerTolerance",
    "signatureId", "digestValue", "useLocalTime", "chargingSchedulePeriod", "randomizedDelay", "salesTariff",
    "absolutePriceSchedule", "priceLevelSchedule", "customData",
};
constexpr std::uint8_t w171_slots[] = {
    255, 255, 8, 14, 5, 255, 11, 255, 255, 255, 255, 4, 255, 255, 255, 255, 255, 7, 255, 13, 3, 0, 255, 15, 1, 10, 2,
    12, 255, 9, 6, 255,
};
constexpr word_set w171{w171_words, w171_slots, 0x9949479edc78a939U, 59, 16};
constexpr const schema* c126[] = {
    &s1, &s235, &s0, &s1, &s153, &s37, &s37, &s10, &s236, &s89, &s237, &s10, &s247, &s263, &s266, &s3,
};
constexpr schema s267 = object(w171, c126, 0x411U);
constexpr schema s268 = list(s267, 1);
constexpr std::string_view w172_words[] = {
    "chargingLimitSource", "isLocalGeneration", "isGridCritical", "customData",
};
constexpr std::uint8_t w172_slots[] = {
    0, 1, 3, 2,
};
constexpr word_set w172{w172_words, w172_slots, 0x356b786f3546be55U, 62, 4};
constexpr const schema* c127[] = {
    &s6, &s89, &s89, &s3,
};
constexpr schema s269 = object(w172, c127, 0x1U);
constexpr std::string_view w173_words[] = {
    "chargingSchedule", "evseId", "chargingLimit", "customData",
};
constexpr std::uint8_t w173_slots[] = {
    0, 1, 2, 3,
};
constexpr word_set w173{w173_words, w173_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c128[] = {
    &s268, &s10, &s269, &s3,
};
constexpr schema s270 = object(w173, c128, 0x4U);
constexpr schema s271 = string(512);
constexpr std::string_view w174_words[] = {
    "data", "tbc", "seqNo", "generatedAt", "requestId", "customData",
};
constexpr std::uint8_t w174_slots[] = {
    0, 3, 4, 255, 2, 255, 5, 1,
};
constexpr word_set w174{w174_words, w174_slots, 0x2ceaee21bf46bc01U, 61, 6};
constexpr const schema* c129[] = {
    &s271, &s89, &s10, &s0, &s10, &s3,
};
constexpr schema s272 = object(w174, c129, 0x1dU);
constexpr std::string_view w175_words[] = {
    "CurrentImbalance", "LocalEmergency", "LowInputPower", "OverCurrent", "OverFrequency", "OverVoltage",
    "PhaseRotation", "RemoteEmergency", "UnderFrequency", "UnderVoltage", "VoltageImbalance",
};
constexpr std::uint8_t w175_slots[] = {
    255, 9, 255, 6, 2, 4, 8, 7, 10, 0, 255, 255, 255, 1, 5, 3,
};
constexpr word_set w175{w175_words, w175_slots, 0x32940132bc032575U, 60, 11};
constexpr schema s273 = choice(w175);
constexpr schema s274 = string(200);
constexpr std::string_view w176_words[] = {
    "controlType", "gridEventFault", "alarmEnded", "timestamp", "extraInfo", "customData",
};
constexpr std::uint8_t w176_slots[] = {
    3, 255, 5, 0, 4, 1, 255, 2,
};
constexpr word_set w176{w176_words, w176_slots, 0x837d19dbbd896311U, 61, 6};
constexpr const schema* c130[] = {
    &s90, &s273, &s89, &s0, &s274, &s3,
};
constexpr schema s275 = object(w176, c130, 0x9U);
constexpr schema s276 = list(s80, 1, 24);
constexpr std::string_view w177_words[] = {
    "controlId", "started", "timestamp", "supersededIds", "customData",
};
constexpr std::uint8_t w177_slots[] = {
    255, 2, 255, 1, 0, 3, 4, 255,
};
constexpr word_set w177{w177_words, w177_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr const schema* c131[] = {
    &s80, &s89, &s0, &s276, &s3,
};
constexpr schema s277 = object(w177, c131, 0x7U);
constexpr schema s278 = list(s29, 1, 4);
constexpr std::string_view w178_words[] = {
    "display", "id", "priority", "state", "startDateTime", "endDateTime", "transactionId", "message", "messageExtra",
    "customData",
};
constexpr std::uint8_t w178_slots[] = {
    4, 255, 255, 6, 3, 255, 0, 8, 2, 1, 255, 255, 9, 7, 5, 255,
};
constexpr word_set w178{w178_words, w178_slots, 0x2d2697a66b00c7dU, 60, 10};
constexpr const schema* c132[] = {
    &s184, &s10, &s167, &s168, &s0, &s0, &s80, &s29, &s278, &s3,
};
constexpr schema s279 = object(w178, c132, 0x86U);
constexpr schema s280 = list(s279, 1);
constexpr std::string_view w179_words[] = {
    "messageInfo", "requestId", "tbc", "customData",
};
constexpr std::uint8_t w179_slots[] = {
    2, 3, 1, 0,
};
constexpr word_set w179{w179_words, w179_slots, 0xe323932090815445U, 62, 4};
constexpr const schema* c133[] = {
    &s280, &s1, &s89, &s3,
};
constexpr schema s281 = object(w179, c133, 0x2U);
constexpr schema s282 = at_least(integer(), 1);
constexpr std::string_view w180_words[] = {
    "energyAmount", "evMinCurrent", "evMaxCurrent", "evMaxVoltage", "customData",
};
constexpr std::uint8_t w180_slots[] = {
    255, 255, 2, 255, 3, 0, 4, 1,
};
constexpr word_set w180{w180_words, w180_slots, 0xfe7e60ff3d1829d1U, 61, 5};
constexpr const schema* c134[] = {
    &s37, &s37, &s37, &s37, &s3,
};
constexpr schema s283 = object(w180, c134, 0xfU);
constexpr schema s284 = list(s90, 1);
constexpr std::string_view w181_words[] = {
    "NoAntiIslandingSupport", "RoCoF", "UVP_OVP", "UFP_OFP", "VoltageVectorShift", "ZeroCrossingDetection",
    "OtherPassive", "ImpedanceMeasurement", "ImpedanceAtFrequency", "SlipModeFrequencyShift", "SandiaFrequencyShift",
    "SandiaVoltageShift", "FrequencyJump", "RCLQFactor", "OtherActive",
};
constexpr std::uint8_t w181_slots[] = {
    9, 4, 2, 11, 255, 255, 6, 255, 255, 10, 5, 255, 14, 255, 8, 255, 12, 255, 255, 255, 255, 255, 255, 0, 255, 255,
    255, 13, 255, 7, 3, 1,
};
constexpr word_set w181{w181_words, w181_slots, 0xa0de50ef65ea23f1U, 59, 15};
constexpr schema s285 = choice(w181);
constexpr schema s286 = list(s285, 1);
constexpr std::string_view w182_words[] = {
    "evSupportedDERControl", "evOverExcitedMaxDischargePower", "evOverExcitedPowerFactor",
    "evUnderExcitedMaxDischargePower", "evUnderExcitedPowerFactor", "maxApparentPower", "maxChargeApparentPower",
    "maxChargeApparentPower_L2", "maxChargeApparentPower_L3", "maxDischargeApparentPower",
    "maxDischargeApparentPower_L2", "maxDischargeApparentPower_L3", "maxChargeReactivePower",
    "maxChargeReactivePower_L2", "maxChargeReactivePower_L3", "minChargeReactivePower", "minChargeReactivePower_L2",
    "minChargeReactivePower_L3", "maxDischargeReactivePower", "maxDischargeReactivePower_L2",
    "maxDischargeReactivePower_L3", "minDischargeReactivePower", "minDischargeReactivePower_L2",
    "minDischargeReactivePower_L3", "nominalVoltage", "nominalVoltageOffset", "maxNominalVoltage", "minNominalVoltage",
    "evInverterManufacturer", "evInverterModel", "evInverterSerialNumber", "evInverterSwVersion",
    "evInverterHwVersion", "evIslandingDetectionMethod", "evIslandingTripTime", "evMaximumLevel1DCInjection",
    "evDurationLevel1DCInjection", "evMaximumLevel2DCInjection", "evDurationLevel2DCInjection",
    "evReactiveSusceptance", "evSessionTotalDischargeEnergyAvailable", "customData",
};
constexpr std::uint8_t w182_slots[] = {
    11, 255, 255, 255, 13, 255, 255, 255, 255, 255, 8, 255, 255, 255, 255, 255, 41, 12, 255, 255, 255, 29, 20, 255,
    255, 255, 28, 255, 35, 255, 255, 18, 3, 255, 255, 255, 255, 255, 255, 255, 36, 255, 10, 255, 16, 255, 14, 255, 2,
    27, 255, 255, 7, 255, 255, 255, 255, 34, 255, 255, 255, 255, 23, 255, 19, 1, 255, 255, 255, 255, 24, 6, 30, 255,
    255, 9, 255, 255, 15, 255, 255, 255, 255, 255, 255, 255, 17, 255, 38, 255, 40, 39, 255, 21, 37, 255, 255, 255, 255,
    255, 4, 255, 255, 5, 22, 255, 255, 255, 255, 255, 0, 32, 255, 255, 255, 33, 26, 25, 255, 255, 255, 255, 31, 255,
    255, 255, 255, 255,
};
constexpr word_set w182{w182_words, w182_slots, 0x3ad605607ef36c25U, 57, 42};
constexpr const schema* c135[] = {
    &s284, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37,
    &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s13, &s13, &s13, &s13, &s13, &s286, &s37, &s37, &s37, &s37,
    &s37, &s37, &s37, &s3,
};
constexpr schema s287 = object(w182, c135, 0x0U);
constexpr std::string_view w183_words[] = {
    "energyFee", "powerRangeStart", "customData",
};
constexpr std::uint8_t w183_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w183{w183_words, w183_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s288 = object(w183, c72, 0x3U);
constexpr schema s289 = list(s288, 1, 8);
constexpr std::string_view w184_words[] = {
    "duration", "evPriceRule", "customData",
};
constexpr std::uint8_t w184_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w184{w184_words, w184_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c136[] = {
    &s1, &s289, &s3,
};
constexpr schema s290 = object(w184, c136, 0x3U);
constexpr schema s291 = list(s290, 1, 1024);
constexpr std::string_view w185_words[] = {
    "timeAnchor", "currency", "evAbsolutePriceScheduleEntries", "priceAlgorithm", "customData",
};
constexpr std::uint8_t w185_slots[] = {
    3, 255, 1, 0, 2, 255, 4, 255,
};
constexpr word_set w185{w185_words, w185_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr const schema* c137[] = {
    &s0, &s36, &s291, &s21, &s3,
};
constexpr schema s292 = object(w185, c137, 0xfU);
constexpr std::string_view w186_words[] = {
    "duration", "power", "customData",
};
constexpr std::uint8_t w186_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w186{w186_words, w186_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr schema s293 = object(w186, c73, 0x3U);
constexpr schema s294 = list(s293, 1, 1024);
constexpr std::string_view w187_words[] = {
    "evPowerScheduleEntries", "timeAnchor", "customData",
};
constexpr std::uint8_t w187_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w187{w187_words, w187_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr const schema* c138[] = {
    &s294, &s0, &s3,
};
constexpr schema s295 = object(w187, c138, 0x3U);
constexpr std::string_view w188_words[] = {
    "evAbsolutePriceSchedule", "evPowerSchedule", "customData",
};
constexpr std::uint8_t w188_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w188{w188_words, w188_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c139[] = {
    &s292, &s295, &s3,
};
constexpr schema s296 = object(w188, c139, 0x2U);
constexpr std::string_view w189_words[] = {
    "evMaxCurrent", "evMaxVoltage", "evMaxPower", "evEnergyCapacity", "energyAmount", "stateOfCharge", "fullSoC",
    "bulkSoC", "customData",
};
constexpr std::uint8_t w189_slots[] = {
    255, 8, 255, 255, 5, 255, 255, 4, 1, 7, 3, 0, 6, 255, 255, 2,
};
constexpr word_set w189{w189_words, w189_slots, 0x14196417ca5dc09dU, 60, 9};
constexpr const schema* c140[] = {
    &s37, &s37, &s37, &s37, &s37, &s234, &s234, &s234, &s3,
};
constexpr schema s297 = object(w189, c140, 0x3U);
constexpr std::string_view w190_words[] = {
    "minChargePower", "minChargePower_L2", "minChargePower_L3", "maxChargePower", "maxChargePower_L2",
    "maxChargePower_L3", "minDischargePower", "minDischargePower_L2", "minDischargePower_L3", "maxDischargePower",
    "maxDischargePower_L2", "maxDischargePower_L3", "minChargeCurrent", "maxChargeCurrent", "minDischargeCurrent",
    "maxDischargeCurrent", "minVoltage", "maxVoltage", "evTargetEnergyRequest", "evMinEnergyRequest",
    "evMaxEnergyRequest", "evMinV2XEnergyRequest", "evMaxV2XEnergyRequest", "targetSoC", "customData",
};
constexpr std::uint8_t w190_slots[] = {
    255, 18, 255, 0, 255, 14, 2, 9, 255, 255, 255, 22, 255, 255, 4, 255, 255, 10, 8, 255, 24, 255, 255, 255, 255, 255,
    255, 255, 255, 15, 255, 255, 23, 255, 255, 255, 255, 16, 3, 255, 12, 17, 5, 1, 255, 255, 7, 255, 255, 255, 255,
    255, 19, 13, 11, 255, 21, 255, 6, 255, 255, 255, 20, 255,
};
constexpr word_set w190{w190_words, w190_slots, 0xec680b72c4959e21U, 58, 25};
constexpr const schema* c141[] = {
    &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s37,
    &s37, &s37, &s37, &s37, &s234, &s3,
};
constexpr schema s298 = object(w190, c141, 0x0U);
constexpr std::string_view w191_words[] = {
    "ScheduledControl", "DynamicControl",
};
constexpr std::uint8_t w191_slots[] = {
    1, 0,
};
constexpr word_set w191{w191_words, w191_slots, 0x881fc588b6cec325U, 63, 2};
constexpr schema s299 = choice(w191);
constexpr std::string_view w192_words[] = {
    "EVCC", "EVCC_SECC",
};
constexpr std::uint8_t w192_slots[] = {
    1, 0,
};
constexpr word_set w192{w192_words, w192_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s300 = choice(w192);
constexpr std::string_view w193_words[] = {
    "acChargingParameters", "derChargingParameters", "evEnergyOffer", "requestedEnergyTransfer",
    "dcChargingParameters", "v2xChargingParameters", "availableEnergyTransfer", "controlMode", "mobilityNeedsMode",
    "departureTime", "customData",
};
constexpr std::uint8_t w193_slots[] = {
    255, 0, 3, 5, 255, 8, 255, 4, 255, 2, 7, 1, 10, 6, 9, 255,
};
constexpr word_set w193{w193_words, w193_slots, 0x74fd136121972db1U, 60, 11};
constexpr const schema* c142[] = {
    &s283, &s287, &s296, &s32, &s297, &s298, &s33, &s299, &s300, &s0, &s3,
};
constexpr schema s301 = object(w193, c142, 0x8U);
constexpr std::string_view w194_words[] = {
    "evseId", "maxScheduleTuples", "chargingNeeds", "timestamp", "customData",
};
constexpr std::uint8_t w194_slots[] = {
    255, 0, 255, 255, 1, 3, 4, 2,
};
constexpr word_set w194{w194_words, w194_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c143[] = {
    &s282, &s10, &s301, &s0, &s3,
};
constexpr schema s302 = object(w194, c143, 0x5U);
constexpr std::string_view w195_words[] = {
    "Accepted", "Rejected", "Processing", "NoChargingProfile",
};
constexpr std::uint8_t w195_slots[] = {
    3, 1, 2, 0,
};
constexpr word_set w195{w195_words, w195_slots, 0xfdf4c28325985a4dU, 62, 4};
constexpr schema s303 = choice(w195);
constexpr const schema* c144[] = {
    &s303, &s8, &s3,
};
constexpr schema s304 = object(w4, c144, 0x1U);
constexpr std::string_view w196_words[] = {
    "timeBase", "chargingSchedule", "evseId", "selectedChargingScheduleId", "powerToleranceAcceptance", "customData",
};
constexpr std::uint8_t w196_slots[] = {
    0, 2, 5, 255, 1, 255, 4, 3,
};
constexpr word_set w196{w196_words, w196_slots, 0x837d19dbbd896311U, 61, 6};
constexpr const schema* c145[] = {
    &s0, &s267, &s282, &s10, &s89, &s3,
};
constexpr schema s305 = object(w196, c145, 0x7U);
constexpr std::string_view w197_words[] = {
    "Alerting", "Delta", "Periodic",
};
constexpr std::uint8_t w197_slots[] = {
    1, 2, 0, 255,
};
constexpr word_set w197{w197_words, w197_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s306 = choice(w197);
constexpr std::string_view w198_words[] = {
    "HardWiredNotification", "HardWiredMonitor", "PreconfiguredMonitor", "CustomMonitor",
};
constexpr std::uint8_t w198_slots[] = {
    1, 3, 0, 2,
};
constexpr word_set w198{w198_words, w198_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr schema s307 = choice(w198);
constexpr std::string_view w199_words[] = {
    "eventId", "timestamp", "trigger", "cause", "actualValue", "techCode", "techInfo", "cleared", "transactionId",
    "component", "variableMonitoringId", "eventNotificationType", "variable", "severity", "customData",
};
constexpr std::uint8_t w199_slots[] = {
    3, 255, 255, 255, 10, 1, 5, 255, 6, 255, 255, 255, 255, 255, 255, 255, 13, 7, 0, 9, 12, 2, 4, 255, 255, 14, 255,
    255, 8, 11, 255, 255,
};
constexpr word_set w199{w199_words, w199_slots, 0xdeb1efdf8afa8031U, 59, 15};
constexpr const schema* c146[] = {
    &s10, &s0, &s306, &s10, &s210, &s13, &s59, &s89, &s80, &s184, &s10, &s307, &s185, &s10, &s3,
};
constexpr schema s308 = object(w199, c146, 0x1a17U);
constexpr schema s309 = list(s308, 1);
constexpr std::string_view w200_words[] = {
    "generatedAt", "tbc", "seqNo", "eventData", "customData",
};
constexpr std::uint8_t w200_slots[] = {
    255, 0, 3, 255, 2, 255, 4, 1,
};
constexpr word_set w200{w200_words, w200_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c147[] = {
    &s0, &s89, &s10, &s309, &s3,
};
constexpr schema s310 = object(w200, c147, 0xdU);
constexpr std::string_view w201_words[] = {
    "UpperThreshold", "LowerThreshold", "Delta", "Periodic", "PeriodicClockAligned", "TargetDelta",
    "TargetDeltaRelative",
};
constexpr std::uint8_t w201_slots[] = {
    255, 2, 5, 0, 3, 4, 1, 6,
};
constexpr word_set w201{w201_words, w201_slots, 0xfa1adf5340820bcdU, 61, 7};
constexpr schema s311 = choice(w201);
constexpr std::string_view w202_words[] = {
    "id", "transaction", "value", "type", "severity", "eventNotificationType", "customData",
};
constexpr std::uint8_t w202_slots[] = {
    0, 1, 2, 4, 255, 5, 6, 3,
};
constexpr word_set w202{w202_words, w202_slots, 0xa498776b71d814ddU, 61, 7};
constexpr const schema* c148[] = {
    &s10, &s89, &s37, &s311, &s10, &s307, &s3,
};
constexpr schema s312 = object(w202, c148, 0x3fU);
constexpr schema s313 = list(s312, 1);
constexpr std::string_view w203_words[] = {
    "component", "variable", "variableMonitoring", "customData",
};
constexpr std::uint8_t w203_slots[] = {
    1, 2, 0, 3,
};
constexpr word_set w203{w203_words, w203_slots, 0x10094540f1a8c71U, 62, 4};
constexpr const schema* c149[] = {
    &s184, &s185, &s313, &s3,
};
constexpr schema s314 = object(w203, c149, 0x7U);
constexpr schema s315 = list(s314, 1);
constexpr std::string_view w204_words[] = {
    "monitor", "requestId", "tbc", "seqNo", "generatedAt", "customData",
};
constexpr std::uint8_t w204_slots[] = {
    1, 3, 5, 0, 4, 255, 255, 2,
};
constexpr word_set w204{w204_words, w204_slots, 0x796bebcce4653101U, 61, 6};
constexpr const schema* c150[] = {
    &s315, &s1, &s89, &s10, &s0, &s3,
};
constexpr schema s316 = object(w204, c150, 0x1aU);
constexpr std::string_view w205_words[] = {
    "t", "v", "customData",
};
constexpr std::uint8_t w205_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w205{w205_words, w205_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr const schema* c151[] = {
    &s37, &s210, &s3,
};
constexpr schema s317 = object(w205, c151, 0x3U);
constexpr schema s318 = list(s317, 1);
constexpr std::string_view w206_words[] = {
    "data", "id", "pending", "basetime", "customData",
};
constexpr std::uint8_t w206_slots[] = {
    255, 3, 255, 2, 1, 255, 4, 0,
};
constexpr word_set w206{w206_words, w206_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr const schema* c152[] = {
    &s318, &s10, &s10, &s0, &s3,
};
constexpr schema s319 = object(w206, c152, 0xfU);
constexpr std::string_view w207_words[] = {
    "transactionId", "activated", "customData",
};
constexpr std::uint8_t w207_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w207{w207_words, w207_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c153[] = {
    &s80, &s89, &s3,
};
constexpr schema s320 = object(w207, c153, 0x3U);
constexpr std::string_view w208_words[] = {
    "ReadOnly", "WriteOnly", "ReadWrite",
};
constexpr std::uint8_t w208_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w208{w208_words, w208_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s321 = choice(w208);
constexpr std::string_view w209_words[] = {
    "type", "value", "mutability", "persistent", "constant", "customData",
};
constexpr std::uint8_t w209_slots[] = {
    5, 3, 4, 255, 1, 255, 0, 2,
};
constexpr word_set w209{w209_words, w209_slots, 0x14196417ca5dc09dU, 61, 6};
constexpr const schema* c154[] = {
    &s205, &s210, &s321, &s89, &s89, &s3,
};
constexpr schema s322 = object(w209, c154, 0x0U);
constexpr schema s323 = list(s322, 1, 4);
constexpr schema s324 = string(16);
constexpr std::string_view w210_words[] = {
    "string", "decimal", "integer", "dateTime", "boolean", "OptionList", "SequenceList", "MemberList",
};
constexpr std::uint8_t w210_slots[] = {
    2, 0, 7, 1, 6, 5, 3, 4,
};
constexpr word_set w210{w210_words, w210_slots, 0x2c924992d2098d65U, 61, 8};
constexpr schema s325 = choice(w210);
constexpr schema s326 = string(1000);
constexpr std::string_view w211_words[] = {
    "unit", "dataType", "minLimit", "maxLimit", "maxElements", "valuesList", "supportsMonitoring", "customData",
};
constexpr std::uint8_t w211_slots[] = {
    5, 6, 7, 0, 3, 2, 4, 1,
};
constexpr word_set w211{w211_words, w211_slots, 0x271339d26072d115U, 61, 8};
constexpr const schema* c155[] = {
    &s324, &s325, &s37, &s37, &s282, &s326, &s89, &s3,
};
constexpr schema s327 = object(w211, c155, 0x42U);
constexpr std::string_view w212_words[] = {
    "component", "variable", "variableAttribute", "variableCharacteristics", "customData",
};
constexpr std::uint8_t w212_slots[] = {
    255, 2, 3, 1, 255, 255, 4, 0,
};
constexpr word_set w212{w212_words, w212_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c156[] = {
    &s184, &s185, &s323, &s327, &s3,
};
constexpr schema s328 = object(w212, c156, 0x7U);
constexpr schema s329 = list(s328, 1);
constexpr std::string_view w213_words[] = {
    "requestId", "generatedAt", "reportData", "tbc", "seqNo", "customData",
};
constexpr std::uint8_t w213_slots[] = {
    0, 1, 3, 4, 2, 255, 255, 5,
};
constexpr word_set w213{w213_words, w213_slots, 0xb4a758a54deee9a1U, 61, 6};
constexpr const schema* c157[] = {
    &s1, &s0, &s329, &s89, &s10, &s3,
};
constexpr schema s330 = object(w213, c157, 0x13U);
constexpr std::string_view w214_words[] = {
    "Settled", "Canceled", "Rejected", "Failed",
};
constexpr std::uint8_t w214_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w214{w214_words, w214_slots, 0xaaf5661e58755b35U, 62, 4};
constexpr schema s331 = choice(w214);
constexpr std::string_view w215_words[] = {
    "name", "address1", "address2", "city", "postalCode", "country", "customData",
};
constexpr std::uint8_t w215_slots[] = {
    4, 6, 2, 0, 1, 255, 3, 5,
};
constexpr word_set w215{w215_words, w215_slots, 0x8a885fbc4a81f79U, 61, 7};
constexpr const schema* c158[] = {
    &s13, &s254, &s254, &s254, &s6, &s13, &s3,
};
constexpr schema s332 = object(w215, c158, 0x2bU);
constexpr std::string_view w216_words[] = {
    "transactionId", "pspRef", "status", "statusInfo", "settlementAmount", "settlementTime", "receiptId", "receiptUrl",
    "vatCompany", "vatNumber", "customData",
};
constexpr std::uint8_t w216_slots[] = {
    7, 255, 0, 3, 2, 6, 5, 8, 10, 255, 4, 255, 1, 255, 255, 9,
};
constexpr word_set w216{w216_words, w216_slots, 0xd720466d4b9f639U, 60, 11};
constexpr const schema* c159[] = {
    &s80, &s2, &s331, &s59, &s37, &s0, &s13, &s21, &s332, &s6, &s3,
};
constexpr schema s333 = object(w216, c159, 0x36U);
constexpr std::string_view w217_words[] = {
    "receiptUrl", "receiptId", "customData",
};
constexpr std::uint8_t w217_slots[] = {
    1, 0, 255, 2,
};
constexpr word_set w217{w217_words, w217_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c160[] = {
    &s21, &s13, &s3,
};
constexpr schema s334 = object(w217, c160, 0x0U);
constexpr std::string_view w218_words[] = {
    "evseId", "timeout", "customData",
};
constexpr std::uint8_t w218_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w218{w218_words, w218_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c161[] = {
    &s10, &s1, &s3,
};
constexpr schema s335 = object(w218, c161, 0x3U);
constexpr const schema* c162[] = {
    &s191, &s3,
};
constexpr schema s336 = object(w124, c162, 0x1U);
constexpr std::string_view w219_words[] = {
    "location", "retries", "checksum", "requestId", "retryInterval", "customData",
};
constexpr std::uint8_t w219_slots[] = {
    0, 4, 3, 255, 5, 1, 2, 255,
};
constexpr word_set w219{w219_words, w219_slots, 0xaaf5661e58755b35U, 61, 6};
constexpr const schema* c163[] = {
    &s21, &s10, &s238, &s10, &s10, &s3,
};
constexpr schema s337 = object(w219, c163, 0xdU);
constexpr std::string_view w220_words[] = {
    "Idle", "DownloadScheduled", "Downloading", "Downloaded", "Published", "DownloadFailed", "DownloadPaused",
    "InvalidChecksum", "ChecksumVerified", "PublishFailed",
};
constexpr std::uint8_t w220_slots[] = {
    3, 9, 4, 1, 255, 6, 255, 0, 255, 8, 255, 255, 2, 5, 255, 7,
};
constexpr word_set w220{w220_words, w220_slots, 0x474132d865811c39U, 60, 10};
constexpr schema s338 = choice(w220);
constexpr schema s339 = list(s21, 1);
constexpr std::string_view w221_words[] = {
    "status", "location", "requestId", "statusInfo", "customData",
};
constexpr std::uint8_t w221_slots[] = {
    3, 2, 0, 255, 1, 255, 255, 4,
};
constexpr word_set w221{w221_words, w221_slots, 0x954870e3140a8a0dU, 61, 5};
constexpr const schema* c164[] = {
    &s338, &s339, &s10, &s8, &s3,
};
constexpr schema s340 = object(w221, c164, 0x1U);
constexpr std::string_view w222_words[] = {
    "chargingProfileId", "customData",
};
constexpr std::uint8_t w222_slots[] = {
    0, 1,
};
constexpr word_set w222{w222_words, w222_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s341 = object(w222, c82, 0x1U);
constexpr std::string_view w223_words[] = {
    "limit", "limit_L2", "limit_L3", "dischargeLimit", "dischargeLimit_L2", "dischargeLimit_L3", "setpoint",
    "setpoint_L2", "setpoint_L3", "setpointReactive", "setpointReactive_L2", "setpointReactive_L3", "customData",
};
constexpr std::uint8_t w223_slots[] = {
    3, 255, 10, 6, 12, 8, 4, 9, 11, 255, 2, 1, 0, 255, 7, 5,
};
constexpr word_set w223{w223_words, w223_slots, 0x309164b765f5d145U, 60, 13};
constexpr const schema* c165[] = {
    &s37, &s37, &s37, &s156, &s156, &s156, &s37, &s37, &s37, &s37, &s37, &s37, &s3,
};
constexpr schema s342 = object(w223, c165, 0x0U);
constexpr std::string_view w224_words[] = {
    "scheduleUpdate", "status", "statusInfo", "customData",
};
constexpr std::uint8_t w224_slots[] = {
    2, 1, 0, 3,
};
constexpr word_set w224{w224_words, w224_slots, 0x881fc588b6cec325U, 62, 4};
constexpr const schema* c166[] = {
    &s342, &s5, &s8, &s3,
};
constexpr schema s343 = object(w224, c166, 0x2U);
constexpr std::string_view w225_words[] = {
    "Absolute", "Recurring", "Relative", "Dynamic",
};
constexpr std::uint8_t w225_slots[] = {
    1, 3, 2, 0,
};
constexpr word_set w225{w225_words, w225_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr schema s344 = choice(w225);
constexpr std::string_view w226_words[] = {
    "Daily", "Weekly",
};
constexpr std::uint8_t w226_slots[] = {
    0, 1,
};
constexpr word_set w226{w226_words, w226_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s345 = choice(w226);
constexpr schema s346 = list(s267, 1, 3);
constexpr schema s347 = string(256);
constexpr std::string_view w227_words[] = {
    "id", "stackLevel", "chargingProfilePurpose", "chargingProfileKind", "recurrencyKind", "validFrom", "validTo",
    "transactionId", "maxOfflineDuration", "chargingSchedule", "invalidAfterOfflineDuration", "dynUpdateInterval",
    "dynUpdateTime", "priceScheduleSignature", "customData",
};
constexpr std::uint8_t w227_slots[] = {
    14, 6, 4, 7, 13, 2, 5, 255, 1, 9, 12, 8, 10, 0, 11, 3,
};
constexpr word_set w227{w227_words, w227_slots, 0x16918912629367a5U, 60, 15};
constexpr const schema* c167[] = {
    &s1, &s10, &s84, &s344, &s345, &s0, &s0, &s80, &s1, &s346, &s89, &s1, &s0, &s347, &s3,
};
constexpr schema s348 = object(w227, c167, 0x20fU);
constexpr schema s349 = list(s348, 1);
constexpr std::string_view w228_words[] = {
    "requestId", "chargingLimitSource", "chargingProfile", "tbc", "evseId", "customData",
};
constexpr std::uint8_t w228_slots[] = {
    2, 4, 1, 255, 3, 255, 0, 5,
};
constexpr word_set w228{w228_words, w228_slots, 0x74761d19bb4cb649U, 61, 6};
constexpr const schema* c168[] = {
    &s1, &s6, &s349, &s89, &s10, &s3,
};
constexpr schema s350 = object(w228, c168, 0x17U);
constexpr std::string_view w229_words[] = {
    "x", "y", "customData",
};
constexpr std::uint8_t w229_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w229{w229_words, w229_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s351 = object(w229, c72, 0x3U);
constexpr schema s352 = list(s351, 1, 10);
constexpr std::string_view w230_words[] = {
    "hysteresisHigh", "hysteresisLow", "hysteresisDelay", "hysteresisGradient", "customData",
};
constexpr std::uint8_t w230_slots[] = {
    255, 255, 1, 2, 3, 255, 4, 0,
};
constexpr word_set w230{w230_words, w230_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr schema s353 = object(w230, c134, 0x0U);
constexpr std::string_view w231_words[] = {
    "vRef", "autonomousVRefEnable", "autonomousVRefTimeConstant", "customData",
};
constexpr std::uint8_t w231_slots[] = {
    2, 3, 0, 1,
};
constexpr word_set w231{w231_words, w231_slots, 0x837d19dbbd896311U, 62, 4};
constexpr const schema* c169[] = {
    &s37, &s89, &s37, &s3,
};
constexpr schema s354 = object(w231, c169, 0x0U);
constexpr std::string_view w232_words[] = {
    "Active", "Reactive",
};
constexpr std::uint8_t w232_slots[] = {
    1, 0,
};
constexpr word_set w232{w232_words, w232_slots, 0x881fc588b6cec325U, 63, 2};
constexpr schema s355 = choice(w232);
constexpr std::string_view w233_words[] = {
    "hv10MinMeanValue", "hv10MinMeanTripDelay", "powerDuringCessation", "customData",
};
constexpr std::uint8_t w233_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w233{w233_words, w233_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c170[] = {
    &s37, &s37, &s355, &s3,
};
constexpr schema s356 = object(w233, c170, 0x0U);
constexpr std::string_view w234_words[] = {
    "Not_Applicable", "PctMaxW", "PctMaxVar", "PctWAvail", "PctVarAvail", "PctEffectiveV",
};
constexpr std::uint8_t w234_slots[] = {
    255, 255, 2, 4, 3, 1, 5, 0,
};
constexpr word_set w234{w234_words, w234_slots, 0x48349983c3cd98bdU, 61, 6};
constexpr schema s357 = choice(w234);
constexpr std::string_view w235_words[] = {
    "curveData", "hysteresis", "priority", "reactivePowerParams", "voltageParams", "yUnit", "responseTime",
    "startTime", "duration", "customData",
};
constexpr std::uint8_t w235_slots[] = {
    4, 5, 255, 255, 6, 255, 7, 8, 3, 0, 255, 2, 255, 9, 1, 255,
};
constexpr word_set w235{w235_words, w235_slots, 0xfe7e60ff3d1829d1U, 60, 10};
constexpr const schema* c171[] = {
    &s352, &s353, &s10, &s354, &s356, &s357, &s37, &s0, &s37, &s3,
};
constexpr schema s358 = object(w235, c171, 0x25U);
constexpr std::string_view w236_words[] = {
    "curve", "id", "curveType", "isDefault", "isSuperseded", "customData",
};
constexpr std::uint8_t w236_slots[] = {
    3, 1, 255, 255, 5, 0, 2, 4,
};
constexpr word_set w236{w236_words, w236_slots, 0xaaf5661e58755b35U, 61, 6};
constexpr const schema* c172[] = {
    &s358, &s80, &s90, &s89, &s89, &s3,
};
constexpr schema s359 = object(w236, c172, 0x1fU);
constexpr schema s360 = list(s359, 1, 24);
constexpr std::string_view w237_words[] = {
    "priority", "highVoltage", "lowVoltage", "highFreq", "lowFreq", "delay", "randomDelay", "rampRate", "customData",
};
constexpr std::uint8_t w237_slots[] = {
    255, 255, 5, 6, 7, 0, 4, 255, 255, 3, 255, 2, 1, 255, 8, 255,
};
constexpr word_set w237{w237_words, w237_slots, 0xa2751271e4e5b4fdU, 60, 9};
constexpr const schema* c173[] = {
    &s10, &s37, &s37, &s37, &s37, &s37, &s37, &s37, &s3,
};
constexpr schema s361 = object(w237, c173, 0x1fU);
constexpr std::string_view w238_words[] = {
    "enterService", "id", "customData",
};
constexpr std::uint8_t w238_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w238{w238_words, w238_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c174[] = {
    &s361, &s80, &s3,
};
constexpr schema s362 = object(w238, c174, 0x3U);
constexpr schema s363 = list(s362, 1, 24);
constexpr std::string_view w239_words[] = {
    "priority", "displacement", "excitation", "startTime", "duration", "customData",
};
constexpr std::uint8_t w239_slots[] = {
    5, 0, 255, 3, 4, 2, 255, 1,
};
constexpr word_set w239{w239_words, w239_slots, 0x5ecdfe6ac3d13fe9U, 61, 6};
constexpr const schema* c175[] = {
    &s10, &s37, &s89, &s0, &s37, &s3,
};
constexpr schema s364 = object(w239, c175, 0x7U);
constexpr std::string_view w240_words[] = {
    "fixedPF", "id", "isDefault", "isSuperseded", "customData",
};
constexpr std::uint8_t w240_slots[] = {
    255, 255, 3, 0, 255, 2, 1, 4,
};
constexpr word_set w240{w240_words, w240_slots, 0x954870e3140a8a0dU, 61, 5};
constexpr const schema* c176[] = {
    &s364, &s80, &s89, &s89, &s3,
};
constexpr schema s365 = object(w240, c176, 0xfU);
constexpr schema s366 = list(s365, 1, 24);
constexpr std::string_view w241_words[] = {
    "priority", "setpoint", "unit", "startTime", "duration", "customData",
};
constexpr std::uint8_t w241_slots[] = {
    1, 2, 0, 4, 5, 255, 3, 255,
};
constexpr word_set w241{w241_words, w241_slots, 0xaaf5661e58755b35U, 61, 6};
constexpr const schema* c177[] = {
    &s10, &s37, &s357, &s0, &s37, &s3,
};
constexpr schema s367 = object(w241, c177, 0x7U);
constexpr std::string_view w242_words[] = {
    "fixedVar", "id", "isDefault", "isSuperseded", "customData",
};
constexpr std::uint8_t w242_slots[] = {
    3, 255, 2, 255, 1, 0, 4, 255,
};
constexpr word_set w242{w242_words, w242_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c178[] = {
    &s367, &s80, &s89, &s89, &s3,
};
constexpr schema s368 = object(w242, c178, 0xfU);
constexpr schema s369 = list(s368, 1, 24);
constexpr std::string_view w243_words[] = {
    "priority", "overFreq", "underFreq", "overDroop", "underDroop", "responseTime", "startTime", "duration",
    "customData",
};
constexpr std::uint8_t w243_slots[] = {
    4, 1, 7, 255, 5, 255, 255, 255, 0, 6, 255, 255, 8, 2, 3, 255,
};
constexpr word_set w243{w243_words, w243_slots, 0x2d2697a66b00c7dU, 60, 9};
constexpr const schema* c179[] = {
    &s10, &s37, &s37, &s37, &s37, &s37, &s0, &s37, &s3,
};
constexpr schema s370 = object(w243, c179, 0x3fU);
constexpr std::string_view w244_words[] = {
    "freqDroop", "id", "isDefault", "isSuperseded", "customData",
};
constexpr std::uint8_t w244_slots[] = {
    3, 255, 2, 0, 1, 255, 4, 255,
};
constexpr word_set w244{w244_words, w244_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c180[] = {
    &s370, &s80, &s89, &s89, &s3,
};
constexpr schema s371 = object(w244, c180, 0xfU);
constexpr schema s372 = list(s371, 1, 24);
constexpr std::string_view w245_words[] = {
    "priority", "gradient", "softGradient", "customData",
};
constexpr std::uint8_t w245_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w245{w245_words, w245_slots, 0x1c3d30663521d89U, 62, 4};
constexpr const schema* c181[] = {
    &s10, &s37, &s37, &s3,
};
constexpr schema s373 = object(w245, c181, 0x7U);
constexpr std::string_view w246_words[] = {
    "gradient", "id", "customData",
};
constexpr std::uint8_t w246_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w246{w246_words, w246_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c182[] = {
    &s373, &s80, &s3,
};
constexpr schema s374 = object(w246, c182, 0x3U);
constexpr schema s375 = list(s374, 1, 24);
constexpr std::string_view w247_words[] = {
    "priority", "pctMaxDischargePower", "powerMonitoringMustTrip", "startTime", "duration", "customData",
};
constexpr std::uint8_t w247_slots[] = {
    2, 4, 1, 0, 5, 3, 255, 255,
};
constexpr word_set w247{w247_words, w247_slots, 0x176b6dc1ed4f3899U, 61, 6};
constexpr const schema* c183[] = {
    &s10, &s37, &s358, &s0, &s37, &s3,
};
constexpr schema s376 = object(w247, c183, 0x1U);
constexpr std::string_view w248_words[] = {
    "id", "isDefault", "isSuperseded", "limitMaxDischarge", "customData",
};
constexpr std::uint8_t w248_slots[] = {
    3, 255, 2, 255, 255, 1, 0, 4,
};
constexpr word_set w248{w248_words, w248_slots, 0x954870e3140a8a0dU, 61, 5};
constexpr const schema* c184[] = {
    &s80, &s89, &s89, &s376, &s3,
};
constexpr schema s377 = object(w248, c184, 0xfU);
constexpr schema s378 = list(s377, 1, 24);
constexpr std::string_view w249_words[] = {
    "curve", "enterService", "fixedPFAbsorb", "fixedPFInject", "fixedVar", "freqDroop", "gradient",
    "limitMaxDischarge", "requestId", "tbc", "customData",
};
constexpr std::uint8_t w249_slots[] = {
    9, 7, 4, 10, 8, 5, 255, 1, 255, 0, 255, 6, 2, 255, 3, 255,
};
constexpr word_set w249{w249_words, w249_slots, 0x9234922554da5e5U, 60, 11};
constexpr const schema* c185[] = {
    &s360, &s363, &s366, &s366, &s369, &s372, &s375, &s378, &s1, &s89, &s3,
};
constexpr schema s379 = object(w249, c185, 0x100U);
constexpr std::string_view w250_words[] = {
    "idToken", "requestId", "customData",
};
constexpr std::uint8_t w250_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w250{w250_words, w250_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c186[] = {
    &s16, &s1, &s3,
};
constexpr schema s380 = object(w250, c186, 0x3U);
constexpr std::string_view w251_words[] = {
    "evseId", "groupIdToken", "idToken", "remoteStartId", "chargingProfile", "customData",
};
constexpr std::uint8_t w251_slots[] = {
    1, 3, 2, 4, 255, 0, 255, 5,
};
constexpr word_set w251{w251_words, w251_slots, 0x954870e3140a8a0dU, 61, 6};
constexpr const schema* c187[] = {
    &s282, &s16, &s16, &s1, &s348, &s3,
};
constexpr schema s381 = object(w251, c187, 0xcU);
constexpr std::string_view w252_words[] = {
    "status", "statusInfo", "transactionId", "customData",
};
constexpr std::uint8_t w252_slots[] = {
    2, 1, 0, 3,
};
constexpr word_set w252{w252_words, w252_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr const schema* c188[] = {
    &s5, &s8, &s80, &s3,
};
constexpr schema s382 = object(w252, c188, 0x1U);
constexpr schema s383 = object(w131, c95, 0x1U);
constexpr std::string_view w253_words[] = {
    "Expired", "Removed", "NoTransaction",
};
constexpr std::uint8_t w253_slots[] = {
    1, 2, 255, 0,
};
constexpr word_set w253{w253_words, w253_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s384 = choice(w253);
constexpr std::string_view w254_words[] = {
    "reservationId", "reservationUpdateStatus", "customData",
};
constexpr std::uint8_t w254_slots[] = {
    0, 1, 2, 255,
};
constexpr word_set w254{w254_words, w254_slots, 0x176b6dc1ed4f3899U, 62, 3};
constexpr const schema* c189[] = {
    &s10, &s384, &s3,
};
constexpr schema s385 = object(w254, c189, 0x3U);
constexpr std::string_view w255_words[] = {
    "id", "expiryDateTime", "connectorType", "idToken", "evseId", "groupIdToken", "customData",
};
constexpr std::uint8_t w255_slots[] = {
    1, 4, 255, 5, 0, 6, 2, 3,
};
constexpr word_set w255{w255_words, w255_slots, 0xcc125c698e20d4a1U, 61, 7};
constexpr const schema* c190[] = {
    &s10, &s0, &s6, &s16, &s10, &s16, &s3,
};
constexpr schema s386 = object(w255, c190, 0xbU);
constexpr std::string_view w256_words[] = {
    "Accepted", "Faulted", "Occupied", "Rejected", "Unavailable",
};
constexpr std::uint8_t w256_slots[] = {
    255, 0, 1, 255, 2, 4, 3, 255,
};
constexpr word_set w256{w256_words, w256_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr schema s387 = choice(w256);
constexpr const schema* c191[] = {
    &s387, &s8, &s3,
};
constexpr schema s388 = object(w4, c191, 0x1U);
constexpr std::string_view w257_words[] = {
    "Immediate", "OnIdle", "ImmediateAndResume",
};
constexpr std::uint8_t w257_slots[] = {
    255, 0, 2, 1,
};
constexpr word_set w257{w257_words, w257_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s389 = choice(w257);
constexpr std::string_view w258_words[] = {
    "type", "evseId", "customData",
};
constexpr std::uint8_t w258_slots[] = {
    1, 0, 255, 2,
};
constexpr word_set w258{w258_words, w258_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c192[] = {
    &s389, &s10, &s3,
};
constexpr schema s390 = object(w258, c192, 0x1U);
constexpr std::string_view w259_words[] = {
    "type", "timestamp", "techInfo", "customData",
};
constexpr std::uint8_t w259_slots[] = {
    2, 0, 1, 3,
};
constexpr word_set w259{w259_words, w259_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c193[] = {
    &s13, &s0, &s2, &s3,
};
constexpr schema s391 = object(w259, c193, 0x3U);
constexpr std::string_view w260_words[] = {
    "idToken", "idTokenInfo", "customData",
};
constexpr std::uint8_t w260_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w260{w260_words, w260_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c194[] = {
    &s16, &s30, &s3,
};
constexpr schema s392 = object(w260, c194, 0x1U);
constexpr schema s393 = list(s392, 1);
constexpr std::string_view w261_words[] = {
    "Differential", "Full",
};
constexpr std::uint8_t w261_slots[] = {
    1, 0,
};
constexpr word_set w261{w261_words, w261_slots, 0x881fc588b6cec325U, 63, 2};
constexpr schema s394 = choice(w261);
constexpr std::string_view w262_words[] = {
    "localAuthorizationList", "versionNumber", "updateType", "customData",
};
constexpr std::uint8_t w262_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w262{w262_words, w262_slots, 0xcf7852380d5c40c5U, 62, 4};
constexpr const schema* c195[] = {
    &s393, &s1, &s394, &s3,
};
constexpr schema s395 = object(w262, c195, 0x6U);
constexpr std::string_view w263_words[] = {
    "Accepted", "Failed", "VersionMismatch",
};
constexpr std::uint8_t w263_slots[] = {
    255, 1, 2, 0,
};
constexpr word_set w263{w263_words, w263_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s396 = choice(w263);
constexpr const schema* c196[] = {
    &s396, &s8, &s3,
};
constexpr schema s397 = object(w4, c196, 0x1U);
constexpr std::string_view w264_words[] = {
    "evseId", "chargingProfile", "customData",
};
constexpr std::uint8_t w264_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w264{w264_words, w264_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c197[] = {
    &s10, &s348, &s3,
};
constexpr schema s398 = object(w264, c197, 0x3U);
constexpr std::string_view w265_words[] = {
    "isDefault", "controlId", "controlType", "curve", "enterService", "fixedPFAbsorb", "fixedPFInject", "fixedVar",
    "freqDroop", "gradient", "limitMaxDischarge", "customData",
};
constexpr std::uint8_t w265_slots[] = {
    7, 8, 4, 1, 11, 255, 6, 255, 2, 5, 255, 9, 10, 255, 3, 0,
};
constexpr word_set w265{w265_words, w265_slots, 0x3e869d2badfa0aa5U, 60, 12};
constexpr const schema* c198[] = {
    &s89, &s80, &s90, &s358, &s361, &s364, &s364, &s367, &s370, &s373, &s376, &s3,
};
constexpr schema s399 = object(w265, c198, 0x7U);
constexpr std::string_view w266_words[] = {
    "status", "statusInfo", "supersededIds", "customData",
};
constexpr std::uint8_t w266_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w266{w266_words, w266_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c199[] = {
    &s92, &s8, &s276, &s3,
};
constexpr schema s400 = object(w266, c199, 0x1U);
constexpr std::string_view w267_words[] = {
    "evseId", "tariff", "customData",
};
constexpr std::uint8_t w267_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w267{w267_words, w267_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c200[] = {
    &s10, &s56, &s3,
};
constexpr schema s401 = object(w267, c200, 0x3U);
constexpr std::string_view w268_words[] = {
    "Accepted", "Rejected", "TooManyElements", "ConditionNotSupported", "DuplicateTariffId",
};
constexpr std::uint8_t w268_slots[] = {
    4, 0, 1, 2, 3, 255, 255, 255,
};
constexpr word_set w268{w268_words, w268_slots, 0x881fc588b6cec325U, 61, 5};
constexpr schema s402 = choice(w268);
constexpr const schema* c201[] = {
    &s402, &s8, &s3,
};
constexpr schema s403 = object(w4, c201, 0x1U);
constexpr std::string_view w269_words[] = {
    "message", "customData",
};
constexpr std::uint8_t w269_slots[] = {
    0, 1,
};
constexpr word_set w269{w269_words, w269_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr const schema* c202[] = {
    &s279, &s3,
};
constexpr schema s404 = object(w269, c202, 0x1U);
constexpr std::string_view w270_words[] = {
    "Accepted", "NotSupportedMessageFormat", "Rejected", "NotSupportedPriority", "NotSupportedState",
    "UnknownTransaction", "LanguageNotSupported",
};
constexpr std::uint8_t w270_slots[] = {
    6, 1, 255, 2, 3, 4, 0, 5,
};
constexpr word_set w270{w270_words, w270_slots, 0xe70d1efb8661ab5U, 61, 7};
constexpr schema s405 = choice(w270);
constexpr const schema* c203[] = {
    &s405, &s8, &s3,
};
constexpr schema s406 = object(w4, c203, 0x1U);
constexpr std::string_view w271_words[] = {
    "All", "FactoryDefault", "HardWiredOnly",
};
constexpr std::uint8_t w271_slots[] = {
    2, 1, 0, 255,
};
constexpr word_set w271{w271_words, w271_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s407 = choice(w271);
constexpr std::string_view w272_words[] = {
    "monitoringBase", "customData",
};
constexpr std::uint8_t w272_slots[] = {
    0, 1,
};
constexpr word_set w272{w272_words, w272_slots, 0x881fc588b6cec325U, 63, 2};
constexpr const schema* c204[] = {
    &s407, &s3,
};
constexpr schema s408 = object(w272, c204, 0x1U);
constexpr std::string_view w273_words[] = {
    "severity", "customData",
};
constexpr std::uint8_t w273_slots[] = {
    0, 1,
};
constexpr word_set w273{w273_words, w273_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s409 = object(w273, c30, 0x1U);
constexpr schema s410 = string(6);
constexpr std::string_view w274_words[] = {
    "PAP", "CHAP", "NONE", "AUTO",
};
constexpr std::uint8_t w274_slots[] = {
    2, 3, 0, 1,
};
constexpr word_set w274{w274_words, w274_slots, 0x48349983c3cd98bdU, 62, 4};
constexpr schema s411 = choice(w274);
constexpr std::string_view w275_words[] = {
    "apn", "apnUserName", "apnPassword", "simPin", "preferredNetwork", "useOnlyPreferredNetwork", "apnAuthentication",
    "customData",
};
constexpr std::uint8_t w275_slots[] = {
    3, 7, 5, 2, 1, 0, 4, 6,
};
constexpr word_set w275{w275_words, w275_slots, 0x8a885fbc4a81f79U, 61, 8};
constexpr const schema* c205[] = {
    &s21, &s13, &s111, &s1, &s410, &s89, &s411, &s3,
};
constexpr schema s412 = object(w275, c205, 0x41U);
constexpr std::string_view w276_words[] = {
    "OCPP12", "OCPP15", "OCPP16", "OCPP20", "OCPP201", "OCPP21",
};
constexpr std::uint8_t w276_slots[] = {
    255, 1, 2, 3, 0, 5, 4, 255,
};
constexpr word_set w276{w276_words, w276_slots, 0xaaf5661e58755b35U, 61, 6};
constexpr schema s413 = choice(w276);
constexpr std::string_view w277_words[] = {
    "Wired0", "Wired1", "Wired2", "Wired3", "Wireless0", "Wireless1", "Wireless2", "Wireless3", "Any",
};
constexpr std::uint8_t w277_slots[] = {
    6, 5, 8, 255, 255, 255, 4, 255, 0, 255, 1, 7, 255, 2, 255, 3,
};
constexpr word_set w277{w277_words, w277_slots, 0x881fc588b6cec325U, 60, 9};
constexpr schema s414 = choice(w277);
constexpr std::string_view w278_words[] = {
    "SOAP", "JSON",
};
constexpr std::uint8_t w278_slots[] = {
    1, 0,
};
constexpr word_set w278{w278_words, w278_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s415 = choice(w278);
constexpr schema s416 = string(48);
constexpr std::string_view w279_words[] = {
    "IKEv2", "IPSec", "L2TP", "PPTP",
};
constexpr std::uint8_t w279_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w279{w279_words, w279_slots, 0xcc125c698e20d4a1U, 62, 4};
constexpr schema s417 = choice(w279);
constexpr std::string_view w280_words[] = {
    "server", "user", "group", "password", "key", "type", "customData",
};
constexpr std::uint8_t w280_slots[] = {
    0, 2, 1, 4, 3, 5, 6, 255,
};
constexpr word_set w280{w280_words, w280_slots, 0x881fc588b6cec325U, 61, 7};
constexpr const schema* c206[] = {
    &s21, &s13, &s13, &s111, &s2, &s417, &s3,
};
constexpr schema s418 = object(w280, c206, 0x3bU);
constexpr std::string_view w281_words[] = {
    "apn", "ocppVersion", "ocppInterface", "ocppTransport", "messageTimeout", "ocppCsmsUrl", "securityProfile",
    "identity", "basicAuthPassword", "vpn", "customData",
};
constexpr std::uint8_t w281_slots[] = {
    255, 4, 6, 7, 2, 9, 8, 3, 255, 5, 255, 0, 10, 255, 255, 1,
};
constexpr word_set w281{w281_words, w281_slots, 0x74fd136121972db1U, 60, 11};
constexpr const schema* c207[] = {
    &s412, &s413, &s414, &s415, &s1, &s21, &s10, &s416, &s111, &s418, &s3,
};
constexpr schema s419 = object(w281, c207, 0x7cU);
constexpr std::string_view w282_words[] = {
    "configurationSlot", "connectionData", "customData",
};
constexpr std::uint8_t w282_slots[] = {
    255, 0, 1, 2,
};
constexpr word_set w282{w282_words, w282_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c208[] = {
    &s1, &s419, &s3,
};
constexpr schema s420 = object(w282, c208, 0x3U);
constexpr std::string_view w283_words[] = {
    "id", "periodicEventStream", "transaction", "value", "type", "severity", "component", "variable", "customData",
};
constexpr std::uint8_t w283_slots[] = {
    2, 8, 7, 6, 255, 255, 0, 255, 5, 3, 1, 255, 255, 4, 255, 255,
};
constexpr word_set w283{w283_words, w283_slots, 0x14196417ca5dc09dU, 60, 9};
constexpr const schema* c209[] = {
    &s10, &s11, &s89, &s37, &s311, &s10, &s184, &s185, &s3,
};
constexpr schema s421 = object(w283, c209, 0xf8U);
constexpr schema s422 = list(s421, 1);
constexpr std::string_view w284_words[] = {
    "setMonitoringData", "customData",
};
constexpr std::uint8_t w284_slots[] = {
    0, 1,
};
constexpr word_set w284{w284_words, w284_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c210[] = {
    &s422, &s3,
};
constexpr schema s423 = object(w284, c210, 0x1U);
constexpr std::string_view w285_words[] = {
    "Accepted", "UnknownComponent", "UnknownVariable", "UnsupportedMonitorType", "Rejected", "Duplicate",
};
constexpr std::uint8_t w285_slots[] = {
    3, 255, 255, 4, 1, 2, 5, 0,
};
constexpr word_set w285{w285_words, w285_slots, 0x20f14e1870bc2141U, 61, 6};
constexpr schema s424 = choice(w285);
constexpr std::string_view w286_words[] = {
    "id", "statusInfo", "status", "type", "component", "variable", "severity", "customData",
};
constexpr std::uint8_t w286_slots[] = {
    7, 6, 5, 4, 3, 0, 1, 2,
};
constexpr word_set w286{w286_words, w286_slots, 0x263f1c3792cc93d9U, 61, 8};
constexpr const schema* c211[] = {
    &s10, &s8, &s424, &s311, &s184, &s185, &s10, &s3,
};
constexpr schema s425 = object(w286, c211, 0x7cU);
constexpr schema s426 = list(s425, 1);
constexpr std::string_view w287_words[] = {
    "setMonitoringResult", "customData",
};
constexpr std::uint8_t w287_slots[] = {
    0, 1,
};
constexpr word_set w287{w287_words, w287_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr const schema* c212[] = {
    &s426, &s3,
};
constexpr schema s427 = object(w287, c212, 0x1U);
constexpr std::string_view w288_words[] = {
    "attributeType", "attributeValue", "component", "variable", "customData",
};
constexpr std::uint8_t w288_slots[] = {
    1, 255, 255, 0, 255, 3, 4, 2,
};
constexpr word_set w288{w288_words, w288_slots, 0x881fc588b6cec325U, 61, 5};
constexpr const schema* c213[] = {
    &s205, &s210, &s184, &s185, &s3,
};
constexpr schema s428 = object(w288, c213, 0xeU);
constexpr schema s429 = list(s428, 1);
constexpr std::string_view w289_words[] = {
    "setVariableData", "customData",
};
constexpr std::uint8_t w289_slots[] = {
    0, 1,
};
constexpr word_set w289{w289_words, w289_slots, 0xfe7e60ff3d1829d1U, 63, 2};
constexpr const schema* c214[] = {
    &s429, &s3,
};
constexpr schema s430 = object(w289, c214, 0x1U);
constexpr std::string_view w290_words[] = {
    "Accepted", "Rejected", "UnknownComponent", "UnknownVariable", "NotSupportedAttributeType", "RebootRequired",
};
constexpr std::uint8_t w290_slots[] = {
    255, 4, 0, 1, 255, 5, 2, 3,
};
constexpr word_set w290{w290_words, w290_slots, 0x6b44b389063aa965U, 61, 6};
constexpr schema s431 = choice(w290);
constexpr std::string_view w291_words[] = {
    "attributeType", "attributeStatus", "attributeStatusInfo", "component", "variable", "customData",
};
constexpr std::uint8_t w291_slots[] = {
    2, 255, 0, 1, 3, 4, 5, 255,
};
constexpr word_set w291{w291_words, w291_slots, 0xfe7e60ff3d1829d1U, 61, 6};
constexpr const schema* c215[] = {
    &s205, &s431, &s8, &s184, &s185, &s3,
};
constexpr schema s432 = object(w291, c215, 0x1aU);
constexpr schema s433 = list(s432, 1);
constexpr std::string_view w292_words[] = {
    "setVariableResult", "customData",
};
constexpr std::uint8_t w292_slots[] = {
    0, 1,
};
constexpr word_set w292{w292_words, w292_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr const schema* c216[] = {
    &s433, &s3,
};
constexpr schema s434 = object(w292, c216, 0x1U);
constexpr schema s435 = string(5500);
constexpr std::string_view w293_words[] = {
    "csr", "certificateType", "hashRootCertificate", "requestId", "customData",
};
constexpr std::uint8_t w293_slots[] = {
    255, 3, 0, 255, 255, 1, 2, 4,
};
constexpr word_set w293{w293_words, w293_slots, 0x954870e3140a8a0dU, 61, 5};
constexpr const schema* c217[] = {
    &s435, &s73, &s110, &s1, &s3,
};
constexpr schema s436 = object(w293, c217, 0x1U);
constexpr std::string_view w294_words[] = {
    "Available", "Occupied", "Reserved", "Unavailable", "Faulted",
};
constexpr std::uint8_t w294_slots[] = {
    3, 255, 0, 2, 255, 255, 1, 4,
};
constexpr word_set w294{w294_words, w294_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr schema s437 = choice(w294);
constexpr std::string_view w295_words[] = {
    "timestamp", "connectorStatus", "evseId", "connectorId", "customData",
};
constexpr std::uint8_t w295_slots[] = {
    255, 0, 3, 2, 255, 1, 4, 255,
};
constexpr word_set w295{w295_words, w295_slots, 0xfe7e60ff3d1829d1U, 61, 5};
constexpr const schema* c218[] = {
    &s0, &s437, &s10, &s10, &s3,
};
constexpr schema s438 = object(w295, c218, 0xfU);
constexpr std::string_view w296_words[] = {
    "Energy", "MaxCurrent", "MinCurrent", "MaxPower", "MinPower", "IdleTIme", "ChargingTime",
};
constexpr std::uint8_t w296_slots[] = {
    5, 2, 4, 0, 255, 1, 6, 3,
};
constexpr word_set w296{w296_words, w296_slots, 0xcc125c698e20d4a1U, 61, 7};
constexpr schema s439 = choice(w296);
constexpr std::string_view w297_words[] = {
    "type", "volume", "customData",
};
constexpr std::uint8_t w297_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w297{w297_words, w297_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c219[] = {
    &s439, &s37, &s3,
};
constexpr schema s440 = object(w297, c219, 0x3U);
constexpr schema s441 = list(s440, 1);
constexpr std::string_view w298_words[] = {
    "dimensions", "tariffId", "startPeriod", "customData",
};
constexpr std::uint8_t w298_slots[] = {
    0, 3, 1, 2,
};
constexpr word_set w298{w298_words, w298_slots, 0x9ac13de702aa586dU, 62, 4};
constexpr const schema* c220[] = {
    &s441, &s34, &s0, &s3,
};
constexpr schema s442 = object(w298, c220, 0x4U);
constexpr schema s443 = list(s442, 1);
constexpr std::string_view w299_words[] = {
    "NormalCost", "MinCost", "MaxCost",
};
constexpr std::uint8_t w299_slots[] = {
    1, 0, 2, 255,
};
constexpr word_set w299{w299_words, w299_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s444 = choice(w299);
constexpr std::string_view w300_words[] = {
    "exclTax", "inclTax", "customData",
};
constexpr std::uint8_t w300_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w300{w300_words, w300_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s445 = object(w300, c72, 0x0U);
constexpr std::string_view w301_words[] = {
    "currency", "typeOfCost", "fixed", "energy", "chargingTime", "idleTime", "reservationTime", "reservationFixed",
    "total", "customData",
};
constexpr std::uint8_t w301_slots[] = {
    255, 7, 255, 8, 5, 255, 1, 6, 4, 255, 0, 2, 9, 255, 255, 3,
};
constexpr word_set w301{w301_words, w301_slots, 0x5a9925b678039fa5U, 60, 10};
constexpr const schema* c221[] = {
    &s36, &s444, &s55, &s55, &s55, &s55, &s55, &s55, &s445, &s3,
};
constexpr schema s446 = object(w301, c221, 0x103U);
constexpr std::string_view w302_words[] = {
    "energy", "chargingTime", "idleTime", "reservationTime", "customData",
};
constexpr std::uint8_t w302_slots[] = {
    255, 3, 255, 1, 0, 255, 4, 2,
};
constexpr word_set w302{w302_words, w302_slots, 0x881fc588b6cec325U, 61, 5};
constexpr const schema* c222[] = {
    &s37, &s1, &s1, &s1, &s3,
};
constexpr schema s447 = object(w302, c222, 0x7U);
constexpr std::string_view w303_words[] = {
    "chargingPeriods", "totalCost", "totalUsage", "failureToCalculate", "failureReason", "customData",
};
constexpr std::uint8_t w303_slots[] = {
    2, 4, 3, 0, 255, 5, 1, 255,
};
constexpr word_set w303{w303_words, w303_slots, 0xcc125c698e20d4a1U, 61, 6};
constexpr const schema* c223[] = {
    &s443, &s446, &s447, &s89, &s59, &s3,
};
constexpr schema s448 = object(w303, c223, 0x6U);
constexpr std::string_view w304_words[] = {
    "Ended", "Started", "Updated",
};
constexpr std::uint8_t w304_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w304{w304_words, w304_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s449 = choice(w304);
constexpr std::string_view w305_words[] = {
    "AbnormalCondition", "Authorized", "CablePluggedIn", "ChargingRateChanged", "ChargingStateChanged",
    "CostLimitReached", "Deauthorized", "EnergyLimitReached", "EVCommunicationLost", "EVConnectTimeout", "EVDeparted",
    "EVDetected", "LimitSet", "MeterValueClock", "MeterValuePeriodic", "OperationModeChanged", "RemoteStart",
    "RemoteStop", "ResetCommand", "RunningCost", "SignedDataReceived", "SoCLimitReached", "StopAuthorized",
    "TariffChanged", "TariffNotAccepted", "TimeLimitReached", "Trigger", "TxResumed", "UnlockCommand",
};
constexpr std::uint8_t w305_slots[] = {
    9, 3, 255, 255, 4, 7, 27, 21, 255, 255, 25, 255, 10, 255, 255, 255, 255, 2, 13, 255, 28, 255, 8, 255, 11, 255, 255,
    26, 18, 255, 255, 15, 255, 255, 255, 255, 12, 255, 14, 17, 255, 5, 255, 255, 255, 255, 255, 19, 255, 255, 20, 255,
    6, 255, 1, 0, 23, 255, 24, 22, 16, 255, 255, 255,
};
constexpr word_set w305{w305_words, w305_slots, 0x143eb10a14cf20adU, 58, 29};
constexpr schema s450 = choice(w305);
constexpr std::string_view w306_words[] = {
    "Unknown", "Ready", "NotReady", "Preconditioning",
};
constexpr std::uint8_t w306_slots[] = {
    3, 2, 1, 0,
};
constexpr word_set w306{w306_words, w306_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr schema s451 = choice(w306);
constexpr std::string_view w307_words[] = {
    "EVConnected", "Charging", "SuspendedEV", "SuspendedEVSE", "Idle",
};
constexpr std::uint8_t w307_slots[] = {
    255, 0, 255, 3, 1, 255, 4, 2,
};
constexpr word_set w307{w307_words, w307_slots, 0x10094540f1a8c71U, 61, 5};
constexpr schema s452 = choice(w307);
constexpr std::string_view w308_words[] = {
    "DeAuthorized", "EmergencyStop", "EnergyLimitReached", "EVDisconnected", "GroundFault", "ImmediateReset",
    "MasterPass", "Local", "LocalOutOfCredit", "Other", "OvercurrentFault", "PowerLoss", "PowerQuality", "Reboot",
    "Remote", "SOCLimitReached", "StoppedByEV", "TimeLimitReached", "Timeout", "ReqEnergyTransferRejected",
};
constexpr std::uint8_t w308_slots[] = {
    13, 3, 18, 16, 1, 9, 6, 255, 255, 255, 255, 19, 0, 255, 10, 255, 255, 255, 14, 255, 17, 7, 8, 12, 255, 255, 15, 2,
    5, 11, 4, 255,
};
constexpr word_set w308{w308_words, w308_slots, 0x52aaa7d0f5da3f19U, 59, 20};
constexpr schema s453 = choice(w308);
constexpr std::string_view w309_words[] = {
    "maxCost", "maxEnergy", "maxTime", "maxSoC", "customData",
};
constexpr std::uint8_t w309_slots[] = {
    0, 3, 255, 255, 255, 2, 4, 1,
};
constexpr word_set w309{w309_words, w309_slots, 0x881fc588b6cec325U, 61, 5};
constexpr const schema* c224[] = {
    &s37, &s37, &s1, &s234, &s3,
};
constexpr schema s454 = object(w309, c224, 0x0U);
constexpr std::string_view w310_words[] = {
    "transactionId", "chargingState", "timeSpentCharging", "stoppedReason", "remoteStartId", "operationMode",
    "tariffId", "transactionLimit", "customData",
};
constexpr std::uint8_t w310_slots[] = {
    8, 4, 3, 6, 255, 5, 7, 1, 255, 2, 255, 0, 255, 255, 255, 255,
};
constexpr word_set w310{w310_words, w310_slots, 0x476d0a9af9874285U, 60, 9};
constexpr const schema* c225[] = {
    &s80, &s452, &s1, &s453, &s1, &s157, &s34, &s454, &s3,
};
constexpr schema s455 = object(w310, c225, 0x1U);
constexpr std::string_view w311_words[] = {
    "costDetails", "eventType", "meterValue", "timestamp", "triggerReason", "seqNo", "offline", "numberOfPhasesUsed",
    "cableMaxCurrent", "reservationId", "preconditioningStatus", "evseSleep", "transactionInfo", "evse", "idToken",
    "customData",
};
constexpr std::uint8_t w311_slots[] = {
    5, 9, 255, 2, 7, 255, 255, 6, 255, 11, 255, 10, 255, 13, 255, 12, 255, 15, 3, 14, 255, 0, 255, 255, 255, 8, 255, 4,
    255, 255, 1, 255,
};
constexpr word_set w311{w311_words, w311_slots, 0x94dae56ab4d7776dU, 59, 16};
constexpr const schema* c226[] = {
    &s448, &s449, &s231, &s0, &s450, &s10, &s89, &s155, &s1, &s10, &s451, &s89, &s455, &s75, &s16, &s3,
};
constexpr schema s456 = object(w311, c226, 0x103aU);
constexpr std::string_view w312_words[] = {
    "totalCost", "chargingPriority", "idTokenInfo", "transactionLimit", "updatedPersonalMessage",
    "updatedPersonalMessageExtra", "customData",
};
constexpr std::uint8_t w312_slots[] = {
    0, 6, 1, 5, 4, 255, 2, 3,
};
constexpr word_set w312{w312_words, w312_slots, 0x8cef907c51a9ba8dU, 61, 7};
constexpr const schema* c227[] = {
    &s37, &s1, &s30, &s454, &s29, &s278, &s3,
};
constexpr schema s457 = object(w312, c227, 0x0U);
constexpr std::string_view w313_words[] = {
    "BootNotification", "LogStatusNotification", "FirmwareStatusNotification", "Heartbeat", "MeterValues",
    "SignChargingStationCertificate", "SignV2GCertificate", "SignV2G20Certificate", "StatusNotification",
    "TransactionEvent", "SignCombinedCertificate", "PublishFirmwareStatusNotification", "CustomTrigger",
};
constexpr std::uint8_t w313_slots[] = {
    11, 8, 10, 9, 2, 7, 12, 255, 0, 6, 5, 3, 1, 4, 255, 255,
};
constexpr word_set w313{w313_words, w313_slots, 0x8d5e0772b80b6d0dU, 60, 13};
constexpr schema s458 = choice(w313);
constexpr std::string_view w314_words[] = {
    "evse", "requestedMessage", "customTrigger", "customData",
};
constexpr std::uint8_t w314_slots[] = {
    0, 3, 1, 2,
};
constexpr word_set w314{w314_words, w314_slots, 0xe323932090815445U, 62, 4};
constexpr const schema* c228[] = {
    &s75, &s458, &s13, &s3,
};
constexpr schema s459 = object(w314, c228, 0x2U);
constexpr std::string_view w315_words[] = {
    "Accepted", "Rejected", "NotImplemented",
};
constexpr std::uint8_t w315_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w315{w315_words, w315_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s460 = choice(w315);
constexpr const schema* c229[] = {
    &s460, &s8, &s3,
};
constexpr schema s461 = object(w4, c229, 0x1U);
constexpr std::string_view w316_words[] = {
    "evseId", "connectorId", "customData",
};
constexpr std::uint8_t w316_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w316{w316_words, w316_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr schema s462 = object(w316, c4, 0x3U);
constexpr std::string_view w317_words[] = {
    "Unlocked", "UnlockFailed", "OngoingAuthorizedTransaction", "UnknownConnector",
};
constexpr std::uint8_t w317_slots[] = {
    3, 0, 1, 2,
};
constexpr word_set w317{w317_words, w317_slots, 0x74761d19bb4cb649U, 62, 4};
constexpr schema s463 = choice(w317);
constexpr const schema* c230[] = {
    &s463, &s8, &s3,
};
constexpr schema s464 = object(w4, c230, 0x1U);
constexpr std::string_view w318_words[] = {
    "checksum", "customData",
};
constexpr std::uint8_t w318_slots[] = {
    0, 1,
};
constexpr word_set w318{w318_words, w318_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c231[] = {
    &s238, &s3,
};
constexpr schema s465 = object(w318, c231, 0x1U);
constexpr std::string_view w319_words[] = {
    "DownloadOngoing", "NoFirmware", "Unpublished",
};
constexpr std::uint8_t w319_slots[] = {
    2, 255, 0, 1,
};
constexpr word_set w319{w319_words, w319_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s466 = choice(w319);
constexpr std::string_view w320_words[] = {
    "status", "customData",
};
constexpr std::uint8_t w320_slots[] = {
    0, 1,
};
constexpr word_set w320{w320_words, w320_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c232[] = {
    &s466, &s3,
};
constexpr schema s467 = object(w320, c232, 0x1U);
constexpr std::string_view w321_words[] = {
    "chargingProfileId", "scheduleUpdate", "customData",
};
constexpr std::uint8_t w321_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w321{w321_words, w321_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c233[] = {
    &s1, &s342, &s3,
};
constexpr schema s468 = object(w321, c233, 0x3U);
constexpr schema s469 = string(800);
constexpr std::string_view w322_words[] = {
    "location", "retrieveDateTime", "installDateTime", "signingCertificate", "signature", "customData",
};
constexpr std::uint8_t w322_slots[] = {
    1, 255, 3, 4, 0, 255, 5, 2,
};
constexpr word_set w322{w322_words, w322_slots, 0xfe7e60ff3d1829d1U, 61, 6};
constexpr const schema* c234[] = {
    &s21, &s0, &s0, &s435, &s469, &s3,
};
constexpr schema s470 = object(w322, c234, 0x3U);
constexpr std::string_view w323_words[] = {
    "retries", "retryInterval", "requestId", "firmware", "customData",
};
constexpr std::uint8_t w323_slots[] = {
    255, 1, 2, 255, 4, 0, 255, 3,
};
constexpr word_set w323{w323_words, w323_slots, 0xaaf5661e58755b35U, 61, 5};
constexpr const schema* c235[] = {
    &s10, &s1, &s1, &s470, &s3,
};
constexpr schema s471 = object(w323, c235, 0xcU);
constexpr std::string_view w324_words[] = {
    "Accepted", "Rejected", "AcceptedCanceled", "InvalidCertificate", "RevokedCertificate",
};
constexpr std::uint8_t w324_slots[] = {
    1, 0, 3, 255, 255, 255, 4, 2,
};
constexpr word_set w324{w324_words, w324_slots, 0x10094540f1a8c71U, 61, 5};
constexpr schema s472 = choice(w324);
constexpr const schema* c236[] = {
    &s472, &s8, &s3,
};
constexpr schema s473 = object(w4, c236, 0x1U);
constexpr std::string_view w325_words[] = {
    "transactionId", "activate", "customData",
};
constexpr std::uint8_t w325_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w325{w325_words, w325_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s474 = object(w325, c153, 0x3U);
constexpr std::string_view w326_words[] = {
    "Accepted", "Rejected", "NoProfile",
};
constexpr std::uint8_t w326_slots[] = {
    1, 255, 0, 2,
};
constexpr word_set w326{w326_words, w326_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr schema s475 = choice(w326);
constexpr const schema* c237[] = {
    &s475, &s8, &s3,
};
constexpr schema s476 = object(w4, c237, 0x1U);
constexpr std::string_view w327_words[] = {
    "vatNumber", "evseId", "customData",
};
constexpr std::uint8_t w327_slots[] = {
    0, 1, 255, 2,
};
constexpr word_set w327{w327_words, w327_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s477 = object(w327, c48, 0x1U);
constexpr std::string_view w328_words[] = {
    "company", "statusInfo", "vatNumber", "evseId", "status", "customData",
};
constexpr std::uint8_t w328_slots[] = {
    1, 255, 4, 255, 2, 3, 0, 5,
};
constexpr word_set w328{w328_words, w328_slots, 0x954870e3140a8a0dU, 61, 6};
constexpr const schema* c238[] = {
    &s332, &s8, &s6, &s10, &s5, &s3,
};
constexpr schema s478 = object(w328, c238, 0x14U);
constexpr std::string_view w329_words[] = {
    "AFRRSignal", "AdjustPeriodicEventStream", "Authorize", "BatterySwap", "BootNotification", "CancelReservation",
    "CertificateSigned", "ChangeAvailability", "ChangeTransactionTariff", "ClearCache", "ClearChargingProfile",
    "ClearDERControl", "ClearDisplayMessage", "ClearTariffs", "ClearVariableMonitoring", "ClearedChargingLimit",
    "ClosePeriodicEventStream", "CostUpdated", "CustomerInformation", "DataTransfer", "DeleteCertificate",
    "FirmwareStatusNotification", "Get15118EVCertificate", "GetBaseReport", "GetCertificateChainStatus",
    "GetCertificateStatus", "GetChargingProfiles", "GetCompositeSchedule", "GetDERControl", "GetDisplayMessages",
    "GetInstalledCertificateIds", "GetLocalListVersion", "GetLog", "GetMonitoringReport", "GetPeriodicEventStream",
    "GetReport", "GetTariffs", "GetTransactionStatus", "GetVariables", "Heartbeat", "InstallCertificate",
    "LogStatusNotification", "MeterValues", "NotifyAllowedEnergyTransfer", "NotifyChargingLimit",
    "NotifyCustomerInformation", "NotifyDERAlarm", "NotifyDERStartStop", "NotifyDisplayMessages",
    "NotifyEVChargingNeeds", "NotifyEVChargingSchedule", "NotifyEvent", "NotifyMonitoringReport",
    "NotifyPeriodicEventStream", "NotifyPriorityCharging", "NotifyReport", "NotifySettlement",
    "NotifyWebPaymentStarted", "OpenPeriodicEventStream", "PublishFirmware", "PublishFirmwareStatusNotification",
    "PullDynamicScheduleUpdate", "ReportChargingProfiles", "ReportDERControl", "RequestBatterySwap",
    "RequestStartTransaction", "RequestStopTransaction", "ReservationStatusUpdate", "ReserveNow", "Reset",
    "SecurityEventNotification", "SendLocalList", "SetChargingProfile", "SetDERControl", "SetDefaultTariff",
    "SetDisplayMessage", "SetMonitoringBase", "SetMonitoringLevel", "SetNetworkProfile", "SetVariableMonitoring",
    "SetVariables", "SignCertificate", "StatusNotification", "TransactionEvent", "TriggerMessage", "UnlockConnector",
    "UnpublishFirmware", "UpdateDynamicSchedule", "UpdateFirmware", "UsePriorityCharging", "VatNumberValidation",
};
constexpr std::uint8_t w329_slots[] = {
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 76, 255, 54, 255, 72, 84, 255, 255, 255, 255, 255, 255, 74, 255,
    255, 255, 255, 255, 255, 57, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    79, 255, 255, 255, 255, 6, 255, 40, 7, 255, 255, 255, 255, 45, 255, 255, 50, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 8, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 24, 255, 255, 255, 255, 70, 255,
    255, 255, 53, 43, 255, 255, 255, 1, 255, 255, 255, 255, 62, 82, 255, 255, 255, 255, 255, 255, 32, 255, 255, 255,
    255, 255, 255, 255, 33, 255, 87, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 12, 255,
    255, 255, 255, 59, 255, 255, 255, 255, 255, 44, 255, 255, 255, 255, 25, 255, 60, 255, 255, 36, 27, 255, 255, 255,
    255, 255, 255, 255, 34, 255, 255, 75, 255, 255, 255, 255, 58, 22, 255, 255, 64, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 65, 52, 255, 255, 255, 255, 255, 255, 47, 255, 255, 255, 255, 255, 255, 255, 69, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 83, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 41, 55, 15, 255, 2, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 68, 255, 255, 255, 35, 255, 255, 255, 255, 255, 255, 31, 255, 255, 255, 255, 255, 255, 255, 255, 81, 255,
    255, 255, 255, 255, 255, 255, 255, 19, 255, 255, 255, 255, 255, 73, 255, 255, 255, 5, 255, 49, 255, 255, 9, 18, 80,
    46, 255, 255, 255, 255, 13, 255, 255, 255, 51, 39, 255, 255, 255, 255, 255, 26, 255, 4, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 37, 90, 89, 30, 255, 255, 255, 255, 255, 21, 255, 255, 255, 88, 10, 255, 255,
    255, 255, 255, 61, 255, 255, 255, 0, 255, 42, 255, 255, 255, 29, 86, 255, 48, 20, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 28, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 38, 255, 255, 71, 255,
    255, 255, 255, 66, 255, 16, 255, 255, 255, 255, 255, 255, 255, 255, 78, 255, 255, 255, 14, 255, 255, 11, 255, 255,
    255, 255, 255, 255, 255, 77, 255, 3, 255, 255, 255, 255, 255, 255, 255, 85, 255, 255, 255, 255, 255, 255, 56, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 67, 255, 63, 255, 255, 255,
    255, 23, 255, 255, 255, 255, 255, 255, 255, 255, 255, 17, 255, 255,
};
constexpr word_set w329{w329_words, w329_slots, 0x519331669c8a7eb5U, 55, 91};

constexpr action_info rows[] = {
    {"AFRRSignal", 0, direction::to_charge_point, false, &s4, &s9},
    {"AdjustPeriodicEventStream", 1, direction::to_charge_point, false, &s12, &s9},
    {"Authorize", 2, direction::from_charge_point, false, &s24, &s57},
    {"BatterySwap", 3, direction::from_charge_point, false, &s63, &s64},
    {"BootNotification", 4, direction::from_charge_point, false, &s69, &s71},
    {"CancelReservation", 5, direction::to_charge_point, false, &s72, &s9},
    {"CertificateSigned", 6, direction::to_charge_point, false, &s74, &s9},
    {"ChangeAvailability", 7, direction::to_charge_point, false, &s77, &s79},
    {"ChangeTransactionTariff", 8, direction::to_charge_point, false, &s81, &s83},
    {"ClearCache", 9, direction::to_charge_point, false, &s64, &s9},
    {"ClearChargingProfile", 10, direction::to_charge_point, false, &s86, &s88},
    {"ClearDERControl", 11, direction::to_charge_point, false, &s91, &s93},
    {"ClearDisplayMessage", 12, direction::to_charge_point, false, &s94, &s96},
    {"ClearTariffs", 13, direction::to_charge_point, false, &s98, &s102},
    {"ClearVariableMonitoring", 14, direction::to_charge_point, false, &s103, &s107},
    {"ClearedChargingLimit", 15, direction::from_charge_point, false, &s108, &s64},
    {"ClosePeriodicEventStream", 16, direction::from_charge_point, false, &s94, &s64},
    {"CostUpdated", 17, direction::to_charge_point, false, &s109, &s64},
    {"CustomerInformation", 18, direction::to_charge_point, false, &s112, &s114},
    {"DataTransfer", 19, direction::both, false, &s116, &s118},
    {"DeleteCertificate", 20, direction::to_charge_point, false, &s119, &s121},
    {"FirmwareStatusNotification", 21, direction::from_charge_point, false, &s123, &s64},
    {"Get15118EVCertificate", 22, direction::from_charge_point, false, &s127, &s130},
    {"GetBaseReport", 23, direction::to_charge_point, false, &s132, &s134},
    {"GetCertificateChainStatus", 24, direction::from_charge_point, false, &s139, &s143},
    {"GetCertificateStatus", 25, direction::from_charge_point, false, &s144, &s146},
    {"GetChargingProfiles", 26, direction::to_charge_point, false, &s150, &s152},
    {"GetCompositeSchedule", 27, direction::to_charge_point, false, &s154, &s165},
    {"GetDERControl", 28, direction::to_charge_point, false, &s166, &s93},
    {"GetDisplayMessages", 29, direction::to_charge_point, false, &s169, &s88},
    {"GetInstalledCertificateIds", 30, direction::to_charge_point, false, &s172, &s177},
    {"GetLocalListVersion", 31, direction::to_charge_point, false, &s64, &s178},
    {"GetLog", 32, direction::to_charge_point, false, &s181, &s183},
    {"GetMonitoringReport", 33, direction::to_charge_point, false, &s190, &s134},
    {"GetPeriodicEventStream", 34, direction::to_charge_point, false, &s64, &s193},
    {"GetReport", 35, direction::to_charge_point, false, &s196, &s134},
    {"GetTariffs", 36, direction::to_charge_point, false, &s197, &s202},
    {"GetTransactionStatus", 37, direction::to_charge_point, false, &s203, &s204},
    {"GetVariables", 38, direction::to_charge_point, false, &s208, &s213},
    {"Heartbeat", 39, direction::from_charge_point, false, &s64, &s214},
    {"InstallCertificate", 40, direction::to_charge_point, false, &s216, &s218},
    {"LogStatusNotification", 41, direction::from_charge_point, false, &s220, &s64},
    {"MeterValues", 42, direction::from_charge_point, false, &s232, &s64},
    {"NotifyAllowedEnergyTransfer", 43, direction::to_charge_point, false, &s233, &s9},
    {"NotifyChargingLimit", 44, direction::from_charge_point, false, &s270, &s64},
    {"NotifyCustomerInformation", 45, direction::from_charge_point, false, &s272, &s64},
    {"NotifyDERAlarm", 46, direction::from_charge_point, false, &s275, &s64},
    {"NotifyDERStartStop", 47, direction::from_charge_point, false, &s277, &s64},
    {"NotifyDisplayMessages", 48, direction::from_charge_point, false, &s281, &s64},
    {"NotifyEVChargingNeeds", 49, direction::from_charge_point, false, &s302, &s304},
    {"NotifyEVChargingSchedule", 50, direction::from_charge_point, false, &s305, &s9},
    {"NotifyEvent", 51, direction::from_charge_point, false, &s310, &s64},
    {"NotifyMonitoringReport", 52, direction::from_charge_point, false, &s316, &s64},
    {"NotifyPeriodicEventStream", 53, direction::from_charge_point, true, &s319, nullptr},
    {"NotifyPriorityCharging", 54, direction::from_charge_point, false, &s320, &s64},
    {"NotifyReport", 55, direction::from_charge_point, false, &s330, &s64},
    {"NotifySettlement", 56, direction::from_charge_point, false, &s333, &s334},
    {"NotifyWebPaymentStarted", 57, direction::to_charge_point, false, &s335, &s64},
    {"OpenPeriodicEventStream", 58, direction::from_charge_point, false, &s336, &s9},
    {"PublishFirmware", 59, direction::to_charge_point, false, &s337, &s9},
    {"PublishFirmwareStatusNotification", 60, direction::from_charge_point, false, &s340, &s64},
    {"PullDynamicScheduleUpdate", 61, direction::from_charge_point, false, &s341, &s343},
    {"ReportChargingProfiles", 62, direction::from_charge_point, false, &s350, &s64},
    {"ReportDERControl", 63, direction::from_charge_point, false, &s379, &s64},
    {"RequestBatterySwap", 64, direction::to_charge_point, false, &s380, &s9},
    {"RequestStartTransaction", 65, direction::to_charge_point, false, &s381, &s382},
    {"RequestStopTransaction", 66, direction::to_charge_point, false, &s383, &s9},
    {"ReservationStatusUpdate", 67, direction::from_charge_point, false, &s385, &s64},
    {"ReserveNow", 68, direction::to_charge_point, false, &s386, &s388},
    {"Reset", 69, direction::to_charge_point, false, &s390, &s79},
    {"SecurityEventNotification", 70, direction::from_charge_point, false, &s391, &s64},
    {"SendLocalList", 71, direction::to_charge_point, false, &s395, &s397},
    {"SetChargingProfile", 72, direction::to_charge_point, false, &s398, &s9},
    {"SetDERControl", 73, direction::to_charge_point, false, &s399, &s400},
    {"SetDefaultTariff", 74, direction::to_charge_point, false, &s401, &s403},
    {"SetDisplayMessage", 75, direction::to_charge_point, false, &s404, &s406},
    {"SetMonitoringBase", 76, direction::to_charge_point, false, &s408, &s134},
    {"SetMonitoringLevel", 77, direction::to_charge_point, false, &s409, &s9},
    {"SetNetworkProfile", 78, direction::to_charge_point, false, &s420, &s218},
    {"SetVariableMonitoring", 79, direction::to_charge_point, false, &s423, &s427},
    {"SetVariables", 80, direction::to_charge_point, false, &s430, &s434},
    {"SignCertificate", 81, direction::from_charge_point, false, &s436, &s9},
    {"StatusNotification", 82, direction::from_charge_point, false, &s438, &s64},
    {"TransactionEvent", 83, direction::from_charge_point, false, &s456, &s457},
    {"TriggerMessage", 84, direction::to_charge_point, false, &s459, &s461},
    {"UnlockConnector", 85, direction::to_charge_point, false, &s462, &s464},
    {"UnpublishFirmware", 86, direction::to_charge_point, false, &s465, &s467},
    {"UpdateDynamicSchedule", 87, direction::to_charge_point, false, &s468, &s9},
    {"UpdateFirmware", 88, direction::to_charge_point, false, &s471, &s473},
    {"UsePriorityCharging", 89, direction::to_charge_point, false, &s474, &s476},
    {"VatNumberValidation", 90, direction::from_charge_point, false, &s477, &s478},
};

}  // namespace

const action_table actions_v21{rows, &w329};

}  // namespace voltgate::ocpp
