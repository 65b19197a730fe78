// load_config: file and environment → config.
#include "config/check.hpp"
#include "config/environment.hpp"
#include "config/keys.hpp"
#include "config/read_node.hpp"
#include "config/suggest.hpp"
#include "text/quote.hpp"

#include <voltgate/config.hpp>

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <map>
#include <system_error>
#include <tuple>

namespace voltgate {

namespace {

using settings::key;
using settings::reading;

constexpr std::size_t max_file_bytes = 4 * 1024 * 1024;
constexpr std::string_view environment_name = "environment";

/// Where a key was set: what an error about it points at.
struct origin {
    std::string file;
    std::size_t line = 0;
    std::string shown_key;
};

/// A key's name as errors show it: the file may hold any text in its place.
std::string shown_name(std::string_view name) {
    const bool plain = std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               std::string_view("_-.[]").find(c) != std::string_view::npos;
    });
    return plain ? std::string(name) : in_quotes(name);
}

/// Error texts of libraries, in one line.
std::string one_line(std::string_view text) {
    std::string out;
    for (const char c : text) out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    return out;
}

/// The text of a file, or why it cannot be had.
reading read_whole_file(const std::string& path) {
    std::error_code error;
    const auto status = std::filesystem::status(path, error);
    if (status.type() == std::filesystem::file_type::not_found) return {std::nullopt, "there is no such file"};
    if (error) return {std::nullopt, "cannot be read: " + error.message()};
    if (std::filesystem::is_directory(status)) return {std::nullopt, "is a directory; name a TOML file"};
    errno = 0;
    std::ifstream file(path, std::ios::binary);
    if (!file) return {std::nullopt, "cannot be read: " + std::generic_category().message(errno)};
    std::string text;
    std::array<char, 16 * 1024> piece{};
    while (text.size() <= max_file_bytes && (file.read(piece.data(), piece.size()) || file.gcount() > 0))
        text.append(piece.data(), static_cast<std::size_t>(file.gcount()));
    if (file.bad()) return {std::nullopt, "cannot be read to its end"};
    if (text.size() > max_file_bytes) return {std::nullopt, "is larger than 4MiB; that is no configuration"};
    return {std::move(text), {}};
}

class loader {
  public:
    void read_file(const std::string& path);
    void read_environment(std::vector<std::string> environment);
    config_result finish();

  private:
    /// The owner that a table is about, and how errors name its keys.
    template <class Owner>
    struct scope {
        Owner& owner;
        const std::vector<key<Owner>>& keys;
        std::string outer;  // goes before the names of its keys in errors
    };

    template <class Owner>
    void read_table(const toml::table& table, scope<Owner>& in, const std::string& section);
    /// `blank`: what an entry is before it is read. `required`: the keys it cannot do without.
    template <class Owner>
    void read_entries(const toml::node& node, const origin& at, std::vector<Owner>& entries, const Owner& blank,
                      const std::vector<key<Owner>>& keys, std::initializer_list<std::string_view> required);
    void read_listeners(const toml::node& node, const origin& at);
    void read_models(const toml::node& node, const origin& at);
    void read_charge_points(const toml::node& node, const origin& at);
    void read_tokens(const toml::node& node, const origin& at);
    void read_one_variable(const std::string& variable, const std::string& source);
    template <class Owner>
    void apply(scope<Owner>& in, const key<Owner>& k, const reading& r, const origin& at);
    void unknown(const std::string& name, const std::vector<std::string>& known, const origin& at);
    void fail(const origin& at, std::string message) {
        result_.errors.push_back({at.file, at.line, at.shown_key, std::move(message)});
    }

    config_result result_;
    std::string file_;
    std::map<std::string, origin> set_at_;
};

/// All keys and sections, for suggestions.
template <class Owner>
std::vector<std::string> names_of(const std::vector<key<Owner>>& keys) {
    std::vector<std::string> names;
    for (const auto& k : keys) {
        names.push_back(k.name);
        names.emplace_back(settings::section_of(k.name));
    }
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    std::erase(names, std::string());
    return names;
}

template <class Owner>
void loader::apply(scope<Owner>& in, const key<Owner>& k, const reading& r, const origin& at) {
    if (!r.value) return fail(at, r.problem);
    if (const auto what = settings::problem(k, *r.value)) return fail(at, std::string(what.text()));
    k.set(in.owner, *r.value);
    set_at_[in.outer + k.name] = at;
}

void loader::unknown(const std::string& name, const std::vector<std::string>& known, const origin& at) {
    const auto suggestion = settings::nearest(name, known);
    fail(at, suggestion ? fmt::format("is not known; did you mean {}?", *suggestion)
                        : std::string("is not known; see docs/configuration.md for all keys"));
}

template <class Owner>
void loader::read_table(const toml::table& table, scope<Owner>& in, const std::string& section) {
    constexpr bool is_whole_file = std::is_same_v<Owner, config>;
    for (const auto& [toml_key, node] : table) {
        const auto name = section + std::string(toml_key.str());
        const origin at{file_, toml_key.source().begin.line, shown_name(in.outer + name)};
        if (const auto* k = settings::find_key(in.keys, name)) {
            apply(in, *k, settings::read_node(k->rules, node), at);
        } else if (section.empty() && settings::is_section(in.keys, name)) {
            if (const auto* inner = node.as_table())
                read_table(*inner, in, name + ".");
            else
                fail(at, fmt::format("is {}; allowed: a table", settings::type_name(node)));
        } else if (is_whole_file && name == settings::listener_section) {
            read_listeners(node, at);
        } else if (is_whole_file && name == settings::model_section) {
            read_models(node, at);
        } else if (is_whole_file && name == settings::charge_point_section) {
            read_charge_points(node, at);
        } else if (is_whole_file && name == settings::token_section) {
            read_tokens(node, at);
        } else if (std::is_same_v<Owner, model_config> && settings::find_key(settings::charge_point_keys(), name)) {
            fail(at, "belongs to a charge point, which a model does not prove; set it in a [[charge_point]] entry");
        } else {
            auto known = names_of(in.keys);
            if (is_whole_file) {
                known.emplace_back(settings::model_section);
                known.emplace_back(settings::charge_point_section);
                known.emplace_back(settings::token_section);
                known.emplace_back(settings::listener_section);
            }
            unknown(name, known, at);
        }
    }
}

template <class Owner>
void loader::read_entries(const toml::node& node, const origin& at, std::vector<Owner>& entries, const Owner& blank,
                          const std::vector<key<Owner>>& keys, std::initializer_list<std::string_view> required) {
    const auto* list = node.as_array();
    const bool are_tables =
        list != nullptr && std::all_of(list->begin(), list->end(), [](const toml::node& e) { return e.is_table(); });
    if (!are_tables)
        return fail(at, fmt::format("is {}; write [[{}]] above each entry", settings::type_name(node), at.shown_key));
    for (const auto& item : *list) {
        const auto& table = *item.as_table();
        const auto outer = fmt::format("{}[{}].", at.shown_key, entries.size());
        scope<Owner> in{entries.emplace_back(blank), keys, outer};
        for (const auto name : required) {
            if (table.contains(name)) continue;
            fail({file_, table.source().begin.line, outer + std::string(name)},
                 fmt::format("is missing; allowed: {}", settings::allowed(settings::find_key(keys, name)->rules)));
        }
        read_table(table, in, "");
    }
}

void loader::read_listeners(const toml::node& node, const origin& at) {
    read_entries(node, at, result_.config.listeners, listener_config(), settings::listener_keys(), {"port"});
}

void loader::read_models(const toml::node& node, const origin& at) {
    read_entries(node, at, result_.config.models, model_config(), settings::model_keys(), {});
}

// What is missing or wrong in an entry has its error; the check of the whole need not find it again.
void loader::read_charge_points(const toml::node& node, const origin& at) {
    charge_point_config blank;
    blank.pattern = "*";
    read_entries(node, at, result_.config.charge_points, blank, settings::charge_point_keys(), {"pattern"});
}

void loader::read_tokens(const toml::node& node, const origin& at) {
    api_token_config blank;
    blank.name = fmt::format("token-{}", result_.config.api.tokens.size());
    blank.sha256 = std::string(64, '0');
    read_entries(node, at, result_.config.api.tokens, blank, settings::token_keys(), {"name", "sha256"});
}

void loader::read_file(const std::string& path) {
    file_ = path;
    const auto text = read_whole_file(path);
    if (!text.value) return fail({file_, 0, {}}, text.problem);
    try {
        const auto document = toml::parse(std::get<std::string>(*text.value), path);
        scope<config> in{result_.config, settings::config_keys(), {}};
        read_table(document, in, "");
    } catch (const toml::parse_error& e) {
        fail({file_, e.source().begin.line, {}}, "is not valid TOML: " + one_line(e.description()));
    }
}

void loader::read_one_variable(const std::string& variable, const std::string& source) {
    const auto name = settings::key_of_variable(variable);
    const origin at{std::string(environment_name), 0, shown_name(variable)};
    scope<config> in{result_.config, settings::config_keys(), {}};
    if (const auto* k = settings::find_key(in.keys, name))
        return apply(in, *k, settings::read_variable(k->rules, source), at);
    for (const auto section :
         {settings::model_section, settings::charge_point_section, settings::listener_section, settings::token_section})
        if (name.starts_with(section))
            return fail(at, fmt::format("cannot be set here; [[{}]] entries stand in the file", section));
    std::vector<std::string> known;
    for (const auto& k : in.keys) known.push_back(settings::variable_of_key(k.name));
    unknown(variable, known, at);
}

void loader::read_environment(std::vector<std::string> environment) {
    std::ranges::sort(environment);
    for (const auto& entry : environment) {
        if (!entry.starts_with(settings::variable_prefix)) continue;
        const auto equals = std::min(entry.find('='), entry.size());
        const auto variable = entry.substr(0, equals);
        const auto source = equals < entry.size() ? entry.substr(equals + 1) : std::string();
        if (!settings::is_foreign_variable(variable, source)) read_one_variable(variable, source);
    }
}

config_result loader::finish() {
    for (auto& e : check_config(result_.config)) {
        if (const auto found = set_at_.find(e.key); found != set_at_.end()) {
            e.file = found->second.file;
            e.line = found->second.line;
            e.key = found->second.shown_key;
        }
        result_.errors.push_back(std::move(e));
    }
    std::ranges::sort(result_.errors, {}, [](const config_error& e) {
        return std::tuple(e.file == environment_name, e.line, std::string_view(e.key), std::string_view(e.message));
    });
    return std::move(result_);
}

}  // namespace

config_result load_config(const std::string& path, const std::vector<std::string>& environment) {
    try {
        loader l;
        if (!path.empty()) l.read_file(path);
        l.read_environment(environment);
        return l.finish();
    } catch (const std::exception& e) {
        config_result failed;
        failed.errors.push_back({path, 0, {}, std::string("cannot be loaded: ") + e.what()});
        return failed;
    }
}

}  // namespace voltgate
