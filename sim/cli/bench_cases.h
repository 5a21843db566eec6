#pragma once
/// \file
/// `sleutel bench --cases`: studies whose answers are known, run as `sleutel run` runs them, and what came out.

#include <cstdint>
#include <string>
#include <vector>

#include "sim/cli/commands.h"
#include "sim/study/benchmark_case.h"
#include "sleutel/simulation.h"

namespace sleutel {

/// A case that was run.
struct CaseRun {
  BenchmarkCase known;
  std::vector<CaseFinding> findings;  ///< [value]
  std::int64_t residents = 0;         ///< at the start
  std::int64_t resident_months = 0;   ///< lived in all runs together
  double seconds = 0;                 ///< of living them
  bool agrees() const;
};

/// Runs all cases of a folder; an empty name is scenarios/benchmarks. Failed if any value differs.
ExitCode run_cases(const std::string& folder, const RunOptions& options, const Call& call);

std::string case_text(const CaseRun& run);
std::string cases_summary(const std::vector<CaseRun>& runs);
std::string cases_json(const std::vector<CaseRun>& runs);

}  // namespace sleutel
