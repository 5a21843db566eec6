#include <utility>

#include "sim/engine/month.h"

// The matrix. Units about which something may have changed are made anew and bounded; then everybody draws. Only when
// every draw of the month is known is anything applied.

namespace sleutel {

namespace {

/// One level of units in one month.
class LevelOfUnits {
 public:
  LevelOfUnits(Run& run, Level level)
      : run_(run),
        from_(run.source(level)),
        units_(run.units[static_cast<std::size_t>(level)]),
        matrix_(run.arm->matrix[static_cast<std::size_t>(level)]),
        draws_(run.arm->draws(level)),
        bounded_(draws_ && run.arm->isa != Isa::scalar) {
    units_.fit(from_.rows());
    units_.bounds.fit(from_.rows(), matrix_);
    for (const LevelRule& rule : from_.predictors.levels) asks_levels_ = asks_levels_ || rule.levels > 0;
  }

  std::size_t rows() const { return from_.rows(); }

  void work(const Block& block) {
    Workplace& place = run_.places[static_cast<std::size_t>(block.slot)];
    list(block, place);
    renew_all(block, place);
    if (bounded_) place.clipped += kernel::bound_units(matrix_, units_.all, place.changed, units_.bounds);
    if (draws_) draw(place);
  }

 private:
  /// All units of the block, and those of them that are stale.
  void list(const Block& block, Workplace& place) {
    place.rows.clear();
    place.stale.clear();
    place.changed.clear();
    for (std::size_t i = block.first; i < block.last; ++i) {
      const Row row = static_cast<Row>(i);
      const bool known = units_.bounds.known[row] != 0;
      if (is_unit(from_, row)) {
        place.rows.push_back(row);
        if (!known || stale(row) != 0) place.stale.push_back(row);
      } else if (known) {
        place.clipped += units_.bounds.drop(row);
      }
    }
  }

  /// Stale bits of a unit. Levels of households and couples may change by a little while those of no member do.
  int stale(Row row) const {
    const Surroundings& around = run_.around;
    const int levels = asks_levels_ ? kStaleLevel : 0;
    switch (from_.level) {
      case Level::resident:
        return around.stale[row] & (kStaleUnit | kStaleLevel);
      case Level::household:
        return (around.stale_home[row] != 0 ? kStaleUnit : 0) | levels;
      case Level::couple:
        return ((around.stale[row] | around.stale[from_.city.residents.partner[row]]) & kStaleUnit) | levels;
    }
    return kStaleUnit;
  }

  void renew_all(const Block& block, Workplace& place) {
    constexpr std::size_t ahead = 8;  // units here and there are not near when they are wanted
    const std::vector<Row>& stale = place.stale;
    for (std::size_t i = 0; i < stale.size(); ++i) {
      if (i + ahead < stale.size()) {
        const Row soon = stale[i + ahead];
        __builtin_prefetch(&units_.all[soon], 1);
        for (std::size_t v = 0; v < units_.bounds.vectors; ++v)
          __builtin_prefetch(&units_.bounds.limit[(soon * units_.bounds.vectors + v) * kLanes], 1);
      }
      renew(stale[i], block, place);
    }
  }

  void renew(Row row, [[maybe_unused]] const Block& block, Workplace& place) {
    const bool known = units_.bounds.known[row] != 0;
    int change = kSameUnit;
    if (!known || (stale(row) & kStaleUnit) != 0) {
      kernel::Unit unit = make_unit(from_, row);
#ifdef SLEUTEL_MUTANT_BLOCKS
      unit.id += block.index;
#endif
      change = units_.put(row, unit, from_.predictors);
    } else {
      change = units_.put_levels(row, levels_of(from_, row), from_.predictors);
    }
    if (from_.level == Level::resident) tell(row, change, known);
    if (from_.level == Level::household) run_.around.stale_home[row] = 0;
    if (known && (change & kOtherHazards) == 0) return;
    units_.bounds.known[row] = 1;
    place.changed.push_back(row);
  }

  /// What a resident who was made anew means for his household and his responses.
  void tell(Row row, int change, bool known) {
    Surroundings& around = run_.around;
    if ((around.stale[row] & kStaleUnit) != 0) mark(around.stale_home, from_.city.residents.household[row]);
    if (!known || (change & kOtherResponses) != 0)
      around.stale[row] = static_cast<std::uint8_t>(around.stale[row] | kStaleResponse);
  }

  void draw(Workplace& place) {
    const kernel::Month month{run_.key, static_cast<std::uint32_t>(run_.month), run_.arm->isa};
    place.fired.clear();
    if (bounded_)
      kernel::draw_bounded(matrix_, month, units_.all, units_.ids, units_.bounds, place.rows, place.fired);
    else
      for (const Row row : place.rows)
        kernel::draw_one(matrix_, month, units_.all, row, place.fired, place.clipped_now);
    for (const kernel::Fired& fired : std::as_const(place.fired).records())
      place.happened.push_back({fired.unit, units_.all[fired.unit].id, fired.state, fired.change, from_.level});
  }

  Run& run_;
  const UnitSource from_;
  Units& units_;
  const kernel::KernelModel& matrix_;
  const bool draws_, bounded_;
  bool asks_levels_ = false;
};

void draw_level(Run& run, Level level) {
  LevelOfUnits units(run, level);
  run.blocks.each(units.rows(), [&](const Block& block) { units.work(block); });
}

/// Clipped lanes of this month: those of the bounds, which stand until a unit changes, or those just counted.
void count_clipped(Run& run) {
  for (Workplace& place : run.places) {
    run.sums[0].clipped += place.clipped + place.clipped_now;
    place.clipped_now = 0;
  }
}

}  // namespace

void transitions(Run& run) {
  for (Workplace& place : run.places) place.happened.clear();
  draw_level(run, Level::resident);
#ifdef SLEUTEL_MUTANT_YESTERDAY
  apply(run);
  for (Workplace& place : run.places) place.happened.clear();
#endif
  if (run.arm->draws(Level::household)) draw_level(run, Level::household);
  if (run.arm->draws(Level::couple)) draw_level(run, Level::couple);
  count_clipped(run);
  apply(run);
}

}  // namespace sleutel
