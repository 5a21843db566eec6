#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "output/hdf5/digest.h"
#include "sim/cli/commands.h"
#include "sim/study/explain.h"
#include "sim/study/model_schema.h"
#include "sim/study/schema.h"

// Commands of a line or two: digest, schema, explain.

namespace sleutel {
namespace {

/// An object for each meaning; what a key does not have is left out.
std::string meanings_json(const std::vector<KeyMeaning>& meanings) {
  nlohmann::ordered_json all = nlohmann::ordered_json::array();
  for (const KeyMeaning& one : meanings) {
    nlohmann::ordered_json entry = {
        {"key", one.key}, {"file", one.file}, {"value", one.value}, {"need", one.need}, {"help", one.help}};
    if (!one.keys.empty()) entry["keys"] = one.keys;
    if (!one.example.empty()) entry["example"] = one.example;
    if (!one.path.empty()) entry["path"] = one.path;
    if (!one.places.empty()) entry["in"] = one.places;
    all.push_back(std::move(entry));
  }
  return all.dump(2) + "\n";
}

}  // namespace

void add_digest(CLI::App& app, Call& call) {
  auto file = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("digest", "One number for what a results file says");
  command->add_option("file", *file, "Results file, such as results/first-look.h5")->required();
  command->add_flag("--json", call.json, "As JSON");
  command->callback([file, &call] {
    call.work = [file, &call] {
      const std::string number = digest(*file);
      print(call.json ? fmt::format("{{\"digest\": \"{}\"}}\n", number) : number + "\n");
      return ExitCode::done;
    };
  });
}

void add_schema(CLI::App& app, Call& call) {
  auto what = std::make_shared<std::string>("study");
  CLI::App* command = app.add_subcommand("schema", "The JSON Schema of study, model or programme files, for editors");
  command->add_option("what", *what, "study, model or programme (default: study)")
      ->check(one_of({"study", "model", "programme"}));
  command->callback([what, &call] {
    call.work = [what] {
      print(*what == "model" ? model_schema() : *what == "programme" ? programme_schema() : study_schema());
      return ExitCode::done;
    };
  });
}

void add_explain(CLI::App& app, Call& call) {
  auto key = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("explain", "What a key of a study, model or programme file means");
  command
      ->add_option("key", *key, "Such as coverage, scenarios.more.programmes[0].coverage, uptake, or state.applies_to")
      ->required();
  command->add_flag("--json", call.json, "As JSON");
  command->callback([key, &call] {
    call.work = [key, &call] {
      print(call.json ? meanings_json(meanings_of(*key)) : explain_key(*key));
      return ExitCode::done;
    };
  });
}

}  // namespace sleutel
