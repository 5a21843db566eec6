#include "sim/cli/memory.h"

#include <sys/resource.h>

#include <cmath>
#include <cstdint>

#include "sim/base/numbers.h"

namespace sleutel {

double most_held() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024;
}

std::string megabytes(double bytes) {
  return with_thousands(static_cast<std::int64_t>(std::ceil(bytes / 1e6))) + " MB";
}

}  // namespace sleutel
