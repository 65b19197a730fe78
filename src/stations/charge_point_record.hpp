// A charge point's record, read from what is stored of it; charge_point::stored() makes that.
#pragma once

#include "stations/charge_point.hpp"

namespace voltgate {

/// What cannot be read is left out.
void record_from_json(const stored_record& stored, charge_point& record);

}  // namespace voltgate
