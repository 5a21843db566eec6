#pragma once
/// \file
/// Shares as text for people, as JSON and CSV for programs, and as a picture.

#include <string>
#include <vector>

#include "sim/attribute/compounding.h"
#include "sim/attribute/loops.h"
#include "sim/attribute/shares.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// All that is told.
struct SharesReport {
  const StudyPlan& plan;
  const SharesAsked& asked;
  const std::vector<SharedOut>& shared;
  std::vector<std::string> notes;  ///< that stand beside every result of the baseline
};

enum class PictureLanguage : std::uint8_t { english, dutch };

/// `by`: city, income or life_stage.
std::string shares_text(const SharesReport& report, const std::string& by);
/// Of all groups.
std::string shares_json(const SharesReport& report);
/// A line for each number with its interval, of all groups.
std::string shares_csv(const SharesReport& report);
/// A waterfall from what there is without any of the players to what there is with all; of the first outcome, the city.
std::string shares_svg(const SharesReport& report, PictureLanguage language);

struct CompoundingReport {
  const StudyPlan& plan;
  const Model& model;
  const std::vector<AskedOutcome>& outcomes;
  const std::vector<Compounded>& compounded;
  std::vector<std::string> notes;  ///< that stand beside every result of the baseline
};

std::string compounding_text(const CompoundingReport& report, const std::string& by);
std::string compounding_json(const CompoundingReport& report);
std::string compounding_csv(const CompoundingReport& report);

struct LoopsReport {
  const StudyPlan& plan;
  const Model& model;
  const std::vector<AskedOutcome>& outcomes;
  const CausalLoops& loops;
  const std::vector<RankedLoops>& ranked;
  std::vector<std::string> notes;  ///< that stand beside every result of the baseline
};

/// The strongest ten.
std::string loops_text(const LoopsReport& report);
/// All loops and the change of each edge.
std::string loops_json(const LoopsReport& report);

/// What a share is and is not, what the intervals are, what happens at the start; in this order.
std::vector<std::string> notes_on_shares(const SharesReport& report, PictureLanguage language);

}  // namespace sleutel
