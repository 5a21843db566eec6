#include "output/hdf5/layout.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>

#include "output/hdf5/inputs.h"
#include "output/hdf5/life_table.h"
#include "output/hdf5/panel.h"
#include "output/hdf5/programme_columns.h"
#include "sim/base/text.h"
#include "sleutel/error.h"

namespace sleutel::h5 {
namespace {

constexpr const char* kPrediction =
    "A prediction from age, household, income and tenure; not a measurement of this place.";

std::vector<std::string> income_labels() {
  return {"lowest fifth", "second fifth", "middle fifth", "fourth fifth", "highest fifth", "students and institutions"};
}

std::vector<std::string> life_stage_labels() { return {std::begin(kLifeStageNames), std::end(kLifeStageNames)}; }

std::vector<std::int32_t> numbers_from(int first, int count) {
  std::vector<std::int32_t> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), first);
  return numbers;
}

Axis scenario_axis(const StudyPlan& plan) {
  Axis axis{"scenario", "scenario; the first is the baseline", {}, {}};
  for (const auto& arm : plan.arms) axis.labels.push_back(arm.name);
  return axis;
}

/// scenario, draw, replicate, year: the axes that every group of numbers has.
std::vector<Axis> run_axes(const StudyPlan& plan) {
  const auto& study = plan.study;
  return {
      scenario_axis(plan),
      {"draw", "draw of uncertain parameters", {}, {0}},
      {"replicate", "replicate: one random future, the same in all scenarios", {}, numbers_from(0, study.replicates)},
      {"year",
       "year that begins in " + to_string(study.start) + " or whole years later",
       {},
       numbers_from(study.start.year, study.years)}};
}

bool is_flow(OutcomeKind kind) {
  switch (kind) {
    case OutcomeKind::begin:
    case OutcomeKind::deaths:
    case OutcomeKind::births:
    case OutcomeKind::moves_in:
    case OutcomeKind::moves_out:
      return true;
    default:
      return false;
  }
}

std::string natural_unit(const Outcome& outcome) {
  if (is_flow(outcome.kind)) return "year-1";
  return "1";
}

std::string kind_text(OutcomeKind kind) {
  if (kind == OutcomeKind::begin) return "begin";
  return kind == OutcomeKind::utility ? "utility" : "";
}

/// The outcome that is the prevalence of the state whose beginnings `o` counts, among the same residents; else empty.
std::string lasts_as(const Outcome& o, const Model& model) {
  if (o.kind != OutcomeKind::begin || o.state < 0) return "";
  StateMask alone;
  alone.set(o.state);
  for (const Outcome& other : model.outcomes)
    if (other.kind == OutcomeKind::prevalence && other.mask == alone && other.age_from == o.age_from &&
        other.age_until == o.age_until && !other.per_household)
      return other.id;
  return "";
}

std::vector<Attribute> value_attributes(const Outcome& o, const Model& model) {
  return {{"long_name", o.label_en + ", " + o.population_en},
          {"units", natural_unit(o)},
          {"cell_methods", "year: mean"},
          {"label_en", o.label_en},
          {"label_nl", o.label_nl},
          {"population_en", o.population_en},
          {"population_nl", o.population_nl},
          {"definition", o.definition},
          {"age_from", std::int64_t{o.age_from}},
          {"age_until", std::int64_t{o.age_until}},
          {"per_household", std::int64_t{o.per_household}},
          {"printed_unit", o.unit},
          {"printed_scale", o.scale},
          {"printed_decimals", std::int64_t{o.decimals}},
          {"smallest_difference_that_matters", o.matters},
          {"higher_is_better", std::int64_t{o.higher_is_better}},
          {"also_gap", std::int64_t{o.also_gap}},
          {"is_assumption", std::int64_t{o.is_assumption}},
          {"kind", kind_text(o.kind)},
          {"lasts_as", lasts_as(o, model)}};
}

std::vector<Attribute> sum_attributes(const Outcome& o, const char* which, double divisor) {
  return {{"long_name", o.label_en + ", " + o.population_en + ": " + which},
          {"units", "1"},
          {"cell_methods", "year: sum"},
          {"divisor", divisor}};
}

void add_outcome(GroupLayout& group, const Outcome& o, const Model& model, bool with_value) {
  const Divisors by = divisors(o, model);
  const std::size_t axes = group.axes.size();
  const char* per = is_flow(o.kind) ? "denominator, half person-months; person-years after division by divisor"
                                    : "denominator, half person-months; person-months after division by divisor";
  if (with_value) group.variables.push_back({o.id, Element::real, axes, value_attributes(o, model)});
  group.variables.push_back(
      {o.id + "_numerator", Element::count, axes,
       sum_attributes(o, "numerator, raw; natural units after division by divisor", by.numerator)});
  group.variables.push_back({o.id + "_denominator", Element::count, axes, sum_attributes(o, per, by.denominator)});
}

GroupLayout outcome_group(const StudyPlan& plan, const std::string& path, std::vector<Axis> strata, bool with_value) {
  GroupLayout group{path, {}, run_axes(plan), {}, {}, {}};
  for (auto& axis : strata) group.axes.push_back(std::move(axis));
  const Model& model = *plan.arms.front().model;
  for (const auto& outcome : model.outcomes) add_outcome(group, outcome, model, with_value);
  return group;
}

GroupLayout district_group(const StudyPlan& plan) {
  Axis districts{"district", "district (wijk) at the study's start; the last is the whole city", {}, {}};
  ExtraLabels codes{"district_code", "code of the district (CBS)", 4, {}};
  for (const auto& district : plan.start->districts) {
    districts.labels.push_back(district.name);
    codes.labels.push_back(district.code);
  }
  districts.labels.push_back(plan.start->name);
  codes.labels.push_back(plan.start->id);
  auto group = outcome_group(plan, "/", {districts}, true);
  group.extra.push_back(codes);
  group.variables.push_back({"complete",
                             Element::flag,
                             4,
                             {{"long_name", std::string("1: this year of this run is in the file")},
                              {"flag_meanings", std::string("absent present")}}});
  return group;
}

GroupLayout buurt_group(const StudyPlan& plan) {
  Axis buurten{"buurt", "buurt at the study's start, CBS code", {}, {}};
  ExtraLabels names{"buurt_name", "name of the buurt", 4, {}};
  for (const auto& buurt : plan.start->buurten) {
    buurten.labels.push_back(buurt.code);
    names.labels.push_back(buurt.name);
  }
  auto group = outcome_group(plan, "/buurt", {buurten}, true);
  group.extra.push_back(names);
  group.attributes.push_back({"comment", std::string(kPrediction)});
  return group;
}

Variable plain_count(const std::string& name, const std::string& long_name, std::size_t axes) {
  return {name, Element::count, axes, {{"long_name", long_name}, {"units", std::string("1")}}};
}

GroupLayout population_group(const StudyPlan& plan) {
  GroupLayout group{"/population", {}, run_axes(plan), {}, {}, {}};
  const std::vector<std::pair<const char*, const char*>> books = {
      {"before", "residents at the beginning of the year"},
      {"births", "births in the year"},
      {"arrivals", "residents who moved in"},
      {"deaths", "deaths in the year"},
      {"departures", "residents who moved out"},
      {"after", "residents at the end of the year"},
      {"clipped", "times that edges together would have changed a rate more than 100-fold and were held at that"}};
  for (const auto& [name, meaning] : books) group.variables.push_back(plain_count(name, meaning, 4));
  return group;
}

GroupLayout programme_group(const StudyPlan& plan) {
  GroupLayout group{"/programmes", {}, {}, {}, {}, {}};
  if (plan.programmes.empty()) return group;  // a dimension of length zero would trouble readers
  group.axes = run_axes(plan);
  Axis programmes{"programme", "programme of the study", {}, {}};
  ExtraLabels partners{"partner", "who delivers the programme", 4, {}};
  for (const auto& programme : plan.programmes) {
    programmes.labels.push_back(programme.id);
    partners.labels.push_back(programme.partner);
  }
  group.axes.push_back(programmes);
  group.axes.push_back({"payer", "who pays", {kPayerNames.begin(), kPayerNames.end()}, {}});
  group.extra.push_back(partners);
  for (const ProgrammeColumn& column : programme_columns())
    group.variables.push_back(plain_count(column.name, column.long_name, 5));
  group.variables.push_back(plain_count("cents_by_payer", "money spent, by who pays it [EUR cent]", 6));
  return group;
}

/// One axis holds the budgets of all scenarios, each with that it belongs to; those of the others have zeros there.
GroupLayout budget_group(const StudyPlan& plan) {
  GroupLayout group;
  if (!has_budgets(plan)) return group;
  group.path = "/budgets";
  group.axes = run_axes(plan);
  Axis budgets{"budget", "budget, the number of each", {}, {}};
  ExtraLabels names{"budget_name", "who pays and when", 4, {}}, of{"budget_scenario", "scenario that has it", 4, {}};
  ExtraLabels cents{"budget_cents", "how much it is [EUR cent]", 4, {}};
  for (const auto& arm : plan.arms)
    for (const Budget& budget : arm.budgets) {
      budgets.numbers.push_back(static_cast<std::int32_t>(budgets.numbers.size()));
      names.labels.push_back(budget.name);
      of.labels.push_back(arm.name);
      cents.labels.push_back(std::to_string(budget.cents));
    }
  group.axes.push_back(budgets);
  group.extra = {names, of, cents};
  for (const BudgetColumn& column : budget_columns())
    group.variables.push_back(plain_count(column.name, column.long_name, 5));
  return group;
}

std::string evidence_lines(const Model& model) {
  std::string lines;
  for (const auto& [id, line] : model.evidence) lines += id + ": " + line + "\n";
  return lines;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string all;
  for (const auto& line : lines) all += (all.empty() ? "" : "\n") + line;
  return all;
}

ExtraLabels notes_by_scenario(const StudyPlan& plan) {
  ExtraLabels notes{"notes", "what must stand beside every result of this scenario, a line each", 0, {}};
  for (std::size_t arm = 0; arm < plan.arms.size(); ++arm) notes.labels.push_back(joined(notes_of(plan, arm)));
  return notes;
}

/// The files that the study was made from, name beside text; none for a plan that was made otherwise.
void add_files(const StudyPlan& plan, GroupLayout& group) {
  if (plan.files.empty()) return;  // a dimension of length zero would trouble readers
  Axis names{"file", "file that was read, from the folder of the scenarios", {}, {}};
  ExtraLabels texts{"file_text", "the file as it was read", group.axes.size(), {}};
  for (const CarriedFile& file : plan.files) {
    names.labels.push_back(file.name);
    texts.labels.push_back(file.text);
  }
  group.axes.push_back(std::move(names));
  group.extra.push_back(std::move(texts));
}

GroupLayout provenance_group(const StudyPlan& plan, const Provenance& provenance) {
  const Model& model = *plan.arms.front().model;
  GroupLayout group{"/provenance", {}, {scenario_axis(plan)}, {notes_by_scenario(plan)}, {}, {}};
  add_files(plan, group);
  group.texts = {{"study_text", "the study file as it was read", plan.study.text},
                 {"model_text", "the model file as it was read", model.model_yaml},
                 {"evidence_text", "the evidence registry as it was read", model.evidence_text},
                 {"evidence_used", "evidence that the model names, a line each", evidence_lines(model)},
                 {"scenarios_text", "what each scenario adds to the baseline", scenarios_text(plan)},
                 {"command_line", "the command that made this file", provenance.command_line}};
  return group;
}

std::int64_t residents_present(const City& city) {
  const auto& flags = city.residents.flags;
  return std::count_if(flags.begin(), flags.end(), [](std::uint8_t flag) { return (flag & kPresent) != 0; });
}

std::vector<Attribute> root_attributes(const StudyPlan& plan, const Provenance& provenance) {
  const Study& study = plan.study;
  const Model& model = *plan.arms.front().model;
  return {{"Conventions", std::string("CF-1.8")},
          {"title", study.id + ": " + study.question},
          {"source", "Sleutel " + provenance.version + ", model " + model.id + ", synthetic residents"},
          {"history", provenance.made_at + ": " + provenance.command_line},
          {"references", std::string("docs/output-format.md of Sleutel; sources of every number in /provenance")},
          {"license", std::string("Apache-2.0")},
          {"comment", std::string("Residents are invented from public figures about groups. District numbers: ") +
                          kPrediction + " Intervals over replicates are chance only."},
          {"schema_version", std::int64_t{kSchemaVersion}},
          {"sleutel_version", provenance.version},
          {"scheme_version", std::int64_t{provenance.scheme}},
          {"study", study.id},
          {"question", study.question},
          {"city", study.city},
          {"city_name", plan.start->name},
          {"model", model.id},
          {"residents", residents_present(*plan.start)},
          {"start", to_string(study.start)},
          {"start_year", std::int64_t{study.start.year}},
          {"seed", study.seed},
          {"city_seed", study.city_seed},
          {"share_of_edges_assumed", model.share_assumed},
          {"share_of_edges_assumed_or_unverified", model.share_assumed_or_unverified},
          {"spectral_radius", model.spectral_radius},
          {"inputs_digest", inputs_digest(plan, provenance.version)}};
}

/// A name that stands twice in the root would hide an outcome from readers.
void refuse_taken_names(const GroupLayout& root) {
  std::set<std::string> taken = {"buurt",      "income",  "life_stage", "income_age_sex", "population",
                                 "programmes", "budgets", "provenance", "panel",          "life_table"};
  for (const auto& axis : root.axes) taken.insert(axis.name);
  for (const auto& labels : root.extra) taken.insert(labels.name);
  std::vector<Problem> problems;
  for (const auto& variable : root.variables)
    if (!taken.insert(variable.name).second)
      problems.push_back({"", 0, 0, "outcomes." + variable.name,
                          "the name " + in_quotes(variable.name) + " is used for something else in a results file",
                          "give the outcome another id"});
  if (!problems.empty()) throw InputError(problems);
}

}  // namespace

bool has_budgets(const StudyPlan& plan) {
  return std::any_of(plan.arms.begin(), plan.arms.end(), [](const auto& arm) { return !arm.budgets.empty(); });
}

Divisors divisors(const Outcome& outcome, const Model& model) {
  Divisors by;
  if (is_flow(outcome.kind)) by.denominator = 24;
  if (outcome.kind == OutcomeKind::utility) by.numerator = 10000;
  if (outcome.kind == OutcomeKind::response && is_mean(outcome, model.responses)) by.numerator = kIndexUnit;
  return by;
}

std::vector<GroupLayout> layout_of(const StudyPlan& plan, const Provenance& provenance) {
  const Axis income{"income", "income fifth of the household at the study's start", income_labels(), {}};
  const Axis stage{"life_stage", "life stage, current", life_stage_labels(), {}};
  const Axis sex{"sex", "sex", {"male", "female"}, {}};
  std::vector<GroupLayout> groups(kGroups);
  groups[kByDistrict] = district_group(plan);
  groups[kByBuurt] = buurt_group(plan);
  groups[kByIncome] = outcome_group(plan, "/income", {income}, true);
  groups[kByLifeStage] = outcome_group(plan, "/life_stage", {stage}, true);
  groups[kByIncomeAgeSex] = outcome_group(plan, "/income_age_sex", {income, stage, sex}, false);
  groups[kLifeTable] = life_table_group(plan, run_axes(plan), income, sex);
  groups[kPopulation] = population_group(plan);
  groups[kProgrammes] = programme_group(plan);
  groups[kBudgets] = budget_group(plan);
  groups[kPanel] = panel_group(plan, run_axes(plan));
  groups[kProvenance] = provenance_group(plan, provenance);
  groups[kByDistrict].attributes = root_attributes(plan, provenance);
  refuse_taken_names(groups[kByDistrict]);
  return groups;
}

}  // namespace sleutel::h5
