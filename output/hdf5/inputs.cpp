#include "output/hdf5/inputs.h"

#include "output/hdf5/sha256.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

/// The bytes of a vector of plain numbers, with its length.
template <class Vector>
void add_plain(Sha256& sha, const Vector& numbers) {
  sha.add(std::uint64_t{numbers.size()});
  sha.add_bytes(numbers.data(), numbers.size() * sizeof(typename Vector::value_type));
}

void add_study(Sha256& sha, const Study& study) {
  sha.add(study.text);
  sha.add(study.id);
  sha.add(study.city);
  sha.add(study.start.index());
  sha.add(study.years);
  sha.add(study.replicates);
  sha.add(study.seed);
  sha.add(study.city_seed);
  sha.add(study.residents);
  const Switches& on = study.switches;
  sha.add(on.ties + 2 * on.surroundings + 4 * on.competition + 8 * on.life_events + 16 * on.arrivals +
          32 * !on.partners +
          64 * !on.parents);  // the last two off, so that inputs from before there were such switches stay the same
}

void add_matrix(Sha256& sha, const Matrix& matrix) {
  for (const auto* rows : {&matrix.edge_begin, &matrix.edge_end, &matrix.programme_begin, &matrix.programme_end,
                           &matrix.base_begin, &matrix.base_end, &matrix.shift_begin, &matrix.shift_end})
    add_plain(sha, *rows);
  for (const auto* masks : {&matrix.forbid_begin, &matrix.forbid_end, &matrix.require_begin, &matrix.require_end,
                            &matrix.closed_begin, &matrix.closed_end})
    add_plain(sha, *masks);
}

void add_model(Sha256& sha, const Model& model) {
  sha.add(model.model_yaml);
  sha.add(model.evidence_text);
  for (const auto& matrix : model.matrix) add_matrix(sha, matrix);
  add_plain(sha, model.responses.base);
  add_plain(sha, model.responses.rows);
  for (const auto& parameter : model.parameters) {
    sha.add(parameter.path);
    sha.add(parameter.value);
  }
  for (const auto& outcome : model.outcomes) {
    sha.add(outcome.id);
    sha.add(outcome.definition);
    sha.add(outcome.scale);
    sha.add(outcome.matters);
  }
}

void add_use(Sha256& sha, const ProgrammeUse& use) {
  sha.add(use.programme);
  sha.add(use.coverage);
  sha.add(use.from_month);
  sha.add(use.until_month);
  sha.add(use.places);
  sha.add(static_cast<int>(use.waiting));
  sha.add(use.reach);
}

void add_budget(Sha256& sha, const Budget& budget) {
  sha.add(static_cast<int>(budget.payer));
  add_plain(sha, budget.programmes);
  sha.add(budget.from_month);
  sha.add(budget.until_month);
  sha.add(budget.cents);
}

void add_programme(Sha256& sha, const Programme& programme) {
  const Predicate& who = programme.who;
  sha.add(programme.id);
  sha.add(programme.draw);
  for (const auto* mask : {&who.any, &who.all, &who.none})
    for (const auto word : mask->word) sha.add(word);
  for (const auto traits : {who.traits_all, who.traits_any, who.traits_none}) sha.add(traits);
  sha.add(who.age_from);
  sha.add(who.age_until);
  add_plain(sha, who.districts);
  sha.add(programme.uptake);
  sha.add(programme.months);
  sha.add(int{programme.while_eligible});
  sha.add(programme.cost_cents_per_start);
  sha.add(programme.cost_cents_per_month);
  sha.add(programme.cost_cents_per_year);
  add_plain(sha, programme.pays);
  sha.add(programme.stops);
}

void add_city(Sha256& sha, const City& city) {
  const auto add = [&](const auto& column, const ColumnInfo&) { add_plain(sha, column); };
  for_each_column(city.residents, add);
  for_each_column(city.households, add);
  for_each_column(city.dwellings, add);
}

std::string month_text(const Study& study, int month) {
  return to_string(CalendarMonth::from_index(study.start.index() + month));
}

std::string use_text(const StudyPlan& plan, const ProgrammeUse& use) {
  const auto& programme = plan.programmes[static_cast<std::size_t>(use.programme)];
  std::string line =
      programme.id + ", coverage " + number_text(use.coverage) + ", from " + month_text(plan.study, use.from_month);
  if (use.until_month < plan.months()) line += " until " + month_text(plan.study, use.until_month);
  if (use.reach < 1) line += ", reached with a chance of " + number_text(use.reach) + " a month";
  if (use.places > 0) line += ", " + std::to_string(use.places) + " places";
  return line;
}

}  // namespace

std::string inputs_digest(const StudyPlan& plan, const std::string& version) {
  Sha256 sha;
  sha.add(version);
  add_study(sha, plan.study);
  for (const auto& programme : plan.programmes) add_programme(sha, programme);
  for (const auto& arm : plan.arms) {
    sha.add(arm.name);
    add_model(sha, *arm.model);
    for (const auto& use : arm.programmes) add_use(sha, use);
    for (const Budget& budget : arm.budgets) add_budget(sha, budget);
  }
  add_city(sha, *plan.start);
  if (!plan.panel.empty()) add_plain(sha, plan.panel);
  return sha.hex();
}

std::string scenarios_text(const StudyPlan& plan) {
  std::string text;
  for (std::size_t i = 0; i < plan.arms.size(); ++i) {
    text += plan.arms[i].name + ":\n";
    for (const auto& use : plan.arms[i].programmes) text += "  " + use_text(plan, use) + "\n";
    for (const Budget& budget : plan.arms[i].budgets)
      text += "  budget of " + budget.name + ": EUR " + number_text(static_cast<double>(budget.cents) / 100) + "\n";
    if (i >= plan.study.scenarios.size()) continue;
    for (const auto& change : plan.study.scenarios[i].set)
      text += "  " + change.path + " = " + number_text(change.value) + "\n";
  }
  return text;
}

}  // namespace sleutel
