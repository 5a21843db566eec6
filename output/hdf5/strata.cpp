#include "output/hdf5/strata.h"

#include <array>

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

/// The stratum of each buurt x income x stage x sex cell under every stratification.
struct Cell {
  int buurt, income, stage, sex;
  static Cell of(int cell) {
    constexpr int per_buurt = kIncomeGroups * kLifeStages * 2;
    return {cell / per_buurt, cell / (kLifeStages * 2) % kIncomeGroups, cell / 2 % kLifeStages, cell % 2};
  }
};

}  // namespace

std::vector<StratumSums> stratum_sums(const Tally& tally, const std::vector<int>& district_of, int districts) {
  const int measures = tally.shape.measures;
  std::array<int, kStratifications> strata{};
  strata[kByDistrict] = districts + 1;
  strata[kByBuurt] = tally.shape.buurten;
  strata[kByIncome] = kIncomeGroups;
  strata[kByLifeStage] = kLifeStages;
  strata[kByIncomeAgeSex] = kIncomeGroups * kLifeStages * 2;
  std::array<Wide, kStratifications> wide;
  for (std::size_t i = 0; i < wide.size(); ++i) wide[i].resize(static_cast<std::size_t>(strata[i]) * measures);
  for (int index = 0; index < tally.shape.cells(); ++index) {
    const Cell cell = Cell::of(index);
    const std::int64_t* row = tally.sums.data() + static_cast<std::size_t>(index) * measures;
    add_row(wide[kByDistrict], district_of[static_cast<std::size_t>(cell.buurt)], row, measures);
    add_row(wide[kByDistrict], districts, row, measures);
    add_row(wide[kByBuurt], cell.buurt, row, measures);
    add_row(wide[kByIncome], cell.income, row, measures);
    add_row(wide[kByLifeStage], cell.stage, row, measures);
    add_row(wide[kByIncomeAgeSex], (cell.income * kLifeStages + cell.stage) * 2 + cell.sex, row, measures);
  }
  std::vector<StratumSums> all;
  for (std::size_t i = 0; i < wide.size(); ++i) all.push_back(by_measure(wide[i], strata[i], measures));
  return all;
}

}  // namespace sleutel::h5
