#include "runtime/check_files.hpp"

#include "async/platform.hpp"
#include "journal/advice.hpp"
#include "journal/schema.hpp"
#include "security/signing_authority.hpp"
#include "security/tls_context.hpp"
#include "security/tls_tickets.hpp"
#include "text/error_text.hpp"
#include "text/quote.hpp"

#include <voltgate/clock.hpp>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <linux/magic.h>
#include <memory>
#include <string>
#include <sys/vfs.h>
#include <system_error>
#include <unistd.h>

namespace voltgate {

namespace {

namespace fs = std::filesystem;

std::string reason_of(int error) { return std::generic_category().message(error); }

// /proc and /sys: their directories look as if they could be written.
bool is_of_the_kernel(const fs::path& directory) {
    struct statfs of = {};
    if (::statfs(directory.c_str(), &of) != 0) return false;
    return of.f_type == PROC_SUPER_MAGIC || of.f_type == SYSFS_MAGIC;
}

// What a directory lacks that files are to be made in, now or by whoever starts the gateway.
error_text directory_problem(const fs::path& directory, bool made_if_missing) {
    std::error_code error;
    const auto status = fs::status(directory, error);
    if (status.type() == fs::file_type::not_found && made_if_missing)
        return directory_problem(directory.has_parent_path() ? directory.parent_path() : ".", directory != "/");
    if (status.type() == fs::file_type::not_found)
        return in_quotes(directory.string()) + ": there is no such directory";
    if (status.type() != fs::file_type::directory) {
        return in_quotes(directory.string()) + ": " + (error ? error.message() : "is no directory");
    }
    if (is_of_the_kernel(directory)) return in_quotes(directory.string()) + ": no files can be made there";
    if (::access(directory.c_str(), W_OK | X_OK) == 0) return {};
    return in_quotes(directory.string()) + ": cannot be written: " + reason_of(errno);
}

error_text log_problem(const std::string& file) {
    if (file.empty()) return {};
    std::error_code error;
    const fs::path path(file);
    const auto status = fs::status(path, error);
    if (status.type() == fs::file_type::not_found)
        return directory_problem(path.has_parent_path() ? path.parent_path() : ".", false);
    if (status.type() == fs::file_type::directory) return in_quotes(file) + ": is a directory";
    if (error) return in_quotes(file) + ": " + error.message();
    if (::access(file.c_str(), W_OK) == 0) return {};
    return in_quotes(file) + ": cannot be written: " + reason_of(errno);
}

error_text journal_problem(const journal_config& c) {
    if (auto wrong = directory_problem(c.path, true)) return wrong;
    std::error_code error;
    const auto file = journal_file(c.path);
    if (!fs::exists(file, error)) return {};
    if (::access(file.c_str(), R_OK | W_OK) != 0) return in_quotes(file) + ": cannot be written: " + reason_of(errno);
    try {
        auto db = open_for_reading(file);
        check_owner(db, file);
        return {};
    } catch (const sqlite::error& e) {
        return with_advice(e);
    }
}

error_text tls_problem(const config& c, platform& machine) {
    const auto listeners = listeners_of(c);
    if (std::ranges::none_of(listeners, &listener_config::uses_tls)) return {};
    const auto loaded = tls_context::load(c.tls, std::make_shared<tls_ticket_keys>(machine), machine.clock().utc());
    if (loaded.context) return {};
    return loaded.error;
}

error_text signing_problem(const signing_config& c, platform& machine) {
    if (c.certificate.empty()) return {};
    const auto loaded = signing_authority::load(c, machine.clock().utc());
    if (loaded.authority) return {};
    return loaded.error;
}

}  // namespace

std::vector<config_error> check_files(const config& c, platform& machine) {
    std::vector<config_error> errors;
    const auto add = [&errors](const char* key, const error_text& wrong) {
        if (wrong) errors.push_back({{}, 0, key, std::string(wrong.text())});
    };
    add("", tls_problem(c, machine));  // they name their keys themselves
    add("", signing_problem(c.signing, machine));
    if (c.journal.enabled) add("journal.path", journal_problem(c.journal));
    add("log.file", log_problem(c.log.file));
    add("api.audit_file", log_problem(c.api.audit_file));
    return errors;
}

}  // namespace voltgate
