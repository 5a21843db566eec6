#include "sim/trace/hazard.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <utility>

#include "sim/base/math.h"
#include "sim/kernel/rows.h"

namespace sleutel {
namespace {

double factor_of(std::int64_t log2) { return math::exp2(static_cast<double>(log2) / kLogUnit); }

/// The name of a row: a state, a derived predictor, or one level of a quantised one.
std::string row_name(const Model& model, const Matrix& matrix, std::size_t row) {
  if (row < kMaxStates) return model.states[row].name;
  if (row < kMaxStates + kMaxDerived) return matrix.derived[row - kMaxStates].name;
  std::size_t which = 0;
  for (std::size_t k = 0; k < matrix.level_first_row.size(); ++k)
    if (static_cast<std::size_t>(matrix.level_first_row[k]) <= row) which = k;
  return matrix.level_predictors[which].name;
}

/// Where one lane stands in tables of rows.
struct Lane {
  std::size_t vectors, vector, place;

  std::int32_t of(const std::vector<Lanes>& table, std::size_t row) const {
    const std::size_t at = row * vectors + vector;
    return at < table.size() ? table[at].at[place] : 0;
  }
};

void order(std::vector<Term>& terms, bool by_size) {
  std::sort(terms.begin(), terms.end(), [&](const Term& a, const Term& b) {
    const std::int32_t one = by_size ? std::abs(a.log2) : a.log2, other = by_size ? std::abs(b.log2) : b.log2;
    return one != other ? one > other : a.name < b.name;
  });
}

void add_programmes(const Arm& arm, const std::vector<Lanes>& table, const Lane& lane, std::uint64_t taken_part,
                    Hazard& hazard) {
  for (std::size_t k = 0; k < arm.plan.programmes.size(); ++k) {
    const std::int32_t log2 = (taken_part >> k & 1) != 0 ? lane.of(table, k) : 0;
    if (log2 != 0) hazard.terms.push_back({arm.plan.programmes[k].id, true, log2});
  }
}

}  // namespace

double Hazard::per_year() const {
  if (!open) return 0;
  std::int64_t sum = base + clipped;
  for (const Term& term : terms) sum += term.log2;
  return factor_of(sum);
}

double Hazard::base_per_year() const { return open ? factor_of(base) : 0; }

double Hazard::factor(const Term& term) const { return factor_of(term.log2); }

double Hazard::share(const Term& term) const {
  std::int64_t raised = 0;
  for (const Term& one : terms) raised += std::max(one.log2, 0);
  return raised == 0 ? 0 : static_cast<double>(std::max(term.log2, 0)) / static_cast<double>(raised);
}

std::vector<Term> Hazard::raised_most(std::size_t count) const {
  std::vector<Term> most;
  for (const Term& term : terms)
    if (term.log2 > 0 && most.size() < count) most.push_back(term);
  return most;
}

Hazard hazard_at(const Arm& arm, const kernel::Unit& unit, Level level, int state, Change change) {
  const Matrix& matrix = arm.model.matrix[static_cast<std::size_t>(level)];
  const kernel::KernelModel& model = arm.matrix[static_cast<std::size_t>(level)];
  Hazard hazard;
  const int at = kernel::lane_of(model, state);
  if (at < 0) return hazard;
  const Lane lane{static_cast<std::size_t>(matrix.vectors), static_cast<std::size_t>(at / kLanes),
                  static_cast<std::size_t>(at % kLanes)};
  const kernel::RowsOn on = kernel::rows_on(matrix, unit);
  const kernel::VectorSums sums = kernel::sums_of(model, unit, on, lane.vector, change);
  hazard.open = (sums.closed >> lane.place & 1) == 0;
  if (!hazard.open) return hazard;
  const bool begin = change == Change::begin;
  hazard.base = std::int64_t{lane.of(begin ? matrix.base_begin : matrix.base_end, unit.cell)} +
                lane.of(begin ? matrix.shift_begin : matrix.shift_end, unit.cell);
  for (std::size_t i = 0; i < on.count; ++i) {
    const std::int32_t log2 = lane.of(begin ? matrix.edge_begin : matrix.edge_end, on.row[i]);
    if (log2 != 0) hazard.terms.push_back({row_name(arm.model, matrix, on.row[i]), false, log2});
  }
  hazard.clipped = std::int64_t{kernel::clipped(sums.edges.at[lane.place])} - sums.edges.at[lane.place];
  add_programmes(arm, begin ? matrix.programme_begin : matrix.programme_end, lane, unit.programmes, hazard);
  order(hazard.terms, false);
  return hazard;
}

std::vector<Term> differences(const Hazard& one, const Hazard& other) {
  std::map<std::pair<bool, std::string>, std::int32_t> by_name;
  for (const Term& term : one.terms) by_name[{term.programme, term.name}] += term.log2;
  for (const Term& term : other.terms) by_name[{term.programme, term.name}] -= term.log2;
  std::vector<Term> all;
  for (const auto& [name, log2] : by_name)
    if (log2 != 0) all.push_back({name.second, name.first, log2});
  order(all, true);
  return all;
}

}  // namespace sleutel
