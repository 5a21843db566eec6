#include <iostream>

#include "output/measures/paired.h"
#include "tests/leiden/leiden_plan.h"

// Intervals of the real model are what they say: of pairs of independent seeds of the same scenario 95% contain 0, and
// of pairs with an effect 95% contain what it is over all of them.

namespace sleutel::test {
namespace {

constexpr int kReplicates = 4;

const char* const kTown =
    "residents: 2000\nyears: 1\nreplicates: 4\nseed: 1\nscenarios:\n  baseline: {}\n"
    "  help: {programmes: [{programme: stoppen-met-roken, coverage: 1, from: 2024-01}]}\n";

/// Share of adults with a state at the end of a run.
double share(StudyPlan& plan, std::uint64_t seed, int scenario, int replicate, int state) {
  plan.study.seed = seed;
  const City city = final_city(plan, scenario, replicate, {});
  double adults = 0, having = 0;
  for (Row row = 0; row < city.residents.size(); ++row) {
    if (!city.residents.present(row) || city.residents.age_months(row, 12) < 18 * 12) continue;
    adults += 1;
    having += city.residents.states[row].test(state);
  }
  return having / adults;
}

std::vector<double> shares(StudyPlan& plan, std::uint64_t seed, int scenario, int state) {
  std::vector<double> all;
  for (int replicate = 0; replicate < kReplicates; ++replicate)
    all.push_back(share(plan, seed, scenario, replicate, state));
  return all;
}

double covered(const std::vector<PairedDifference>& pairs, double truth) {
  double count = 0;
  for (const PairedDifference& pair : pairs) count += pair.low <= truth && truth <= pair.high;
  return count / static_cast<double>(pairs.size());
}

void check_coverage(const char* what, double found, double low, double high) {
  std::cout << "  " << what << ": " << 100 * found << "% of the intervals contain the truth\n";
  INFO(what << ": " << found);
  CHECK(found >= low);
  CHECK(found <= high);
}

/// Pairs of independent seeds of the baseline, and pairs of the baseline with a programme.
void check_intervals(int pairs, double low, double high) {
  StudyPlan plan = leiden_plan(kTown);
  const int depressed = plan.arms[0].model->state("depressed");
  const int smoking = plan.arms[0].model->state("smoking");
  std::vector<PairedDifference> same, effect;
  double truth = 0;
  for (int pair = 0; pair < pairs; ++pair) {
    const auto seed = static_cast<std::uint64_t>(1000 + 2 * pair);
    same.push_back(paired_difference(shares(plan, seed, 0, depressed), shares(plan, seed + 1, 0, depressed)));
    effect.push_back(paired_difference(shares(plan, seed, 0, smoking), shares(plan, seed, 1, smoking)));
    truth += effect.back().mean / pairs;
  }
  CHECK(truth < 0);
  check_coverage("the same scenario, depression", covered(same, 0), low, high);
  check_coverage("help to stop smoking, smoking", covered(effect, truth), low, high);
  CHECK(covered(effect, 0) < 0.5);  // an effect is no coincidence: few intervals contain 0
}

}  // namespace

// With 40 pairs 87 to 100% is two standard errors around 95%; the seeds are fixed, so there is no false alarm.
TEST_CASE("intervals contain the truth as often as they say") { check_intervals(40, 0.87, 1); }

TEST_CASE("intervals contain the truth as often as they say, 200 pairs", "[long]") { check_intervals(200, 0.92, 0.98); }

}  // namespace sleutel::test
