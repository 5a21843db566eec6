#include <algorithm>

#include "sim/base/text.h"
#include "sim/study/read_study.h"

namespace sleutel {
namespace {

using Names = std::vector<std::string>;

bool holds(const Names& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class NameCheck {
 public:
  NameCheck(const Study& study, const KnownNames& known, std::vector<Problem>& problems)
      : study_(study), known_(known), problems_(problems) {}

  void check_city() {
    if (known_.cities.empty() || study_.city.empty() || holds(known_.cities, study_.city)) return;
    const std::string nearest = did_you_mean(study_.city, known_.cities);
    problems_.push_back(study_problem(study_, "city", "unknown city " + in_quotes(study_.city),
                                      nearest.empty() ? "cities here: " + listed(known_.cities, "and") : nearest));
  }

  /// The residents are made from figures of one month; nobody has brought them to another.
  void check_start() {
    if (!known_.start || study_.start == *known_.start) return;
    const std::string only = to_string(*known_.start);
    problems_.push_back(study_problem(
        study_, "start",
        to_string(study_.start) + " (must be " + only + ": the figures of " + study_.city + " are of that month)",
        "write `start: " + only + "`; the `from:` of a programme says when it begins"));
  }

  void check_programme(const ProgrammeEntry& entry) {
    if (known_.programmes.empty() || entry.programme.empty() || holds(known_.programmes, entry.programme)) return;
    report(entry, "unknown programme " + in_quotes(entry.programme),
           suggest_name(entry.programme, known_.programmes, "list programmes"));
  }

  void check_control(const ScenarioEntry& scenario, const ProgrammeEntry& entry) {
    const bool acts = holds(known_.programmes, entry.programme) && !holds(known_.without_effect, entry.programme);
    if (!scenario.effect_none || !acts || entry.coverage == 0 || !entry.assume.empty()) return;
    report(entry, in_quotes(entry.programme) + " has an effect, but the scenario says `effect: none`",
           "remove one of the two");
  }

  void check_assumed(const ProgrammeEntry::Assumed& assumed) {
    const std::string state = assumed.path.substr(0, assumed.path.rfind('.'));
    if (known_.states.empty() || holds(known_.states, state)) return;
    report(assumed, "unknown state " + in_quotes(state), suggest_name(state, known_.states, "list states"));
  }

  void check_parameter(const ParameterChange& change) {
    if (known_.parameters.empty() || holds(known_.parameters, change.path)) return;
    report(change, "unknown parameter " + in_quotes(change.path),
           suggest_name(change.path, known_.parameters, "model --parameters"));
  }

 private:
  /// Inherited entries come again in each scenario that extends theirs: each is told once.
  template <class Entry>
  void report(const Entry& entry, const std::string& what, const std::string& suggestion) {
    const Problem problem{study_.file, entry.line, entry.column, entry.where, what, suggestion};
    if (std::find(problems_.begin(), problems_.end(), problem) == problems_.end()) problems_.push_back(problem);
  }

  const Study& study_;
  const KnownNames& known_;
  std::vector<Problem>& problems_;
};

}  // namespace

void check_names(const Study& study, const KnownNames& known, std::vector<Problem>& problems) {
  NameCheck check(study, known, problems);
  check.check_city();
  check.check_start();
  for (const ScenarioEntry& scenario : study.scenarios) {
    for (const ProgrammeEntry& entry : scenario.programmes) {
      check.check_programme(entry);
      check.check_control(scenario, entry);
      for (const auto& assumed : entry.assume) check.check_assumed(assumed);
    }
    for (const ParameterChange& change : scenario.set) check.check_parameter(change);
  }
}

std::string suggest_name(std::string_view word, const std::vector<std::string>& candidates, std::string_view command) {
  const std::string nearest = did_you_mean(word, candidates);
  const std::string all = "`sleutel " + std::string(command) + "` shows all " + std::to_string(candidates.size());
  return nearest.empty() ? all : nearest + "  (" + all + ")";
}

}  // namespace sleutel
