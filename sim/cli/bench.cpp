#include "sim/engine/bench.h"

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/commands.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

/// The whole city and the shipped model, nothing but the baseline.
Study bench_study(int residents) {
  Study study;
  study.id = "bench";
  study.question = "How fast is the engine?";
  study.years = 5;
  study.replicates = 1;
  study.residents = residents;
  study.scenarios.emplace_back();
  study.scenarios.back().name = "baseline";
  study.file = "bench";
  return study;
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
  double sum = 0;
  for (const BenchResult::Phase& phase : result.phases) sum += phase.ns;
  text += fmt::format("  processor time of one run on one thread, ns per resident-month: {:.1f}\n", sum);
  for (const BenchResult::Phase& phase : result.phases) text += fmt::format("    {:13}{:6.1f}\n", phase.name, phase.ns);
  return text;
}

struct BenchArguments {
  int threads = 0, residents = 0;
  std::string isa;
};

ExitCode run_bench(const BenchArguments& arguments, const Call& call) {
  const StudyPlan plan = make_plan(bench_study(arguments.residents),
                                   {arguments.threads, [&](const std::string& line) { hint(call, line + "\n"); }});
  RunOptions options;
  options.threads = arguments.threads;
  options.isa = arguments.isa;
  const BenchResult result = bench(plan, options);
  print(call.json ? as_json(result) : as_text(result));
  return ExitCode::done;
}

}  // namespace

void add_bench(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<BenchArguments>();
  CLI::App* command = app.add_subcommand("bench", "How fast the engine is on this machine");
  command->add_option("--threads", arguments->threads, "At most so many threads")->check(whole_number(1, 1024));
  command->add_option("--residents", arguments->residents, "A sample of about so many residents (default: all)")
      ->check(whole_number(10, 20000000));
  command->add_option("--isa", arguments->isa, "Only this form of the kernel (default: the best, and scalar beside it)")
      ->check(one_of({"avx512", "avx2", "scalar"}));
  command->add_flag("--json", call.json, "As JSON");
  command->callback([arguments, &call] { call.work = [arguments, &call] { return run_bench(*arguments, call); }; });
}

}  // namespace sleutel
