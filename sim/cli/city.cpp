#include <fmt/format.h>

#include <memory>

#include "sim/city/fit_table.h"
#include "sim/city/make_city.h"
#include "sim/cli/commands.h"
#include "sim/study/folders.h"

namespace sleutel {
namespace {

struct CityArguments {
  std::string city = "leiden";
  std::uint64_t seed = 1;
  bool check = false, all = false;
};

ExitCode show_fit(const CityArguments& arguments, const Call& call) {
  const DataFolders folders = data_folders(arguments.city, ".", "model.yaml");
  const CityFiles files = read_city_files(folders.city.string());
  const FitTable table = fit_table(make_city(files, arguments.seed), files);
  print(call.json ? fit_json(table) : fit_text(table, arguments.all ? FitDetail::every_row : FitDetail::summary));
  if (!call.json && !arguments.all) hint(call, "Next: sleutel city --all shows every district and buurt\n");
  return arguments.check && !table.all_inside() ? ExitCode::failed : ExitCode::done;
}

}  // namespace

void add_city(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<CityArguments>();
  CLI::App* command = app.add_subcommand("city", "Published figures of a city beside the residents made from them");
  command->add_option("--city", arguments->city, "Folder under scenarios/ (default: leiden)");
  command->add_option("--seed", arguments->seed, "Seed of the city (default: 1)")
      ->check(whole_number(0, 9007199254740991));
  command->add_flag("--check", arguments->check, "Fail (exit 1) if a figure is outside its tolerance");
  command->add_flag("--all", arguments->all, "Every district and buurt, not only the one nearest to its limit");
  command->add_flag("--json", call.json, "Every row as JSON");
  command->callback([arguments, &call] { call.work = [arguments, &call] { return show_fit(*arguments, call); }; });
}

}  // namespace sleutel
