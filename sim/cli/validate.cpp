#include <fmt/format.h>

#include <memory>

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
      print(fmt::format("{}: nothing wrong ({} scenarios, {} years, {} replicates)\n", *file, study.scenarios.size(),
                        study.years, study.replicates));
      hint(call, fmt::format("Next: sleutel run {}\n", *file));
      return ExitCode::done;
    };
  });
}

}  // namespace sleutel
