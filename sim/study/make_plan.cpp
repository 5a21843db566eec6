#include "sim/study/make_plan.h"

#include <algorithm>

#include "sim/base/problems.h"
#include "sim/city/make_city.h"
#include "sim/city/read_flows.h"
#include "sim/model/read_model.h"
#include "sim/model/read_programme.h"
#include "sim/study/carried_files.h"
#include "sim/study/key_table.h"
#include "sim/study/read_budgets.h"
#include "sim/study/read_study.h"
#include "sim/study/start_cache.h"

namespace sleutel {
namespace {

/// Residents of the sample on which the first rounds of the search for the start are run.
constexpr int kSearchSample = 30000;

std::vector<std::string> district_names(const CityFiles& files) {
  std::vector<std::string> names;
  for (const DistrictMargin& district : files.districts) names.push_back(district.name);
  return names;
}

/// Programmes that any scenario uses, in order of draw.
std::vector<Programme> used_programmes(const Study& study, const Library& library) {
  std::vector<Programme> used;
  for (const Programme& programme : library.programmes)
    for (const ScenarioEntry& scenario : study.scenarios)
      if (std::any_of(scenario.programmes.begin(), scenario.programmes.end(),
                      [&](const ProgrammeEntry& entry) { return entry.programme == programme.id; })) {
        used.push_back(programme);
        break;
      }
  std::sort(used.begin(), used.end(), [](const Programme& a, const Programme& b) { return a.draw < b.draw; });
  return used;
}

/// A programme is a bit of a word: what is too many is told where the first of them is used.
void check_number_of_programmes(const Study& study, const std::vector<Programme>& used) {
  if (used.size() <= kMaxProgrammes) return;
  std::vector<std::string> seen;
  for (const ScenarioEntry& scenario : study.scenarios)
    for (const ProgrammeEntry& entry : scenario.programmes) {
      if (std::find(seen.begin(), seen.end(), entry.programme) != seen.end()) continue;
      seen.push_back(entry.programme);
      if (seen.size() <= kMaxProgrammes) continue;
      throw InputError({Problem{study.file, entry.line, entry.column, entry.where,
                                "the study uses " + std::to_string(used.size()) + " programmes (at most " +
                                    std::to_string(kMaxProgrammes) + ")",
                                "divide its scenarios over two studies with the same seed"}});
    }
}

StudyPlan::Arm make_arm(const Study& study, const ScenarioEntry& scenario, const Library& library,
                        const std::vector<Programme>& programmes) {
  std::vector<Problem> problems;
  StudyPlan::Arm arm;
  arm.name = scenario.name;
  std::vector<Programme> own = programmes;
  for (const ProgrammeEntry& entry : scenario.programmes) {
    const auto at = std::find_if(own.begin(), own.end(),
                                 [&](const Programme& programme) { return programme.id == entry.programme; });
    for (const ProgrammeEntry::Assumed& assumed : entry.assume) {
      const std::string wrong =
          assume_effect(*at, *library.model, assumed.path, assumed.hazard_ratio, assumed.low, assumed.high);
      if (!wrong.empty()) problems.push_back({study.file, assumed.line, assumed.column, assumed.where, wrong, ""});
    }
    for (const ProgrammeEffect& effect : at->effects) arm.any_assumed = arm.any_assumed || effect.assumed;
    ProgrammeUse use;
    use.programme = static_cast<int>(at - own.begin());
    use.coverage = entry.coverage;
    use.reach = entry.reach;
    use.from_month = entry.from.index() - study.start.index();
    if (entry.until) use.until_month = entry.until->index() - study.start.index();
    settle_places(study, entry, !scenario.budgets.empty(), *at, use, problems);
    arm.programmes.push_back(use);
  }
  arm.budgets = settle_budgets(study, scenario, own, arm.programmes, problems);
  throw_if_any(problems);
  arm.model = read_model(
      library.folders.model.string(),
      {.evidence = library.folders.evidence.string(), .set = scenario.set, .set_file = study.file, .programmes = &own});
  return arm;
}

/// The arms of a study; the problems of all scenarios are told at once.
std::vector<StudyPlan::Arm> make_arms(const Study& study, const Library& library,
                                      const std::vector<Programme>& programmes) {
  check_number_of_programmes(study, programmes);
  std::vector<StudyPlan::Arm> arms;
  std::vector<Problem> problems;
  for (const ScenarioEntry& scenario : study.scenarios) {
    try {
      arms.push_back(make_arm(study, scenario, library, programmes));
    } catch (const InputError& wrong) {
      problems.insert(problems.end(), wrong.problems.begin(), wrong.problems.end());
    }
  }
  throw_if_any(problems);
  return arms;
}

/// The constants of the baseline belong to every scenario: they are part of the start, not of what a scenario changes.
void take_constants(StudyPlan::Arm& arm, const Model& found) {
  auto model = std::make_shared<Model>(*arm.model);
  for (std::size_t level = 0; level < found.matrix.size(); ++level) {
    model->matrix[level].shift_begin = found.matrix[level].shift_begin;
    model->matrix[level].shift_end = found.matrix[level].shift_end;
  }
  arm.model = std::move(model);
}

/// What a study says, without its residents.
StudyPlan plan_without_residents(const Study& study, const Library& library) {
  StudyPlan plan;
  plan.study = study;
  plan.flows = read_flows(library.folders.city.string());
  plan.files = carried_files(library.folders, study.model);
  plan.programmes = used_programmes(study, library);
  plan.arms = make_arms(study, library, plan.programmes);
  return plan;
}

/// Gives the plan the residents of a start, or a sample of them, and its constants.
void begin_at(StudyPlan& plan, Start start) {
  for (StudyPlan::Arm& arm : plan.arms) take_constants(arm, start.model);
  const Study& study = plan.study;
  if (study.residents > 0) start.city = sample_city(start.city, study.residents, study.city_seed);
  plan.start = std::make_shared<const City>(std::move(start.city));
}

KnownNames names_of(const Library& library) {
  KnownNames known;
  for (const Programme& programme : library.programmes) {
    known.programmes.push_back(programme.id);
    if (programme.effect_none) known.without_effect.push_back(programme.id);
  }
  known.districts = library.districts;
  known.start = library.reference_date;
  for (const State& state : library.model->states) known.states.push_back(state.name);
  for (const Parameter& parameter : library.model->parameters) known.parameters.push_back(parameter.path);
  known.cities = known_cities(library.folders.scenarios);
  return known;
}

}  // namespace

Library read_library(const DataFolders& folders, const Settings& settings) {
  Library library;
  library.folders = folders;
  std::vector<Problem> problems;
  std::vector<ParameterChange> changes = parameter_settings(settings, problems);
  throw_if_any(problems);
  library.model =
      read_model(folders.model.string(),
                 {.evidence = folders.evidence.string(), .set = std::move(changes), .set_file = kSettingsFile});
  const CityFiles files = read_city_files(folders.city.string());
  library.districts = district_names(files);
  library.reference_date = files.reference_date;
  library.programmes =
      read_programmes(folders.programmes.string(), *library.model, library.districts, folders.evidence.string());
  return library;
}

Study read_checked_study(const std::string& file, const Settings& settings) {
  const auto known_to = [](const Study& study) {
    if (!is_name(study.city)) return KnownNames{};  // told already; nothing is looked for under such a name
    try {
      const DataFolders folders = data_folders(study);
      if (!study.model.ends_with(".yaml")) return KnownNames{};  // told already
      return names_of(read_library(folders));
    } catch (const InputError&) {
      KnownNames known;
      known.cities = cities_near(folder_of(study));
      const bool found = std::find(known.cities.begin(), known.cities.end(), study.city) != known.cities.end();
      if (found || known.cities.empty()) throw;
      return known;
    }
  };
  return read_study(file, known_to, settings);
}

void check_scenarios(const Study& study) {
  const Library library = read_library(data_folders(study));
  make_arms(study, library, used_programmes(study, library));
}

Start start_of(const Model& model, const DataFolders& folders, std::uint64_t city_seed, const Flows& flows,
               const PlanOptions& options) {
  const City made = make_city(read_city_files(folders.city.string()), city_seed);
  const std::string key = start_key(model, made, flows, city_seed);
  const auto tell_more = [&](const std::string& words) {
    if (options.tell_more) options.tell_more(words + start_file(key));
  };
  if (auto kept = cached_start(key, model, made)) return tell_more("start: read from "), std::move(*kept);
  tell_more("start: there is none in ");
  if (options.tell) options.tell("finding the start: lives replayed from birth (kept for later runs)");
  const City sample = sample_city(made, kSearchSample, city_seed);
  Start start = find_start(model, made, sample, flows, {city_seed, options.threads, options.tell});
  keep_start(key, start);
  tell_more("start: kept in ");
  return start;
}

StudyPlan make_plan(const Study& study, const PlanOptions& options) {
  const Library library = read_library(data_folders(study));
  StudyPlan plan = plan_without_residents(study, library);
  begin_at(plan, start_of(*library.model, library.folders, study.city_seed, plan.flows, options));
  return plan;
}

Draft draft_plan(const Study& study) {
  const Library library = read_library(data_folders(study));
  Draft draft{plan_without_residents(study, library), false};
  City made = make_city(read_city_files(library.folders.city.string()), study.city_seed);
  auto kept = cached_start(start_key(*library.model, made, draft.plan.flows, study.city_seed), *library.model, made);
  draft.has_start = kept.has_value();
  begin_at(draft.plan, kept ? std::move(*kept) : Start{*library.model, std::move(made), {}});
  return draft;
}

}  // namespace sleutel
