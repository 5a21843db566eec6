#pragma once
/// \file
/// Chooses a life to be told by a rule that is printed, not by taste.

#include <cstdint>
#include <optional>
#include <string>

#include "sleutel/simulation.h"

namespace sleutel {

enum class Pick : std::uint8_t { median_benefit, not_helped };

/// Of two scenarios of a plan and one replicate. Burden is the sum, over the months of a life, of the stressors,
/// conditions and moods that the resident has. Only residents are asked who live in the city to the end of both lives
/// and take part in a programme of `scenario` (all, if it has none).
struct Picked {
  std::uint64_t resident = 0;
  std::size_t asked = 0, among = 0;           ///< residents who took part; of these, those whom the rule is about
  std::int64_t burden = 0, other_burden = 0;  ///< under the scenario; under what it is compared with [state-months]
};

/// median_benefit: of those whose burden is lower under the scenario, the one in the middle by how much it is lower.
/// not_helped: of those whose burden is not lower, the one in the middle by burden under the scenario. Ties go by id;
/// of two in the middle the first is taken. Nothing if there is nobody.
std::optional<Picked> pick_life(const StudyPlan& plan, int scenario, int against, int replicate, Pick pick,
                                const RunOptions& options);

/// The rule in words, for print.
std::string rule_text(Pick pick, bool has_programmes);

}  // namespace sleutel
