#include "output/hdf5/strata.h"

namespace sleutel::h5 {
namespace {

using Wide = std::vector<std::int64_t>;  // [stratum * measures + measure], as the cells lie

void add_row(Wide& sums, int stratum, const std::int64_t* row, int measures) {
  std::int64_t* to = sums.data() + static_cast<std::size_t>(stratum) * measures;
  for (int i = 0; i < measures; ++i) to[i] += row[i];
}

StratumSums by_measure(const Wide& wide, int strata, int measures) {
  StratumSums result{strata, Wide(wide.size())};
  for (int stratum = 0; stratum < strata; ++stratum)
    for (int measure = 0; measure < measures; ++measure)
      result.sums[static_cast<std::size_t>(measure) * strata + stratum] =
          wide[static_cast<std::size_t>(stratum) * measures + measure];
  return result;
}

/// Rows of `from` added up into the stratum that `to_stratum` gives for each.
template <class ToStratum>
Wide gathered(const Wide& from, int measures, int strata, ToStratum&& to_stratum) {
  Wide sums(static_cast<std::size_t>(strata) * measures);
  const int rows = static_cast<int>(from.size()) / measures;
  for (int row = 0; row < rows; ++row)
    add_row(sums, to_stratum(row), from.data() + static_cast<std::size_t>(row) * measures, measures);
  return sums;
}

}  // namespace

std::vector<StratumSums> stratum_sums(const Tally& tally, const std::vector<int>& district_of, int districts) {
  constexpr int per_income = kLifeStages * 2;
  constexpr int per_buurt = kIncomeGroups * per_income;
  const int measures = tally.shape.measures;
  const int buurten = tally.shape.buurten;
  const auto gather = [&](const Wide& from, int strata, auto to) { return gathered(from, measures, strata, to); };
  const Wide buurt = gather(tally.sums, buurten, [](int cell) { return cell / per_buurt; });
  const Wide people = gather(tally.sums, per_buurt, [](int cell) { return cell % per_buurt; });
  const Wide income = gather(people, kIncomeGroups, [](int row) { return row / per_income; });
  const Wide stage = gather(people, kLifeStages, [](int row) { return row / 2 % kLifeStages; });
  Wide district = gather(buurt, districts, [&](int row) { return district_of[static_cast<std::size_t>(row)]; });
  const Wide city = gather(income, 1, [](int) { return 0; });
  district.insert(district.end(), city.begin(), city.end());
  std::vector<StratumSums> all(kStratifications);
  all[kByDistrict] = by_measure(district, districts + 1, measures);
  all[kByBuurt] = by_measure(buurt, buurten, measures);
  all[kByIncome] = by_measure(income, kIncomeGroups, measures);
  all[kByLifeStage] = by_measure(stage, kLifeStages, measures);
  all[kByIncomeAgeSex] = by_measure(people, per_buurt, measures);
  return all;
}

}  // namespace sleutel::h5
