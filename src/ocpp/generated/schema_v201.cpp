// The messages of OCPP 2.0.1. Written by tools/generate/generate.mjs; do not edit.
// clang-format off
#include "ocpp/schema_table.hpp"

namespace voltgate::ocpp {

namespace {

using namespace table;

constexpr schema s0 = string(255);
constexpr std::string_view w0_words[] = {
    "vendorId",
};
constexpr std::uint8_t w0_slots[] = {
    0, 255,
};
constexpr word_set w0{w0_words, w0_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c0[] = {
    &s0,
};
constexpr schema s1 = open(object(w0, c0, 0x1U));
constexpr schema s2 = string(36);
constexpr schema s3 = string(50);
constexpr std::string_view w1_words[] = {
    "customData", "additionalIdToken", "type",
};
constexpr std::uint8_t w1_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w1{w1_words, w1_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c1[] = {
    &s1, &s2, &s3,
};
constexpr schema s4 = object(w1, c1, 0x6U);
constexpr schema s5 = list(s4, 1);
constexpr std::string_view w2_words[] = {
    "Central", "eMAID", "ISO14443", "ISO15693", "KeyCode", "Local", "MacAddress", "NoAuthorization",
};
constexpr std::uint8_t w2_slots[] = {
    3, 2, 5, 0, 6, 1, 7, 4,
};
constexpr word_set w2{w2_words, w2_slots, 0xe7bd599f3237c22dU, 61, 8};
constexpr schema s6 = choice(w2);
constexpr std::string_view w3_words[] = {
    "customData", "additionalInfo", "idToken", "type",
};
constexpr std::uint8_t w3_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w3{w3_words, w3_slots, 0x14196417ca5dc09dU, 62, 4};
constexpr const schema* c2[] = {
    &s1, &s5, &s2, &s6,
};
constexpr schema s7 = object(w3, c2, 0xcU);
constexpr schema s8 = string(5500);
constexpr std::string_view w4_words[] = {
    "SHA256", "SHA384", "SHA512",
};
constexpr std::uint8_t w4_slots[] = {
    255, 0, 2, 1,
};
constexpr word_set w4{w4_words, w4_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s9 = choice(w4);
constexpr schema s10 = string(128);
constexpr schema s11 = string(40);
constexpr schema s12 = string(512);
constexpr std::string_view w5_words[] = {
    "customData", "hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber", "responderURL",
};
constexpr std::uint8_t w5_slots[] = {
    3, 5, 4, 255, 2, 255, 0, 1,
};
constexpr word_set w5{w5_words, w5_slots, 0xfe7e60ff3d1829d1U, 61, 6};
constexpr const schema* c3[] = {
    &s1, &s9, &s10, &s10, &s11, &s12,
};
constexpr schema s13 = object(w5, c3, 0x3eU);
constexpr schema s14 = list(s13, 1, 4);
constexpr std::string_view w6_words[] = {
    "customData", "idToken", "certificate", "iso15118CertificateHashData",
};
constexpr std::uint8_t w6_slots[] = {
    1, 2, 3, 0,
};
constexpr word_set w6{w6_words, w6_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c4[] = {
    &s1, &s7, &s8, &s14,
};
constexpr schema s15 = object(w6, c4, 0x2U);
constexpr std::string_view w7_words[] = {
    "Accepted", "Blocked", "ConcurrentTx", "Expired", "Invalid", "NoCredit", "NotAllowedTypeEVSE", "NotAtThisLocation",
    "NotAtThisTime", "Unknown",
};
constexpr std::uint8_t w7_slots[] = {
    4, 255, 255, 7, 1, 5, 255, 255, 9, 3, 8, 255, 6, 255, 0, 2,
};
constexpr word_set w7{w7_words, w7_slots, 0xcc125c698e20d4a1U, 60, 10};
constexpr schema s16 = choice(w7);
constexpr schema s17 = date_time();
constexpr schema s18 = integer();
constexpr schema s19 = string(8);
constexpr schema s20 = list(s18, 1);
constexpr std::string_view w8_words[] = {
    "ASCII", "HTML", "URI", "UTF8",
};
constexpr std::uint8_t w8_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w8{w8_words, w8_slots, 0xaaf5661e58755b35U, 62, 4};
constexpr schema s21 = choice(w8);
constexpr std::string_view w9_words[] = {
    "customData", "format", "language", "content",
};
constexpr std::uint8_t w9_slots[] = {
    3, 1, 2, 0,
};
constexpr word_set w9{w9_words, w9_slots, 0x74761d19bb4cb649U, 62, 4};
constexpr const schema* c5[] = {
    &s1, &s21, &s19, &s12,
};
constexpr schema s22 = object(w9, c5, 0xaU);
constexpr std::string_view w10_words[] = {
    "customData", "status", "cacheExpiryDateTime", "chargingPriority", "language1", "evseId", "groupIdToken",
    "language2", "personalMessage",
};
constexpr std::uint8_t w10_slots[] = {
    255, 1, 255, 5, 255, 255, 255, 255, 2, 4, 8, 7, 255, 6, 3, 0,
};
constexpr word_set w10{w10_words, w10_slots, 0x74761d19bb4cb649U, 60, 9};
constexpr const schema* c6[] = {
    &s1, &s16, &s17, &s18, &s19, &s20, &s7, &s19, &s22,
};
constexpr schema s23 = object(w10, c6, 0x2U);
constexpr std::string_view w11_words[] = {
    "Accepted", "SignatureError", "CertificateExpired", "CertificateRevoked", "NoCertificateAvailable",
    "CertChainError", "ContractCancelled",
};
constexpr std::uint8_t w11_slots[] = {
    2, 6, 1, 5, 4, 255, 3, 0,
};
constexpr word_set w11{w11_words, w11_slots, 0x5a9925b678039fa5U, 61, 7};
constexpr schema s24 = choice(w11);
constexpr std::string_view w12_words[] = {
    "customData", "idTokenInfo", "certificateStatus",
};
constexpr std::uint8_t w12_slots[] = {
    255, 1, 2, 0,
};
constexpr word_set w12{w12_words, w12_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c7[] = {
    &s1, &s23, &s24,
};
constexpr schema s25 = object(w12, c7, 0x2U);
constexpr schema s26 = string(25);
constexpr schema s27 = string(20);
constexpr std::string_view w13_words[] = {
    "customData", "iccid", "imsi",
};
constexpr std::uint8_t w13_slots[] = {
    2, 1, 255, 0,
};
constexpr word_set w13{w13_words, w13_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c8[] = {
    &s1, &s27, &s27,
};
constexpr schema s28 = object(w13, c8, 0x0U);
constexpr std::string_view w14_words[] = {
    "customData", "serialNumber", "model", "modem", "vendorName", "firmwareVersion",
};
constexpr std::uint8_t w14_slots[] = {
    255, 5, 1, 3, 255, 0, 2, 4,
};
constexpr word_set w14{w14_words, w14_slots, 0xcc125c698e20d4a1U, 61, 6};
constexpr const schema* c9[] = {
    &s1, &s26, &s27, &s28, &s3, &s3,
};
constexpr schema s29 = object(w14, c9, 0x14U);
constexpr std::string_view w15_words[] = {
    "ApplicationReset", "FirmwareUpdate", "LocalReset", "PowerUp", "RemoteReset", "ScheduledReset", "Triggered",
    "Unknown", "Watchdog",
};
constexpr std::uint8_t w15_slots[] = {
    255, 3, 5, 7, 255, 6, 8, 255, 0, 4, 255, 255, 255, 255, 1, 2,
};
constexpr word_set w15{w15_words, w15_slots, 0x55c60e73332d2c29U, 60, 9};
constexpr schema s30 = choice(w15);
constexpr std::string_view w16_words[] = {
    "customData", "chargingStation", "reason",
};
constexpr std::uint8_t w16_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w16{w16_words, w16_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c10[] = {
    &s1, &s29, &s30,
};
constexpr schema s31 = object(w16, c10, 0x6U);
constexpr std::string_view w17_words[] = {
    "Accepted", "Pending", "Rejected",
};
constexpr std::uint8_t w17_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w17{w17_words, w17_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s32 = choice(w17);
constexpr std::string_view w18_words[] = {
    "customData", "reasonCode", "additionalInfo",
};
constexpr std::uint8_t w18_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w18{w18_words, w18_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c11[] = {
    &s1, &s27, &s12,
};
constexpr schema s33 = object(w18, c11, 0x2U);
constexpr std::string_view w19_words[] = {
    "customData", "currentTime", "interval", "status", "statusInfo",
};
constexpr std::uint8_t w19_slots[] = {
    3, 255, 2, 255, 4, 1, 0, 255,
};
constexpr word_set w19{w19_words, w19_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c12[] = {
    &s1, &s17, &s18, &s32, &s33,
};
constexpr schema s34 = object(w19, c12, 0xeU);
constexpr std::string_view w20_words[] = {
    "customData", "reservationId",
};
constexpr std::uint8_t w20_slots[] = {
    1, 0,
};
constexpr word_set w20{w20_words, w20_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr const schema* c13[] = {
    &s1, &s18,
};
constexpr schema s35 = object(w20, c13, 0x2U);
constexpr std::string_view w21_words[] = {
    "Accepted", "Rejected",
};
constexpr std::uint8_t w21_slots[] = {
    0, 1,
};
constexpr word_set w21{w21_words, w21_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s36 = choice(w21);
constexpr std::string_view w22_words[] = {
    "customData", "status", "statusInfo",
};
constexpr std::uint8_t w22_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w22{w22_words, w22_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c14[] = {
    &s1, &s36, &s33,
};
constexpr schema s37 = object(w22, c14, 0x2U);
constexpr schema s38 = string(10000);
constexpr std::string_view w23_words[] = {
    "ChargingStationCertificate", "V2GCertificate",
};
constexpr std::uint8_t w23_slots[] = {
    1, 0,
};
constexpr word_set w23{w23_words, w23_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr schema s39 = choice(w23);
constexpr std::string_view w24_words[] = {
    "customData", "certificateChain", "certificateType",
};
constexpr std::uint8_t w24_slots[] = {
    2, 1, 255, 0,
};
constexpr word_set w24{w24_words, w24_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c15[] = {
    &s1, &s38, &s39,
};
constexpr schema s40 = object(w24, c15, 0x2U);
constexpr std::string_view w25_words[] = {
    "customData", "id", "connectorId",
};
constexpr std::uint8_t w25_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w25{w25_words, w25_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c16[] = {
    &s1, &s18, &s18,
};
constexpr schema s41 = object(w25, c16, 0x2U);
constexpr std::string_view w26_words[] = {
    "Inoperative", "Operative",
};
constexpr std::uint8_t w26_slots[] = {
    0, 1,
};
constexpr word_set w26{w26_words, w26_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s42 = choice(w26);
constexpr std::string_view w27_words[] = {
    "customData", "evse", "operationalStatus",
};
constexpr std::uint8_t w27_slots[] = {
    255, 2, 0, 1,
};
constexpr word_set w27{w27_words, w27_slots, 0xaaf5661e58755b35U, 62, 3};
constexpr const schema* c17[] = {
    &s1, &s41, &s42,
};
constexpr schema s43 = object(w27, c17, 0x4U);
constexpr std::string_view w28_words[] = {
    "Accepted", "Rejected", "Scheduled",
};
constexpr std::uint8_t w28_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w28{w28_words, w28_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s44 = choice(w28);
constexpr const schema* c18[] = {
    &s1, &s44, &s33,
};
constexpr schema s45 = object(w22, c18, 0x2U);
constexpr std::string_view w29_words[] = {
    "customData",
};
constexpr std::uint8_t w29_slots[] = {
    255, 0,
};
constexpr word_set w29{w29_words, w29_slots, 0x2ceaee21bf46bc01U, 63, 1};
constexpr const schema* c19[] = {
    &s1,
};
constexpr schema s46 = object(w29, c19, 0x0U);
constexpr std::string_view w30_words[] = {
    "ChargingStationExternalConstraints", "ChargingStationMaxProfile", "TxDefaultProfile", "TxProfile",
};
constexpr std::uint8_t w30_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w30{w30_words, w30_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr schema s47 = choice(w30);
constexpr std::string_view w31_words[] = {
    "customData", "evseId", "chargingProfilePurpose", "stackLevel",
};
constexpr std::uint8_t w31_slots[] = {
    1, 2, 0, 3,
};
constexpr word_set w31{w31_words, w31_slots, 0x356b786f3546be55U, 62, 4};
constexpr const schema* c20[] = {
    &s1, &s18, &s47, &s18,
};
constexpr schema s48 = object(w31, c20, 0x0U);
constexpr std::string_view w32_words[] = {
    "customData", "chargingProfileId", "chargingProfileCriteria",
};
constexpr std::uint8_t w32_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w32{w32_words, w32_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c21[] = {
    &s1, &s18, &s48,
};
constexpr schema s49 = object(w32, c21, 0x0U);
constexpr std::string_view w33_words[] = {
    "Accepted", "Unknown",
};
constexpr std::uint8_t w33_slots[] = {
    0, 1,
};
constexpr word_set w33{w33_words, w33_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s50 = choice(w33);
constexpr const schema* c22[] = {
    &s1, &s50, &s33,
};
constexpr schema s51 = object(w22, c22, 0x2U);
constexpr std::string_view w34_words[] = {
    "customData", "id",
};
constexpr std::uint8_t w34_slots[] = {
    1, 0,
};
constexpr word_set w34{w34_words, w34_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr schema s52 = object(w34, c13, 0x2U);
constexpr const schema* c23[] = {
    &s1, &s20,
};
constexpr schema s53 = object(w34, c23, 0x2U);
constexpr std::string_view w35_words[] = {
    "Accepted", "Rejected", "NotFound",
};
constexpr std::uint8_t w35_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w35{w35_words, w35_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s54 = choice(w35);
constexpr std::string_view w36_words[] = {
    "customData", "status", "id", "statusInfo",
};
constexpr std::uint8_t w36_slots[] = {
    1, 0, 3, 2,
};
constexpr word_set w36{w36_words, w36_slots, 0x837d19dbbd896311U, 62, 4};
constexpr const schema* c24[] = {
    &s1, &s54, &s18, &s33,
};
constexpr schema s55 = object(w36, c24, 0x6U);
constexpr schema s56 = list(s55, 1);
constexpr std::string_view w37_words[] = {
    "customData", "clearMonitoringResult",
};
constexpr std::uint8_t w37_slots[] = {
    1, 0,
};
constexpr word_set w37{w37_words, w37_slots, 0xcc125c698e20d4a1U, 63, 2};
constexpr const schema* c25[] = {
    &s1, &s56,
};
constexpr schema s57 = object(w37, c25, 0x2U);
constexpr std::string_view w38_words[] = {
    "EMS", "Other", "SO", "CSO",
};
constexpr std::uint8_t w38_slots[] = {
    3, 0, 1, 2,
};
constexpr word_set w38{w38_words, w38_slots, 0x176b6dc1ed4f3899U, 62, 4};
constexpr schema s58 = choice(w38);
constexpr std::string_view w39_words[] = {
    "customData", "chargingLimitSource", "evseId",
};
constexpr std::uint8_t w39_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w39{w39_words, w39_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c26[] = {
    &s1, &s58, &s18,
};
constexpr schema s59 = object(w39, c26, 0x2U);
constexpr schema s60 = number();
constexpr std::string_view w40_words[] = {
    "customData", "totalCost", "transactionId",
};
constexpr std::uint8_t w40_slots[] = {
    2, 1, 255, 0,
};
constexpr word_set w40{w40_words, w40_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c27[] = {
    &s1, &s60, &s2,
};
constexpr schema s61 = object(w40, c27, 0x6U);
constexpr std::string_view w41_words[] = {
    "customData", "hashAlgorithm", "issuerNameHash", "issuerKeyHash", "serialNumber",
};
constexpr std::uint8_t w41_slots[] = {
    255, 3, 1, 255, 2, 255, 4, 0,
};
constexpr word_set w41{w41_words, w41_slots, 0x74761d19bb4cb649U, 61, 5};
constexpr const schema* c28[] = {
    &s1, &s9, &s10, &s10, &s11,
};
constexpr schema s62 = object(w41, c28, 0x1eU);
constexpr schema s63 = boolean();
constexpr schema s64 = string(64);
constexpr std::string_view w42_words[] = {
    "customData", "customerCertificate", "idToken", "requestId", "report", "clear", "customerIdentifier",
};
constexpr std::uint8_t w42_slots[] = {
    1, 5, 2, 6, 4, 255, 3, 0,
};
constexpr word_set w42{w42_words, w42_slots, 0x74761d19bb4cb649U, 61, 7};
constexpr const schema* c29[] = {
    &s1, &s62, &s7, &s18, &s63, &s63, &s64,
};
constexpr schema s65 = object(w42, c29, 0x38U);
constexpr std::string_view w43_words[] = {
    "Accepted", "Rejected", "Invalid",
};
constexpr std::uint8_t w43_slots[] = {
    0, 2, 255, 1,
};
constexpr word_set w43{w43_words, w43_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s66 = choice(w43);
constexpr const schema* c30[] = {
    &s1, &s66, &s33,
};
constexpr schema s67 = object(w22, c30, 0x2U);
constexpr schema s68 = anything();
constexpr std::string_view w44_words[] = {
    "customData", "messageId", "data", "vendorId",
};
constexpr std::uint8_t w44_slots[] = {
    2, 3, 1, 0,
};
constexpr word_set w44{w44_words, w44_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c31[] = {
    &s1, &s3, &s68, &s0,
};
constexpr schema s69 = object(w44, c31, 0x8U);
constexpr std::string_view w45_words[] = {
    "Accepted", "Rejected", "UnknownMessageId", "UnknownVendorId",
};
constexpr std::uint8_t w45_slots[] = {
    3, 1, 2, 0,
};
constexpr word_set w45{w45_words, w45_slots, 0x20f14e1870bc2141U, 62, 4};
constexpr schema s70 = choice(w45);
constexpr std::string_view w46_words[] = {
    "customData", "status", "statusInfo", "data",
};
constexpr std::uint8_t w46_slots[] = {
    2, 1, 3, 0,
};
constexpr word_set w46{w46_words, w46_slots, 0x954870e3140a8a0dU, 62, 4};
constexpr const schema* c32[] = {
    &s1, &s70, &s33, &s68,
};
constexpr schema s71 = object(w46, c32, 0x2U);
constexpr std::string_view w47_words[] = {
    "customData", "certificateHashData",
};
constexpr std::uint8_t w47_slots[] = {
    1, 0,
};
constexpr word_set w47{w47_words, w47_slots, 0x176b6dc1ed4f3899U, 63, 2};
constexpr const schema* c33[] = {
    &s1, &s62,
};
constexpr schema s72 = object(w47, c33, 0x2U);
constexpr std::string_view w48_words[] = {
    "Accepted", "Failed", "NotFound",
};
constexpr std::uint8_t w48_slots[] = {
    2, 255, 0, 1,
};
constexpr word_set w48{w48_words, w48_slots, 0xaaf5661e58755b35U, 62, 3};
constexpr schema s73 = choice(w48);
constexpr const schema* c34[] = {
    &s1, &s73, &s33,
};
constexpr schema s74 = object(w22, c34, 0x2U);
constexpr std::string_view w49_words[] = {
    "Downloaded", "DownloadFailed", "Downloading", "DownloadScheduled", "DownloadPaused", "Idle", "InstallationFailed",
    "Installing", "Installed", "InstallRebooting", "InstallScheduled", "InstallVerificationFailed", "InvalidSignature",
    "SignatureVerified",
};
constexpr std::uint8_t w49_slots[] = {
    9, 13, 8, 7, 5, 2, 0, 255, 4, 11, 1, 6, 255, 12, 10, 3,
};
constexpr word_set w49{w49_words, w49_slots, 0x5056e312ce4b7619U, 60, 14};
constexpr schema s75 = choice(w49);
constexpr std::string_view w50_words[] = {
    "customData", "status", "requestId",
};
constexpr std::uint8_t w50_slots[] = {
    1, 2, 255, 0,
};
constexpr word_set w50{w50_words, w50_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c35[] = {
    &s1, &s75, &s18,
};
constexpr schema s76 = object(w50, c35, 0x2U);
constexpr std::string_view w51_words[] = {
    "Install", "Update",
};
constexpr std::uint8_t w51_slots[] = {
    0, 1,
};
constexpr word_set w51{w51_words, w51_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s77 = choice(w51);
constexpr schema s78 = string(5600);
constexpr std::string_view w52_words[] = {
    "customData", "iso15118SchemaVersion", "action", "exiRequest",
};
constexpr std::uint8_t w52_slots[] = {
    1, 2, 3, 0,
};
constexpr word_set w52{w52_words, w52_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr const schema* c36[] = {
    &s1, &s3, &s77, &s78,
};
constexpr schema s79 = object(w52, c36, 0xeU);
constexpr std::string_view w53_words[] = {
    "Accepted", "Failed",
};
constexpr std::uint8_t w53_slots[] = {
    0, 1,
};
constexpr word_set w53{w53_words, w53_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s80 = choice(w53);
constexpr std::string_view w54_words[] = {
    "customData", "status", "statusInfo", "exiResponse",
};
constexpr std::uint8_t w54_slots[] = {
    1, 3, 2, 0,
};
constexpr word_set w54{w54_words, w54_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c37[] = {
    &s1, &s80, &s33, &s78,
};
constexpr schema s81 = object(w54, c37, 0xaU);
constexpr std::string_view w55_words[] = {
    "ConfigurationInventory", "FullInventory", "SummaryInventory",
};
constexpr std::uint8_t w55_slots[] = {
    255, 2, 1, 0,
};
constexpr word_set w55{w55_words, w55_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s82 = choice(w55);
constexpr std::string_view w56_words[] = {
    "customData", "requestId", "reportBase",
};
constexpr std::uint8_t w56_slots[] = {
    255, 1, 2, 0,
};
constexpr word_set w56{w56_words, w56_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c38[] = {
    &s1, &s18, &s82,
};
constexpr schema s83 = object(w56, c38, 0x6U);
constexpr std::string_view w57_words[] = {
    "Accepted", "Rejected", "NotSupported", "EmptyResultSet",
};
constexpr std::uint8_t w57_slots[] = {
    1, 2, 0, 3,
};
constexpr word_set w57{w57_words, w57_slots, 0xe323932090815445U, 62, 4};
constexpr schema s84 = choice(w57);
constexpr const schema* c39[] = {
    &s1, &s84, &s33,
};
constexpr schema s85 = object(w22, c39, 0x2U);
constexpr std::string_view w58_words[] = {
    "customData", "ocspRequestData",
};
constexpr std::uint8_t w58_slots[] = {
    1, 0,
};
constexpr word_set w58{w58_words, w58_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c40[] = {
    &s1, &s13,
};
constexpr schema s86 = object(w58, c40, 0x2U);
constexpr std::string_view w59_words[] = {
    "customData", "status", "statusInfo", "ocspResult",
};
constexpr std::uint8_t w59_slots[] = {
    3, 2, 1, 0,
};
constexpr word_set w59{w59_words, w59_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr const schema* c41[] = {
    &s1, &s80, &s33, &s8,
};
constexpr schema s87 = object(w59, c41, 0x2U);
constexpr schema s88 = list(s58, 1, 4);
constexpr std::string_view w60_words[] = {
    "customData", "chargingProfilePurpose", "stackLevel", "chargingProfileId", "chargingLimitSource",
};
constexpr std::uint8_t w60_slots[] = {
    2, 4, 1, 255, 255, 3, 0, 255,
};
constexpr word_set w60{w60_words, w60_slots, 0xfe7e60ff3d1829d1U, 61, 5};
constexpr const schema* c42[] = {
    &s1, &s47, &s18, &s20, &s88,
};
constexpr schema s89 = object(w60, c42, 0x0U);
constexpr std::string_view w61_words[] = {
    "customData", "requestId", "evseId", "chargingProfile",
};
constexpr std::uint8_t w61_slots[] = {
    1, 3, 2, 0,
};
constexpr word_set w61{w61_words, w61_slots, 0x954870e3140a8a0dU, 62, 4};
constexpr const schema* c43[] = {
    &s1, &s18, &s18, &s89,
};
constexpr schema s90 = object(w61, c43, 0xaU);
constexpr std::string_view w62_words[] = {
    "Accepted", "NoProfiles",
};
constexpr std::uint8_t w62_slots[] = {
    0, 1,
};
constexpr word_set w62{w62_words, w62_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s91 = choice(w62);
constexpr const schema* c44[] = {
    &s1, &s91, &s33,
};
constexpr schema s92 = object(w22, c44, 0x2U);
constexpr std::string_view w63_words[] = {
    "W", "A",
};
constexpr std::uint8_t w63_slots[] = {
    0, 1,
};
constexpr word_set w63{w63_words, w63_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s93 = choice(w63);
constexpr std::string_view w64_words[] = {
    "customData", "duration", "chargingRateUnit", "evseId",
};
constexpr std::uint8_t w64_slots[] = {
    3, 2, 0, 1,
};
constexpr word_set w64{w64_words, w64_slots, 0x356b786f3546be55U, 62, 4};
constexpr const schema* c45[] = {
    &s1, &s18, &s93, &s18,
};
constexpr schema s94 = object(w64, c45, 0xaU);
constexpr std::string_view w65_words[] = {
    "customData", "startPeriod", "limit", "numberPhases", "phaseToUse",
};
constexpr std::uint8_t w65_slots[] = {
    255, 3, 1, 255, 2, 255, 0, 4,
};
constexpr word_set w65{w65_words, w65_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c46[] = {
    &s1, &s18, &s60, &s18, &s18,
};
constexpr schema s95 = object(w65, c46, 0x6U);
constexpr schema s96 = list(s95, 1);
constexpr std::string_view w66_words[] = {
    "customData", "chargingSchedulePeriod", "evseId", "duration", "scheduleStart", "chargingRateUnit",
};
constexpr std::uint8_t w66_slots[] = {
    5, 3, 1, 0, 4, 255, 255, 2,
};
constexpr word_set w66{w66_words, w66_slots, 0x6b44b389063aa965U, 61, 6};
constexpr const schema* c47[] = {
    &s1, &s96, &s18, &s18, &s17, &s93,
};
constexpr schema s97 = object(w66, c47, 0x3eU);
constexpr std::string_view w67_words[] = {
    "customData", "status", "statusInfo", "schedule",
};
constexpr std::uint8_t w67_slots[] = {
    1, 3, 2, 0,
};
constexpr word_set w67{w67_words, w67_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c48[] = {
    &s1, &s36, &s33, &s97,
};
constexpr schema s98 = object(w67, c48, 0x2U);
constexpr std::string_view w68_words[] = {
    "AlwaysFront", "InFront", "NormalCycle",
};
constexpr std::uint8_t w68_slots[] = {
    2, 255, 0, 1,
};
constexpr word_set w68{w68_words, w68_slots, 0x881fc588b6cec325U, 62, 3};
constexpr schema s99 = choice(w68);
constexpr std::string_view w69_words[] = {
    "Charging", "Faulted", "Idle", "Unavailable",
};
constexpr std::uint8_t w69_slots[] = {
    2, 0, 1, 3,
};
constexpr word_set w69{w69_words, w69_slots, 0x14196417ca5dc09dU, 62, 4};
constexpr schema s100 = choice(w69);
constexpr std::string_view w70_words[] = {
    "customData", "id", "requestId", "priority", "state",
};
constexpr std::uint8_t w70_slots[] = {
    4, 255, 2, 255, 1, 255, 0, 3,
};
constexpr word_set w70{w70_words, w70_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c49[] = {
    &s1, &s20, &s18, &s99, &s100,
};
constexpr schema s101 = object(w70, c49, 0x4U);
constexpr std::string_view w71_words[] = {
    "V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate", "V2GCertificateChain",
    "ManufacturerRootCertificate",
};
constexpr std::uint8_t w71_slots[] = {
    255, 2, 255, 255, 1, 3, 4, 0,
};
constexpr word_set w71{w71_words, w71_slots, 0x176b6dc1ed4f3899U, 61, 5};
constexpr schema s102 = choice(w71);
constexpr schema s103 = list(s102, 1);
constexpr std::string_view w72_words[] = {
    "customData", "certificateType",
};
constexpr std::uint8_t w72_slots[] = {
    1, 0,
};
constexpr word_set w72{w72_words, w72_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c50[] = {
    &s1, &s103,
};
constexpr schema s104 = object(w72, c50, 0x0U);
constexpr std::string_view w73_words[] = {
    "Accepted", "NotFound",
};
constexpr std::uint8_t w73_slots[] = {
    0, 1,
};
constexpr word_set w73{w73_words, w73_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s105 = choice(w73);
constexpr schema s106 = list(s62, 1, 4);
constexpr std::string_view w74_words[] = {
    "customData", "certificateHashData", "certificateType", "childCertificateHashData",
};
constexpr std::uint8_t w74_slots[] = {
    3, 2, 1, 0,
};
constexpr word_set w74{w74_words, w74_slots, 0x881fc588b6cec325U, 62, 4};
constexpr const schema* c51[] = {
    &s1, &s62, &s102, &s106,
};
constexpr schema s107 = object(w74, c51, 0x6U);
constexpr schema s108 = list(s107, 1);
constexpr std::string_view w75_words[] = {
    "customData", "status", "statusInfo", "certificateHashDataChain",
};
constexpr std::uint8_t w75_slots[] = {
    2, 1, 3, 0,
};
constexpr word_set w75{w75_words, w75_slots, 0x954870e3140a8a0dU, 62, 4};
constexpr const schema* c52[] = {
    &s1, &s105, &s33, &s108,
};
constexpr schema s109 = object(w75, c52, 0x2U);
constexpr std::string_view w76_words[] = {
    "customData", "versionNumber",
};
constexpr std::uint8_t w76_slots[] = {
    1, 0,
};
constexpr word_set w76{w76_words, w76_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s110 = object(w76, c13, 0x2U);
constexpr std::string_view w77_words[] = {
    "customData", "remoteLocation", "oldestTimestamp", "latestTimestamp",
};
constexpr std::uint8_t w77_slots[] = {
    2, 1, 3, 0,
};
constexpr word_set w77{w77_words, w77_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c53[] = {
    &s1, &s12, &s17, &s17,
};
constexpr schema s111 = object(w77, c53, 0x2U);
constexpr std::string_view w78_words[] = {
    "DiagnosticsLog", "SecurityLog",
};
constexpr std::uint8_t w78_slots[] = {
    1, 0,
};
constexpr word_set w78{w78_words, w78_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr schema s112 = choice(w78);
constexpr std::string_view w79_words[] = {
    "customData", "log", "logType", "requestId", "retries", "retryInterval",
};
constexpr std::uint8_t w79_slots[] = {
    255, 5, 4, 0, 1, 2, 3, 255,
};
constexpr word_set w79{w79_words, w79_slots, 0xd8dc9c3cda44f05U, 61, 6};
constexpr const schema* c54[] = {
    &s1, &s111, &s112, &s18, &s18, &s18,
};
constexpr schema s113 = object(w79, c54, 0xeU);
constexpr std::string_view w80_words[] = {
    "Accepted", "Rejected", "AcceptedCanceled",
};
constexpr std::uint8_t w80_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w80{w80_words, w80_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s114 = choice(w80);
constexpr std::string_view w81_words[] = {
    "customData", "status", "statusInfo", "filename",
};
constexpr std::uint8_t w81_slots[] = {
    2, 1, 3, 0,
};
constexpr word_set w81{w81_words, w81_slots, 0x881fc588b6cec325U, 62, 4};
constexpr const schema* c55[] = {
    &s1, &s114, &s33, &s0,
};
constexpr schema s115 = object(w81, c55, 0x2U);
constexpr std::string_view w82_words[] = {
    "customData", "evse", "name", "instance",
};
constexpr std::uint8_t w82_slots[] = {
    1, 3, 0, 2,
};
constexpr word_set w82{w82_words, w82_slots, 0x356b786f3546be55U, 62, 4};
constexpr const schema* c56[] = {
    &s1, &s41, &s3, &s3,
};
constexpr schema s116 = object(w82, c56, 0x4U);
constexpr std::string_view w83_words[] = {
    "customData", "name", "instance",
};
constexpr std::uint8_t w83_slots[] = {
    255, 2, 1, 0,
};
constexpr word_set w83{w83_words, w83_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr const schema* c57[] = {
    &s1, &s3, &s3,
};
constexpr schema s117 = object(w83, c57, 0x2U);
constexpr std::string_view w84_words[] = {
    "customData", "component", "variable",
};
constexpr std::uint8_t w84_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w84{w84_words, w84_slots, 0x954870e3140a8a0dU, 62, 3};
constexpr const schema* c58[] = {
    &s1, &s116, &s117,
};
constexpr schema s118 = object(w84, c58, 0x2U);
constexpr schema s119 = list(s118, 1);
constexpr std::string_view w85_words[] = {
    "ThresholdMonitoring", "DeltaMonitoring", "PeriodicMonitoring",
};
constexpr std::uint8_t w85_slots[] = {
    255, 2, 1, 0,
};
constexpr word_set w85{w85_words, w85_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr schema s120 = choice(w85);
constexpr schema s121 = list(s120, 1, 3);
constexpr std::string_view w86_words[] = {
    "customData", "componentVariable", "requestId", "monitoringCriteria",
};
constexpr std::uint8_t w86_slots[] = {
    1, 0, 2, 3,
};
constexpr word_set w86{w86_words, w86_slots, 0x48349983c3cd98bdU, 62, 4};
constexpr const schema* c59[] = {
    &s1, &s119, &s18, &s121,
};
constexpr schema s122 = object(w86, c59, 0x4U);
constexpr std::string_view w87_words[] = {
    "Active", "Available", "Enabled", "Problem",
};
constexpr std::uint8_t w87_slots[] = {
    2, 1, 3, 0,
};
constexpr word_set w87{w87_words, w87_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr schema s123 = choice(w87);
constexpr schema s124 = list(s123, 1, 4);
constexpr std::string_view w88_words[] = {
    "customData", "componentVariable", "requestId", "componentCriteria",
};
constexpr std::uint8_t w88_slots[] = {
    3, 2, 0, 1,
};
constexpr word_set w88{w88_words, w88_slots, 0xaaf5661e58755b35U, 62, 4};
constexpr const schema* c60[] = {
    &s1, &s119, &s18, &s124,
};
constexpr schema s125 = object(w88, c60, 0x4U);
constexpr std::string_view w89_words[] = {
    "customData", "transactionId",
};
constexpr std::uint8_t w89_slots[] = {
    1, 0,
};
constexpr word_set w89{w89_words, w89_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c61[] = {
    &s1, &s2,
};
constexpr schema s126 = object(w89, c61, 0x0U);
constexpr std::string_view w90_words[] = {
    "customData", "ongoingIndicator", "messagesInQueue",
};
constexpr std::uint8_t w90_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w90{w90_words, w90_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c62[] = {
    &s1, &s63, &s63,
};
constexpr schema s127 = object(w90, c62, 0x4U);
constexpr std::string_view w91_words[] = {
    "Actual", "Target", "MinSet", "MaxSet",
};
constexpr std::uint8_t w91_slots[] = {
    1, 0, 3, 2,
};
constexpr word_set w91{w91_words, w91_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr schema s128 = choice(w91);
constexpr std::string_view w92_words[] = {
    "customData", "attributeType", "component", "variable",
};
constexpr std::uint8_t w92_slots[] = {
    3, 1, 2, 0,
};
constexpr word_set w92{w92_words, w92_slots, 0xa498776b71d814ddU, 62, 4};
constexpr const schema* c63[] = {
    &s1, &s128, &s116, &s117,
};
constexpr schema s129 = object(w92, c63, 0xcU);
constexpr schema s130 = list(s129, 1);
constexpr std::string_view w93_words[] = {
    "customData", "getVariableData",
};
constexpr std::uint8_t w93_slots[] = {
    1, 0,
};
constexpr word_set w93{w93_words, w93_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c64[] = {
    &s1, &s130,
};
constexpr schema s131 = object(w93, c64, 0x2U);
constexpr std::string_view w94_words[] = {
    "Accepted", "Rejected", "UnknownComponent", "UnknownVariable", "NotSupportedAttributeType",
};
constexpr std::uint8_t w94_slots[] = {
    0, 1, 2, 255, 4, 3, 255, 255,
};
constexpr word_set w94{w94_words, w94_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr schema s132 = choice(w94);
constexpr schema s133 = string(2500);
constexpr std::string_view w95_words[] = {
    "customData", "attributeStatusInfo", "attributeStatus", "attributeType", "attributeValue", "component", "variable",
};
constexpr std::uint8_t w95_slots[] = {
    6, 2, 4, 255, 3, 1, 5, 0,
};
constexpr word_set w95{w95_words, w95_slots, 0xb4a758a54deee9a1U, 61, 7};
constexpr const schema* c65[] = {
    &s1, &s33, &s132, &s128, &s133, &s116, &s117,
};
constexpr schema s134 = object(w95, c65, 0x64U);
constexpr schema s135 = list(s134, 1);
constexpr std::string_view w96_words[] = {
    "customData", "getVariableResult",
};
constexpr std::uint8_t w96_slots[] = {
    1, 0,
};
constexpr word_set w96{w96_words, w96_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c66[] = {
    &s1, &s135,
};
constexpr schema s136 = object(w96, c66, 0x2U);
constexpr std::string_view w97_words[] = {
    "customData", "currentTime",
};
constexpr std::uint8_t w97_slots[] = {
    1, 0,
};
constexpr word_set w97{w97_words, w97_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr const schema* c67[] = {
    &s1, &s17,
};
constexpr schema s137 = object(w97, c67, 0x2U);
constexpr std::string_view w98_words[] = {
    "V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate", "ManufacturerRootCertificate",
};
constexpr std::uint8_t w98_slots[] = {
    3, 0, 2, 1,
};
constexpr word_set w98{w98_words, w98_slots, 0xaaf5661e58755b35U, 62, 4};
constexpr schema s138 = choice(w98);
constexpr std::string_view w99_words[] = {
    "customData", "certificateType", "certificate",
};
constexpr std::uint8_t w99_slots[] = {
    1, 2, 255, 0,
};
constexpr word_set w99{w99_words, w99_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c68[] = {
    &s1, &s138, &s8,
};
constexpr schema s139 = object(w99, c68, 0x6U);
constexpr std::string_view w100_words[] = {
    "Accepted", "Rejected", "Failed",
};
constexpr std::uint8_t w100_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w100{w100_words, w100_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s140 = choice(w100);
constexpr const schema* c69[] = {
    &s1, &s140, &s33,
};
constexpr schema s141 = object(w22, c69, 0x2U);
constexpr std::string_view w101_words[] = {
    "BadMessage", "Idle", "NotSupportedOperation", "PermissionDenied", "Uploaded", "UploadFailure", "Uploading",
    "AcceptedCanceled",
};
constexpr std::uint8_t w101_slots[] = {
    7, 0, 5, 3, 6, 1, 4, 2,
};
constexpr word_set w101{w101_words, w101_slots, 0x7c0055f9e218b23dU, 61, 8};
constexpr schema s142 = choice(w101);
constexpr const schema* c70[] = {
    &s1, &s142, &s18,
};
constexpr schema s143 = object(w50, c70, 0x2U);
constexpr std::string_view w102_words[] = {
    "Interruption.Begin", "Interruption.End", "Other", "Sample.Clock", "Sample.Periodic", "Transaction.Begin",
    "Transaction.End", "Trigger",
};
constexpr std::uint8_t w102_slots[] = {
    3, 5, 0, 6, 4, 7, 2, 1,
};
constexpr word_set w102{w102_words, w102_slots, 0x27669780dccc8b41U, 61, 8};
constexpr schema s144 = choice(w102);
constexpr std::string_view w103_words[] = {
    "Current.Export", "Current.Import", "Current.Offered", "Energy.Active.Export.Register",
    "Energy.Active.Import.Register", "Energy.Reactive.Export.Register", "Energy.Reactive.Import.Register",
    "Energy.Active.Export.Interval", "Energy.Active.Import.Interval", "Energy.Active.Net",
    "Energy.Reactive.Export.Interval", "Energy.Reactive.Import.Interval", "Energy.Reactive.Net", "Energy.Apparent.Net",
    "Energy.Apparent.Import", "Energy.Apparent.Export", "Frequency", "Power.Active.Export", "Power.Active.Import",
    "Power.Factor", "Power.Offered", "Power.Reactive.Export", "Power.Reactive.Import", "SoC", "Voltage",
};
constexpr std::uint8_t w103_slots[] = {
    255, 5, 255, 255, 255, 255, 255, 15, 255, 255, 17, 255, 255, 255, 255, 0, 7, 11, 24, 255, 255, 255, 255, 255, 255,
    9, 255, 8, 255, 255, 255, 22, 255, 14, 6, 2, 255, 18, 255, 3, 255, 13, 4, 255, 255, 255, 255, 19, 255, 255, 16,
    255, 20, 255, 23, 10, 255, 1, 21, 255, 255, 255, 12, 255,
};
constexpr word_set w103{w103_words, w103_slots, 0x7b3037a23afdc1e1U, 58, 25};
constexpr schema s145 = choice(w103);
constexpr std::string_view w104_words[] = {
    "L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1",
};
constexpr std::uint8_t w104_slots[] = {
    3, 4, 1, 6, 255, 255, 7, 0, 9, 255, 5, 8, 255, 2, 255, 255,
};
constexpr word_set w104{w104_words, w104_slots, 0x96317eaaed5dcf29U, 60, 10};
constexpr schema s146 = choice(w104);
constexpr std::string_view w105_words[] = {
    "Body", "Cable", "EV", "Inlet", "Outlet",
};
constexpr std::uint8_t w105_slots[] = {
    3, 255, 0, 255, 2, 255, 1, 4,
};
constexpr word_set w105{w105_words, w105_slots, 0xfe7e60ff3d1829d1U, 61, 5};
constexpr schema s147 = choice(w105);
constexpr std::string_view w106_words[] = {
    "customData", "signedMeterData", "signingMethod", "encodingMethod", "publicKey",
};
constexpr std::uint8_t w106_slots[] = {
    4, 1, 255, 255, 255, 3, 0, 2,
};
constexpr word_set w106{w106_words, w106_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c71[] = {
    &s1, &s133, &s3, &s3, &s133,
};
constexpr schema s148 = object(w106, c71, 0x1eU);
constexpr std::string_view w107_words[] = {
    "customData", "unit", "multiplier",
};
constexpr std::uint8_t w107_slots[] = {
    1, 2, 255, 0,
};
constexpr word_set w107{w107_words, w107_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr const schema* c72[] = {
    &s1, &s27, &s18,
};
constexpr schema s149 = object(w107, c72, 0x0U);
constexpr std::string_view w108_words[] = {
    "customData", "value", "context", "measurand", "phase", "location", "signedMeterValue", "unitOfMeasure",
};
constexpr std::uint8_t w108_slots[] = {
    2, 7, 4, 6, 5, 0, 3, 1,
};
constexpr word_set w108{w108_words, w108_slots, 0x68a97234bb8c4b69U, 61, 8};
constexpr const schema* c73[] = {
    &s1, &s60, &s144, &s145, &s146, &s147, &s148, &s149,
};
constexpr schema s150 = object(w108, c73, 0x2U);
constexpr schema s151 = list(s150, 1);
constexpr std::string_view w109_words[] = {
    "customData", "sampledValue", "timestamp",
};
constexpr std::uint8_t w109_slots[] = {
    255, 1, 2, 0,
};
constexpr word_set w109{w109_words, w109_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c74[] = {
    &s1, &s151, &s17,
};
constexpr schema s152 = object(w109, c74, 0x6U);
constexpr schema s153 = list(s152, 1);
constexpr std::string_view w110_words[] = {
    "customData", "evseId", "meterValue",
};
constexpr std::uint8_t w110_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w110{w110_words, w110_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c75[] = {
    &s1, &s18, &s153,
};
constexpr schema s154 = object(w110, c75, 0x6U);
constexpr schema s155 = list(s95, 1, 1024);
constexpr schema s156 = string(32);
constexpr std::string_view w111_words[] = {
    "customData", "start", "duration",
};
constexpr std::uint8_t w111_slots[] = {
    2, 1, 255, 0,
};
constexpr word_set w111{w111_words, w111_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s157 = object(w111, c16, 0x2U);
constexpr schema s158 = at_least(integer(), 0);
constexpr std::string_view w112_words[] = {
    "CarbonDioxideEmission", "RelativePricePercentage", "RenewableGenerationPercentage",
};
constexpr std::uint8_t w112_slots[] = {
    1, 2, 255, 0,
};
constexpr word_set w112{w112_words, w112_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s159 = choice(w112);
constexpr std::string_view w113_words[] = {
    "customData", "costKind", "amount", "amountMultiplier",
};
constexpr std::uint8_t w113_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w113{w113_words, w113_slots, 0x474132d865811c39U, 62, 4};
constexpr const schema* c76[] = {
    &s1, &s159, &s18, &s18,
};
constexpr schema s160 = object(w113, c76, 0x6U);
constexpr schema s161 = list(s160, 1, 3);
constexpr std::string_view w114_words[] = {
    "customData", "startValue", "cost",
};
constexpr std::uint8_t w114_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w114{w114_words, w114_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c77[] = {
    &s1, &s60, &s161,
};
constexpr schema s162 = object(w114, c77, 0x6U);
constexpr schema s163 = list(s162, 1, 3);
constexpr std::string_view w115_words[] = {
    "customData", "relativeTimeInterval", "ePriceLevel", "consumptionCost",
};
constexpr std::uint8_t w115_slots[] = {
    2, 3, 1, 0,
};
constexpr word_set w115{w115_words, w115_slots, 0x20f14e1870bc2141U, 62, 4};
constexpr const schema* c78[] = {
    &s1, &s157, &s158, &s163,
};
constexpr schema s164 = object(w115, c78, 0x2U);
constexpr schema s165 = list(s164, 1, 1024);
constexpr std::string_view w116_words[] = {
    "customData", "id", "salesTariffDescription", "numEPriceLevels", "salesTariffEntry",
};
constexpr std::uint8_t w116_slots[] = {
    0, 255, 255, 1, 3, 4, 255, 2,
};
constexpr word_set w116{w116_words, w116_slots, 0x14196417ca5dc09dU, 61, 5};
constexpr const schema* c79[] = {
    &s1, &s18, &s156, &s18, &s165,
};
constexpr schema s166 = object(w116, c79, 0x12U);
constexpr std::string_view w117_words[] = {
    "customData", "id", "startSchedule", "duration", "chargingRateUnit", "chargingSchedulePeriod", "minChargingRate",
    "salesTariff",
};
constexpr std::uint8_t w117_slots[] = {
    5, 7, 2, 0, 6, 4, 1, 3,
};
constexpr word_set w117{w117_words, w117_slots, 0xabed99f89bd2d4c9U, 61, 8};
constexpr const schema* c80[] = {
    &s1, &s18, &s17, &s18, &s93, &s155, &s60, &s166,
};
constexpr schema s167 = object(w117, c80, 0x32U);
constexpr schema s168 = list(s167, 1);
constexpr std::string_view w118_words[] = {
    "customData", "chargingLimitSource", "isGridCritical",
};
constexpr std::uint8_t w118_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w118{w118_words, w118_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c81[] = {
    &s1, &s58, &s63,
};
constexpr schema s169 = object(w118, c81, 0x2U);
constexpr std::string_view w119_words[] = {
    "customData", "chargingSchedule", "evseId", "chargingLimit",
};
constexpr std::uint8_t w119_slots[] = {
    1, 2, 3, 0,
};
constexpr word_set w119{w119_words, w119_slots, 0xfe7e60ff3d1829d1U, 62, 4};
constexpr const schema* c82[] = {
    &s1, &s168, &s18, &s169,
};
constexpr schema s170 = object(w119, c82, 0x8U);
constexpr std::string_view w120_words[] = {
    "customData", "data", "tbc", "seqNo", "generatedAt", "requestId",
};
constexpr std::uint8_t w120_slots[] = {
    1, 4, 5, 255, 3, 255, 0, 2,
};
constexpr word_set w120{w120_words, w120_slots, 0x2ceaee21bf46bc01U, 61, 6};
constexpr const schema* c83[] = {
    &s1, &s12, &s63, &s18, &s17, &s18,
};
constexpr schema s171 = object(w120, c83, 0x3aU);
constexpr std::string_view w121_words[] = {
    "customData", "display", "id", "priority", "state", "startDateTime", "endDateTime", "transactionId", "message",
};
constexpr std::uint8_t w121_slots[] = {
    5, 255, 255, 7, 4, 255, 1, 255, 3, 2, 255, 255, 0, 8, 6, 255,
};
constexpr word_set w121{w121_words, w121_slots, 0x2d2697a66b00c7dU, 60, 9};
constexpr const schema* c84[] = {
    &s1, &s116, &s18, &s99, &s100, &s17, &s17, &s2, &s22,
};
constexpr schema s172 = object(w121, c84, 0x10cU);
constexpr schema s173 = list(s172, 1);
constexpr std::string_view w122_words[] = {
    "customData", "messageInfo", "requestId", "tbc",
};
constexpr std::uint8_t w122_slots[] = {
    3, 0, 2, 1,
};
constexpr word_set w122{w122_words, w122_slots, 0xe323932090815445U, 62, 4};
constexpr const schema* c85[] = {
    &s1, &s173, &s18, &s63,
};
constexpr schema s174 = object(w122, c85, 0x4U);
constexpr std::string_view w123_words[] = {
    "customData", "energyAmount", "evMinCurrent", "evMaxCurrent", "evMaxVoltage",
};
constexpr std::uint8_t w123_slots[] = {
    255, 255, 3, 255, 4, 1, 0, 2,
};
constexpr word_set w123{w123_words, w123_slots, 0xfe7e60ff3d1829d1U, 61, 5};
constexpr const schema* c86[] = {
    &s1, &s18, &s18, &s18, &s18,
};
constexpr schema s175 = object(w123, c86, 0x1eU);
constexpr schema s176 = at_most(at_least(integer(), 0), 100);
constexpr std::string_view w124_words[] = {
    "customData", "evMaxCurrent", "evMaxVoltage", "energyAmount", "evMaxPower", "stateOfCharge", "evEnergyCapacity",
    "fullSoC", "bulkSoC",
};
constexpr std::uint8_t w124_slots[] = {
    255, 0, 255, 255, 5, 255, 255, 3, 2, 8, 6, 1, 7, 255, 255, 4,
};
constexpr word_set w124{w124_words, w124_slots, 0x14196417ca5dc09dU, 60, 9};
constexpr const schema* c87[] = {
    &s1, &s18, &s18, &s18, &s18, &s176, &s18, &s176, &s176,
};
constexpr schema s177 = object(w124, c87, 0x6U);
constexpr std::string_view w125_words[] = {
    "DC", "AC_single_phase", "AC_two_phase", "AC_three_phase",
};
constexpr std::uint8_t w125_slots[] = {
    3, 2, 1, 0,
};
constexpr word_set w125{w125_words, w125_slots, 0x4ade2ac72dff1095U, 62, 4};
constexpr schema s178 = choice(w125);
constexpr std::string_view w126_words[] = {
    "customData", "acChargingParameters", "dcChargingParameters", "requestedEnergyTransfer", "departureTime",
};
constexpr std::uint8_t w126_slots[] = {
    255, 255, 4, 0, 2, 1, 3, 255,
};
constexpr word_set w126{w126_words, w126_slots, 0x48349983c3cd98bdU, 61, 5};
constexpr const schema* c88[] = {
    &s1, &s175, &s177, &s178, &s17,
};
constexpr schema s179 = object(w126, c88, 0x8U);
constexpr std::string_view w127_words[] = {
    "customData", "maxScheduleTuples", "chargingNeeds", "evseId",
};
constexpr std::uint8_t w127_slots[] = {
    3, 2, 1, 0,
};
constexpr word_set w127{w127_words, w127_slots, 0x881fc588b6cec325U, 62, 4};
constexpr const schema* c89[] = {
    &s1, &s18, &s179, &s18,
};
constexpr schema s180 = object(w127, c89, 0xcU);
constexpr std::string_view w128_words[] = {
    "Accepted", "Rejected", "Processing",
};
constexpr std::uint8_t w128_slots[] = {
    1, 2, 0, 255,
};
constexpr word_set w128{w128_words, w128_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr schema s181 = choice(w128);
constexpr const schema* c90[] = {
    &s1, &s181, &s33,
};
constexpr schema s182 = object(w22, c90, 0x2U);
constexpr std::string_view w129_words[] = {
    "customData", "timeBase", "chargingSchedule", "evseId",
};
constexpr std::uint8_t w129_slots[] = {
    2, 0, 1, 3,
};
constexpr word_set w129{w129_words, w129_slots, 0x9ac13de702aa586dU, 62, 4};
constexpr const schema* c91[] = {
    &s1, &s17, &s167, &s18,
};
constexpr schema s183 = object(w129, c91, 0xeU);
constexpr std::string_view w130_words[] = {
    "Alerting", "Delta", "Periodic",
};
constexpr std::uint8_t w130_slots[] = {
    1, 2, 0, 255,
};
constexpr word_set w130{w130_words, w130_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s184 = choice(w130);
constexpr schema s185 = string(500);
constexpr std::string_view w131_words[] = {
    "HardWiredNotification", "HardWiredMonitor", "PreconfiguredMonitor", "CustomMonitor",
};
constexpr std::uint8_t w131_slots[] = {
    1, 3, 0, 2,
};
constexpr word_set w131{w131_words, w131_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr schema s186 = choice(w131);
constexpr std::string_view w132_words[] = {
    "customData", "eventId", "timestamp", "trigger", "cause", "actualValue", "techCode", "techInfo", "cleared",
    "transactionId", "component", "variableMonitoringId", "eventNotificationType", "variable",
};
constexpr std::uint8_t w132_slots[] = {
    4, 255, 255, 255, 11, 2, 6, 255, 7, 255, 255, 255, 255, 255, 255, 255, 255, 8, 1, 10, 13, 3, 5, 255, 255, 0, 255,
    255, 9, 12, 255, 255,
};
constexpr word_set w132{w132_words, w132_slots, 0xdeb1efdf8afa8031U, 59, 14};
constexpr const schema* c92[] = {
    &s1, &s18, &s17, &s184, &s18, &s133, &s3, &s185, &s63, &s2, &s116, &s18, &s186, &s117,
};
constexpr schema s187 = object(w132, c92, 0x342eU);
constexpr schema s188 = list(s187, 1);
constexpr std::string_view w133_words[] = {
    "customData", "generatedAt", "tbc", "seqNo", "eventData",
};
constexpr std::uint8_t w133_slots[] = {
    255, 1, 4, 255, 3, 255, 0, 2,
};
constexpr word_set w133{w133_words, w133_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c93[] = {
    &s1, &s17, &s63, &s18, &s188,
};
constexpr schema s189 = object(w133, c93, 0x1aU);
constexpr std::string_view w134_words[] = {
    "UpperThreshold", "LowerThreshold", "Delta", "Periodic", "PeriodicClockAligned",
};
constexpr std::uint8_t w134_slots[] = {
    255, 3, 2, 255, 1, 0, 255, 4,
};
constexpr word_set w134{w134_words, w134_slots, 0x74761d19bb4cb649U, 61, 5};
constexpr schema s190 = choice(w134);
constexpr std::string_view w135_words[] = {
    "customData", "id", "transaction", "value", "type", "severity",
};
constexpr std::uint8_t w135_slots[] = {
    2, 4, 5, 3, 1, 255, 0, 255,
};
constexpr word_set w135{w135_words, w135_slots, 0x10094540f1a8c71U, 61, 6};
constexpr const schema* c94[] = {
    &s1, &s18, &s63, &s60, &s190, &s18,
};
constexpr schema s191 = object(w135, c94, 0x3eU);
constexpr schema s192 = list(s191, 1);
constexpr std::string_view w136_words[] = {
    "customData", "component", "variable", "variableMonitoring",
};
constexpr std::uint8_t w136_slots[] = {
    2, 3, 1, 0,
};
constexpr word_set w136{w136_words, w136_slots, 0x10094540f1a8c71U, 62, 4};
constexpr const schema* c95[] = {
    &s1, &s116, &s117, &s192,
};
constexpr schema s193 = object(w136, c95, 0xeU);
constexpr schema s194 = list(s193, 1);
constexpr std::string_view w137_words[] = {
    "customData", "monitor", "requestId", "tbc", "seqNo", "generatedAt",
};
constexpr std::uint8_t w137_slots[] = {
    2, 4, 0, 1, 5, 255, 255, 3,
};
constexpr word_set w137{w137_words, w137_slots, 0x796bebcce4653101U, 61, 6};
constexpr const schema* c96[] = {
    &s1, &s194, &s18, &s63, &s18, &s17,
};
constexpr schema s195 = object(w137, c96, 0x34U);
constexpr std::string_view w138_words[] = {
    "ReadOnly", "WriteOnly", "ReadWrite",
};
constexpr std::uint8_t w138_slots[] = {
    0, 255, 1, 2,
};
constexpr word_set w138{w138_words, w138_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s196 = choice(w138);
constexpr std::string_view w139_words[] = {
    "customData", "type", "value", "mutability", "persistent", "constant",
};
constexpr std::uint8_t w139_slots[] = {
    0, 4, 5, 255, 2, 255, 1, 3,
};
constexpr word_set w139{w139_words, w139_slots, 0x14196417ca5dc09dU, 61, 6};
constexpr const schema* c97[] = {
    &s1, &s128, &s133, &s196, &s63, &s63,
};
constexpr schema s197 = object(w139, c97, 0x0U);
constexpr schema s198 = list(s197, 1, 4);
constexpr schema s199 = string(16);
constexpr std::string_view w140_words[] = {
    "string", "decimal", "integer", "dateTime", "boolean", "OptionList", "SequenceList", "MemberList",
};
constexpr std::uint8_t w140_slots[] = {
    2, 0, 7, 1, 6, 5, 3, 4,
};
constexpr word_set w140{w140_words, w140_slots, 0x2c924992d2098d65U, 61, 8};
constexpr schema s200 = choice(w140);
constexpr schema s201 = string(1000);
constexpr std::string_view w141_words[] = {
    "customData", "unit", "dataType", "minLimit", "maxLimit", "valuesList", "supportsMonitoring",
};
constexpr std::uint8_t w141_slots[] = {
    0, 5, 255, 1, 3, 2, 4, 6,
};
constexpr word_set w141{w141_words, w141_slots, 0xc16c30e7cb40da89U, 61, 7};
constexpr const schema* c98[] = {
    &s1, &s199, &s200, &s60, &s60, &s201, &s63,
};
constexpr schema s202 = object(w141, c98, 0x44U);
constexpr std::string_view w142_words[] = {
    "customData", "component", "variable", "variableAttribute", "variableCharacteristics",
};
constexpr std::uint8_t w142_slots[] = {
    255, 3, 4, 2, 255, 255, 0, 1,
};
constexpr word_set w142{w142_words, w142_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr const schema* c99[] = {
    &s1, &s116, &s117, &s198, &s202,
};
constexpr schema s203 = object(w142, c99, 0xeU);
constexpr schema s204 = list(s203, 1);
constexpr std::string_view w143_words[] = {
    "customData", "requestId", "generatedAt", "reportData", "tbc", "seqNo",
};
constexpr std::uint8_t w143_slots[] = {
    1, 2, 4, 5, 3, 255, 255, 0,
};
constexpr word_set w143{w143_words, w143_slots, 0xb4a758a54deee9a1U, 61, 6};
constexpr const schema* c100[] = {
    &s1, &s18, &s17, &s204, &s63, &s18,
};
constexpr schema s205 = object(w143, c100, 0x26U);
constexpr std::string_view w144_words[] = {
    "customData", "location", "retries", "checksum", "requestId", "retryInterval",
};
constexpr std::uint8_t w144_slots[] = {
    1, 5, 4, 255, 0, 2, 3, 255,
};
constexpr word_set w144{w144_words, w144_slots, 0xaaf5661e58755b35U, 61, 6};
constexpr const schema* c101[] = {
    &s1, &s12, &s18, &s156, &s18, &s18,
};
constexpr schema s206 = object(w144, c101, 0x1aU);
constexpr std::string_view w145_words[] = {
    "Idle", "DownloadScheduled", "Downloading", "Downloaded", "Published", "DownloadFailed", "DownloadPaused",
    "InvalidChecksum", "ChecksumVerified", "PublishFailed",
};
constexpr std::uint8_t w145_slots[] = {
    3, 9, 4, 1, 255, 6, 255, 0, 255, 8, 255, 255, 2, 5, 255, 7,
};
constexpr word_set w145{w145_words, w145_slots, 0x474132d865811c39U, 60, 10};
constexpr schema s207 = choice(w145);
constexpr schema s208 = list(s12, 1);
constexpr std::string_view w146_words[] = {
    "customData", "status", "location", "requestId",
};
constexpr std::uint8_t w146_slots[] = {
    1, 3, 2, 0,
};
constexpr word_set w146{w146_words, w146_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c102[] = {
    &s1, &s207, &s208, &s18,
};
constexpr schema s209 = object(w146, c102, 0x2U);
constexpr std::string_view w147_words[] = {
    "Absolute", "Recurring", "Relative",
};
constexpr std::uint8_t w147_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w147{w147_words, w147_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s210 = choice(w147);
constexpr std::string_view w148_words[] = {
    "Daily", "Weekly",
};
constexpr std::uint8_t w148_slots[] = {
    0, 1,
};
constexpr word_set w148{w148_words, w148_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s211 = choice(w148);
constexpr schema s212 = list(s167, 1, 3);
constexpr std::string_view w149_words[] = {
    "customData", "id", "stackLevel", "chargingProfilePurpose", "chargingProfileKind", "recurrencyKind", "validFrom",
    "validTo", "chargingSchedule", "transactionId",
};
constexpr std::uint8_t w149_slots[] = {
    4, 255, 255, 6, 7, 9, 8, 3, 1, 255, 255, 255, 2, 5, 255, 0,
};
constexpr word_set w149{w149_words, w149_slots, 0x20f14e1870bc2141U, 60, 10};
constexpr const schema* c103[] = {
    &s1, &s18, &s18, &s47, &s210, &s211, &s17, &s17, &s212, &s2,
};
constexpr schema s213 = object(w149, c103, 0x11eU);
constexpr schema s214 = list(s213, 1);
constexpr std::string_view w150_words[] = {
    "customData", "requestId", "chargingLimitSource", "chargingProfile", "tbc", "evseId",
};
constexpr std::uint8_t w150_slots[] = {
    3, 5, 2, 255, 4, 255, 1, 0,
};
constexpr word_set w150{w150_words, w150_slots, 0x74761d19bb4cb649U, 61, 6};
constexpr const schema* c104[] = {
    &s1, &s18, &s58, &s214, &s63, &s18,
};
constexpr schema s215 = object(w150, c104, 0x2eU);
constexpr std::string_view w151_words[] = {
    "customData", "evseId", "groupIdToken", "idToken", "remoteStartId", "chargingProfile",
};
constexpr std::uint8_t w151_slots[] = {
    2, 4, 3, 5, 255, 1, 255, 0,
};
constexpr word_set w151{w151_words, w151_slots, 0x954870e3140a8a0dU, 61, 6};
constexpr const schema* c105[] = {
    &s1, &s18, &s7, &s7, &s18, &s213,
};
constexpr schema s216 = object(w151, c105, 0x18U);
constexpr std::string_view w152_words[] = {
    "customData", "status", "statusInfo", "transactionId",
};
constexpr std::uint8_t w152_slots[] = {
    3, 2, 1, 0,
};
constexpr word_set w152{w152_words, w152_slots, 0x2d2697a66b00c7dU, 62, 4};
constexpr const schema* c106[] = {
    &s1, &s36, &s33, &s2,
};
constexpr schema s217 = object(w152, c106, 0x2U);
constexpr schema s218 = object(w89, c61, 0x2U);
constexpr std::string_view w153_words[] = {
    "Expired", "Removed",
};
constexpr std::uint8_t w153_slots[] = {
    1, 0,
};
constexpr word_set w153{w153_words, w153_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s219 = choice(w153);
constexpr std::string_view w154_words[] = {
    "customData", "reservationId", "reservationUpdateStatus",
};
constexpr std::uint8_t w154_slots[] = {
    1, 2, 0, 255,
};
constexpr word_set w154{w154_words, w154_slots, 0x176b6dc1ed4f3899U, 62, 3};
constexpr const schema* c107[] = {
    &s1, &s18, &s219,
};
constexpr schema s220 = object(w154, c107, 0x6U);
constexpr std::string_view w155_words[] = {
    "cCCS1", "cCCS2", "cG105", "cTesla", "cType1", "cType2", "s309-1P-16A", "s309-1P-32A", "s309-3P-16A",
    "s309-3P-32A", "sBS1361", "sCEE-7-7", "sType2", "sType3", "Other1PhMax16A", "Other1PhOver16A", "Other3Ph", "Pan",
    "wInductive", "wResonant", "Undetermined", "Unknown",
};
constexpr std::uint8_t w155_slots[] = {
    4, 14, 255, 255, 0, 3, 255, 10, 7, 9, 255, 255, 255, 21, 19, 15, 255, 6, 8, 13, 255, 18, 20, 5, 11, 17, 255, 1,
    255, 12, 16, 2,
};
constexpr word_set w155{w155_words, w155_slots, 0x92da8c885e827db5U, 59, 22};
constexpr schema s221 = choice(w155);
constexpr std::string_view w156_words[] = {
    "customData", "id", "expiryDateTime", "connectorType", "idToken", "evseId", "groupIdToken",
};
constexpr std::uint8_t w156_slots[] = {
    2, 5, 255, 6, 1, 0, 3, 4,
};
constexpr word_set w156{w156_words, w156_slots, 0xcc125c698e20d4a1U, 61, 7};
constexpr const schema* c108[] = {
    &s1, &s18, &s17, &s221, &s7, &s18, &s7,
};
constexpr schema s222 = object(w156, c108, 0x16U);
constexpr std::string_view w157_words[] = {
    "Accepted", "Faulted", "Occupied", "Rejected", "Unavailable",
};
constexpr std::uint8_t w157_slots[] = {
    255, 0, 1, 255, 2, 4, 3, 255,
};
constexpr word_set w157{w157_words, w157_slots, 0x2d2697a66b00c7dU, 61, 5};
constexpr schema s223 = choice(w157);
constexpr const schema* c109[] = {
    &s1, &s223, &s33,
};
constexpr schema s224 = object(w22, c109, 0x2U);
constexpr std::string_view w158_words[] = {
    "Immediate", "OnIdle",
};
constexpr std::uint8_t w158_slots[] = {
    0, 1,
};
constexpr word_set w158{w158_words, w158_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s225 = choice(w158);
constexpr std::string_view w159_words[] = {
    "customData", "type", "evseId",
};
constexpr std::uint8_t w159_slots[] = {
    2, 1, 255, 0,
};
constexpr word_set w159{w159_words, w159_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c110[] = {
    &s1, &s225, &s18,
};
constexpr schema s226 = object(w159, c110, 0x2U);
constexpr std::string_view w160_words[] = {
    "customData", "type", "timestamp", "techInfo",
};
constexpr std::uint8_t w160_slots[] = {
    3, 1, 2, 0,
};
constexpr word_set w160{w160_words, w160_slots, 0x2ceaee21bf46bc01U, 62, 4};
constexpr const schema* c111[] = {
    &s1, &s3, &s17, &s0,
};
constexpr schema s227 = object(w160, c111, 0x6U);
constexpr std::string_view w161_words[] = {
    "customData", "idToken", "idTokenInfo",
};
constexpr std::uint8_t w161_slots[] = {
    2, 255, 1, 0,
};
constexpr word_set w161{w161_words, w161_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c112[] = {
    &s1, &s7, &s23,
};
constexpr schema s228 = object(w161, c112, 0x2U);
constexpr schema s229 = list(s228, 1);
constexpr std::string_view w162_words[] = {
    "Differential", "Full",
};
constexpr std::uint8_t w162_slots[] = {
    1, 0,
};
constexpr word_set w162{w162_words, w162_slots, 0x881fc588b6cec325U, 63, 2};
constexpr schema s230 = choice(w162);
constexpr std::string_view w163_words[] = {
    "customData", "localAuthorizationList", "versionNumber", "updateType",
};
constexpr std::uint8_t w163_slots[] = {
    1, 3, 2, 0,
};
constexpr word_set w163{w163_words, w163_slots, 0xcf7852380d5c40c5U, 62, 4};
constexpr const schema* c113[] = {
    &s1, &s229, &s18, &s230,
};
constexpr schema s231 = object(w163, c113, 0xcU);
constexpr std::string_view w164_words[] = {
    "Accepted", "Failed", "VersionMismatch",
};
constexpr std::uint8_t w164_slots[] = {
    255, 1, 2, 0,
};
constexpr word_set w164{w164_words, w164_slots, 0xfe7e60ff3d1829d1U, 62, 3};
constexpr schema s232 = choice(w164);
constexpr const schema* c114[] = {
    &s1, &s232, &s33,
};
constexpr schema s233 = object(w22, c114, 0x2U);
constexpr std::string_view w165_words[] = {
    "customData", "evseId", "chargingProfile",
};
constexpr std::uint8_t w165_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w165{w165_words, w165_slots, 0x881fc588b6cec325U, 62, 3};
constexpr const schema* c115[] = {
    &s1, &s18, &s213,
};
constexpr schema s234 = object(w165, c115, 0x6U);
constexpr std::string_view w166_words[] = {
    "customData", "message",
};
constexpr std::uint8_t w166_slots[] = {
    1, 0,
};
constexpr word_set w166{w166_words, w166_slots, 0x74761d19bb4cb649U, 63, 2};
constexpr const schema* c116[] = {
    &s1, &s172,
};
constexpr schema s235 = object(w166, c116, 0x2U);
constexpr std::string_view w167_words[] = {
    "Accepted", "NotSupportedMessageFormat", "Rejected", "NotSupportedPriority", "NotSupportedState",
    "UnknownTransaction",
};
constexpr std::uint8_t w167_slots[] = {
    0, 2, 3, 5, 255, 4, 1, 255,
};
constexpr word_set w167{w167_words, w167_slots, 0x2ceaee21bf46bc01U, 61, 6};
constexpr schema s236 = choice(w167);
constexpr const schema* c117[] = {
    &s1, &s236, &s33,
};
constexpr schema s237 = object(w22, c117, 0x2U);
constexpr std::string_view w168_words[] = {
    "All", "FactoryDefault", "HardWiredOnly",
};
constexpr std::uint8_t w168_slots[] = {
    2, 1, 0, 255,
};
constexpr word_set w168{w168_words, w168_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s238 = choice(w168);
constexpr std::string_view w169_words[] = {
    "customData", "monitoringBase",
};
constexpr std::uint8_t w169_slots[] = {
    1, 0,
};
constexpr word_set w169{w169_words, w169_slots, 0x881fc588b6cec325U, 63, 2};
constexpr const schema* c118[] = {
    &s1, &s238,
};
constexpr schema s239 = object(w169, c118, 0x2U);
constexpr std::string_view w170_words[] = {
    "customData", "severity",
};
constexpr std::uint8_t w170_slots[] = {
    1, 0,
};
constexpr word_set w170{w170_words, w170_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr schema s240 = object(w170, c13, 0x2U);
constexpr schema s241 = string(6);
constexpr std::string_view w171_words[] = {
    "CHAP", "NONE", "PAP", "AUTO",
};
constexpr std::uint8_t w171_slots[] = {
    1, 3, 2, 0,
};
constexpr word_set w171{w171_words, w171_slots, 0x48349983c3cd98bdU, 62, 4};
constexpr schema s242 = choice(w171);
constexpr std::string_view w172_words[] = {
    "customData", "apn", "apnUserName", "apnPassword", "simPin", "preferredNetwork", "useOnlyPreferredNetwork",
    "apnAuthentication",
};
constexpr std::uint8_t w172_slots[] = {
    4, 0, 6, 3, 2, 1, 5, 7,
};
constexpr word_set w172{w172_words, w172_slots, 0x8a885fbc4a81f79U, 61, 8};
constexpr const schema* c119[] = {
    &s1, &s12, &s27, &s27, &s18, &s241, &s63, &s242,
};
constexpr schema s243 = object(w172, c119, 0x82U);
constexpr std::string_view w173_words[] = {
    "OCPP12", "OCPP15", "OCPP16", "OCPP20",
};
constexpr std::uint8_t w173_slots[] = {
    0, 1, 3, 2,
};
constexpr word_set w173{w173_words, w173_slots, 0x10094540f1a8c71U, 62, 4};
constexpr schema s244 = choice(w173);
constexpr std::string_view w174_words[] = {
    "JSON", "SOAP",
};
constexpr std::uint8_t w174_slots[] = {
    0, 1,
};
constexpr word_set w174{w174_words, w174_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr schema s245 = choice(w174);
constexpr std::string_view w175_words[] = {
    "Wired0", "Wired1", "Wired2", "Wired3", "Wireless0", "Wireless1", "Wireless2", "Wireless3",
};
constexpr std::uint8_t w175_slots[] = {
    5, 1, 4, 2, 7, 3, 6, 0,
};
constexpr word_set w175{w175_words, w175_slots, 0x20f14e1870bc2141U, 61, 8};
constexpr schema s246 = choice(w175);
constexpr std::string_view w176_words[] = {
    "IKEv2", "IPSec", "L2TP", "PPTP",
};
constexpr std::uint8_t w176_slots[] = {
    0, 2, 1, 3,
};
constexpr word_set w176{w176_words, w176_slots, 0xcc125c698e20d4a1U, 62, 4};
constexpr schema s247 = choice(w176);
constexpr std::string_view w177_words[] = {
    "customData", "server", "user", "group", "password", "key", "type",
};
constexpr std::uint8_t w177_slots[] = {
    1, 3, 2, 5, 4, 6, 0, 255,
};
constexpr word_set w177{w177_words, w177_slots, 0x881fc588b6cec325U, 61, 7};
constexpr const schema* c120[] = {
    &s1, &s12, &s27, &s27, &s27, &s0, &s247,
};
constexpr schema s248 = object(w177, c120, 0x76U);
constexpr std::string_view w178_words[] = {
    "customData", "apn", "ocppVersion", "ocppTransport", "ocppCsmsUrl", "messageTimeout", "securityProfile",
    "ocppInterface", "vpn",
};
constexpr std::uint8_t w178_slots[] = {
    6, 255, 255, 255, 255, 255, 4, 255, 1, 7, 2, 255, 8, 3, 5, 0,
};
constexpr word_set w178{w178_words, w178_slots, 0x954870e3140a8a0dU, 60, 9};
constexpr const schema* c121[] = {
    &s1, &s243, &s244, &s245, &s12, &s18, &s18, &s246, &s248,
};
constexpr schema s249 = object(w178, c121, 0xfcU);
constexpr std::string_view w179_words[] = {
    "customData", "configurationSlot", "connectionData",
};
constexpr std::uint8_t w179_slots[] = {
    255, 1, 2, 0,
};
constexpr word_set w179{w179_words, w179_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c122[] = {
    &s1, &s18, &s249,
};
constexpr schema s250 = object(w179, c122, 0x6U);
constexpr std::string_view w180_words[] = {
    "customData", "id", "transaction", "value", "type", "severity", "component", "variable",
};
constexpr std::uint8_t w180_slots[] = {
    5, 1, 3, 2, 6, 7, 4, 0,
};
constexpr word_set w180{w180_words, w180_slots, 0x5cdca42ec8699b3dU, 61, 8};
constexpr const schema* c123[] = {
    &s1, &s18, &s63, &s60, &s190, &s18, &s116, &s117,
};
constexpr schema s251 = object(w180, c123, 0xf8U);
constexpr schema s252 = list(s251, 1);
constexpr std::string_view w181_words[] = {
    "customData", "setMonitoringData",
};
constexpr std::uint8_t w181_slots[] = {
    1, 0,
};
constexpr word_set w181{w181_words, w181_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c124[] = {
    &s1, &s252,
};
constexpr schema s253 = object(w181, c124, 0x2U);
constexpr std::string_view w182_words[] = {
    "Accepted", "UnknownComponent", "UnknownVariable", "UnsupportedMonitorType", "Rejected", "Duplicate",
};
constexpr std::uint8_t w182_slots[] = {
    3, 255, 255, 4, 1, 2, 5, 0,
};
constexpr word_set w182{w182_words, w182_slots, 0x20f14e1870bc2141U, 61, 6};
constexpr schema s254 = choice(w182);
constexpr std::string_view w183_words[] = {
    "customData", "id", "statusInfo", "status", "type", "component", "variable", "severity",
};
constexpr std::uint8_t w183_slots[] = {
    0, 7, 6, 5, 4, 1, 2, 3,
};
constexpr word_set w183{w183_words, w183_slots, 0x263f1c3792cc93d9U, 61, 8};
constexpr const schema* c125[] = {
    &s1, &s18, &s33, &s254, &s190, &s116, &s117, &s18,
};
constexpr schema s255 = object(w183, c125, 0xf8U);
constexpr schema s256 = list(s255, 1);
constexpr std::string_view w184_words[] = {
    "customData", "setMonitoringResult",
};
constexpr std::uint8_t w184_slots[] = {
    1, 0,
};
constexpr word_set w184{w184_words, w184_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr const schema* c126[] = {
    &s1, &s256,
};
constexpr schema s257 = object(w184, c126, 0x2U);
constexpr std::string_view w185_words[] = {
    "customData", "attributeType", "attributeValue", "component", "variable",
};
constexpr std::uint8_t w185_slots[] = {
    2, 255, 255, 1, 255, 4, 0, 3,
};
constexpr word_set w185{w185_words, w185_slots, 0x881fc588b6cec325U, 61, 5};
constexpr const schema* c127[] = {
    &s1, &s128, &s201, &s116, &s117,
};
constexpr schema s258 = object(w185, c127, 0x1cU);
constexpr schema s259 = list(s258, 1);
constexpr std::string_view w186_words[] = {
    "customData", "setVariableData",
};
constexpr std::uint8_t w186_slots[] = {
    1, 0,
};
constexpr word_set w186{w186_words, w186_slots, 0xfe7e60ff3d1829d1U, 63, 2};
constexpr const schema* c128[] = {
    &s1, &s259,
};
constexpr schema s260 = object(w186, c128, 0x2U);
constexpr std::string_view w187_words[] = {
    "Accepted", "Rejected", "UnknownComponent", "UnknownVariable", "NotSupportedAttributeType", "RebootRequired",
};
constexpr std::uint8_t w187_slots[] = {
    255, 4, 0, 1, 255, 5, 2, 3,
};
constexpr word_set w187{w187_words, w187_slots, 0x6b44b389063aa965U, 61, 6};
constexpr schema s261 = choice(w187);
constexpr std::string_view w188_words[] = {
    "customData", "attributeType", "attributeStatus", "attributeStatusInfo", "component", "variable",
};
constexpr std::uint8_t w188_slots[] = {
    3, 255, 1, 2, 4, 5, 0, 255,
};
constexpr word_set w188{w188_words, w188_slots, 0xfe7e60ff3d1829d1U, 61, 6};
constexpr const schema* c129[] = {
    &s1, &s128, &s261, &s33, &s116, &s117,
};
constexpr schema s262 = object(w188, c129, 0x34U);
constexpr schema s263 = list(s262, 1);
constexpr std::string_view w189_words[] = {
    "customData", "setVariableResult",
};
constexpr std::uint8_t w189_slots[] = {
    1, 0,
};
constexpr word_set w189{w189_words, w189_slots, 0x2d2697a66b00c7dU, 63, 2};
constexpr const schema* c130[] = {
    &s1, &s263,
};
constexpr schema s264 = object(w189, c130, 0x2U);
constexpr std::string_view w190_words[] = {
    "customData", "csr", "certificateType",
};
constexpr std::uint8_t w190_slots[] = {
    2, 1, 255, 0,
};
constexpr word_set w190{w190_words, w190_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr const schema* c131[] = {
    &s1, &s8, &s39,
};
constexpr schema s265 = object(w190, c131, 0x2U);
constexpr std::string_view w191_words[] = {
    "Available", "Occupied", "Reserved", "Unavailable", "Faulted",
};
constexpr std::uint8_t w191_slots[] = {
    3, 255, 0, 2, 255, 255, 1, 4,
};
constexpr word_set w191{w191_words, w191_slots, 0x2ceaee21bf46bc01U, 61, 5};
constexpr schema s266 = choice(w191);
constexpr std::string_view w192_words[] = {
    "customData", "timestamp", "connectorStatus", "evseId", "connectorId",
};
constexpr std::uint8_t w192_slots[] = {
    255, 1, 4, 3, 255, 2, 0, 255,
};
constexpr word_set w192{w192_words, w192_slots, 0xfe7e60ff3d1829d1U, 61, 5};
constexpr const schema* c132[] = {
    &s1, &s17, &s266, &s18, &s18,
};
constexpr schema s267 = object(w192, c132, 0x1eU);
constexpr std::string_view w193_words[] = {
    "Ended", "Started", "Updated",
};
constexpr std::uint8_t w193_slots[] = {
    255, 1, 0, 2,
};
constexpr word_set w193{w193_words, w193_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s268 = choice(w193);
constexpr std::string_view w194_words[] = {
    "Authorized", "CablePluggedIn", "ChargingRateChanged", "ChargingStateChanged", "Deauthorized",
    "EnergyLimitReached", "EVCommunicationLost", "EVConnectTimeout", "MeterValueClock", "MeterValuePeriodic",
    "TimeLimitReached", "Trigger", "UnlockCommand", "StopAuthorized", "EVDeparted", "EVDetected", "RemoteStop",
    "RemoteStart", "AbnormalCondition", "SignedDataReceived", "ResetCommand",
};
constexpr std::uint8_t w194_slots[] = {
    0, 255, 16, 4, 255, 1, 255, 3, 255, 13, 255, 255, 7, 20, 6, 255, 14, 5, 255, 2, 19, 255, 11, 255, 10, 15, 9, 18,
    17, 12, 8, 255,
};
constexpr word_set w194{w194_words, w194_slots, 0xc78d3de615c64b59U, 59, 21};
constexpr schema s269 = choice(w194);
constexpr std::string_view w195_words[] = {
    "Charging", "EVConnected", "SuspendedEV", "SuspendedEVSE", "Idle",
};
constexpr std::uint8_t w195_slots[] = {
    255, 1, 255, 3, 0, 255, 4, 2,
};
constexpr word_set w195{w195_words, w195_slots, 0x10094540f1a8c71U, 61, 5};
constexpr schema s270 = choice(w195);
constexpr std::string_view w196_words[] = {
    "DeAuthorized", "EmergencyStop", "EnergyLimitReached", "EVDisconnected", "GroundFault", "ImmediateReset", "Local",
    "LocalOutOfCredit", "MasterPass", "Other", "OvercurrentFault", "PowerLoss", "PowerQuality", "Reboot", "Remote",
    "SOCLimitReached", "StoppedByEV", "TimeLimitReached", "Timeout",
};
constexpr std::uint8_t w196_slots[] = {
    13, 3, 18, 16, 1, 9, 8, 255, 255, 255, 255, 255, 0, 255, 10, 255, 255, 255, 14, 255, 17, 6, 7, 12, 255, 255, 15, 2,
    5, 11, 4, 255,
};
constexpr word_set w196{w196_words, w196_slots, 0x52aaa7d0f5da3f19U, 59, 19};
constexpr schema s271 = choice(w196);
constexpr std::string_view w197_words[] = {
    "customData", "transactionId", "chargingState", "timeSpentCharging", "stoppedReason", "remoteStartId",
};
constexpr std::uint8_t w197_slots[] = {
    1, 255, 4, 3, 255, 5, 0, 2,
};
constexpr word_set w197{w197_words, w197_slots, 0x2ceaee21bf46bc01U, 61, 6};
constexpr const schema* c133[] = {
    &s1, &s2, &s270, &s18, &s271, &s18,
};
constexpr schema s272 = object(w197, c133, 0x2U);
constexpr std::string_view w198_words[] = {
    "customData", "eventType", "meterValue", "timestamp", "triggerReason", "seqNo", "offline", "numberOfPhasesUsed",
    "cableMaxCurrent", "reservationId", "transactionInfo", "evse", "idToken",
};
constexpr std::uint8_t w198_slots[] = {
    255, 2, 5, 9, 255, 12, 7, 3, 4, 255, 11, 6, 0, 1, 8, 10,
};
constexpr word_set w198{w198_words, w198_slots, 0xd58a9b79cb814fbdU, 60, 13};
constexpr const schema* c134[] = {
    &s1, &s268, &s153, &s17, &s269, &s18, &s63, &s18, &s18, &s18, &s272, &s41, &s7,
};
constexpr schema s273 = object(w198, c134, 0x43aU);
constexpr std::string_view w199_words[] = {
    "customData", "totalCost", "chargingPriority", "idTokenInfo", "updatedPersonalMessage",
};
constexpr std::uint8_t w199_slots[] = {
    0, 4, 3, 2, 1, 255, 255, 255,
};
constexpr word_set w199{w199_words, w199_slots, 0x5ecdfe6ac3d13fe9U, 61, 5};
constexpr const schema* c135[] = {
    &s1, &s60, &s18, &s23, &s22,
};
constexpr schema s274 = object(w199, c135, 0x0U);
constexpr std::string_view w200_words[] = {
    "BootNotification", "LogStatusNotification", "FirmwareStatusNotification", "Heartbeat", "MeterValues",
    "SignChargingStationCertificate", "SignV2GCertificate", "StatusNotification", "TransactionEvent",
    "SignCombinedCertificate", "PublishFirmwareStatusNotification",
};
constexpr std::uint8_t w200_slots[] = {
    10, 7, 9, 8, 2, 255, 255, 255, 0, 6, 5, 3, 1, 4, 255, 255,
};
constexpr word_set w200{w200_words, w200_slots, 0x8d5e0772b80b6d0dU, 60, 11};
constexpr schema s275 = choice(w200);
constexpr std::string_view w201_words[] = {
    "customData", "evse", "requestedMessage",
};
constexpr std::uint8_t w201_slots[] = {
    255, 1, 2, 0,
};
constexpr word_set w201{w201_words, w201_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr const schema* c136[] = {
    &s1, &s41, &s275,
};
constexpr schema s276 = object(w201, c136, 0x4U);
constexpr std::string_view w202_words[] = {
    "Accepted", "Rejected", "NotImplemented",
};
constexpr std::uint8_t w202_slots[] = {
    0, 255, 2, 1,
};
constexpr word_set w202{w202_words, w202_slots, 0x2d2697a66b00c7dU, 62, 3};
constexpr schema s277 = choice(w202);
constexpr const schema* c137[] = {
    &s1, &s277, &s33,
};
constexpr schema s278 = object(w22, c137, 0x2U);
constexpr std::string_view w203_words[] = {
    "customData", "evseId", "connectorId",
};
constexpr std::uint8_t w203_slots[] = {
    1, 255, 2, 0,
};
constexpr word_set w203{w203_words, w203_slots, 0x74761d19bb4cb649U, 62, 3};
constexpr schema s279 = object(w203, c16, 0x6U);
constexpr std::string_view w204_words[] = {
    "Unlocked", "UnlockFailed", "OngoingAuthorizedTransaction", "UnknownConnector",
};
constexpr std::uint8_t w204_slots[] = {
    3, 0, 1, 2,
};
constexpr word_set w204{w204_words, w204_slots, 0x74761d19bb4cb649U, 62, 4};
constexpr schema s280 = choice(w204);
constexpr const schema* c138[] = {
    &s1, &s280, &s33,
};
constexpr schema s281 = object(w22, c138, 0x2U);
constexpr std::string_view w205_words[] = {
    "customData", "checksum",
};
constexpr std::uint8_t w205_slots[] = {
    1, 0,
};
constexpr word_set w205{w205_words, w205_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c139[] = {
    &s1, &s156,
};
constexpr schema s282 = object(w205, c139, 0x2U);
constexpr std::string_view w206_words[] = {
    "DownloadOngoing", "NoFirmware", "Unpublished",
};
constexpr std::uint8_t w206_slots[] = {
    2, 255, 0, 1,
};
constexpr word_set w206{w206_words, w206_slots, 0x2ceaee21bf46bc01U, 62, 3};
constexpr schema s283 = choice(w206);
constexpr std::string_view w207_words[] = {
    "customData", "status",
};
constexpr std::uint8_t w207_slots[] = {
    1, 0,
};
constexpr word_set w207{w207_words, w207_slots, 0x2ceaee21bf46bc01U, 63, 2};
constexpr const schema* c140[] = {
    &s1, &s283,
};
constexpr schema s284 = object(w207, c140, 0x2U);
constexpr schema s285 = string(800);
constexpr std::string_view w208_words[] = {
    "customData", "location", "retrieveDateTime", "installDateTime", "signingCertificate", "signature",
};
constexpr std::uint8_t w208_slots[] = {
    2, 255, 4, 5, 1, 255, 0, 3,
};
constexpr word_set w208{w208_words, w208_slots, 0xfe7e60ff3d1829d1U, 61, 6};
constexpr const schema* c141[] = {
    &s1, &s12, &s17, &s17, &s8, &s285,
};
constexpr schema s286 = object(w208, c141, 0x6U);
constexpr std::string_view w209_words[] = {
    "customData", "retries", "retryInterval", "requestId", "firmware",
};
constexpr std::uint8_t w209_slots[] = {
    255, 2, 3, 255, 0, 1, 255, 4,
};
constexpr word_set w209{w209_words, w209_slots, 0xaaf5661e58755b35U, 61, 5};
constexpr const schema* c142[] = {
    &s1, &s18, &s18, &s18, &s286,
};
constexpr schema s287 = object(w209, c142, 0x18U);
constexpr std::string_view w210_words[] = {
    "Accepted", "Rejected", "AcceptedCanceled", "InvalidCertificate", "RevokedCertificate",
};
constexpr std::uint8_t w210_slots[] = {
    1, 0, 3, 255, 255, 255, 4, 2,
};
constexpr word_set w210{w210_words, w210_slots, 0x10094540f1a8c71U, 61, 5};
constexpr schema s288 = choice(w210);
constexpr const schema* c143[] = {
    &s1, &s288, &s33,
};
constexpr schema s289 = object(w22, c143, 0x2U);
constexpr std::string_view w211_words[] = {
    "Authorize", "BootNotification", "CancelReservation", "CertificateSigned", "ChangeAvailability", "ClearCache",
    "ClearChargingProfile", "ClearDisplayMessage", "ClearVariableMonitoring", "ClearedChargingLimit", "CostUpdated",
    "CustomerInformation", "DataTransfer", "DeleteCertificate", "FirmwareStatusNotification", "Get15118EVCertificate",
    "GetBaseReport", "GetCertificateStatus", "GetChargingProfiles", "GetCompositeSchedule", "GetDisplayMessages",
    "GetInstalledCertificateIds", "GetLocalListVersion", "GetLog", "GetMonitoringReport", "GetReport",
    "GetTransactionStatus", "GetVariables", "Heartbeat", "InstallCertificate", "LogStatusNotification", "MeterValues",
    "NotifyChargingLimit", "NotifyCustomerInformation", "NotifyDisplayMessages", "NotifyEVChargingNeeds",
    "NotifyEVChargingSchedule", "NotifyEvent", "NotifyMonitoringReport", "NotifyReport", "PublishFirmware",
    "PublishFirmwareStatusNotification", "ReportChargingProfiles", "RequestStartTransaction", "RequestStopTransaction",
    "ReservationStatusUpdate", "ReserveNow", "Reset", "SecurityEventNotification", "SendLocalList",
    "SetChargingProfile", "SetDisplayMessage", "SetMonitoringBase", "SetMonitoringLevel", "SetNetworkProfile",
    "SetVariableMonitoring", "SetVariables", "SignCertificate", "StatusNotification", "TransactionEvent",
    "TriggerMessage", "UnlockConnector", "UnpublishFirmware", "UpdateFirmware",
};
constexpr std::uint8_t w211_slots[] = {
    255, 255, 255, 255, 62, 46, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 14, 255, 28, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 3, 255, 255,
    255, 255, 255, 255, 27, 255, 58, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 16, 255, 255, 255, 255, 42, 255, 23, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 15, 41, 255, 255, 255, 255, 255, 19, 255, 255, 255, 255, 35, 255, 255, 47, 255, 255, 2, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 33, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 25, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 37, 255, 50, 255, 255, 255, 255, 255, 255, 255, 255, 39, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 52, 255, 255, 255, 255, 255, 255, 44, 40, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 45, 255, 255, 255, 10, 255, 255, 26, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 63, 255, 255, 57, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 38, 61, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 55, 255, 255, 255, 255, 48, 255, 20, 255, 255, 255, 255, 255, 43, 255, 255, 255,
    255, 255, 49, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 12, 30, 255, 24, 255, 255, 255, 255,
    255, 255, 51, 255, 255, 17, 255, 255, 255, 255, 255, 255, 9, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 7, 255, 255, 255, 255, 255, 255, 60, 31, 255, 22, 255, 255, 1, 255, 255, 255, 0, 255, 255, 6, 255, 255, 255,
    255, 255, 255, 18, 255, 54, 255, 255, 36, 255, 255, 255, 255, 255, 255, 255, 34, 255, 255, 255, 255, 255, 53, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 56, 255, 255, 255, 11, 255, 255, 255, 59, 255, 255, 255, 255, 255, 255, 4, 255, 8, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 13, 255, 255, 255, 255, 255, 255, 255,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 32,
    255, 255, 255, 255, 255, 255, 255, 255, 255, 255, 5, 255, 255, 21, 255, 255, 29, 255, 255, 255,
};
constexpr word_set w211{w211_words, w211_slots, 0x3a4faaf124a80771U, 55, 64};

constexpr action_info rows[] = {
    {"Authorize", 0, direction::from_charge_point, false, &s15, &s25},
    {"BootNotification", 1, direction::from_charge_point, false, &s31, &s34},
    {"CancelReservation", 2, direction::to_charge_point, false, &s35, &s37},
    {"CertificateSigned", 3, direction::to_charge_point, false, &s40, &s37},
    {"ChangeAvailability", 4, direction::to_charge_point, false, &s43, &s45},
    {"ClearCache", 5, direction::to_charge_point, false, &s46, &s37},
    {"ClearChargingProfile", 6, direction::to_charge_point, false, &s49, &s51},
    {"ClearDisplayMessage", 7, direction::to_charge_point, false, &s52, &s51},
    {"ClearVariableMonitoring", 8, direction::to_charge_point, false, &s53, &s57},
    {"ClearedChargingLimit", 9, direction::from_charge_point, false, &s59, &s46},
    {"CostUpdated", 10, direction::to_charge_point, false, &s61, &s46},
    {"CustomerInformation", 11, direction::to_charge_point, false, &s65, &s67},
    {"DataTransfer", 12, direction::both, false, &s69, &s71},
    {"DeleteCertificate", 13, direction::to_charge_point, false, &s72, &s74},
    {"FirmwareStatusNotification", 14, direction::from_charge_point, false, &s76, &s46},
    {"Get15118EVCertificate", 15, direction::from_charge_point, false, &s79, &s81},
    {"GetBaseReport", 16, direction::to_charge_point, false, &s83, &s85},
    {"GetCertificateStatus", 17, direction::from_charge_point, false, &s86, &s87},
    {"GetChargingProfiles", 18, direction::to_charge_point, false, &s90, &s92},
    {"GetCompositeSchedule", 19, direction::to_charge_point, false, &s94, &s98},
    {"GetDisplayMessages", 20, direction::to_charge_point, false, &s101, &s51},
    {"GetInstalledCertificateIds", 21, direction::to_charge_point, false, &s104, &s109},
    {"GetLocalListVersion", 22, direction::to_charge_point, false, &s46, &s110},
    {"GetLog", 23, direction::to_charge_point, false, &s113, &s115},
    {"GetMonitoringReport", 24, direction::to_charge_point, false, &s122, &s85},
    {"GetReport", 25, direction::to_charge_point, false, &s125, &s85},
    {"GetTransactionStatus", 26, direction::to_charge_point, false, &s126, &s127},
    {"GetVariables", 27, direction::to_charge_point, false, &s131, &s136},
    {"Heartbeat", 28, direction::from_charge_point, false, &s46, &s137},
    {"InstallCertificate", 29, direction::to_charge_point, false, &s139, &s141},
    {"LogStatusNotification", 30, direction::from_charge_point, false, &s143, &s46},
    {"MeterValues", 31, direction::from_charge_point, false, &s154, &s46},
    {"NotifyChargingLimit", 32, direction::from_charge_point, false, &s170, &s46},
    {"NotifyCustomerInformation", 33, direction::from_charge_point, false, &s171, &s46},
    {"NotifyDisplayMessages", 34, direction::from_charge_point, false, &s174, &s46},
    {"NotifyEVChargingNeeds", 35, direction::from_charge_point, false, &s180, &s182},
    {"NotifyEVChargingSchedule", 36, direction::from_charge_point, false, &s183, &s37},
    {"NotifyEvent", 37, direction::from_charge_point, false, &s189, &s46},
    {"NotifyMonitoringReport", 38, direction::from_charge_point, false, &s195, &s46},
    {"NotifyReport", 39, direction::from_charge_point, false, &s205, &s46},
    {"PublishFirmware", 40, direction::to_charge_point, false, &s206, &s37},
    {"PublishFirmwareStatusNotification", 41, direction::from_charge_point, false, &s209, &s46},
    {"ReportChargingProfiles", 42, direction::from_charge_point, false, &s215, &s46},
    {"RequestStartTransaction", 43, direction::to_charge_point, false, &s216, &s217},
    {"RequestStopTransaction", 44, direction::to_charge_point, false, &s218, &s37},
    {"ReservationStatusUpdate", 45, direction::from_charge_point, false, &s220, &s46},
    {"ReserveNow", 46, direction::to_charge_point, false, &s222, &s224},
    {"Reset", 47, direction::to_charge_point, false, &s226, &s45},
    {"SecurityEventNotification", 48, direction::from_charge_point, false, &s227, &s46},
    {"SendLocalList", 49, direction::to_charge_point, false, &s231, &s233},
    {"SetChargingProfile", 50, direction::to_charge_point, false, &s234, &s37},
    {"SetDisplayMessage", 51, direction::to_charge_point, false, &s235, &s237},
    {"SetMonitoringBase", 52, direction::to_charge_point, false, &s239, &s85},
    {"SetMonitoringLevel", 53, direction::to_charge_point, false, &s240, &s37},
    {"SetNetworkProfile", 54, direction::to_charge_point, false, &s250, &s141},
    {"SetVariableMonitoring", 55, direction::to_charge_point, false, &s253, &s257},
    {"SetVariables", 56, direction::to_charge_point, false, &s260, &s264},
    {"SignCertificate", 57, direction::from_charge_point, false, &s265, &s37},
    {"StatusNotification", 58, direction::from_charge_point, false, &s267, &s46},
    {"TransactionEvent", 59, direction::from_charge_point, false, &s273, &s274},
    {"TriggerMessage", 60, direction::to_charge_point, false, &s276, &s278},
    {"UnlockConnector", 61, direction::to_charge_point, false, &s279, &s281},
    {"UnpublishFirmware", 62, direction::to_charge_point, false, &s282, &s284},
    {"UpdateFirmware", 63, direction::to_charge_point, false, &s287, &s289},
};

}  // namespace

const action_table actions_v201{rows, &w211};

}  // namespace voltgate::ocpp
