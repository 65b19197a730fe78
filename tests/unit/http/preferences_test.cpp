#include "http/preferences.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace voltgate::http;

TEST_CASE("gzip is preferred when it is acceptable and nothing is liked better") {
    for (const auto* yes : {"gzip", "GZIP", "x-gzip", "deflate, gzip;q=0.5", "gzip;q=1.0, identity;q=0.5", "*",
                            "br;q=1.0, *;q=0.1", "gzip ; q=0.001", "identity;q=0.5, gzip;Q=0.5", ",,gzip"}) {
        CAPTURE(yes);
        CHECK(prefers_gzip(yes));
    }
    for (const auto* no :
         {"", "identity", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *", "identity, gzip;q=0.5", "gzip;q=x",
          "gzip;q=2", "gzip;q=0.0001", "gzipped", "gzip;level=1"}) {
        CAPTURE(no);
        CHECK_FALSE(prefers_gzip(no));
    }
}

TEST_CASE("CSV is preferred to JSON by weight, and then by name") {
    for (const auto* yes : {"text/csv", "TEXT/CSV", "text/csv;charset=utf-8", "text/csv, */*", "text/*",
                            "application/json;q=0.9, text/csv", "text/csv;header=present;q=0.5, application/json;q=0.4",
                            "text/csv, application/*;q=0.8", "*/*;q=0.1, text/csv;q=0.2"}) {
        CAPTURE(yes);
        CHECK(prefers_csv(yes));
    }
    for (const auto* no :
         {"", "*/*", "application/json", "text/csv;q=0", "text/csv;q=0, */*", "text/csv;q=0.5, application/json",
          "application/json, text/csv", "text/csvx", "application/json;note=\"text/csv\"", "text/plain"}) {
        CAPTURE(no);
        CHECK_FALSE(prefers_csv(no));
    }
}
