#include "http/labels.hpp"

#include "config/texts.hpp"
#include "http/upgrade.hpp"

#include <algorithm>
#include <utility>

namespace voltgate::http {

std::optional<response> read_labels(const request& req, std::vector<std::string>& labels) {
    labels = req.may.labels;
    const auto text = req.query_value("label");
    if (!text) return std::nullopt;
    std::vector<std::string_view> words;
    append_list(words, *text);
    if (words.empty() || !std::ranges::all_of(words, settings::is_label)) {
        return problem(problem_kind::wrong_query, "label must be one or more labels with commas between them, each " +
                                                      std::string(settings::label_allowed));
    }
    labels.insert(labels.end(), words.begin(), words.end());
    return std::nullopt;
}

std::function<bool(std::string_view)> labelled(std::shared_ptr<profile_map> profiles, std::vector<std::string> labels) {
    if (labels.empty()) return {};
    return [known = std::move(profiles), labels = std::move(labels)](std::string_view id) {
        return known->has_labels(id, labels);
    };
}

std::optional<std::vector<std::string>> keys_labelled(const profile_map& profiles,
                                                      const std::vector<std::string>& labels) {
    if (labels.empty()) return std::nullopt;
    return profiles.keys_with(labels);
}

io_awaitable<attempt<std::optional<std::vector<std::string>>>> look_for_labelled(offload& workers,
                                                                                 std::shared_ptr<profile_map> profiles,
                                                                                 std::vector<std::string> labels) {
    using keys = std::optional<std::vector<std::string>>;
    if (labels.empty()) {
        attempt<keys> all;
        all.value.emplace();
        co_return all;
    }
    auto look = [profiles = std::move(profiles), labels = std::move(labels)] {
        return keys_labelled(*profiles, labels);
    };
    co_return co_await workers.run<keys>(std::move(look));
}

}  // namespace voltgate::http
