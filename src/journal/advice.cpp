#include "journal/advice.hpp"

#include <sqlite3.h>

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

}  // namespace voltgate
