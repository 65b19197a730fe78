#include "text/fold_id.hpp"

namespace voltgate {

std::string fold_id(std::string_view id) {
    std::string folded(id);
    for (char& c : folded)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return folded;
}

}  // namespace voltgate
