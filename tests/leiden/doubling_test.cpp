#include <cmath>
#include <iostream>

#include "output/measures/paired.h"
#include "tests/leiden/leiden_plan.h"

// A programme's effect moves its target by what it declares: among those who take part the hazard is multiplied by the
// ratio, exactly; and in runs the events that it adds are as (ratio - 1), so that twice the logarithm adds
// (ratio^2 - 1) / (ratio - 1) times as many.

namespace sleutel::test {
namespace {

/// The row of the programme on the end of smoking.
std::int32_t& effect_on_smoking(Model& model) {
  const int lane = kernel::lane_of(kernel::prepare(model, Level::resident), model.state("smoking"));
  return model.matrix[0]
      .programme_end.at(static_cast<std::size_t>(lane / kLanes))
      .at[static_cast<std::size_t>(lane % kLanes)];
}

/// Help to stop smoking as its file has it, and with its logarithm times `first` and times `second`.
StudyPlan smokers_plan(double first, double second) {
  const char* const use = "{programmes: [{programme: stoppen-met-roken, coverage: 1, from: 2024-01}]}";
  StudyPlan plan = leiden_plan(std::string("years: 1\nreplicates: 1\nseed: 11\nscenarios:\n  baseline: {}\n  once: ") +
                               use + "\n  twice: " + use + "\n");
  for (const auto& [arm, factor] : {std::pair{1, first}, std::pair{2, second}}) {
    auto model = std::make_shared<Model>(*plan.arms[static_cast<std::size_t>(arm)].model);
    std::int32_t& effect = effect_on_smoking(*model);
    effect = static_cast<std::int32_t>(std::lround(effect * factor));
    plan.arms[static_cast<std::size_t>(arm)].model = std::move(model);
  }
  return plan;
}

double ratio_on_smoking(const StudyPlan& plan, std::size_t arm) {
  Model model = *plan.arms[arm].model;
  return std::exp2(effect_on_smoking(model) / static_cast<double>(kLogUnit));
}

double ends(const StudyPlan& plan, int scenario, int replicate, int state) {
  int count = 0;
  for (const Event& event : event_history(plan, scenario, replicate, {}))
    count += event.state == state && event.change == Change::end;
  return count;
}

struct Added {
  std::vector<double> once, twice;
};

Added added_ends(const StudyPlan& plan, int replicates) {
  const int smoking = plan.arms[0].model->state("smoking");
  Added added;
  for (int replicate = 0; replicate < replicates; ++replicate) {
    const double baseline = ends(plan, 0, replicate, smoking);
    added.once.push_back(ends(plan, 1, replicate, smoking) - baseline);
    added.twice.push_back(ends(plan, 2, replicate, smoking) - baseline);
  }
  return added;
}

/// Interval of twice - factor x once.
PairedDifference against(const Added& added, double factor) {
  std::vector<double> expected;
  for (const double once : added.once) expected.push_back(factor * once);
  return paired_difference(expected, added.twice);
}

/// `share` of the logarithm of the file's effect, and twice that.
void check_doubling(int replicates, double share) {
  const StudyPlan plan = smokers_plan(share, 2 * share);
  const double ratio = ratio_on_smoking(plan, 1);
  const Added added = added_ends(plan, replicates);
  const PairedDifference right = against(added, ratio + 1);
  INFO("a ratio of " << ratio << " adds " << mean_of(added.once).mean << " ends, its square "
                     << mean_of(added.twice).mean);
  std::cout << "  ratio " << ratio << ": " << mean_of(added.once).mean << " ends more, its square "
            << mean_of(added.twice).mean << " more; twice - (1 + ratio) x once: " << right.low << " to " << right.high
            << '\n';
  CHECK(right.low <= 0);
  CHECK(right.high >= 0);
  CHECK(against(added, 1).low > 0);  // that doubling does nothing is rejected
}

}  // namespace

TEST_CASE("the rows of a programme are its declared ratio, and double with its logarithm") {
  const StudyPlan plan = smokers_plan(1, 2);
  CHECK(ratio_on_smoking(plan, 1) == Approx(5).epsilon(1e-6));  // scenarios/leiden/programmes/stoppen-met-roken.yaml
  CHECK(ratio_on_smoking(plan, 2) == Approx(25).epsilon(1e-6));
  const StudyPlan small = smokers_plan(0.001, 0.002);  // small effects are not lost in rounding
  CHECK(ratio_on_smoking(small, 1) == Approx(std::exp(0.001 * std::log(5))).epsilon(1e-6));
  CHECK(ratio_on_smoking(small, 2) == Approx(std::exp(0.002 * std::log(5))).epsilon(1e-6));
}

TEST_CASE("doubling an effect moves its target by the declared ratio") { check_doubling(4, 0.5); }

TEST_CASE("doubling an effect moves its target by the declared ratio, in full", "[long]") {
  check_doubling(60, 0.5);
  check_doubling(100, 0.2);
}

}  // namespace sleutel::test
