#include "support/temporary_directory.hpp"

#include <cerrno>
#include <stdlib.h>
#include <system_error>

namespace voltgate::test {

temporary_directory::temporary_directory() {
    std::string name = (std::filesystem::temp_directory_path() / "voltgate-test-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::system_error(errno, std::generic_category(), name);
    path_ = name;
}

temporary_directory::~temporary_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

}  // namespace voltgate::test
