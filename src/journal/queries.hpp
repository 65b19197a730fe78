// The ports of what can be asked, on the journal.
#pragma once

#include "stores/queries.hpp"

#include <memory>

namespace voltgate {

class journal;

/// For as long as the journal is open.
[[nodiscard]] std::shared_ptr<const stored_queries> make_queries(journal& j);

}  // namespace voltgate
