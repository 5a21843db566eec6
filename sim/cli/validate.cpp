#include <fmt/format.h>

#include <memory>

#include "sim/base/text.h"
#include "sim/cli/commands.h"
#include "sim/study/make_plan.h"

namespace sleutel {

void add_validate(CLI::App& app, Call& call) {
  auto file = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("validate", "Check a study and everything it names; run nothing");
  command->add_option("study", *file, "Study file")->required();
  command->callback([file, &call] {
    call.work = [file, &call] {
      const Study study = read_checked_study(*file);
      check_scenarios(study);
      print(fmt::format("{}: nothing wrong ({}, {}, {})\n", *file, counted(study.scenarios.size(), "scenario"),
                        counted(static_cast<std::size_t>(study.years), "year"),
                        counted(static_cast<std::size_t>(study.replicates), "replicate")));
      hint(call, fmt::format("Next: sleutel run {}\n", *file));
      return ExitCode::done;
    };
  });
}

}  // namespace sleutel
