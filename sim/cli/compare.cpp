#include "output/compare/compare.h"

#include <memory>

#include "output/compare/print.h"
#include "output/hdf5/read.h"
#include "sim/cli/commands.h"

namespace sleutel {
namespace {

struct CompareArguments {
  std::string file, by = "city";
  CompareOptions options;
  bool csv = false;
};

ExitCode compare_file(CompareArguments& arguments, const Call& call) {
  arguments.options.by = *by_named(arguments.by);
  const Results results = read_results(arguments.file);
  const auto rows = compare(results, arguments.options);
  if (call.json) {
    print(comparison_json(results, rows));
  } else if (arguments.csv) {
    print(comparison_csv(results, rows));
  } else {
    print(comparison_text(results, rows, arguments.options.by));
  }
  return ExitCode::done;
}

}  // namespace

void add_compare(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<CompareArguments>();
  CLI::App* command = app.add_subcommand("compare", "Compare the scenarios of a results file with its baseline");
  command->add_option("file", arguments->file, "Results file, finished or .partial, such as results/first-look.h5")
      ->required();
  command->add_option("--by", arguments->by, "Groups: city, district, buurt, income, life_stage")
      ->check(one_of({"city", "district", "buurt", "income", "life_stage"}));
  command->add_option("--outcome", arguments->options.outcomes, "Only these outcomes (sleutel list outcomes)");
  command->add_option("--year", arguments->options.years, "Only these calendar years (default: the last)")
      ->check(whole_number(1900, 2300));
  command->add_option("--scenario", arguments->options.scenarios, "Only these scenarios");
  auto* json = command->add_flag("--json", call.json, "Rows as JSON");
  command->add_flag("--csv", arguments->csv, "Rows as CSV")->excludes(json);
  command->callback([arguments, &call] { call.work = [arguments, &call] { return compare_file(*arguments, call); }; });
}

}  // namespace sleutel
