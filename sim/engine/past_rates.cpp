#include "sim/engine/past_rates.h"

#include <algorithm>

#include "sim/engine/hazards.h"
#include "sim/engine/month.h"
#include "sim/events/households.h"

namespace sleutel {
namespace {

constexpr double kEnough = 100;  ///< residents that a pooled age must hold
constexpr int kWindow = 10;      ///< ages on either side that are pooled at most [years]

/// Chances summed, and residents counted, by age and sex.
struct Tallied {
  PastRates::Table sum{}, count{};

  void add(std::size_t age, std::size_t sex, double chance) {
    sum[age][sex] += chance;
    count[age][sex] += 1;
  }
};

/// Sum of one column over sum of another, over as few neighbouring ages as hold enough of both.
double ratio(const PastRates::Table& over, const PastRates::Table& under, const PastRates::Table& enough, int age,
             std::size_t sex) {
  double top = 0, bottom = 0, held = 0;
  for (int window = 0; window <= kWindow; ++window) {
    top = bottom = held = 0;
    for (int a = std::max(18, age - window); a <= std::min(kMaxAge, age + window); ++a) {
      const auto at = static_cast<std::size_t>(a);
      top += over[at][sex];
      bottom += under[at][sex];
      held += enough[at][sex];
    }
    if (bottom >= kEnough && held >= kEnough) break;
  }
  return bottom > 0 ? std::min(0.5, top / bottom) : 0;
}

class Means {
 public:
  explicit Means(Run& run) : run_(run), residents_(run.city.residents) {}

  PastRates all() {
    surroundings(run_);
    note_residents();
    note_couples();
    PastRates rates;
    for (int age = 0; age <= kMaxAge; ++age)
      for (std::size_t sex = 0; sex < 2; ++sex) {
        const auto a = static_cast<std::size_t>(age);
        rates.separation[a][sex] = ratio(separating_.sum, alone_.count, separating_.count, age, sex);
        rates.bereavement[a][sex] = ratio(widowing_.sum, alone_.count, widowing_.count, age, sex);
        rates.meeting[a][sex] = ratio(meeting_.sum, separating_.count, meeting_.count, age, sex);
        rates.leaving_home[a][sex] = ratio(leaving_.sum, leaving_.count, leaving_.count, age, sex);
      }
    rates.parents_separate = parents_ > 0 ? parents_separating_ / parents_ : 0;
    return rates;
  }

 private:
  void note_residents() {
    const Roles& roles = run_.arm->model.roles;
    for (const auto& [row, unit] : gather_units(run_, Level::resident)) {
      const Row partner = residents_.partner[row];
      if (partner != kNone) {
        add(widowing_, partner, chance(Level::resident, unit, roles.death));
        continue;
      }
      if (residents_.age_months(row, run_.month) < kAdultMonths) continue;
      add(meeting_, row, chance(Level::resident, unit, roles.partnering));
      const bool child = residents_.is(row, kChildAtHome);
      add(child ? leaving_ : alone_, row, child ? chance(Level::resident, unit, roles.leaving_home) : 0);
    }
  }

  void note_couples() {
    if (!run_.arm->draws(Level::couple)) return;
    for (const auto& [row, unit] : gather_units(run_, Level::couple)) {
      const double part = chance(Level::couple, unit, run_.arm->model.roles.separating);
      add(separating_, row, part);
      add(separating_, residents_.partner[row], part);
      if (run_.city.households.kind[residents_.household[row]] != HouseholdKind::couple_with_children) continue;
      parents_ += 1;
      parents_separating_ += part;
    }
  }

  void add(Tallied& to, Row row, double part) const {
    const int age = std::clamp(residents_.age_months(row, run_.month) / 12, 0, kMaxAge);
    to.add(static_cast<std::size_t>(age), static_cast<std::size_t>(residents_.sex[row]), part);
  }

  double chance(Level level, const kernel::Unit& unit, int state) const {
    if (state < 0) return 0;
    const auto number = static_cast<std::size_t>(level);
    return monthly_chance(
        hazard_of(run_.arm->model.matrix[number], run_.arm->matrix[number], unit, state, Change::begin));
  }

  Run& run_;
  const Residents& residents_;
  Tallied alone_, separating_, widowing_, meeting_, leaving_;
  double parents_ = 0, parents_separating_ = 0;
};

}  // namespace

PastRates past_rates(Run& run) {
  const PastRates rates = Means(run).all();
  run.forget();  // the look above has used up the marks, and the month begins with another
  return rates;
}

}  // namespace sleutel
