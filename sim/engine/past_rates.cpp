#include "sim/engine/past_rates.h"

#include <algorithm>

#include "sim/base/math.h"
#include "sim/engine/month.h"
#include "sim/events/households.h"

namespace sleutel {
namespace {

constexpr int kWindow = 5;  ///< ages on either side that are pooled [years]

/// Sums over residents by age and sex, then pooled over neighbouring ages.
struct Pooled {
  PastRates::Table sum{};

  double around(int age, int sex) const {
    double all = 0;
    for (int a = std::max(18, age - kWindow); a <= std::min(kMaxAge, age + kWindow); ++a)
      all += sum[static_cast<std::size_t>(a)][static_cast<std::size_t>(sex)];
    return all;
  }
};

int age_of(const Residents& residents, Row row, int month) {
  return std::clamp(residents.age_months(row, month) / 12, 0, kMaxAge);
}

/// Published hazard of a lane in a cell, with centring and level, as a chance per month.
double monthly_chance(const Matrix& matrix, int state, std::uint16_t cell) {
  for (int v = 0; v < matrix.vectors; ++v)
    for (int lane = 0; lane < kLanes; ++lane) {
      if (matrix.state_of[static_cast<std::size_t>(v)][static_cast<std::size_t>(lane)] != state) continue;
      const std::size_t at = std::size_t{cell} * static_cast<std::size_t>(matrix.vectors) + static_cast<std::size_t>(v);
      if (((matrix.closed_begin[at] >> lane) & 1U) != 0) return 0;
      const std::int64_t log2 = std::int64_t{matrix.base_begin[at].at[static_cast<std::size_t>(lane)]} +
                                matrix.shift_begin[at].at[static_cast<std::size_t>(lane)];
      return -math::expm1(-math::exp2(static_cast<double>(log2) / kLogUnit) / 12);
    }
  return 0;
}

class Means {
 public:
  explicit Means(const Run& run) : run_(run), residents_(run.city.residents) {}

  PastRates all() {
    for (Row row = 0; row < residents_.size(); ++row)
      if (residents_.present(row) && residents_.age_months(row, run_.month) >= kAdultMonths) add(row);
    PastRates rates;
    for (int age = 18; age <= kMaxAge; ++age)
      for (int sex = 0; sex < 2; ++sex) {
        const double alone = std::max(1.0, alone_.around(age, sex));
        const auto a = static_cast<std::size_t>(age);
        const auto s = static_cast<std::size_t>(sex);
        rates.separation[a][s] = std::min(0.5, separating_.around(age, sex) / alone);
        rates.bereavement[a][s] = std::min(0.5, widowing_.around(age, sex) / alone);
      }
    rates.parents_separate = parents_ > 0 ? parents_separating_ / parents_ : 0;
    return rates;
  }

 private:
  void add(Row row) {
    const auto age = static_cast<std::size_t>(age_of(residents_, row, run_.month));
    const auto sex = static_cast<std::size_t>(residents_.sex[row]);
    const Row partner = residents_.partner[row];
    if (partner == kNone) {
      alone_.sum[age][sex] += 1;
      return;
    }
    const Roles& roles = run_.arm->model.roles;
    const double part = chance(Level::couple, roles.separating, eldest(row, partner));
    separating_.sum[age][sex] += part;
    widowing_.sum[age][sex] += chance(Level::resident, roles.death, partner);
    const Row household = residents_.household[row];
    if (run_.city.households.kind[household] == HouseholdKind::couple_with_children) {
      parents_ += 1;
      parents_separating_ += part;
    }
  }

  Row eldest(Row one, Row other) const {
    const int a = residents_.birth_month[one];
    const int b = residents_.birth_month[other];
    if (a != b) return a < b ? one : other;
    return residents_.id[one] < residents_.id[other] ? one : other;
  }

  double chance(Level level, int state, Row reference) const {
    if (state < 0) return 0;
    return monthly_chance(run_.arm->model.matrix[static_cast<std::size_t>(level)], state,
                          cell_of(run_.source(level), reference, age_sex_of(residents_, reference, run_.month)));
  }

  const Run& run_;
  const Residents& residents_;
  Pooled alone_, separating_, widowing_;
  double parents_ = 0, parents_separating_ = 0;
};

}  // namespace

PastRates past_rates(Run& run) {
  surroundings(run);
  return Means(run).all();
}

}  // namespace sleutel
