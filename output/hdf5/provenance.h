#pragma once
/// \file
/// Who made a results file, and what must stand beside the numbers of each scenario.

#include <cstdint>
#include <string>
#include <vector>

#include "sleutel/scenario.h"

namespace sleutel {

/// For the provenance of a file. Nothing of it enters a digest of results.
struct Provenance {
  std::string version;       ///< of the program, such as 0.1.0
  std::string command_line;  ///< as given
  std::string made_at;       ///< such as 2026-01-31T12:00:00Z; empty: now
  int scheme = 1;            ///< of random numbers and their use (sim/cli/version.h)
};

enum class NoteLanguage : std::uint8_t { english, dutch };

/// "The effect of vroegsignalering is assumed, not measured." and what else must stand beside every result of this
/// scenario; another scenario may use the programme with an effect that was measured, or not at all.
std::vector<std::string> notes_of(const StudyPlan& plan, std::size_t arm,
                                  NoteLanguage language = NoteLanguage::english);

}  // namespace sleutel
