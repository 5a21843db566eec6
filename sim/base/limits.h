#pragma once
/// \file
/// What the control groups of this process grant: those of version 2 and 1, its own and all above it.

#include <cstdint>
#include <optional>
#include <string>

namespace sleutel {

/// Where the system says it; other folders for tests.
struct ControlGroupFiles {
  std::string groups = "/sys/fs/cgroup";
  std::string own = "/proc/self/cgroup";  ///< which groups this process is in
};

/// Processors, a part counted as a whole one; none: no limit.
std::optional<int> granted_processors(const ControlGroupFiles& files = {});

/// Memory [bytes]; none: no limit.
std::optional<std::uint64_t> granted_memory(const ControlGroupFiles& files = {});

}  // namespace sleutel
