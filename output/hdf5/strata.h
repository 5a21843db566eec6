#pragma once
/// \file
/// Sums of a year by stratification, from the sums by cell.

#include <cstdint>
#include <vector>

#include "output/hdf5/layout.h"

namespace sleutel::h5 {

/// Sums of one stratification: [measure * strata + stratum], measures as in Tally.
struct StratumSums {
  int strata = 0;
  std::vector<std::int64_t> sums;
  const std::int64_t* measure(int which) const { return sums.data() + static_cast<std::size_t>(which) * strata; }
};

/// All stratifications, by GroupPosition. `district_of` gives the district of each buurt; the last stratum of
/// kByDistrict is the whole city. Strata of kByIncomeAgeSex run over income, life stage, sex, the last fastest.
std::vector<StratumSums> stratum_sums(const Tally& tally, const std::vector<int>& district_of, int districts);

}  // namespace sleutel::h5
