#include "sim/attribute/burden.h"

namespace sleutel {
namespace {

constexpr std::size_t kAgesAndSexes = kLifeStages * 2;
constexpr int kFifths = 5;
constexpr const char* kIncomeNames[kIncomeGroups] = {"lowest fifth", "second fifth",  "middle fifth",
                                                     "fourth fifth", "highest fifth", "students and institutions"};

/// Sums of a group by life stage and sex.
struct ByAgeAndSex {
  std::array<double, kAgesAndSexes> numerator{}, denominator{};
};

/// Income groups from `from` to before `until`.
ByAgeAndSex added_up(const StrataSums& sums, int from, int until) {
  ByAgeAndSex all;
  for (int income = from; income < until; ++income)
    for (std::size_t cell = 0; cell < kAgesAndSexes; ++cell) {
      const std::size_t at = static_cast<std::size_t>(income) * kAgesAndSexes + cell;
      all.numerator[cell] += static_cast<double>(sums.numerator[at]);
      all.denominator[cell] += static_cast<double>(sums.denominator[at]);
    }
  return all;
}

/// What raw sums are divided by: numerator, denominator.
struct RawUnits {
  double numerator = 1, denominator = 2;
};

class Standardiser {
 public:
  Standardiser(const Model& model, const AskedOutcome& asked, const ResidentGroup& group, const SumsOfRuns& sums,
               std::size_t which)
      : outcome_(model.outcomes[static_cast<std::size_t>(asked.outcome)]),
        asked_(asked),
        group_(group),
        sums_(sums),
        which_(which) {
    if (outcome_.kind == OutcomeKind::utility) units_.numerator = 10000;
    if (outcome_.kind == OutcomeKind::response && is_mean(outcome_, model.responses)) units_.numerator = kIndexUnit;
    if (outcome_.kind >= OutcomeKind::begin) units_.denominator = 24;
  }

  Values all(std::size_t standard) {
    weigh(standard);
    Values values;
    double weight = 0;
    for (const double one : weights_) weight += one;
    if (weight <= 0) return values;
    for (std::size_t variant = 0; variant < sums_.variants(); ++variant) {
      values.of.emplace_back();
      for (std::size_t replicate = 0; replicate < sums_.replicates(); ++replicate)
        values.of.back().push_back(value(sums_.at(variant, replicate, which_)));
    }
    return values;
  }

 private:
  /// The lowest and the highest end of a gap; else the group, twice.
  std::array<ByAgeAndSex, 2> ends(const StrataSums& sums) const {
    if (asked_.is_gap) return {added_up(sums, 0, 1), added_up(sums, kFifths - 1, kFifths)};
    const int from = group_.income < 0 ? 0 : group_.income;
    const ByAgeAndSex one = added_up(sums, from, group_.income < 0 ? kIncomeGroups : from + 1);
    return {one, one};
  }

  void weigh(std::size_t standard) {
    weights_.fill(0);
    for (std::size_t replicate = 0; replicate < sums_.replicates(); ++replicate) {
      const ByAgeAndSex sums =
          added_up(sums_.at(standard, replicate, which_), 0, asked_.is_gap ? kFifths : kIncomeGroups);
      for (std::size_t cell = 0; cell < kAgesAndSexes; ++cell) weights_[cell] += sums.denominator[cell];
    }
    for (std::size_t cell = 0; cell < kAgesAndSexes; ++cell)
      if (group_.stage >= 0 && static_cast<int>(cell / 2) != group_.stage) weights_[cell] = 0;
    for (std::size_t variant = 0; variant < sums_.variants(); ++variant)
      for (std::size_t replicate = 0; replicate < sums_.replicates(); ++replicate)
        for (const ByAgeAndSex& end : ends(sums_.at(variant, replicate, which_))) leave_out_empty(end);
  }

  void leave_out_empty(const ByAgeAndSex& end) {
    for (std::size_t cell = 0; cell < kAgesAndSexes; ++cell)
      if (end.denominator[cell] <= 0) weights_[cell] = 0;
  }

  double standardised(const ByAgeAndSex& sums) const {
    double sum = 0, weight = 0;
    for (std::size_t cell = 0; cell < kAgesAndSexes; ++cell) {
      if (weights_[cell] <= 0) continue;
      sum += weights_[cell] * (sums.numerator[cell] / units_.numerator) / (sums.denominator[cell] / units_.denominator);
      weight += weights_[cell];
    }
    return outcome_.scale * sum / weight;
  }

  double value(const StrataSums& sums) const {
    const auto [lowest, highest] = ends(sums);
    if (!asked_.is_gap) return standardised(lowest);
    const double gap = standardised(lowest) - standardised(highest);
    return outcome_.higher_is_better ? -gap : gap;
  }

  const Outcome& outcome_;
  const AskedOutcome& asked_;
  const ResidentGroup& group_;
  const SumsOfRuns& sums_;
  std::size_t which_;
  RawUnits units_;
  std::array<double, kAgesAndSexes> weights_{};
};

}  // namespace

std::vector<ResidentGroup> resident_groups(const AskedOutcome& asked) {
  std::vector<ResidentGroup> groups = {{"city", "city", -1, -1}};
  for (int income = 0; income < kIncomeGroups && !asked.is_gap; ++income)
    groups.push_back({"income", kIncomeNames[income], income, -1});
  for (int stage = 0; stage < kLifeStages; ++stage) groups.push_back({"life_stage", kLifeStageNames[stage], -1, stage});
  return groups;
}

Values values_of(const Model& model, const AskedOutcome& asked, const ResidentGroup& group, const SumsOfRuns& sums,
                 std::size_t which, std::size_t standard) {
  return Standardiser(model, asked, group, sums, which).all(standard);
}

}  // namespace sleutel
