#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "sim/cli/commands.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

/// One thing of a list: its id, and a few words.
struct Item {
  std::string id, words;
};

std::vector<Item> items_of(const Library& library, const std::string& what) {
  std::vector<Item> items;
  if (what == "programmes")
    for (const Programme& one : library.programmes)
      items.push_back({one.id, fmt::format("{} ({}, {})", one.name_en, one.partner, one.domain)});
  if (what == "outcomes")
    for (const Outcome& one : library.model->outcomes)
      items.push_back({one.id, fmt::format("{}, {}, {}", one.label_en, one.population_en, one.unit)});
  if (what == "districts")
    for (const std::string& name : library.districts) items.push_back({name, ""});
  if (what == "states")
    for (const State& one : library.model->states)
      if (!one.is_event) items.push_back({one.name, fmt::format("{} ({})", one.label_en, one.domain)});
  if (what == "events")
    for (const State& one : library.model->states)
      if (one.is_event) items.push_back({one.name, one.label_en});
  return items;
}

std::string as_text(const std::vector<Item>& items) {
  std::size_t width = 0;
  for (const Item& item : items) width = std::max(width, item.id.size());
  std::string text;
  for (const Item& item : items)
    text += item.words.empty() ? item.id + "\n" : fmt::format("{:<{}}  {}\n", item.id, width, item.words);
  return text;
}

std::string as_json(const std::vector<Item>& items) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const Item& item : items) all.push_back({{"id", item.id}, {"label", item.words}});
  return all.dump(2) + "\n";
}

}  // namespace

void add_list(CLI::App& app, Call& call) {
  struct Arguments {
    std::string what, city = "leiden", model = "model.yaml";
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("list", "What there is: programmes, outcomes, districts, states, events");
  command->add_option("kind", arguments->what, "One of programmes, outcomes, districts, states or events")
      ->required()
      ->check(one_of({"programmes", "outcomes", "districts", "states", "events"}));
  command->add_option("--city", arguments->city, "Folder under scenarios/ (default: leiden)");
  command->add_option("--model", arguments->model, "Model file (default: the city's model.yaml)");
  command->add_flag("--json", call.json, "As JSON");
  command->callback([arguments, &call] {
    call.work = [arguments, &call] {
      const Library library = read_library(data_folders(arguments->city, ".", arguments->model));
      const auto items = items_of(library, arguments->what);
      print(call.json ? as_json(items) : as_text(items));
      return ExitCode::done;
    };
  });
}

}  // namespace sleutel
