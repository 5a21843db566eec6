#pragma once
/// \file
/// From sums of runs to numbers per person-year that can be set side by side: every variant and group is given the same
/// life stages and sexes (direct standardisation).

#include <string>
#include <vector>

#include "sim/attribute/many_runs.h"
#include "sim/attribute/question.h"

namespace sleutel {

/// Residents who are looked at together.
struct ResidentGroup {
  std::string by;    ///< city, income, life_stage
  std::string name;  ///< city; lowest fifth ...; adult ...
  int income = -1;   ///< income group; -1: any
  int stage = -1;    ///< life stage; -1: any
};

/// The city, the income groups at the start, and the life stages. Of a gap: the city and the life stages.
std::vector<ResidentGroup> resident_groups(const AskedOutcome& asked);

/// Values of one outcome in one group, in its printed unit.
struct Values {
  /// [variant][replicate]. The life stages and sexes are those of the standard variant, all its replicates together; of
  /// these only such are used as have people in every run. Empty if there are none.
  std::vector<std::vector<double>> of;
};

/// `which`: the position of the outcome in the sums; `standard`: the variant that gives the standard population.
Values values_of(const Model& model, const AskedOutcome& asked, const ResidentGroup& group, const SumsOfRuns& sums,
                 std::size_t which, std::size_t standard);

}  // namespace sleutel
