#pragma once
/// \file
/// Answers that are known from elsewhere: two stressors and a condition, in a closed town where nobody is born or dies.
/// Who has which of the three is a chain of eight states, whose monthly steps are worked out here from the hazards
/// alone.

#include <array>
#include <cmath>

#include "tests/attribute/small_question.h"

namespace sleutel::test {

inline constexpr int kYears = 6;

/// Hazards per year, and what the loop between the stressors multiplies.
struct Planted {
  double a = 0.3, a_end = 0.6, b = 0.2, b_end = 0.5, ill = 0.08, ill_end = 0.4;
  double loop = 1, back = 0;  ///< a raises the onset of b so many times, and b that of a, unless `back` says how many
  double a_ill = 3, b_ill = 2;
  bool adds_up = false;  ///< of the chain: effects on the illness are added, not multiplied
};

inline TinySpec spec_of(const Planted& planted) {
  TinySpec spec;
  spec.states = {{.name = "a", .draw = 0, .begin = planted.a, .end = planted.a_end},
                 {.name = "b", .draw = 1, .begin = planted.b, .end = planted.b_end},
                 {.name = "ill", .draw = 2, .begin = planted.ill, .end = planted.ill_end}};
  spec.edges = {{"a", "b", Change::begin, planted.loop},
                {"b", "a", Change::begin, planted.back > 0 ? planted.back : planted.loop},
                {"a", "ill", Change::begin, planted.a_ill},
                {"b", "ill", Change::begin, planted.b_ill}};
  Outcome ill, number;
  ill.id = "ill";
  ill.kind = OutcomeKind::prevalence;
  ill.age_from = 0;
  number.id = "satisfaction";
  number.kind = OutcomeKind::response;
  number.response = 0;
  number.age_from = 0;
  spec.outcomes = {ill, number};
  return spec;
}

inline StudyPlan closed_town(const Planted& planted, int households, int replicates) {
  StudyPlan plan;
  plan.study.id = "planted";
  plan.study.years = kYears;
  plan.study.replicates = replicates;
  plan.study.seed = 3;
  plan.study.switches = {false, false, false, false, false};
  plan.start = std::make_shared<const City>(tiny_town(households));
  auto model = std::make_shared<Model>(compile(spec_of(planted)));
  model->responses.responses = {{"satisfaction", "points", 0, -1, {}, -100, 100, false}};
  for (Lanes& base : model->responses.base) base.at[0] = 7 * kIndexUnit;
  model->responses.rows[static_cast<std::size_t>(model->state("a"))].at[0] = -kIndexUnit;
  model->responses.rows[static_cast<std::size_t>(model->state("b"))].at[0] = -kIndexUnit / 2;
  plan.arms.push_back({"baseline", model, {}, {}, false});
  return plan;
}

inline double monthly(double hazard) { return 1 - std::exp(-hazard / 12); }

/// Chance that a bit is on next month.
inline double on_next(bool on, double begin, double end) { return on ? 1 - monthly(end) : monthly(begin); }

/// Share of person-months with the illness over all years if only the stressors of a subset can occur (1: a, 2: b).
inline double expected_ill(const Planted& planted, int subset) {
  std::array<double, 8> now{};
  now[0] = 1;  // nobody has anything at the start
  double sum = 0;
  for (int month = 0; month < 12 * kYears; ++month) {
    std::array<double, 8> next{};
    for (int from = 0; from < 8; ++from) {
      const bool a = (from & 1) != 0, b = (from & 2) != 0, ill = (from & 4) != 0;
      const double a_on = (subset & 1) == 0 ? 0
                                            : on_next(a,
                                                      planted.a * (!b                 ? 1
                                                                   : planted.back > 0 ? planted.back
                                                                                      : planted.loop),
                                                      planted.a_end);
      const double b_on = (subset & 2) == 0 ? 0 : on_next(b, planted.b * (a ? planted.loop : 1), planted.b_end);
      const double one = a ? planted.a_ill : 1, other = b ? planted.b_ill : 1;
      const double times = planted.adds_up ? one + other - 1 : one * other;
      const double ill_on = on_next(ill, planted.ill * times, planted.ill_end);
      for (int to = 0; to < 8; ++to)
        next[to] += now[from] * ((to & 1) != 0 ? a_on : 1 - a_on) * ((to & 2) != 0 ? b_on : 1 - b_on) *
                    ((to & 4) != 0 ? ill_on : 1 - ill_on);
    }
    now = next;
    for (int state = 4; state < 8; ++state) sum += now[state];
  }
  return sum / (12 * kYears);
}

/// How far a mean over replicates is from what is expected, in standard errors.
inline double off(const PairedDifference& found, double expected) {
  return std::abs(found.mean - expected) / error_of(found);
}

}  // namespace sleutel::test
