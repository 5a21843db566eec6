#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/study/make_plan.h"

namespace sleutel {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(int number) { return number > 0 ? Json(number) : Json(nullptr); }

/// An object for each problem, in the order in which they are printed for people.
std::string as_json(const std::vector<Problem>& problems) {
  Json all = Json::array();
  for (const Problem& one : in_order(problems))
    all.push_back({{"file", one.file},
                   {"line", number_or_null(one.line)},
                   {"column", number_or_null(one.column)},
                   {"where", one.where},
                   {"message", one.what},
                   {"suggestion", one.suggestion}});
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

struct ValidateArguments {
  std::string file;
  Settings settings;
};

Study checked(const ValidateArguments& arguments) {
  Study study;
  in_terms_of_settings(arguments.settings, arguments.file, [&] {
    study = read_checked_study(arguments.file, arguments.settings);
    check_scenarios(study);
  });
  return study;
}

ExitCode validate(const ValidateArguments& arguments, const Call& call) {
  const std::string& file = arguments.file;
  const Study study = checked(arguments);
  if (call.json) return print(as_json({})), ExitCode::done;
  print(fmt::format("{}: nothing wrong ({}, {}, {})\n", file, counted(study.scenarios.size(), "scenario"),
                    counted(static_cast<std::size_t>(study.years), "year"),
                    counted(static_cast<std::size_t>(study.replicates), "replicate")));
  hint(call, fmt::format("Next: sleutel run {}{}\n", shell_word(file), set_words(arguments.settings)));
  return ExitCode::done;
}

ExitCode validate_as_json(const ValidateArguments& arguments, const Call& call) {
  try {
    return validate(arguments, call);
  } catch (const InputError& error) {
    print(as_json(error.problems));
    return error.code;
  }
}

}  // namespace

void add_validate(CLI::App& app, Call& call) {
  auto arguments = std::make_shared<ValidateArguments>();
  CLI::App* command = app.add_subcommand("validate", "Check a study and everything it names; run nothing");
  command->add_option("study", arguments->file, "Study file, such as scenarios/first-look.yaml")->required();
  add_set(*command, arguments->settings);
  command->add_flag("--json", call.json, "Every problem as JSON, on stdout; an empty list if there is none");
  command->callback([arguments, &call] {
    call.work = [arguments, &call] { return (call.json ? validate_as_json : validate)(*arguments, call); };
  });
}

}  // namespace sleutel
