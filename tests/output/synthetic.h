#pragma once
/// \file
/// A small invented plan and years for the tests of output/: nothing is simulated.

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "output/hdf5/stream.h"
#include "sleutel/error.h"
#include "sleutel/random.h"
#include "sleutel/recorder.h"
#include "sleutel/scenario.h"

namespace sleutel::synthetic {

/// A folder of its own, removed at the end.
class Folder {
 public:
  Folder() {
    static int number = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("sleutel-output-" + std::to_string(getpid()) + "-" + std::to_string(number++));
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name) const { return (path_ / name).string(); }
  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

inline Outcome outcome(const std::string& id, const std::string& label, OutcomeKind kind, const std::string& unit,
                       double scale, int decimals, double matters) {
  Outcome o;
  o.id = id;
  o.label_en = label;
  o.label_nl = "\xC3\xA9\xC3\xA9n " + label;  // "één ...": not ASCII
  o.kind = kind;
  o.population_en = "adults";
  o.population_nl = "volwassenen";
  o.unit = unit;
  o.scale = scale;
  o.decimals = decimals;
  o.matters = matters;
  o.definition = "person-months with " + label + " / person-months";
  return o;
}

inline std::shared_ptr<Model> model() {
  auto model = std::make_shared<Model>();
  model->id = "toy-1";
  model->model_yaml = "model: toy-1\n";
  model->evidence_text = "id,statement\nT-1,a figure\n";
  model->evidence["T-1"] = "a figure";
  Response satisfaction, health;
  satisfaction.name = "life_satisfaction";
  health.name = "good_health";
  health.cuts = {0.5F};
  model->responses.responses = {satisfaction, health};
  model->outcomes = {outcome("problem_debt", "problem debt", OutcomeKind::prevalence, "per 1,000", 1000, 1, 2),
                     outcome("life_satisfaction", "life satisfaction", OutcomeKind::response, "(0-10)", 1, 2, 0.1),
                     outcome("good_health", "good health", OutcomeKind::response, "%", 100, 1, 1),
                     outcome("eq5d", "quality of life", OutcomeKind::utility, "(0-1)", 1, 3, 0.01),
                     outcome("deaths", "deaths", OutcomeKind::deaths, "per 1,000 a year", 1000, 1, 0.5)};
  model->outcomes[1].response = 0;
  model->outcomes[2].response = 1;
  for (int i : {1, 2, 3}) model->outcomes[static_cast<std::size_t>(i)].higher_is_better = true;
  model->outcomes[2].also_gap = true;
  model->outcomes[2].years = {YearsLived::with, "years_in_good_health", "years in good health", "gezonde jaren", 0.1};
  return model;
}

inline std::shared_ptr<City> city() {
  auto city = std::make_shared<City>();
  city->id = "toy";
  city->name = "Toy";
  city->districts = {{"WK01", "Noord"}, {"WK02", "Zuid \xC3\xA9"}};
  city->buurten = {{"BU0101", "Haven", 0}, {"BU0201", "Hof", 1}, {"BU0202", "Laan", 1}};
  resize(city->residents, 100);
  for (auto& flags : city->residents.flags) flags = kPresent;
  return city;
}

/// Baseline and `help`, which uses one programme whose effect is assumed.
inline StudyPlan plan(int replicates = 3, int years = 4) {
  StudyPlan plan;
  plan.study.id = "toy-study";
  plan.study.question = "Does it help?";
  plan.study.city = "toy";
  plan.study.years = years;
  plan.study.replicates = replicates;
  plan.study.seed = 18446744073709551557ULL;
  plan.study.text = "study: toy-study  # \xC3\xA9\n";
  Programme programme;
  programme.id = "vroegsignalering";
  programme.partner = "municipality";
  programme.effects.push_back({0, Change::end, 1.5, 0.9, 2.0, "", true, "problem_debt.end"});
  plan.programmes = {programme};
  const auto shared = model();
  plan.arms = {{"baseline", shared, {}, {}, false}, {"help", shared, {{0, 0.6, 12, 1 << 30}}, {}, true}};
  plan.study.scenarios.resize(2);
  plan.start = city();
  return plan;
}

/// The same, with every month of three residents.
inline StudyPlan plan_with_panel(int replicates = 3, int years = 4) {
  StudyPlan with = plan(replicates, years);
  const auto numbered = city();
  for (Row row = 0; row < numbered->residents.size(); ++row) numbered->residents.id[row] = row + 1;
  with.start = numbered;
  with.panel = {3, 7, 40};
  return with;
}

/// Invented sums of one year of one run; every number differs.
struct Year {
  Tally tally;
  std::vector<ProgrammeYear> programmes;
  AgeTally ages;
  PanelYear panel;
  YearRecord record;

  Year(const StudyPlan& plan, int scenario, int replicate, int year) {
    tally.shape.buurten = static_cast<int>(plan.start->buurten.size());
    tally.shape.measures = 2 * static_cast<int>(plan.arms.front().model->outcomes.size());
    tally.sums.resize(static_cast<std::size_t>(tally.shape.cells()) * tally.shape.measures);
    std::uint64_t x = static_cast<std::uint64_t>((scenario * 100 + replicate) * 100 + year);
    for (std::size_t i = 0; i < tally.sums.size(); ++i) {
      x = mixed(x + i + 1);
      tally.sums[i] = static_cast<std::int64_t>(x % (i % 2 == 0 ? 1000 : 100000)) + (i % 2 == 0 ? 0 : 2000);
    }
    ages.outcomes = {2};  // good_health of model()
    for (auto* sums : {&ages.period, &ages.cohort, &ages.at_start}) {
      sums->resize((sums == &ages.at_start ? 1 : ages.measures()) * kAgeCells);
      for (auto& sum : *sums) sum = static_cast<std::int64_t>((x = mixed(x + 1)) % 5000);
    }
    const std::int64_t base = scenario * 1000 + replicate * 100 + year;
    programmes = {{base + 1, base + 2, base + 3, base + 4}};
    record.scenario = scenario;
    record.replicate = replicate;
    record.year = year;
    record.books = {base, base + 1, base + 2, base + 3, base + 4, base + 5};
    record.clipped = base + 6;
    panel.resize(plan.panel.size() * 12);
    for (PanelMonth& month : panel) {
      x = mixed(x + 1);
      month.stress_fast = static_cast<std::uint16_t>(x % 1000);
      month.household_size = static_cast<std::uint16_t>(1 + x % 7);
      month.buurt = static_cast<std::uint8_t>(x % plan.start->buurten.size());
    }
  }
  Year(const Year&) = delete;
  Year& operator=(const Year&) = delete;

  const YearRecord& ready() {
    record.tally = &tally;
    record.ages = &ages;
    record.programmes = &programmes;
    if (!panel.empty()) record.panel = &panel;
    return record;
  }
};

inline void write(const StudyPlan& plan, Recorder& recorder, int scenario, int replicate, int year) {
  Year made(plan, scenario, replicate, year);
  recorder.year_done(made.ready());
}

inline void write_all(const StudyPlan& plan, Recorder& recorder) {
  for (int scenario = 0; scenario < static_cast<int>(plan.arms.size()); ++scenario)
    for (int replicate = 0; replicate < plan.study.replicates; ++replicate)
      for (int year = 0; year < plan.study.years; ++year) write(plan, recorder, scenario, replicate, year);
}

inline Provenance provenance() { return {"0.1.0", "sleutel run toy.yaml", ""}; }

/// What the work says when it ends with this code.
inline std::string message_of(const std::function<void()>& work, ExitCode expected) {
  try {
    work();
  } catch (const EnvironmentError& error) {
    CHECK(error.code == expected);
    return error.what();
  }
  FAIL("nothing was thrown");
  return "";
}

/// A finished file.
inline std::string finished(const Folder& folder, const StudyPlan& plan, const std::string& name = "toy.h5") {
  Hdf5Recorder recorder(plan, folder.file(name), provenance());
  write_all(plan, recorder);
  recorder.finish();
  return folder.file(name);
}

}  // namespace sleutel::synthetic
