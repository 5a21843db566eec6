#include "sim/bench/bench.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "sim/bench/repeated_city.h"
#include "sim/cli/bench_cases.h"
#include "sim/cli/commands.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

struct BenchArguments {
  std::string study, isa, cases;
  int threads = 0, residents = 0;
  bool asks_for_cases = false;
};

/// The baseline of a study, or of Leiden with the shipped model, for the years that a round takes.
Study bench_study(const BenchArguments& arguments) {
  Study study;
  if (!arguments.study.empty()) study = read_checked_study(arguments.study);
  study.years = kBenchYears;
  study.replicates = 1;
  if (arguments.residents > 0) study.residents = arguments.residents;
  if (!arguments.study.empty()) {
    study.scenarios.resize(1);
    return study;
  }
  study.id = study.file = "bench";
  study.question = "How fast is the engine?";
  study.scenarios.emplace_back().name = "baseline";
  return study;
}

/// More residents than the city has are the city several times over.
void repeat_as_asked(StudyPlan& plan, int residents) {
  const int there = static_cast<int>(plan.start->residents.size());
  const int times = (residents + there / 2) / there;
  if (times > 1) plan.start = std::make_shared<const City>(repeated_city(*plan.start, times));
}

std::string as_json(const BenchResult& result) {
  nlohmann::ordered_json all;
  all["residents"] = result.residents;
  all["months"] = result.months;
  all["threads"] = result.threads;
  all["isa"] = result.isa;
  all["lanes"] = result.lanes;
  all["mean_active_states"] = result.mean_active_states;
  all["resident_months_per_second"] = result.resident_months_per_second;
  if (result.vector_over_scalar > 0) {
    all["scalar_resident_months_per_second"] = result.scalar_resident_months_per_second;
    all["vector_over_scalar"] = result.vector_over_scalar;
  }
  all["bytes_per_resident"] = result.bytes_per_resident;
  all["working_bytes_per_resident"] = result.working_bytes_per_resident;
  for (const BenchResult::Phase& phase : result.phases) all["ns_per_resident_month"][phase.name] = phase.ns;
  all["ns_of_whole"] = result.whole_ns;
  all["bare_kernel_ns_per_resident_month"] = result.ceilings.bare_kernel_ns;
  all["speed_over_bare_kernel"] = result.ceilings.bare_kernel_ns / result.whole_ns;
  all["philox_ns_per_four_words"] = result.ceilings.philox_ns;
  all["memory_gb_per_second"] = result.ceilings.memory_gb_per_second;
  all["machine"] = result.machine;
  return all.dump(2) + "\n";
}

std::string as_text(const BenchResult& result) {
  std::string text = fmt::format(
      "{} residents, {} lanes, {} threads, {}: {:.1f} million resident-months per second (median of five)\n",
      result.residents, result.lanes, result.threads, result.isa, result.resident_months_per_second / 1e6);
  if (result.vector_over_scalar > 0)
    text += fmt::format("  scalar form {:.1f} million; the vector form is {:.1f} times as fast\n",
                        result.scalar_resident_months_per_second / 1e6, result.vector_over_scalar);
  text += fmt::format("  {:.0f} bytes per resident, {:.0f} in all columns of a run; {}\n", result.bytes_per_resident,
                      result.working_bytes_per_resident, result.machine);
  text += fmt::format("  processor time of one run on one thread, ns per resident-month: {:.1f}\n", result.whole_ns);
  for (const BenchResult::Phase& phase : result.phases) text += fmt::format("    {:13}{:6.1f}\n", phase.name, phase.ns);
  const Ceilings& most = result.ceilings;
  text += fmt::format(
      "  ceilings: the hazards alone {:.1f} ns per resident-month, so the whole has {:.2f} of their speed\n",
      most.bare_kernel_ns, most.bare_kernel_ns / result.whole_ns);
  text += fmt::format("    four random words {:.2f} ns; memory read and written {:.1f} GB/s on {} threads\n",
                      most.philox_ns, most.memory_gb_per_second, result.threads);
  return text;
}

ExitCode run_bench(const BenchArguments& arguments, const Call& call) {
  RunOptions options;
  options.threads = arguments.threads;
  options.isa = arguments.isa;
  chosen_isa(options.isa);  // refuses a form that there is not, before anything is made
  if (arguments.asks_for_cases) return run_cases(arguments.cases, options, call);
  StudyPlan plan =
      make_plan(bench_study(arguments), {arguments.threads, [&](const std::string& line) { hint(call, line + "\n"); }});
  repeat_as_asked(plan, arguments.residents);
  const BenchResult result = bench(plan, options);
  print(call.json ? as_json(result) : as_text(result));
  return ExitCode::done;
}

}  // namespace

void add_bench(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<BenchArguments>();
  CLI::App* command =
      app.add_subcommand("bench", "How fast the engine is on this machine, and whether known answers come out");
  CLI::Option* study = command->add_option("study", arguments->study,
                                           "Study file of which to time the baseline (default: all of Leiden)");
  add_threads(*command, arguments->threads);
  CLI::Option* residents =
      command
          ->add_option("--residents", arguments->residents,
                       "About so many residents: a sample, or the city several times over (default: all)")
          ->check(whole_number(10, 20000000));
  command->add_option("--isa", arguments->isa, "Only this form of the kernel (default: the best, and scalar beside it)")
      ->check(one_of({"avx512", "avx2", "scalar"}));
  command
      ->add_option(
          "--cases", arguments->cases,
          "Run the benchmark cases of this folder (default: scenarios/benchmarks), and set what comes out beside "
          "the known answers")
      ->expected(0, 1)
      ->excludes(study)
      ->excludes(residents);
  command->add_flag("--json", call.json, "As JSON");
  command->callback([arguments, command, &call] {
    arguments->asks_for_cases = command->count("--cases") > 0;
    call.work = [arguments, &call] { return run_bench(*arguments, call); };
  });
}

}  // namespace sleutel
