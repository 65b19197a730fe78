// ?label=site:north,tier:gold: only what belongs to charge points that have all these labels.
#pragma once

#include "async/offload.hpp"
#include "http/message.hpp"
#include "stores/profiles.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace voltgate::http {

/// Those that the request asks for, and those that its sender is limited to: none lets everything pass. What is wrong
/// with them.
[[nodiscard]] std::optional<response> read_labels(const request& req, std::vector<std::string>& labels);

/// Whether a charge point has them, now and whenever it is asked; empty where there are none.
[[nodiscard]] std::function<bool(std::string_view)> labelled(std::shared_ptr<profile_map> profiles,
                                                             std::vector<std::string> labels);

/// Who has them now; unset where there are none. May take milliseconds.
[[nodiscard]] std::optional<std::vector<std::string>> keys_labelled(const profile_map& profiles,
                                                                    const std::vector<std::string>& labels);
/// The same, looked for by a worker.
io_awaitable<attempt<std::optional<std::vector<std::string>>>> look_for_labelled(offload& workers,
                                                                                 std::shared_ptr<profile_map> profiles,
                                                                                 std::vector<std::string> labels);

}  // namespace voltgate::http
