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
  study.years = 1;
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
  all["scalar_resident_months_per_second"] = result.scalar_resident_months_per_second;
  all["vector_over_scalar"] = result.vector_over_scalar;
  all["bytes_per_resident"] = result.bytes_per_resident;
  all["machine"] = result.machine;
  return all.dump(2) + "\n";
}

std::string as_text(const BenchResult& result) {
  return fmt::format(
      "{} residents, {} lanes, {} threads, {}: {:.1f} million resident-months per second (median of five)\n"
      "  scalar form {:.1f} million; the vector form is {:.1f} times as fast; {:.0f} bytes per resident; {}\n",
      result.residents, result.lanes, result.threads, result.isa, result.resident_months_per_second / 1e6,
      result.scalar_resident_months_per_second / 1e6, result.vector_over_scalar, result.bytes_per_resident,
      result.machine);
}

}  // namespace

void add_bench(CLI::App& app, Call& call) {
  struct Arguments {
    int threads = 0, residents = 0;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("bench", "How fast the engine is on this machine");
  command->add_option("--threads", arguments->threads, "At most so many threads")->check(CLI::Range(1, 1024));
  command->add_option("--residents", arguments->residents, "A sample of about so many residents (default: all)");
  command->add_flag("--json", call.json, "As JSON");
  command->callback([arguments, &call] {
    call.work = [arguments, &call] {
      const StudyPlan plan = make_plan(bench_study(arguments->residents),
                                       {arguments->threads, [&](const std::string& line) { hint(call, line + "\n"); }});
      RunOptions options;
      options.threads = arguments->threads;
      const BenchResult result = bench(plan, options);
      print(call.json ? as_json(result) : as_text(result));
      return ExitCode::done;
    };
  });
}

}  // namespace sleutel
