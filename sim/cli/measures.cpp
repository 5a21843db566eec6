#include "output/compare/measures.h"

#include <memory>

#include "output/hdf5/read.h"
#include "sim/cli/commands.h"

namespace sleutel {
namespace {

struct MeasuresArguments {
  std::string file, by = "city";
  MeasuresOptions options;
  bool csv = false;
};

ExitCode measure_file(MeasuresArguments& arguments, const Call& call) {
  arguments.options.by = *measures_by_named(arguments.by);
  const Results results = read_results(arguments.file);
  const auto rows = measure(results, arguments.options);
  if (call.json) {
    print(measures_json(results, rows));
  } else if (arguments.csv) {
    print(measures_csv(results, rows));
  } else {
    print(measures_text(results, rows, arguments.options.by));
  }
  return ExitCode::done;
}

}  // namespace

void add_measures(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<MeasuresArguments>();
  CLI::App* command = app.add_subcommand(
      "measures", "Life expectancy, healthy life expectancy, incidence, duration and QALYs of a results file");
  command->add_option("file", arguments->file, "Results file, finished or .partial, such as results/first-look.h5")
      ->required();
  command->add_option("--by", arguments->by, "Groups: city, sex, income, income_sex")
      ->check(one_of({"city", "sex", "income", "income_sex"}));
  command->add_option("--measure", arguments->options.measures, "Only these measures, such as life_expectancy");
  command->add_option("--year", arguments->options.years, "Only these calendar years, together (default: all)")
      ->check(whole_number(1900, 2300));
  command->add_option("--scenario", arguments->options.scenarios, "Only these scenarios, beside the baseline");
  auto* json = command->add_flag("--json", call.json, "Rows as JSON");
  command->add_flag("--csv", arguments->csv, "Rows as CSV")->excludes(json);
  command->callback([arguments, &call] { call.work = [arguments, &call] { return measure_file(*arguments, call); }; });
}

}  // namespace sleutel
