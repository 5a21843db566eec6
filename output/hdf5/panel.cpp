#include "output/hdf5/panel.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "sim/base/text.h"
#include "sleutel/error.h"

namespace sleutel::h5 {
namespace {

constexpr std::size_t kAxes = 6;  ///< scenario, draw, replicate, year, resident, month

/// Takes one number of each month; `missing` where it has none.
template <class Number, class Value>
auto fill_with(Value value, Number missing) {
  return [value, missing](const PanelYear& year, std::vector<std::uint32_t>& room) {
    room.resize(year.size());  // no element is larger
    auto* const to = reinterpret_cast<Number*>(room.data());
    for (std::size_t i = 0; i < year.size(); ++i)
      to[i] = year[i].status == PanelMonth::lives_here ? value(year[i], missing) : missing;
  };
}

PanelVariable category(const std::string& name, const std::string& meaning, const std::string& meanings,
                       std::uint8_t PanelMonth::*column) {
  Variable variable{name, Element::byte, kAxes, {{"long_name", meaning}}};
  if (!meanings.empty()) variable.attributes.push_back({"flag_meanings", meanings});
  return {variable,
          fill_with<std::uint8_t>([column](const PanelMonth& month, std::uint8_t) { return month.*column; }, kNoByte)};
}

/// 0 or 1.
template <class Holds>
PanelVariable bit(const std::string& name, const std::string& meaning, Holds holds) {
  Variable variable{name, Element::byte, kAxes, {{"long_name", meaning}, {"flag_meanings", std::string("no yes")}}};
  return {variable, fill_with<std::uint8_t>(holds, kNoByte)};
}

PanelVariable status() {
  Variable variable{"status",
                    Element::byte,
                    kAxes,
                    {{"long_name", std::string("where the resident is when the month is over")},
                     {"flag_meanings", std::string("lives_here died moved_out")}}};
  return {variable, [](const PanelYear& year, std::vector<std::uint32_t>& room) {
            room.resize(year.size());
            auto* const to = reinterpret_cast<std::uint8_t*>(room.data());
            for (std::size_t i = 0; i < year.size(); ++i) to[i] = year[i].status;
          }};
}

PanelVariable short_number(const std::string& name, const std::string& meaning, const std::string& unit, double scale,
                           std::uint16_t PanelMonth::*column) {
  Variable variable{name, Element::small, kAxes, {{"long_name", meaning}, {"units", unit}}};
  if (scale != 1) variable.attributes.push_back({"scale_factor", scale});
  return {variable, fill_with<std::uint16_t>([column](const PanelMonth& month, std::uint16_t) { return month.*column; },
                                             kNoSmall)};
}

void add_states(const Model& model, std::vector<PanelVariable>& all) {
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    const State& state = model.states[i];
    if (state.is_rest || state.is_event) continue;
    const int which = static_cast<int>(i);
    all.push_back(
        bit(state.name, state.label_en.empty() ? state.name : state.label_en,
            [which](const PanelMonth& month, std::uint8_t) -> std::uint8_t { return month.states.test(which); }));
  }
}

bool is_asked(const PanelMonth& month, std::size_t outcome) { return ((month.asked >> outcome) & 1U) != 0; }

PanelVariable mean_answer(const Outcome& outcome, std::size_t which, std::size_t place) {
  const double scale = outcome.kind == OutcomeKind::utility ? 1.0 / 10000 : 1.0 / kIndexUnit;
  Variable variable{outcome.id,
                    Element::medium,
                    kAxes,
                    {{"long_name", outcome.label_en + ", " + outcome.population_en},
                     {"units", std::string("1")},
                     {"scale_factor", scale}}};
  return {variable, fill_with<std::int32_t>(
                        [which, place](const PanelMonth& month, std::int32_t missing) {
                          return is_asked(month, which) ? month.means[place] : missing;
                        },
                        kNoMedium)};
}

PanelVariable cut_answer(const Outcome& outcome, std::size_t which) {
  return bit(outcome.id, outcome.label_en + ", " + outcome.population_en,
             [which](const PanelMonth& month, std::uint8_t missing) -> std::uint8_t {
               return is_asked(month, which) ? (month.outcomes >> which) & 1U : missing;
             });
}

/// Outcomes that are answers of a person: means, and cuts of a response. Missing at other ages than they are about.
void add_answers(const Model& model, std::vector<PanelVariable>& all) {
  std::size_t means = 0;
  for (std::size_t i = 0; i < model.outcomes.size(); ++i) {
    const Outcome& outcome = model.outcomes[i];
    if (is_mean(outcome, model.responses)) {
      all.push_back(mean_answer(outcome, i, means++));
    } else if (outcome.kind == OutcomeKind::response) {
      all.push_back(cut_answer(outcome, i));
    }
  }
}

void add_programmes(const StudyPlan& plan, std::vector<PanelVariable>& all) {
  for (std::size_t i = 0; i < plan.programmes.size(); ++i)
    all.push_back(
        bit("in_" + plan.programmes[i].id, "takes part in " + plan.programmes[i].id,
            [i](const PanelMonth& month, std::uint8_t) -> std::uint8_t { return (month.programmes >> i) & 1U; }));
}

void refuse_names_twice(const std::vector<PanelVariable>& all, const std::vector<Axis>& axes) {
  std::map<std::string, int> taken = {{"resident", 1}, {"month", 1}};
  for (const Axis& axis : axes) ++taken[axis.name];
  std::vector<Problem> problems;
  for (const PanelVariable& one : all)
    if (++taken[one.variable.name] > 1)
      problems.push_back({"", 0, 0, "panel." + one.variable.name,
                          "the name " + in_quotes(one.variable.name) + " would stand twice in the panel",
                          "give the state or the outcome another name"});
  if (!problems.empty()) throw InputError(problems);
}

/// What does not change: labels beside the numbers of the residents.
std::vector<ExtraLabels> lasting(const StudyPlan& plan) {
  static const std::vector<std::string> incomes = {"lowest fifth", "second fifth",  "middle fifth",
                                                   "fourth fifth", "highest fifth", "students and institutions"};
  static const std::vector<std::string> educations = {"low", "middle", "high"};
  static const std::vector<std::string> tenures = {"owner", "social_rent", "private_rent", "institution"};
  std::vector<ExtraLabels> all = {
      {"birth_month", "month of birth", 4, {}},
      {"sex", "sex", 4, {}},
      {"buurt_at_start", "buurt at the study's start, CBS code", 4, {}},
      {"income_at_start", "income fifth at the study's start", 4, {}},
      {"education_at_start", "education at the study's start (children: the mother's)", 4, {}},
      {"tenure_at_start", "tenure at the study's start", 4, {}}};
  const Residents& residents = plan.start->residents;
  std::map<std::uint64_t, Row> rows;
  for (Row row = 0; row < residents.size(); ++row) rows[residents.id[row]] = row;
  for (const std::uint64_t id : plan.panel) {
    const Row row = rows.at(id);
    all[0].labels.push_back(
        to_string(CalendarMonth::from_index(plan.study.start.index() + residents.birth_month[row])));
    all[1].labels.emplace_back(residents.sex[row] == Sex::male ? "male" : "female");
    all[2].labels.push_back(plan.start->buurten[residents.stratum_buurt[row]].code);
    all[3].labels.push_back(incomes[residents.stratum_income[row]]);
    all[4].labels.push_back(educations[static_cast<std::size_t>(residents.stratum_education[row])]);
    all[5].labels.push_back(tenures[residents.stratum_tenure[row]]);
  }
  return all;
}

}  // namespace

std::vector<PanelVariable> panel_variables(const StudyPlan& plan) {
  std::vector<PanelVariable> all;
  if (plan.panel.empty()) return all;
  const Model& model = *plan.arms.front().model;
  all.push_back(status());
  add_states(model, all);
  add_answers(model, all);
  add_programmes(plan, all);
  const double load = 1.0 / kLoadUnit;
  all.push_back(
      short_number("stress_fast", "stress load that halves in half a month", "1", load, &PanelMonth::stress_fast));
  all.push_back(short_number("stress_slow", "stress load that halves in months", "1", load, &PanelMonth::stress_slow));
  all.push_back(short_number("household_size", "members of the household", "1", 1, &PanelMonth::household_size));
  all.push_back(category("household_kind", "kind of household",
                         "single couple couple_with_children lone_parent other institution",
                         &PanelMonth::household_kind));
  all.push_back(category("education", "education attained", "low middle high", &PanelMonth::education));
  all.push_back(category("income_group", "income group of the household now",
                         "lowest_fifth second_fifth middle_fifth fourth_fifth highest_fifth students_and_institutions",
                         &PanelMonth::income_group));
  all.push_back(category("buurt_now", "buurt now: place in /buurt/buurt, from 0", "", &PanelMonth::buurt));
  return all;
}

GroupLayout panel_group(const StudyPlan& plan, std::vector<Axis> run_axes) {
  GroupLayout group;
  if (plan.panel.empty()) return group;
  group.path = "/panel";
  group.attributes = {{"comment", std::string("Invented residents: nothing here is about a person.")}};
  group.axes = std::move(run_axes);
  Axis residents{"resident", "residents of the start, the same in all runs; nobody joins later", {}, {}};
  for (const std::uint64_t id : plan.panel) residents.numbers.push_back(static_cast<std::int32_t>(id));
  Axis months{"month", "month of the year, from 1: as it is when the month is over", {}, std::vector<std::int32_t>(12)};
  std::iota(months.numbers.begin(), months.numbers.end(), 1);
  group.axes.push_back(std::move(residents));
  group.axes.push_back(std::move(months));
  group.extra = lasting(plan);
  const std::vector<PanelVariable> all = panel_variables(plan);
  refuse_names_twice(all, group.axes);
  for (const PanelVariable& one : all) group.variables.push_back(one.variable);
  return group;
}

std::vector<std::uint64_t> panel_of(hid_t file) {
  std::vector<std::uint64_t> ids;
  if (H5Lexists(file, "panel", H5P_DEFAULT) <= 0) return ids;
  const Handle dataset(H5Dopen2(file, "/panel/resident", H5P_DEFAULT), &H5Dclose, "find the panel");
  ids.resize(shape_of(dataset).at(0));
  check(H5Dread(dataset, H5T_NATIVE_UINT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, ids.data()), "read the panel");
  return ids;
}

}  // namespace sleutel::h5
