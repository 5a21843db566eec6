#include "sim/cli/bench_cases.h"

#include <fmt/format.h>

#include <algorithm>

#include "output/hdf5/read.h"
#include "output/hdf5/stream.h"
#include "sim/cli/signals.h"
#include "sim/cli/temporary_folder.h"
#include "sim/cli/version.h"
#include "sim/study/folders.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

constexpr const char* kDefaultFolder = "benchmarks";
constexpr const char* kCasesInterrupted =
    "interrupted: the cases that were done stand above, nothing is left of the others";

std::string folder_of_cases(const std::string& asked) {
  if (!asked.empty()) return asked;
  const std::filesystem::path found = found_in_scenarios(kDefaultFolder);
  if (!found.empty()) return found.string();
  throw InputError({Problem{"scenarios/benchmarks", 0, 0, "", "there is no such folder here or beside the program",
                            "run from the project's folder, or name the folder of the cases"}},
                   ExitCode::input_missing);
}

/// The road of any study: plan, simulation, results file, read again.
CaseRun run_case(const BenchmarkCase& known, const RunOptions& options, const Call& call,
                 const std::atomic<bool>& stop) {
  CaseRun run{known, {}, 0, 0, 0};
  const StudyPlan plan = make_plan(known.study, {options.threads, [&](const std::string& line) {
                                                   hint(call, line + "\n");
                                                   if (stop)
                                                     throw EnvironmentError(ExitCode::interrupted, kCasesInterrupted);
                                                 }});
  const TemporaryFolder folder;
  const std::string path = (folder.path() / "results.h5").string();
  Hdf5Recorder recorder(plan, path, {kVersion, "sleutel bench --cases", "", kSchemeVersion});
  Progress progress;
  const SimulationEnd end = simulate(plan, options, recorder, progress, stop);
  if (end.interrupted) throw EnvironmentError(ExitCode::interrupted, kCasesInterrupted);
  recorder.finish();
  run.findings = judged(known, read_results(path));
  run.residents = static_cast<std::int64_t>(plan.start->residents.size());
  run.resident_months = end.resident_months;
  run.seconds = end.seconds;
  return run;
}

}  // namespace

bool CaseRun::agrees() const {
  return std::all_of(findings.begin(), findings.end(), [](const CaseFinding& finding) { return finding.agrees; });
}

ExitCode run_cases(const std::string& folder, const RunOptions& options, const Call& call) {
  const std::vector<BenchmarkCase> cases = read_cases(folder_of_cases(folder));
  const std::atomic<bool>& stop = watch_signals();
  std::vector<CaseRun> runs;
  for (const BenchmarkCase& known : cases) {
    hint(call, fmt::format("{} ...\n", known.name));
    runs.push_back(run_case(known, options, call, stop));
    if (!call.json) print(case_text(runs.back()));
  }
  print(call.json ? cases_json(runs) : cases_summary(runs));
  return std::all_of(runs.begin(), runs.end(), [](const CaseRun& run) { return run.agrees(); }) ? ExitCode::done
                                                                                                : ExitCode::failed;
}

}  // namespace sleutel
