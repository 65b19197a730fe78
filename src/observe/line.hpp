// The form of one log line.
#pragma once

#include "observe/log.hpp"

#include <chrono>
#include <span>
#include <string>
#include <string_view>

namespace voltgate {

/// "2026-01-02T03:04:05.678Z info  message key=value". Values with other characters than plain ones are quoted.
/// A field without a name is a bare value.
void append_text_line(std::string& out, std::chrono::system_clock::time_point t, log::severity s,
                      std::string_view message, std::span<const log_field> fields);

/// {"time":"…","level":"info","msg":"…","key":value}
void append_json_line(std::string& out, std::chrono::system_clock::time_point t, log::severity s,
                      std::string_view message, std::span<const log_field> fields);

}  // namespace voltgate
