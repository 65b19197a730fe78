// A change of an entry that has a revision, made only if the revision is the one that is wanted.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

namespace voltgate {

/// What became of a change.
struct revision_change {
    revision_change() = default;
    enum class fate : std::uint8_t {
        failed,  // it could not be stored; nothing has changed
        created,
        changed,
        removed,
        refused,  // by its condition
        missing,  // there is nothing to remove
    } what = fate::failed;
    std::optional<std::uint64_t> revision;  // of the entry now; nullopt: there is none
};

/// Decides whether an entry of this revision (nullopt: there is none) may be changed. Called where changes are stored,
/// one after the other; one that is empty has nothing against it.
using revision_condition = std::function<bool(std::optional<std::uint64_t> revision)>;

}  // namespace voltgate
