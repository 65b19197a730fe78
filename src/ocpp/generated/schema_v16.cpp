// The messages of OCPP 1.6. Written by tools/generate/generate.mjs; do not edit.
// clang-format off
#include "ocpp/schema_table.hpp"

namespace voltgate::ocpp {

namespace {

using namespace table;

constexpr schema s0 = string(20);
constexpr std::string_view w0_words[] = {
    "idTag",
};
constexpr std::uint8_t w0_slots[] = {
    255, 0,
};
constexpr word_set w0{w0_words, w0_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c0[] = {
    &s0,
};
constexpr schema s1 = object(w0, c0, 0x1U);
constexpr schema s2 = date_time();
constexpr std::string_view w1_words[] = {
    "Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx",
};
constexpr std::uint8_t w1_slots[] = {
    2, 0, 4, 3, 255, 1, 255, 255,
};
constexpr word_set w1{w1_words, w1_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr schema s3 = choice(w1);
constexpr std::string_view w2_words[] = {
    "expiryDate", "parentIdTag", "status",
};
constexpr std::uint8_t w2_slots[] = {
    255, 2, 0, 1,
};
constexpr word_set w2{w2_words, w2_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c1[] = {
    &s2, &s0, &s3,
};
constexpr schema s4 = object(w2, c1, 0x4U);
constexpr std::string_view w3_words[] = {
    "idTagInfo",
};
constexpr std::uint8_t w3_slots[] = {
    255, 0,
};
constexpr word_set w3{w3_words, w3_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c2[] = {
    &s4,
};
constexpr schema s5 = object(w3, c2, 0x1U);
constexpr schema s6 = string(25);
constexpr schema s7 = string(50);
constexpr std::string_view w4_words[] = {
    "chargePointVendor", "chargePointModel", "chargePointSerialNumber", "chargeBoxSerialNumber", "firmwareVersion",
    "iccid", "imsi", "meterType", "meterSerialNumber",
};
constexpr std::uint8_t w4_slots[] = {
    255, 8, 255, 4, 255, 6, 7, 255, 0, 5, 255, 2, 1, 255, 255, 3,
};
constexpr word_set w4{w4_words, w4_slots, 0xcc125c698e20d4a1U, 60, 9};
constexpr const schema* c3[] = {
    &s0, &s0, &s6, &s6, &s7, &s0, &s0, &s6, &s6,
};
constexpr schema s8 = object(w4, c3, 0x3U);
constexpr std::string_view w5_words[] = {
    "Accepted", "Pending", "Rejected",
};
constexpr std::uint8_t w5_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w5{w5_words, w5_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s9 = choice(w5);
constexpr schema s10 = integer();
constexpr std::string_view w6_words[] = {
    "status", "currentTime", "interval",
};
constexpr std::uint8_t w6_slots[] = {
    0, 2, 1, 255,
};
constexpr word_set w6{w6_words, w6_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c4[] = {
    &s9, &s2, &s10,
};
constexpr schema s11 = object(w6, c4, 0x7U);
constexpr std::string_view w7_words[] = {
    "reservationId",
};
constexpr std::uint8_t w7_slots[] = {
    255, 0,
};
constexpr word_set w7{w7_words, w7_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c5[] = {
    &s10,
};
constexpr schema s12 = object(w7, c5, 0x1U);
constexpr std::string_view w8_words[] = {
    "Accepted", "Rejected",
};
constexpr std::uint8_t w8_slots[] = {
    0, 1,
};
constexpr word_set w8{w8_words, w8_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s13 = choice(w8);
constexpr std::string_view w9_words[] = {
    "status",
};
constexpr std::uint8_t w9_slots[] = {
    0, 255,
};
constexpr word_set w9{w9_words, w9_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c6[] = {
    &s13,
};
constexpr schema s14 = object(w9, c6, 0x1U);
constexpr schema s15 = string(10000);
constexpr std::string_view w10_words[] = {
    "certificateChain",
};
constexpr std::uint8_t w10_slots[] = {
    0, 255,
};
constexpr word_set w10{w10_words, w10_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c7[] = {
    &s15,
};
constexpr schema s16 = object(w10, c7, 0x1U);
constexpr std::string_view w11_words[] = {
    "Inoperative", "Operative",
};
constexpr std::uint8_t w11_slots[] = {
    0, 1,
};
constexpr word_set w11{w11_words, w11_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s17 = choice(w11);
constexpr std::string_view w12_words[] = {
    "connectorId", "type",
};
constexpr std::uint8_t w12_slots[] = {
    0, 1,
};
constexpr word_set w12{w12_words, w12_slots, 0x881fc588b6cec325U, 63, 2};
constexpr const schema* c8[] = {
    &s10, &s17,
};
constexpr schema s18 = object(w12, c8, 0x3U);
constexpr std::string_view w13_words[] = {
    "Accepted", "Rejected", "Scheduled",
};
constexpr std::uint8_t w13_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w13{w13_words, w13_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s19 = choice(w13);
constexpr const schema* c9[] = {
    &s19,
};
constexpr schema s20 = object(w9, c9, 0x1U);
constexpr schema s21 = string(500);
constexpr std::string_view w14_words[] = {
    "key", "value",
};
constexpr std::uint8_t w14_slots[] = {
    1, 0,
};
constexpr word_set w14{w14_words, w14_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c10[] = {
    &s7, &s21,
};
constexpr schema s22 = object(w14, c10, 0x3U);
constexpr std::string_view w15_words[] = {
    "Accepted", "Rejected", "RebootRequired", "NotSupported",
};
constexpr std::uint8_t w15_slots[] = {
    1, 3, 0, 2,
};
constexpr word_set w15{w15_words, w15_slots, 0xe323932090815445U, 62, 4};
constexpr schema s23 = choice(w15);
constexpr const schema* c11[] = {
    &s23,
};
constexpr schema s24 = object(w9, c11, 0x1U);
constexpr std::string_view w16_words[] = {
    "",
};
constexpr std::uint8_t w16_slots[] = {
    255, 255,
};
constexpr word_set w16{w16_words, w16_slots, 0x2ceaee21bf46bc01U, 63, 0};
constexpr schema s25 = object(w16, nullptr, 0x0U);
constexpr std::string_view w17_words[] = {
    "ChargePointMaxProfile", "TxDefaultProfile", "TxProfile",
};
constexpr std::uint8_t w17_slots[] = {
    2, 0, 255, 1,
};
constexpr word_set w17{w17_words, w17_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s26 = choice(w17);
constexpr std::string_view w18_words[] = {
    "id", "connectorId", "chargingProfilePurpose", "stackLevel",
};
constexpr std::uint8_t w18_slots[] = {
    1, 2, 0, 3,
};
constexpr word_set w18{w18_words, w18_slots, 0x20f14e1870bc2141U, 62, 4};
constexpr const schema* c12[] = {
    &s10, &s10, &s26, &s10,
};
constexpr schema s27 = object(w18, c12, 0x0U);
constexpr std::string_view w19_words[] = {
    "Accepted", "Unknown",
};
constexpr std::uint8_t w19_slots[] = {
    0, 1,
};
constexpr word_set w19{w19_words, w19_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s28 = choice(w19);
constexpr const schema* c13[] = {
    &s28,
};
constexpr schema s29 = object(w9, c13, 0x1U);
constexpr schema s30 = string(255);
constexpr schema s31 = string();
constexpr std::string_view w20_words[] = {
    "vendorId", "messageId", "data",
};
constexpr std::uint8_t w20_slots[] = {
    2, 0, 1, 255,
};
constexpr word_set w20{w20_words, w20_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c14[] = {
    &s30, &s7, &s31,
};
constexpr schema s32 = object(w20, c14, 0x1U);
constexpr std::string_view w21_words[] = {
    "Accepted", "Rejected", "UnknownMessageId", "UnknownVendorId",
};
constexpr std::uint8_t w21_slots[] = {
    3, 1, 2, 0,
};
constexpr word_set w21{w21_words, w21_slots, 0x20f14e1870bc2141U, 62, 4};
constexpr schema s33 = choice(w21);
constexpr std::string_view w22_words[] = {
    "status", "data",
};
constexpr std::uint8_t w22_slots[] = {
    0, 1,
};
constexpr word_set w22{w22_words, w22_slots, 0x881fc588b6cec325U, 63, 2};
constexpr const schema* c15[] = {
    &s33, &s31,
};
constexpr schema s34 = object(w22, c15, 0x1U);
constexpr std::string_view w23_words[] = {
    "SHA256", "SHA384", "SHA512",
};
constexpr std::uint8_t w23_slots[] = {
    255, 0, 2, 1,
};
constexpr word_set w23{w23_words, w23_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s35 = choice(w23);
constexpr schema s36 = string(128);
constexpr schema s37 = string(40);
constexpr std::string_view w24_words[] = {
    "hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber",
};
constexpr std::uint8_t w24_slots[] = {
    2, 0, 1, 3,
};
constexpr word_set w24{w24_words, w24_slots, 0x74761d19bb4cb649U, 62, 4};
constexpr const schema* c16[] = {
    &s35, &s36, &s36, &s37,
};
constexpr schema s38 = object(w24, c16, 0xfU);
constexpr std::string_view w25_words[] = {
    "certificateHashData",
};
constexpr std::uint8_t w25_slots[] = {
    255, 0,
};
constexpr word_set w25{w25_words, w25_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c17[] = {
    &s38,
};
constexpr schema s39 = object(w25, c17, 0x1U);
constexpr std::string_view w26_words[] = {
    "Accepted", "Failed", "NotFound",
};
constexpr std::uint8_t w26_slots[] = {
    2, 255, 0, 1,
};
constexpr word_set w26{w26_words, w26_slots, 0xaaf5661e58755b35U, 62, 3};
constexpr schema s40 = choice(w26);
constexpr const schema* c18[] = {
    &s40,
};
constexpr schema s41 = object(w9, c18, 0x1U);
constexpr std::string_view w27_words[] = {
    "Idle", "Uploaded", "UploadFailed", "Uploading",
};
constexpr std::uint8_t w27_slots[] = {
    2, 0, 3, 1,
};
constexpr word_set w27{w27_words, w27_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr schema s42 = choice(w27);
constexpr const schema* c19[] = {
    &s42,
};
constexpr schema s43 = object(w9, c19, 0x1U);
constexpr std::string_view w28_words[] = {
    "BootNotification", "LogStatusNotification", "FirmwareStatusNotification", "Heartbeat", "MeterValues",
    "SignChargePointCertificate", "StatusNotification",
};
constexpr std::uint8_t w28_slots[] = {
    5, 6, 4, 3, 255, 2, 0, 1,
};
constexpr word_set w28{w28_words, w28_slots, 0x13c0bbcf7a786755U, 61, 7};
constexpr schema s44 = choice(w28);
constexpr std::string_view w29_words[] = {
    "requestedMessage", "connectorId",
};
constexpr std::uint8_t w29_slots[] = {
    1, 0,
};
constexpr word_set w29{w29_words, w29_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c20[] = {
    &s44, &s10,
};
constexpr schema s45 = object(w29, c20, 0x1U);
constexpr std::string_view w30_words[] = {
    "Accepted", "Rejected", "NotImplemented",
};
constexpr std::uint8_t w30_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w30{w30_words, w30_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s46 = choice(w30);
constexpr const schema* c21[] = {
    &s46,
};
constexpr schema s47 = object(w9, c21, 0x1U);
constexpr std::string_view w31_words[] = {
    "Downloaded", "DownloadFailed", "Downloading", "Idle", "InstallationFailed", "Installing", "Installed",
};
constexpr std::uint8_t w31_slots[] = {
    5, 0, 2, 1, 4, 255, 6, 3,
};
constexpr word_set w31{w31_words, w31_slots, 0x2ceaee21bf46bc01U, 61, 7};
constexpr schema s48 = choice(w31);
constexpr const schema* c22[] = {
    &s48,
};
constexpr schema s49 = object(w9, c22, 0x1U);
constexpr std::string_view w32_words[] = {
    "A", "W",
};
constexpr std::uint8_t w32_slots[] = {
    1, 0,
};
constexpr word_set w32{w32_words, w32_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s50 = choice(w32);
constexpr std::string_view w33_words[] = {
    "connectorId", "duration", "chargingRateUnit",
};
constexpr std::uint8_t w33_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w33{w33_words, w33_slots, 0x176b6dc1ed4f3899U, 62, 3};
constexpr const schema* c23[] = {
    &s10, &s10, &s50,
};
constexpr schema s51 = object(w33, c23, 0x3U);
constexpr schema s52 = rounded(number(), 1);
constexpr std::string_view w34_words[] = {
    "startPeriod", "limit", "numberPhases",
};
constexpr std::uint8_t w34_slots[] = {
    2, 0, 1, 255,
};
constexpr word_set w34{w34_words, w34_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c24[] = {
    &s10, &s52, &s10,
};
constexpr schema s53 = object(w34, c24, 0x3U);
constexpr schema s54 = list(s53);
constexpr std::string_view w35_words[] = {
    "duration", "startSchedule", "chargingRateUnit", "chargingSchedulePeriod", "minChargingRate",
};
constexpr std::uint8_t w35_slots[] = {
    0, 255, 1, 255, 255, 3, 2, 4,
};
constexpr word_set w35{w35_words, w35_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c25[] = {
    &s10, &s2, &s50, &s54, &s52,
};
constexpr schema s55 = object(w35, c25, 0xcU);
constexpr std::string_view w36_words[] = {
    "status", "connectorId", "scheduleStart", "chargingSchedule",
};
constexpr std::uint8_t w36_slots[] = {
    1, 2, 3, 0,
};
constexpr word_set w36{w36_words, w36_slots, 0xcc125c698e20d4a1U, 62, 4};
constexpr const schema* c26[] = {
    &s13, &s10, &s2, &s55,
};
constexpr schema s56 = object(w36, c26, 0x1U);
constexpr schema s57 = list(s7);
constexpr std::string_view w37_words[] = {
    "key",
};
constexpr std::uint8_t w37_slots[] = {
    255, 0,
};
constexpr word_set w37{w37_words, w37_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c27[] = {
    &s57,
};
constexpr schema s58 = object(w37, c27, 0x0U);
constexpr schema s59 = boolean();
constexpr std::string_view w38_words[] = {
    "key", "readonly", "value",
};
constexpr std::uint8_t w38_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w38{w38_words, w38_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c28[] = {
    &s7, &s59, &s21,
};
constexpr schema s60 = object(w38, c28, 0x3U);
constexpr schema s61 = list(s60);
constexpr std::string_view w39_words[] = {
    "configurationKey", "unknownKey",
};
constexpr std::uint8_t w39_slots[] = {
    1, 0,
};
constexpr word_set w39{w39_words, w39_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c29[] = {
    &s61, &s57,
};
constexpr schema s62 = object(w39, c29, 0x0U);
constexpr schema s63 = uri();
constexpr std::string_view w40_words[] = {
    "location", "retries", "retryInterval", "startTime", "stopTime",
};
constexpr std::uint8_t w40_slots[] = {
    0, 255, 255, 2, 3, 1, 4, 255,
};
constexpr word_set w40{w40_words, w40_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr const schema* c30[] = {
    &s63, &s10, &s10, &s2, &s2,
};
constexpr schema s64 = object(w40, c30, 0x1U);
constexpr std::string_view w41_words[] = {
    "fileName",
};
constexpr std::uint8_t w41_slots[] = {
    0, 255,
};
constexpr word_set w41{w41_words, w41_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c31[] = {
    &s30,
};
constexpr schema s65 = object(w41, c31, 0x0U);
constexpr std::string_view w42_words[] = {
    "CentralSystemRootCertificate", "ManufacturerRootCertificate",
};
constexpr std::uint8_t w42_slots[] = {
    0, 1,
};
constexpr word_set w42{w42_words, w42_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s66 = choice(w42);
constexpr std::string_view w43_words[] = {
    "certificateType",
};
constexpr std::uint8_t w43_slots[] = {
    0, 255,
};
constexpr word_set w43{w43_words, w43_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c32[] = {
    &s66,
};
constexpr schema s67 = object(w43, c32, 0x1U);
constexpr schema s68 = list(s38, 1);
constexpr std::string_view w44_words[] = {
    "Accepted", "NotFound",
};
constexpr std::uint8_t w44_slots[] = {
    0, 1,
};
constexpr word_set w44{w44_words, w44_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s69 = choice(w44);
constexpr std::string_view w45_words[] = {
    "certificateHashData", "status",
};
constexpr std::uint8_t w45_slots[] = {
    1, 0,
};
constexpr word_set w45{w45_words, w45_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c33[] = {
    &s68, &s69,
};
constexpr schema s70 = object(w45, c33, 0x2U);
constexpr std::string_view w46_words[] = {
    "listVersion",
};
constexpr std::uint8_t w46_slots[] = {
    0, 255,
};
constexpr word_set w46{w46_words, w46_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr schema s71 = object(w46, c5, 0x1U);
constexpr schema s72 = string(512);
constexpr std::string_view w47_words[] = {
    "remoteLocation", "oldestTimestamp", "latestTimestamp",
};
constexpr std::uint8_t w47_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w47{w47_words, w47_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c34[] = {
    &s72, &s2, &s2,
};
constexpr schema s73 = object(w47, c34, 0x1U);
constexpr std::string_view w48_words[] = {
    "DiagnosticsLog", "SecurityLog",
};
constexpr std::uint8_t w48_slots[] = {
    1, 0,
};
constexpr word_set w48{w48_words, w48_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr schema s74 = choice(w48);
constexpr std::string_view w49_words[] = {
    "log", "logType", "requestId", "retries", "retryInterval",
};
constexpr std::uint8_t w49_slots[] = {
    255, 0, 2, 255, 255, 3, 1, 4,
};
constexpr word_set w49{w49_words, w49_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c35[] = {
    &s73, &s74, &s10, &s10, &s10,
};
constexpr schema s75 = object(w49, c35, 0x7U);
constexpr std::string_view w50_words[] = {
    "Accepted", "Rejected", "AcceptedCanceled",
};
constexpr std::uint8_t w50_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w50{w50_words, w50_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s76 = choice(w50);
constexpr std::string_view w51_words[] = {
    "status", "filename",
};
constexpr std::uint8_t w51_slots[] = {
    0, 1,
};
constexpr word_set w51{w51_words, w51_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c36[] = {
    &s76, &s30,
};
constexpr schema s77 = object(w51, c36, 0x1U);
constexpr std::string_view w52_words[] = {
    "currentTime",
};
constexpr std::uint8_t w52_slots[] = {
    255, 0,
};
constexpr word_set w52{w52_words, w52_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c37[] = {
    &s2,
};
constexpr schema s78 = object(w52, c37, 0x1U);
constexpr schema s79 = string(5500);
constexpr std::string_view w53_words[] = {
    "certificateType", "certificate",
};
constexpr std::uint8_t w53_slots[] = {
    1, 0,
};
constexpr word_set w53{w53_words, w53_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr const schema* c38[] = {
    &s66, &s79,
};
constexpr schema s80 = object(w53, c38, 0x3U);
constexpr std::string_view w54_words[] = {
    "Accepted", "Failed", "Rejected",
};
constexpr std::uint8_t w54_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w54{w54_words, w54_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s81 = choice(w54);
constexpr const schema* c39[] = {
    &s81,
};
constexpr schema s82 = object(w9, c39, 0x1U);
constexpr std::string_view w55_words[] = {
    "BadMessage", "Idle", "NotSupportedOperation", "PermissionDenied", "Uploaded", "UploadFailure", "Uploading",
};
constexpr std::uint8_t w55_slots[] = {
    255, 0, 6, 5, 2, 4, 1, 3,
};
constexpr word_set w55{w55_words, w55_slots, 0xf38bc6ac65aeee75U, 61, 7};
constexpr schema s83 = choice(w55);
constexpr std::string_view w56_words[] = {
    "status", "requestId",
};
constexpr std::uint8_t w56_slots[] = {
    0, 1,
};
constexpr word_set w56{w56_words, w56_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr const schema* c40[] = {
    &s83, &s10,
};
constexpr schema s84 = object(w56, c40, 0x1U);
constexpr std::string_view w57_words[] = {
    "Interruption.Begin", "Interruption.End", "Sample.Clock", "Sample.Periodic", "Transaction.Begin",
    "Transaction.End", "Trigger", "Other",
};
constexpr std::uint8_t w57_slots[] = {
    2, 4, 0, 5, 3, 6, 7, 1,
};
constexpr word_set w57{w57_words, w57_slots, 0x27669780dccc8b41U, 61, 8};
constexpr schema s85 = choice(w57);
constexpr std::string_view w58_words[] = {
    "Raw", "SignedData",
};
constexpr std::uint8_t w58_slots[] = {
    1, 0,
};
constexpr word_set w58{w58_words, w58_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s86 = choice(w58);
constexpr std::string_view w59_words[] = {
    "Energy.Active.Export.Register", "Energy.Active.Import.Register", "Energy.Reactive.Export.Register",
    "Energy.Reactive.Import.Register", "Energy.Active.Export.Interval", "Energy.Active.Import.Interval",
    "Energy.Reactive.Export.Interval", "Energy.Reactive.Import.Interval", "Power.Active.Export", "Power.Active.Import",
    "Power.Offered", "Power.Reactive.Export", "Power.Reactive.Import", "Power.Factor", "Current.Import",
    "Current.Export", "Current.Offered", "Voltage", "Frequency", "Temperature", "SoC", "RPM",
};
constexpr std::uint8_t w59_slots[] = {
    255, 8, 255, 255, 255, 9, 255, 255, 255, 255, 11, 255, 0, 255, 255, 255, 255, 255, 17, 10, 255, 255, 5, 4, 2, 20,
    255, 21, 255, 255, 16, 18, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 6, 255, 255, 14, 255, 7, 255,
    255, 13, 255, 255, 255, 255, 19, 255, 1, 255, 12, 15, 255, 3,
};
constexpr word_set w59{w59_words, w59_slots, 0x2cebac6d1658e7bdU, 58, 22};
constexpr schema s87 = choice(w59);
constexpr std::string_view w60_words[] = {
    "L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1",
};
constexpr std::uint8_t w60_slots[] = {
    3, 4, 1, 6, 255, 255, 7, 0, 9, 255, 5, 8, 255, 2, 255, 255,
};
constexpr word_set w60{w60_words, w60_slots, 0x96317eaaed5dcf29U, 60, 10};
constexpr schema s88 = choice(w60);
constexpr std::string_view w61_words[] = {
    "Cable", "EV", "Inlet", "Outlet", "Body",
};
constexpr std::uint8_t w61_slots[] = {
    2, 255, 4, 255, 1, 255, 0, 3,
};
constexpr word_set w61{w61_words, w61_slots, 0xfe7e60ff3d1829d1U, 61, 5};
constexpr schema s89 = choice(w61);
constexpr std::string_view w62_words[] = {
    "Wh", "kWh", "varh", "kvarh", "W", "kW", "VA", "kVA", "var", "kvar", "A", "V", "K", "Celcius", "Celsius",
    "Fahrenheit", "Percent",
};
constexpr std::uint8_t w62_slots[] = {
    5, 8, 255, 255, 9, 255, 3, 255, 13, 14, 11, 255, 0, 7, 16, 255, 255, 255, 255, 10, 2, 12, 255, 1, 255, 255, 255,
    15, 255, 6, 4, 255,
};
constexpr word_set w62{w62_words, w62_slots, 0x3ddd7fbab5ec3a59U, 59, 17};
constexpr schema s90 = choice(w62);
constexpr std::string_view w63_words[] = {
    "value", "context", "format", "measurand", "phase", "location", "unit",
};
constexpr std::uint8_t w63_slots[] = {
    1, 3, 255, 5, 4, 0, 6, 2,
};
constexpr word_set w63{w63_words, w63_slots, 0xd2ad750da0eef91dU, 61, 7};
constexpr const schema* c41[] = {
    &s31, &s85, &s86, &s87, &s88, &s89, &s90,
};
constexpr schema s91 = object(w63, c41, 0x1U);
constexpr schema s92 = list(s91);
constexpr std::string_view w64_words[] = {
    "timestamp", "sampledValue",
};
constexpr std::uint8_t w64_slots[] = {
    1, 0,
};
constexpr word_set w64{w64_words, w64_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c42[] = {
    &s2, &s92,
};
constexpr schema s93 = object(w64, c42, 0x3U);
constexpr schema s94 = list(s93);
constexpr std::string_view w65_words[] = {
    "connectorId", "transactionId", "meterValue",
};
constexpr std::uint8_t w65_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w65{w65_words, w65_slots, 0x176b6dc1ed4f3899U, 62, 3};
constexpr const schema* c43[] = {
    &s10, &s10, &s94,
};
constexpr schema s95 = object(w65, c43, 0x5U);
constexpr std::string_view w66_words[] = {
    "Absolute", "Recurring", "Relative",
};
constexpr std::uint8_t w66_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w66{w66_words, w66_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s96 = choice(w66);
constexpr std::string_view w67_words[] = {
    "Daily", "Weekly",
};
constexpr std::uint8_t w67_slots[] = {
    0, 1,
};
constexpr word_set w67{w67_words, w67_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s97 = choice(w67);
constexpr std::string_view w68_words[] = {
    "chargingProfileId", "transactionId", "stackLevel", "chargingProfilePurpose", "chargingProfileKind",
    "recurrencyKind", "validFrom", "validTo", "chargingSchedule",
};
constexpr std::uint8_t w68_slots[] = {
    255, 5, 8, 255, 255, 2, 1, 0, 255, 7, 4, 3, 255, 255, 6, 255,
};
constexpr word_set w68{w68_words, w68_slots, 0x5a9925b678039fa5U, 60, 9};
constexpr const schema* c44[] = {
    &s10, &s10, &s10, &s26, &s96, &s97, &s2, &s2, &s55,
};
constexpr schema s98 = object(w68, c44, 0x11dU);
constexpr std::string_view w69_words[] = {
    "connectorId", "idTag", "chargingProfile",
};
constexpr std::uint8_t w69_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w69{w69_words, w69_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c45[] = {
    &s10, &s0, &s98,
};
constexpr schema s99 = object(w69, c45, 0x2U);
constexpr std::string_view w70_words[] = {
    "transactionId",
};
constexpr std::uint8_t w70_slots[] = {
    0, 255,
};
constexpr word_set w70{w70_words, w70_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr schema s100 = object(w70, c5, 0x1U);
constexpr std::string_view w71_words[] = {
    "connectorId", "expiryDate", "idTag", "parentIdTag", "reservationId",
};
constexpr std::uint8_t w71_slots[] = {
    255, 255, 2, 255, 4, 0, 1, 3,
};
constexpr word_set w71{w71_words, w71_slots, 0xaaf5661e58755b35U, 61, 5};
constexpr const schema* c46[] = {
    &s10, &s2, &s0, &s0, &s10,
};
constexpr schema s101 = object(w71, c46, 0x17U);
constexpr std::string_view w72_words[] = {
    "Accepted", "Faulted", "Occupied", "Rejected", "Unavailable",
};
constexpr std::uint8_t w72_slots[] = {
    255, 0, 1, 255, 2, 4, 3, 255,
};
constexpr word_set w72{w72_words, w72_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr schema s102 = choice(w72);
constexpr const schema* c47[] = {
    &s102,
};
constexpr schema s103 = object(w9, c47, 0x1U);
constexpr std::string_view w73_words[] = {
    "Hard", "Soft",
};
constexpr std::uint8_t w73_slots[] = {
    0, 1,
};
constexpr word_set w73{w73_words, w73_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s104 = choice(w73);
constexpr std::string_view w74_words[] = {
    "type",
};
constexpr std::uint8_t w74_slots[] = {
    0, 255,
};
constexpr word_set w74{w74_words, w74_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c48[] = {
    &s104,
};
constexpr schema s105 = object(w74, c48, 0x1U);
constexpr std::string_view w75_words[] = {
    "type", "timestamp", "techInfo",
};
constexpr std::uint8_t w75_slots[] = {
    2, 0, 1, 255,
};
constexpr word_set w75{w75_words, w75_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c49[] = {
    &s7, &s2, &s30,
};
constexpr schema s106 = object(w75, c49, 0x3U);
constexpr std::string_view w76_words[] = {
    "idTag", "idTagInfo",
};
constexpr std::uint8_t w76_slots[] = {
    0, 1,
};
constexpr word_set w76{w76_words, w76_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr const schema* c50[] = {
    &s0, &s4,
};
constexpr schema s107 = object(w76, c50, 0x1U);
constexpr schema s108 = list(s107);
constexpr std::string_view w77_words[] = {
    "Differential", "Full",
};
constexpr std::uint8_t w77_slots[] = {
    1, 0,
};
constexpr word_set w77{w77_words, w77_slots, 0x881fc588b6cec325U, 63, 2};
constexpr schema s109 = choice(w77);
constexpr std::string_view w78_words[] = {
    "listVersion", "localAuthorizationList", "updateType",
};
constexpr std::uint8_t w78_slots[] = {
    255, 0, 2, 1,
};
constexpr word_set w78{w78_words, w78_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c51[] = {
    &s10, &s108, &s109,
};
constexpr schema s110 = object(w78, c51, 0x5U);
constexpr std::string_view w79_words[] = {
    "Accepted", "Failed", "NotSupported", "VersionMismatch",
};
constexpr std::uint8_t w79_slots[] = {
    3, 2, 1, 0,
};
constexpr word_set w79{w79_words, w79_slots, 0x14196417ca5dc09dU, 62, 4};
constexpr schema s111 = choice(w79);
constexpr const schema* c52[] = {
    &s111,
};
constexpr schema s112 = object(w9, c52, 0x1U);
constexpr std::string_view w80_words[] = {
    "connectorId", "csChargingProfiles",
};
constexpr std::uint8_t w80_slots[] = {
    1, 0,
};
constexpr word_set w80{w80_words, w80_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr const schema* c53[] = {
    &s10, &s98,
};
constexpr schema s113 = object(w80, c53, 0x3U);
constexpr std::string_view w81_words[] = {
    "Accepted", "Rejected", "NotSupported",
};
constexpr std::uint8_t w81_slots[] = {
    1, 2, 255, 0,
};
constexpr word_set w81{w81_words, w81_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s114 = choice(w81);
constexpr const schema* c54[] = {
    &s114,
};
constexpr schema s115 = object(w9, c54, 0x1U);
constexpr std::string_view w82_words[] = {
    "csr",
};
constexpr std::uint8_t w82_slots[] = {
    0, 255,
};
constexpr word_set w82{w82_words, w82_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c55[] = {
    &s79,
};
constexpr schema s116 = object(w82, c55, 0x1U);
constexpr std::string_view w83_words[] = {
    "Downloaded", "DownloadFailed", "Downloading", "DownloadScheduled", "DownloadPaused", "Idle", "InstallationFailed",
    "Installing", "Installed", "InstallRebooting", "InstallScheduled", "InstallVerificationFailed", "InvalidSignature",
    "SignatureVerified",
};
constexpr std::uint8_t w83_slots[] = {
    9, 13, 8, 7, 5, 2, 0, 255, 4, 11, 1, 6, 255, 12, 10, 3,
};
constexpr word_set w83{w83_words, w83_slots, 0x5056e312ce4b7619U, 60, 14};
constexpr schema s117 = choice(w83);
constexpr const schema* c56[] = {
    &s117, &s10,
};
constexpr schema s118 = object(w56, c56, 0x1U);
constexpr schema s119 = string(800);
constexpr std::string_view w84_words[] = {
    "location", "retrieveDateTime", "installDateTime", "signingCertificate", "signature",
};
constexpr std::uint8_t w84_slots[] = {
    0, 2, 255, 255, 1, 255, 3, 4,
};
constexpr word_set w84{w84_words, w84_slots, 0x881fc588b6cec325U, 61, 5};
constexpr const schema* c57[] = {
    &s72, &s2, &s2, &s79, &s119,
};
constexpr schema s120 = object(w84, c57, 0x1bU);
constexpr std::string_view w85_words[] = {
    "retries", "retryInterval", "requestId", "firmware",
};
constexpr std::uint8_t w85_slots[] = {
    3, 0, 1, 2,
};
constexpr word_set w85{w85_words, w85_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c58[] = {
    &s10, &s10, &s10, &s120,
};
constexpr schema s121 = object(w85, c58, 0xcU);
constexpr std::string_view w86_words[] = {
    "Accepted", "Rejected", "AcceptedCanceled", "InvalidCertificate", "RevokedCertificate",
};
constexpr std::uint8_t w86_slots[] = {
    1, 0, 3, 255, 255, 255, 4, 2,
};
constexpr word_set w86{w86_words, w86_slots, 0x10094540f1a8c71U, 61, 5};
constexpr schema s122 = choice(w86);
constexpr const schema* c59[] = {
    &s122,
};
constexpr schema s123 = object(w9, c59, 0x1U);
constexpr std::string_view w87_words[] = {
    "connectorId", "idTag", "meterStart", "reservationId", "timestamp",
};
constexpr std::uint8_t w87_slots[] = {
    255, 4, 1, 255, 2, 255, 3, 0,
};
constexpr word_set w87{w87_words, w87_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr const schema* c60[] = {
    &s10, &s0, &s10, &s10, &s2,
};
constexpr schema s124 = object(w87, c60, 0x17U);
constexpr std::string_view w88_words[] = {
    "idTagInfo", "transactionId",
};
constexpr std::uint8_t w88_slots[] = {
    1, 0,
};
constexpr word_set w88{w88_words, w88_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c61[] = {
    &s4, &s10,
};
constexpr schema s125 = object(w88, c61, 0x3U);
constexpr std::string_view w89_words[] = {
    "ConnectorLockFailure", "EVCommunicationError", "GroundFailure", "HighTemperature", "InternalError",
    "LocalListConflict", "NoError", "OtherError", "OverCurrentFailure", "PowerMeterFailure", "PowerSwitchFailure",
    "ReaderFailure", "ResetFailure", "UnderVoltage", "OverVoltage", "WeakSignal",
};
constexpr std::uint8_t w89_slots[] = {
    255, 4, 255, 255, 255, 0, 11, 10, 15, 255, 13, 255, 2, 255, 7, 255, 255, 255, 255, 14, 9, 255, 5, 255, 6, 1, 255,
    3, 12, 8, 255, 255,
};
constexpr word_set w89{w89_words, w89_slots, 0x1c46489c1f7869cdU, 59, 16};
constexpr schema s126 = choice(w89);
constexpr std::string_view w90_words[] = {
    "Available", "Preparing", "Charging", "SuspendedEVSE", "SuspendedEV", "Finishing", "Reserved", "Unavailable",
    "Faulted",
};
constexpr std::uint8_t w90_slots[] = {
    4, 3, 255, 7, 5, 255, 255, 255, 255, 255, 255, 6, 1, 8, 0, 2,
};
constexpr word_set w90{w90_words, w90_slots, 0x176b6dc1ed4f3899U, 60, 9};
constexpr schema s127 = choice(w90);
constexpr std::string_view w91_words[] = {
    "connectorId", "errorCode", "info", "status", "timestamp", "vendorId", "vendorErrorCode",
};
constexpr std::uint8_t w91_slots[] = {
    5, 2, 4, 255, 3, 1, 0, 6,
};
constexpr word_set w91{w91_words, w91_slots, 0x176b6dc1ed4f3899U, 61, 7};
constexpr const schema* c62[] = {
    &s10, &s126, &s7, &s127, &s2, &s30, &s7,
};
constexpr schema s128 = object(w91, c62, 0xbU);
constexpr std::string_view w92_words[] = {
    "EmergencyStop", "EVDisconnected", "HardReset", "Local", "Other", "PowerLoss", "Reboot", "Remote", "SoftReset",
    "UnlockCommand", "DeAuthorized",
};
constexpr std::uint8_t w92_slots[] = {
    255, 3, 1, 7, 2, 8, 255, 9, 10, 4, 255, 255, 255, 5, 0, 6,
};
constexpr word_set w92{w92_words, w92_slots, 0xea56fc4f4ae6c2f9U, 60, 11};
constexpr schema s129 = choice(w92);
constexpr std::string_view w93_words[] = {
    "idTag", "meterStop", "timestamp", "transactionId", "reason", "transactionData",
};
constexpr std::uint8_t w93_slots[] = {
    1, 3, 5, 0, 2, 255, 255, 4,
};
constexpr word_set w93{w93_words, w93_slots, 0x116551c61483402dU, 61, 6};
constexpr const schema* c63[] = {
    &s0, &s10, &s2, &s10, &s129, &s94,
};
constexpr schema s130 = object(w93, c63, 0xeU);
constexpr schema s131 = object(w3, c2, 0x0U);
constexpr std::string_view w94_words[] = {
    "BootNotification", "DiagnosticsStatusNotification", "FirmwareStatusNotification", "Heartbeat", "MeterValues",
    "StatusNotification",
};
constexpr std::uint8_t w94_slots[] = {
    3, 255, 4, 5, 0, 2, 1, 255,
};
constexpr word_set w94{w94_words, w94_slots, 0xcc125c698e20d4a1U, 61, 6};
constexpr schema s132 = choice(w94);
constexpr const schema* c64[] = {
    &s132, &s10,
};
constexpr schema s133 = object(w29, c64, 0x1U);
constexpr std::string_view w95_words[] = {
    "connectorId",
};
constexpr std::uint8_t w95_slots[] = {
    0, 255,
};
constexpr word_set w95{w95_words, w95_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr schema s134 = object(w95, c5, 0x1U);
constexpr std::string_view w96_words[] = {
    "Unlocked", "UnlockFailed", "NotSupported",
};
constexpr std::uint8_t w96_slots[] = {
    2, 255, 0, 1,
};
constexpr word_set w96{w96_words, w96_slots, 0x954870e3140a8a0dU, 62, 3};
constexpr schema s135 = choice(w96);
constexpr const schema* c65[] = {
    &s135,
};
constexpr schema s136 = object(w9, c65, 0x1U);
constexpr std::string_view w97_words[] = {
    "location", "retries", "retrieveDate", "retryInterval",
};
constexpr std::uint8_t w97_slots[] = {
    2, 0, 3, 1,
};
constexpr word_set w97{w97_words, w97_slots, 0x176b6dc1ed4f3899U, 62, 4};
constexpr const schema* c66[] = {
    &s63, &s10, &s2, &s10,
};
constexpr schema s137 = object(w97, c66, 0x5U);
constexpr std::string_view w98_words[] = {
    "Authorize", "BootNotification", "CancelReservation", "CertificateSigned", "ChangeAvailability",
    "ChangeConfiguration", "ClearCache", "ClearChargingProfile", "DataTransfer", "DeleteCertificate",
    "DiagnosticsStatusNotification", "ExtendedTriggerMessage", "FirmwareStatusNotification", "GetCompositeSchedule",
    "GetConfiguration", "GetDiagnostics", "GetInstalledCertificateIds", "GetLocalListVersion", "GetLog", "Heartbeat",
    "InstallCertificate", "LogStatusNotification", "MeterValues", "RemoteStartTransaction", "RemoteStopTransaction",
    "ReserveNow", "Reset", "SecurityEventNotification", "SendLocalList", "SetChargingProfile", "SignCertificate",
    "SignedFirmwareStatusNotification", "SignedUpdateFirmware", "StartTransaction", "StatusNotification",
    "StopTransaction", "TriggerMessage", "UnlockConnector", "UpdateFirmware",
};
constexpr std::uint8_t w98_slots[] = {
    255, 21, 255, 255, 26, 255, 255, 255, 24, 255, 33, 13, 255, 18, 255, 255, 255, 255, 255, 255, 255, 255, 255, 7,
    255, 255, 255, 255, 12, 1, 28, 255, 35, 36, 255, 32, 255, 255, 29, 255, 10, 255, 17, 38, 14, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 34, 15, 255, 255, 255, 255, 3, 0, 255, 255, 255, 31, 255, 255, 255, 9, 25, 6, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 30, 2, 255, 255, 255, 255, 23, 255, 255, 255, 20, 255, 255, 37, 11, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 16, 255, 255, 255, 8, 22, 255, 255, 27, 255, 255, 5, 255, 255,
    255, 255, 255, 255, 19, 4,
};
constexpr word_set w98{w98_words, w98_slots, 0xe9644fadd84e875U, 57, 39};

constexpr action_info rows[] = {
    {"Authorize", 0, direction::from_charge_point, false, &s1, &s5},
    {"BootNotification", 1, direction::from_charge_point, false, &s8, &s11},
    {"CancelReservation", 2, direction::to_charge_point, false, &s12, &s14},
    {"CertificateSigned", 3, direction::to_charge_point, false, &s16, &s14},
    {"ChangeAvailability", 4, direction::to_charge_point, false, &s18, &s20},
    {"ChangeConfiguration", 5, direction::to_charge_point, false, &s22, &s24},
    {"ClearCache", 6, direction::to_charge_point, false, &s25, &s14},
    {"ClearChargingProfile", 7, direction::to_charge_point, false, &s27, &s29},
    {"DataTransfer", 8, direction::both, false, &s32, &s34},
    {"DeleteCertificate", 9, direction::to_charge_point, false, &s39, &s41},
    {"DiagnosticsStatusNotification", 10, direction::from_charge_point, false, &s43, &s25},
    {"ExtendedTriggerMessage", 11, direction::to_charge_point, false, &s45, &s47},
    {"FirmwareStatusNotification", 12, direction::from_charge_point, false, &s49, &s25},
    {"GetCompositeSchedule", 13, direction::to_charge_point, false, &s51, &s56},
    {"GetConfiguration", 14, direction::to_charge_point, false, &s58, &s62},
    {"GetDiagnostics", 15, direction::to_charge_point, false, &s64, &s65},
    {"GetInstalledCertificateIds", 16, direction::to_charge_point, false, &s67, &s70},
    {"GetLocalListVersion", 17, direction::to_charge_point, false, &s25, &s71},
    {"GetLog", 18, direction::to_charge_point, false, &s75, &s77},
    {"Heartbeat", 19, direction::from_charge_point, false, &s25, &s78},
    {"InstallCertificate", 20, direction::to_charge_point, false, &s80, &s82},
    {"LogStatusNotification", 21, direction::from_charge_point, false, &s84, &s25},
    {"MeterValues", 22, direction::from_charge_point, false, &s95, &s25},
    {"RemoteStartTransaction", 23, direction::to_charge_point, false, &s99, &s14},
    {"RemoteStopTransaction", 24, direction::to_charge_point, false, &s100, &s14},
    {"ReserveNow", 25, direction::to_charge_point, false, &s101, &s103},
    {"Reset", 26, direction::to_charge_point, false, &s105, &s14},
    {"SecurityEventNotification", 27, direction::from_charge_point, false, &s106, &s25},
    {"SendLocalList", 28, direction::to_charge_point, false, &s110, &s112},
    {"SetChargingProfile", 29, direction::to_charge_point, false, &s113, &s115},
    {"SignCertificate", 30, direction::from_charge_point, false, &s116, &s14},
    {"SignedFirmwareStatusNotification", 31, direction::from_charge_point, false, &s118, &s25},
    {"SignedUpdateFirmware", 32, direction::to_charge_point, false, &s121, &s123},
    {"StartTransaction", 33, direction::from_charge_point, false, &s124, &s125},
    {"StatusNotification", 34, direction::from_charge_point, false, &s128, &s25},
    {"StopTransaction", 35, direction::from_charge_point, false, &s130, &s131},
    {"TriggerMessage", 36, direction::to_charge_point, false, &s133, &s47},
    {"UnlockConnector", 37, direction::to_charge_point, false, &s134, &s136},
    {"UpdateFirmware", 38, direction::to_charge_point, false, &s137, &s25},
};

}  // namespace

const action_table actions_v16{rows, &w98};

}  // namespace voltgate::ocpp
