// The program: arguments, configuration, signals. Everything else is the library.
#include "daemon/make_secrets.hpp"
#include "daemon/privacy_commands.hpp"
#include "http/admission.hpp"
#include "journal/backup.hpp"
#include "journal/maintenance.hpp"
#include "machine/this_machine.hpp"
#include "runtime/check_files.hpp"

#include <voltgate/gateway.hpp>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <iostream>
#include <optional>
#include <string>
#include <sys/resource.h>
#include <unistd.h>
#include <vector>

extern char** environ;

namespace {

namespace asio = boost::asio;
using severity = voltgate::log_config::severity;

// The exit codes, as --help states them.
constexpr int exit_ok = 0, exit_failed = 1, exit_bad_config = 2, exit_address_in_use = 3, exit_too_few_files = 4;

struct arguments {
    std::string config_file;
    bool check_config = false;
    CLI::App *journal_check = nullptr, *journal_export = nullptr, *journal_repair = nullptr;
    CLI::App *journal_backup = nullptr, *journal_restore = nullptr;
    std::string backup_file;
    CLI::App *privacy_export = nullptr, *privacy_erase = nullptr;
    std::string tag;
    CLI::App *hash_password = nullptr, *hash_token = nullptr;
};

void add_journal_commands(CLI::App& app, arguments& args) {
    auto* journal = app.add_subcommand("journal", "Look after the journal that the configuration names");
    journal->require_subcommand(1)->fallthrough();
    const auto add = [journal](const char* name, const char* what) {
        auto* command = journal->add_subcommand(name, what);
        command->fallthrough();
        return command;
    };
    args.journal_check = add("check", "Say whether the file is whole: exit code 0, else 1. The gateway may be running");
    args.journal_export =
        add("export", "Write all events to standard output, one JSON object a line. The gateway may be running");
    args.journal_repair =
        add("repair",
            "Save what can be read of a damaged file into a new one; the old one is kept. Stop the gateway first");
    args.journal_backup = add("backup", "Copy the journal into FILE, which must not exist. The gateway may be running");
    args.journal_restore =
        add("restore",
            "Put a backup in the journal's place, move its ids ahead and tell what is lost; the old file is kept. Stop "
            "the gateway first");
    for (auto* command : {args.journal_backup, args.journal_restore})
        command->add_option("FILE", args.backup_file, "The backup")->required();
}

void add_privacy_commands(CLI::App& app, arguments& args) {
    auto* privacy = app.add_subcommand("privacy", "What the journal holds of one who charged");
    privacy->require_subcommand(1)->fallthrough();
    args.privacy_export = privacy->add_subcommand(
        "export", "Write it to standard output, as one JSON object. The gateway may be running");
    args.privacy_erase = privacy->add_subcommand(
        "erase",
        "Put a pseudonym in the tag's place that leads back to nobody. Stop the gateway first; one that runs does it "
        "for DELETE /api/v1/privacy/{idTag}");
    for (auto* command : {args.privacy_export, args.privacy_erase})
        command->fallthrough()->add_option("TAG", args.tag, "The id tag")->required();
}

void add_secret_commands(CLI::App& app, arguments& args) {
    args.hash_password = app.add_subcommand(
        "hash-password",
        "Read a charge point's password from standard input and print it hashed, for [[charge_point]]");
    args.hash_token =
        app.add_subcommand("hash-token", "Make a token for the HTTP interface and its [[api.tokens]] entry");
}

// Unset: none was asked for.
std::optional<bool> run_secret_command(const arguments& args) {
    if (*args.hash_password) {
        const bool asks = ::isatty(STDIN_FILENO) == 1;
        return voltgate::print_password_hash(std::cin, std::cout, std::cerr, asks);
    }
    if (*args.hash_token) voltgate::print_token(std::cout);
    return *args.hash_token ? std::optional(true) : std::nullopt;
}

// Unset: none was asked for.
std::optional<bool> run_journal_command(const arguments& args, const voltgate::config& config) {
    const auto& directory = config.journal.path;
    if (*args.journal_check) return voltgate::check_journal(directory, std::cout);
    if (*args.journal_export) return voltgate::export_journal(directory, config.node_id, std::cout, std::cerr);
    if (*args.journal_repair) return voltgate::repair_journal(directory, voltgate::this_machine(), std::cout);
    if (*args.journal_backup)
        return voltgate::backup_journal(directory, args.backup_file, voltgate::this_machine(), std::cout);
    if (*args.journal_restore)
        return voltgate::restore_journal(directory, args.backup_file, voltgate::this_machine(), std::cout);
    return std::nullopt;
}

// Unset: none was asked for.
std::optional<bool> run_privacy_command(const arguments& args, const voltgate::config& config) {
    if (*args.privacy_export) return voltgate::export_tag(config, args.tag, std::cout, std::cerr);
    if (*args.privacy_erase) return voltgate::erase_tag(config, args.tag, std::cout);
    return std::nullopt;
}

std::vector<std::string> environment() {
    std::vector<std::string> all;
    for (char** variable = environ; *variable; ++variable) all.emplace_back(*variable);
    return all;
}

// Raises the soft limit to the hard one; returns what is in force.
std::size_t raise_descriptor_limit() {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &files);
    ::getrlimit(RLIMIT_NOFILE, &files);
    return files.rlim_cur;
}

// What may change while the gateway runs: certificates and keys, log files that were moved away; of the configuration
// what gateway::reload() names.
void reload(voltgate::gateway& gateway, const std::string& config_file) {
    gateway.reload();
    gateway.reopen_logs();
    auto loaded = voltgate::load_config(config_file, environment());
    if (loaded.errors.empty()) loaded.errors = gateway.reload(loaded.config);
    for (const auto& e : loaded.errors)
        gateway.write_log(severity::error, "the configuration cannot be used, the old one stays in force",
                          {{"reason", to_string(e)}});
    if (loaded.errors.empty())
        gateway.write_log(severity::info, "the configuration was read again: new connections go by it");
}

int run(voltgate::config config, const std::string& config_file) {
    const std::size_t descriptors = raise_descriptor_limit();
    const std::size_t needed = config.limits.connections + voltgate::http::admission::kept_descriptors;
    if (descriptors < needed) {
        fmt::print(
            stderr,
            "voltgate: {} open files are allowed and {} are needed; raise the limit (ulimit -n, LimitNOFILE=) or "
            "lower limits.connections\n",
            descriptors, needed);
        return exit_too_few_files;
    }
    const auto path = config.server.path;
    const auto log_file = config.log.file;
    const auto listeners = voltgate::listeners_of(config);
    voltgate::gateway gateway(std::move(config));
    if (const auto ec = gateway.open_log()) {
        fmt::print(stderr, "voltgate: log.file: {}: {}\n", log_file, ec.message());
        return exit_failed;
    }

    asio::io_context signals_context;
    asio::signal_set signals(signals_context, SIGINT, SIGTERM, SIGHUP);
    std::string detail;
    if (const auto ec = gateway.start(&detail)) {
        fmt::print(stderr, "voltgate: {}: {}\n", ec.message(), detail);
        return ec == voltgate::errc::address_in_use ? exit_address_in_use : exit_failed;
    }
    gateway.write_log(severity::info, "voltgate is running",
                      {{"version", VOLTGATE_VERSION},
                       {"address", listeners.front().address},
                       {"port", gateway.port()},
                       {"path", path},
                       {"open_files", descriptors}});
    const auto ports = gateway.ports();
    for (std::size_t i = 0; i < listeners.size(); ++i) {
        const auto& l = listeners[i];
        gateway.write_log(severity::info, "listening",
                          {{"address", l.address},
                           {"port", ports[i]},
                           {"security_profile", l.security_profile},
                           {"tls", l.uses_tls()}});
        if (!l.allow_insecure) continue;
        gateway.write_log(
            severity::warning,
            "allow_insecure is set: what does not ask for a password or a token is open to anybody who reaches this "
            "address",
            {{"address", l.address}, {"port", ports[i]}});
    }
    int signal_number = 0;
    const auto on_signal = [&](auto& self) -> void {
        signals.async_wait([&](const boost::system::error_code&, int number) {
            signal_number = number;
            if (number != SIGHUP) return;
            reload(gateway, config_file);
            self(self);
        });
    };
    on_signal(on_signal);
    signals_context.run();
    gateway.write_log(severity::info, "stopping", {{"signal", signal_number == SIGINT ? "SIGINT" : "SIGTERM"}});
    // A second signal does not wait for the drain.
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    signals.clear();
    std::signal(SIGHUP, SIG_IGN);
    gateway.stop();
    gateway.write_log(severity::info, "stopped");
    return exit_ok;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app(
        "Voltgate: a gateway between electric-vehicle charge points (OCPP-J) and the services that run them.\n"
        "Without a configuration it listens on 127.0.0.1:8080: charge points connect to\n"
        "ws://127.0.0.1:8080/ocpp/{id}, http://127.0.0.1:8080/health tells how it is.",
        "voltgate");
    arguments args;
    app.add_option("-c,--config", args.config_file, "TOML file; see config.toml.example")
        ->type_name("FILE")
        ->envname("VOLTGATE_CONFIG");
    app.add_flag("--check-config", args.check_config,
                 "Print the configuration in force, secrets masked, and exit; what is wrong with it, or with the files "
                 "that it names, is an error");
    add_journal_commands(app, args);
    add_privacy_commands(app, args);
    add_secret_commands(app, args);
    app.set_version_flag("--version", std::string("voltgate ") + VOLTGATE_VERSION);
    app.footer(
        "Environment: VOLTGATE_CONFIG names the file; VOLTGATE_SECTION__KEY=value goes over it, e.g.\n"
        "VOLTGATE_SERVER__PORT=9000.\n"
        "Exit codes: 0 stopped in good order, 1 failed, 2 bad arguments or configuration, 3 address in use,\n"
        "4 too few open files allowed.");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& e) {
        return app.exit(e) == 0 ? exit_ok : exit_bad_config;
    }
    if (const auto done = run_secret_command(args)) return *done ? exit_ok : exit_failed;
    auto loaded = voltgate::load_config(args.config_file, environment());
    for (const auto& e : loaded.errors) fmt::print(stderr, "voltgate: {}\n", voltgate::to_string(e));
    if (!loaded.errors.empty()) return exit_bad_config;
    if (args.check_config) {
        const auto unusable = voltgate::check_files(loaded.config, voltgate::this_machine());
        for (const auto& e : unusable) fmt::print(stderr, "voltgate: {}\n", voltgate::to_string(e));
        if (!unusable.empty()) return exit_bad_config;
        fmt::print("{}", voltgate::to_toml(loaded.config));
        return exit_ok;
    }
    try {
        if (const auto done = run_journal_command(args, loaded.config)) return *done ? exit_ok : exit_failed;
        if (const auto done = run_privacy_command(args, loaded.config)) return *done ? exit_ok : exit_failed;
        return run(std::move(loaded.config), args.config_file);
    } catch (const std::exception& e) {
        fmt::print(stderr, "voltgate: {}\n", e.what());
        return exit_failed;
    }
}
