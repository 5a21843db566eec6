#pragma once
/// \file
/// The panel of a study: residents of the start whose every month is recorded, in all runs the same ones. Nobody joins
/// it later; who dies or moves out stays in it as such. No result depends on it.
///
///     plan.panel = choose_panel(*plan.start, plan.study.seed, 1000);      // before the runs
///     begin_panel(run); open_panel(run); advance(run); see_panel(run);    // once a run, a year, a month

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/engine/run.h"

namespace sleutel {

/// The ids of `count` residents who are present at the start, ascending: those whose draws come first, so that a
/// smaller panel is part of a larger one. All of them, if there are no more.
std::vector<std::uint64_t> choose_panel(const City& start, std::uint64_t seed, std::size_t count);

/// Everybody of the panel lives here.
void begin_panel(Run& run);
/// Finds them in the rows of this year.
void open_panel(Run& run);
/// Writes down the month that is over.
void see_panel(Run& run);

}  // namespace sleutel
