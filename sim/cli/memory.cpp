#include "sim/cli/memory.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fstream>

#include "output/hdf5/size.h"
#include "sim/base/limits.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/engine/blocks.h"

namespace sleutel {
namespace {

// Measured (docs/many-runs.md); tests/program/memory_test.py compares them with what runs hold.
constexpr double kOfResident = 910;   ///< of one run, with all that is kept of residents and households [bytes]
constexpr double kOfRun = 5e6;        ///< of one run, whatever the city [bytes]
constexpr double kWhileMade = 2;      ///< an empty results file is made in memory, and copied once
constexpr double kOfOutcome = 0.3e6;  ///< what the library of the results file keeps of an outcome's variables [bytes]
constexpr double kWhileRead = 1.0;    ///< of the results that are compared at the end
constexpr double kStackOfThread = 10e6;  ///< address space that a thread takes beside what it holds [bytes]

/// Pages of this process: address space, and held.
struct Held {
  double address_space = 0, held = 0;  ///< [bytes]
};

Held held_now() {
  std::ifstream file("/proc/self/statm");
  double all = 0, resident = 0;
  file >> all >> resident;
  const auto page = static_cast<double>(sysconf(_SC_PAGESIZE));
  return {all * page, resident * page};
}

/// What the machine could give without swapping [bytes]; 0: not known.
double available() {
  std::ifstream file("/proc/meminfo");
  for (std::string line; std::getline(file, line);)
    if (line.starts_with("MemAvailable:")) return std::stod(line.substr(13)) * 1024;
  return 0;
}

}  // namespace

double most_held() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024;
}

std::string megabytes(double bytes) {
  return with_thousands(static_cast<std::int64_t>(std::ceil(bytes / 1e6))) + " MB";
}

ExpectedMemory expected_memory(const StudyPlan& plan, const RunOptions& options) {
  const int threads = allowed_threads(options.threads);
  const int runs = static_cast<int>(plan.arms.size()) * plan.study.replicates;
  ExpectedMemory expected;
  expected.runs_at_once = runs >= threads ? threads : 1;
  const double of_run = kOfRun + kOfResident * static_cast<double>(plan.start->residents.size()) +
                        static_cast<double>(plan.panel.size() * 12 * sizeof(PanelMonth));
  const auto file = static_cast<double>(bytes_while_running(plan));
  const double lived = expected.runs_at_once * of_run;
  const double held = held_now().held + kOfOutcome * static_cast<double>(plan.arms.front().model->outcomes.size());
  expected.bytes =
      std::max({most_held(), held + kWhileMade * file, held + lived, held + lived / 2 + kWhileRead * file});
  return expected;
}

MemoryLimit memory_limit() {
  MemoryLimit least{available() + held_now().held, "this machine"};
  if (const auto granted = granted_memory(); granted && static_cast<double>(*granted) < least.bytes)
    least = {static_cast<double>(*granted), "the control group"};
  rlimit space{};
  if (getrlimit(RLIMIT_AS, &space) != 0 || space.rlim_cur == RLIM_INFINITY) return least;
  const Held now = held_now();
  const double left = static_cast<double>(space.rlim_cur) - (now.address_space - now.held) -
                      kStackOfThread * static_cast<double>(allowed_threads(0));
  return left < least.bytes ? MemoryLimit{std::max(0.0, left), "ulimit -v"} : least;
}

std::string memory_warning(const ExpectedMemory& expected) {
  const MemoryLimit limit = memory_limit();
  if (expected.bytes <= limit.bytes) return "";
  return fmt::format("{} leaves {}: this may end for lack of memory. {}a smaller `residents:` takes less\n",
                     limit.whose, megabytes(limit.bytes),
                     expected.runs_at_once > 1 ? "Fewer --threads, or " : "Fewer replicates or years, or ");
}

}  // namespace sleutel
