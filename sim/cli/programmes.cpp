#include "output/compare/programmes.h"

#include <memory>

#include "sim/base/text.h"
#include "sim/cli/commands.h"

namespace sleutel {
namespace {

struct ProgrammeArguments {
  std::string file;
  ProgrammeOptions options;
  bool csv = false;
};

ExitCode show_programmes(const ProgrammeArguments& arguments, const Call& call) {
  const ProgrammeBooks books = read_programme_books(arguments.file);
  const auto rows = programme_rows(books, arguments.options);
  if (arguments.csv) {
    print(programmes_csv(rows));
    return ExitCode::done;
  }
  const auto budgets = budget_rows(books, arguments.options);
  print(call.json ? programmes_json(books, rows, budgets) : programmes_text(books, rows, budgets));
  if (!call.json && !arguments.options.by_year)
    hint(call, "Next: sleutel programmes " + shell_word(arguments.file) + " --by-year\n");
  return ExitCode::done;
}

}  // namespace

void add_programmes(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<ProgrammeArguments>();
  CLI::App* command =
      app.add_subcommand("programmes", "Who took part in programmes, who waited, what it cost and who paid");
  command->add_option("file", arguments->file, "Results file, finished or .partial, such as results/first-look.h5")
      ->required();
  command->add_option("--scenario", arguments->options.scenarios, "Only these scenarios");
  command->add_option("--programme", arguments->options.programmes, "Only these programmes");
  command->add_flag("--by-year", arguments->options.by_year, "A row for each year");
  auto* json = command->add_flag("--json", call.json, "Programmes and budgets as JSON");
  command->add_flag("--csv", arguments->csv, "Programmes as CSV")->excludes(json);
  command->callback(
      [arguments, &call] { call.work = [arguments, &call] { return show_programmes(*arguments, call); }; });
}

}  // namespace sleutel
