#include <utility>

#include "sim/engine/month.h"

// The matrix. Units of all three levels are made and drawn block by block from last month's states; only when every
// draw of the month is known is anything applied.

namespace sleutel {

namespace {

void gather(Level level, const UnitSource& from, const Block& block, Units& units) {
  switch (level) {
    case Level::resident:
      return gather_residents(from, block, units);
    case Level::household:
      return gather_households(from, block, units);
    case Level::couple:
      return gather_couples(from, block, units);
  }
}

void draw(Run& run, Level level, const Block& block) {
  const Units& units = run.units[static_cast<std::size_t>(level)];
  Workplace& place = run.places[static_cast<std::size_t>(block.slot)];
  place.fired.clear();
  kernel::draw_transitions(run.arm->matrix[static_cast<std::size_t>(level)],
                           {run.key, static_cast<std::uint32_t>(run.month), run.arm->isa},
                           units.view(block.first, units.count[block.index]), place.fired,
                           run.sums[static_cast<std::size_t>(block.slot)].clipped);
  for (const kernel::Fired& fired : std::as_const(place.fired).records()) {
    const std::size_t unit = block.first + fired.unit;
    place.happened.push_back({units.rows[unit], units.ids[unit], fired.state, fired.change, level});
  }
}

void gather_and_draw(Run& run, Level level, std::size_t rows) {
  Units& units = run.units[static_cast<std::size_t>(level)];
  const UnitSource from = run.source(level);
  units.fit(rows, run.blocks.count(rows) + 1, from.predictors.levels.size());
  run.blocks.each(rows, [&](const Block& block) {
    gather(level, from, block, units);
    if (run.arm->draws(level)) draw(run, level, block);
  });
}

}  // namespace

void transitions(Run& run) {
  for (Workplace& place : run.places) place.happened.clear();
  gather_and_draw(run, Level::resident, run.city.residents.size());
#ifdef SLEUTEL_MUTANT_YESTERDAY
  apply(run);
  for (Workplace& place : run.places) place.happened.clear();
#endif
  if (run.arm->draws(Level::household)) gather_and_draw(run, Level::household, run.city.households.count());
  if (run.arm->draws(Level::couple)) gather_and_draw(run, Level::couple, run.city.residents.size());
  apply(run);
}

}  // namespace sleutel
