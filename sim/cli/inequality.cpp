#include "output/compare/inequality.h"

#include <memory>

#include "output/hdf5/read.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"

namespace sleutel {
namespace {

constexpr double kMostAversion = 100;  ///< beyond it only the worst-off group counts

struct InequalityArguments {
  std::string file, by = "income";
  InequalityOptions options;
  bool csv = false;
};

ExitCode show_inequality(InequalityArguments& arguments, const Call& call) {
  arguments.options.by = *inequality_by_named(arguments.by);
  const Results results = read_results(arguments.file);
  const auto rows = inequality(results, arguments.options);
  if (call.json) {
    print(inequality_json(results, rows, arguments.options));
  } else if (arguments.csv) {
    print(inequality_csv(results, rows, arguments.options));
  } else {
    print(inequality_text(results, rows, arguments.options));
  }
  return ExitCode::done;
}

/// A number from 0 to kMostAversion.
std::string wrong_aversion(const std::string& text) {
  const auto number = parse_number(text);
  if (number && *number >= 0 && *number <= kMostAversion) return "";
  return "expected a number from 0 to " + number_text(kMostAversion) + ", found " + in_quotes(text);
}

}  // namespace

void add_inequality(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<InequalityArguments>();
  CLI::App* command = app.add_subcommand(
      "inequality", "How unequal health is between income fifths or districts, and what scenarios change");
  command->add_option("file", arguments->file, "Results file, finished or .partial, such as results/first-look.h5")
      ->required();
  command->add_option("--by", arguments->by, "Groups: income, district (education: not in the file)")
      ->check(one_of({"income", "district", "education"}));
  command->add_option("--outcome", arguments->options.outcomes, "Only these outcomes (default: those with a gap)");
  command->add_option("--measure", arguments->options.measures,
                      "Only these measures, such as sii rii_shortfall; or all");
  command->add_option("--year", arguments->options.years, "Only these calendar years (default: the last)")
      ->check(whole_number(1900, 2300));
  command->add_option("--scenario", arguments->options.scenarios, "Only these scenarios");
  command
      ->add_option("--aversion", arguments->options.aversion,
                   "Aversion to inequality of EDE and Atkinson: 0 none, 1 (default), 10.95 as asked in England")
      ->check(CLI::Validator(wrong_aversion, "NUMBER"));
  auto* json = command->add_flag("--json", call.json, "Rows as JSON");
  command->add_flag("--csv", arguments->csv, "Rows as CSV")->excludes(json);
  command->callback(
      [arguments, &call] { call.work = [arguments, &call] { return show_inequality(*arguments, call); }; });
}

}  // namespace sleutel
