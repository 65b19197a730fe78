// A configuration file: it is refused with errors that can be shown, or what is in force can be written and read again.
#include "fuzz.hpp"

#include <voltgate/config.hpp>

#include <string>
#include <sys/mman.h>
#include <unistd.h>

using namespace voltgate;
using namespace voltgate::fuzz;

namespace {

class memory_file {
  public:
    explicit memory_file(std::string_view text) : descriptor_(::memfd_create("config", 0)) {
        require(descriptor_ >= 0, "a file in memory can be made");
        const auto written = ::write(descriptor_, text.data(), text.size());
        require(written == static_cast<ssize_t>(text.size()), "and written");
    }
    ~memory_file() { ::close(descriptor_); }
    memory_file(const memory_file&) = delete;
    memory_file& operator=(const memory_file&) = delete;
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

  private:
    int descriptor_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const memory_file file(text_of(data, size));
    const auto loaded = load_config(file.path(), {});
    for (const auto& e : loaded.errors) require(!to_string(e).empty(), "an error can be shown");
    if (!loaded.errors.empty()) return 0;
    const std::string shown = to_toml(loaded.config);
    const memory_file again(shown);
    const auto reloaded = load_config(again.path(), {});
    require(reloaded.errors.empty(), "what is in force can be read again");
    require(to_toml(reloaded.config) == shown, "and is the same");
    return 0;
}
