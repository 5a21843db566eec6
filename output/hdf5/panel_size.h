#pragma once
/// \file
/// How large the panel of a study will be once it is compressed, from its first years in one run.

#include <cstdint>
#include <vector>

#include "sleutel/recorder.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// Bytes of the panel in the finished file. `years` are the first years of one run of the plan: they are compressed as
/// the file will be, and those to come taken to be as the last of them, of those who remain: as some move
/// more readily than others, the share that has gone is taken to grow as 1 - 1 / (1 + c t).
std::uint64_t panel_bytes(const StudyPlan& plan, const std::vector<PanelYear>& years);

}  // namespace sleutel
