#include "journal/advice.hpp"

#include <ostream>
#include <sqlite3.h>
#include <stdexcept>
#include <system_error>

namespace voltgate {

std::string with_advice(const sqlite::error& e) {
    std::string what = e.what();
    switch (e.code()) {
        case SQLITE_FULL: return what + "; make room on the disk";
        case SQLITE_READONLY:
        case SQLITE_PERM:
        case SQLITE_CANTOPEN:
            return what + "; the directory and the files in it must be writable for the user that runs the gateway";
        case SQLITE_BUSY: return what + "; another program keeps the file locked: end it";
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return what +
                   "; stop the gateway: \"voltgate journal check\" says what is damaged, \"voltgate journal repair\" "
                   "saves the rest";
        default: return what;
    }
}

bool tell_errors(std::ostream& report, std::string_view otherwise, const std::function<void()>& work) {
    try {
        work();
        return true;
    } catch (const sqlite::error& e) {
        report << with_advice(e) << '\n';
    } catch (const std::system_error& e) {
        report << (e.code() == std::errc::address_in_use ? "a gateway is using it: stop it first" : e.what()) << '\n';
    } catch (const std::runtime_error& e) {
        report << e.what() << '\n';
    }
    report << otherwise << '\n';
    return false;
}

}  // namespace voltgate
