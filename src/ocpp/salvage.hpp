// temporary
#pragma once
#include <string>
#include <vector>
namespace voltgate::ocpp {
struct salvaged_payload {
    std::string json;
    std::vector<std::string> missing;
    bool lists_cut = false;
    bool odd_tag = false;
    bool whole = false;
};
}
