#include <algorithm>
#include <utility>

#include "sim/engine/month.h"
#include "sim/kernel/loads.h"

// The matrix. Units to which something has happened are bounded anew; then everybody draws, and who has a draw within
// his bounds is made and evaluated. Only when every draw of the month is known is anything applied.

namespace sleutel {

namespace {

/// The range of a load in which bounds that are made now are to hold: wide enough to last for some months, narrow
/// enough to keep others out. It changes no result, only how often bounds are made and how many units are candidates.
kernel::LoadRange range_around(std::uint16_t load) {
  const int up = kLoadUnit / 8 + load / 8;
  const int down = kLoadUnit / 4 + load / 4;
  return {static_cast<std::uint16_t>(std::max(0, load - down)), static_cast<std::uint16_t>(std::min(65535, load + up))};
}

/// One level of units in one month.
class LevelOfUnits {
 public:
  LevelOfUnits(Run& run, Level level)
      : run_(run),
        from_(run.source(level)),
        units_(run.units[static_cast<std::size_t>(level)]),
        matrix_(run.arm->matrix[static_cast<std::size_t>(level)]),
        bounding_(run.arm->bounding[static_cast<std::size_t>(level)]),
        draws_(run.arm->draws(level)),
        bounded_(draws_ && run.arm->isa != Isa::scalar),
        month_{run.key, static_cast<std::uint32_t>(run.month), run.arm->isa} {
    if (bounded_) units_.bounds.fit(from_.rows(), matrix_);
    if (level == Level::household) units_.ids.resize(from_.rows());
    if (level == Level::resident && run.arm->predictors[0].responses_read_units) run.kept_units.resize(from_.rows());
    why_ = kStaleUnit | (asks_loads(level) ? kStaleLoad : 0);
  }

  std::size_t rows() const { return from_.rows(); }

  void work(const Block& block) {
    Workplace& place = run_.places[static_cast<std::size_t>(block.slot)];
    if (from_.level == Level::resident) keep_what_others_read(block);
    if (bounded_) bound_all(block, place);
    if (draws_) draw(block, place);
  }

 private:
  /// What households, couples and responses read of residents, whatever this level draws.
  void keep_what_others_read(const Block& block) {
    Surroundings& around = run_.around;
    const bool home = asks_loads(Level::household);
    for_each_marked(around.stale, block.first, block.last, kStaleLoad, [&](Row row) {
      set_ranges(row, is_unit(from_, row));
      if (home) mark(around.stale_home, from_.city.residents.household[row]);
    });
    for_each_marked(
        around.stale, block.first, block.last, kStaleCouple | (asks_loads(Level::couple) ? kStaleLoad : 0),
        [&](Row row) { mark(around.stale_couple, around.couple[row] != 0 ? row : from_.city.residents.partner[row]); });
    if (!from_.predictors.responses_read_units) return;
    for (std::size_t row = block.first; row < block.last; ++row)
      if (is_unit(from_, static_cast<Row>(row))) run_.kept_units[row] = make_unit(from_, static_cast<Row>(row));
  }

  bool asks_loads(Level level) const { return run_.arm->predictors[static_cast<std::size_t>(level)].asks_loads; }

  void set_ranges(Row row, bool present) {
    const Residents& residents = from_.city.residents;
    const std::array<std::uint16_t, 2> load = {residents.stress_fast[row], residents.stress_slow[row]};
    for (std::size_t which = 0; which < load.size(); ++which) {
      const kernel::LoadRange range = present ? range_around(load[which]) : kernel::LoadRange{};
      run_.around.loads[which].low[row] = range.low;
      run_.around.loads[which].high[row] = range.high;
    }
  }

  /// Calls visit(row) for each row of the block whose unit has become another.
  template <class Visit>
  void for_each_stale(const Block& block, Visit&& visit) const {
    const Surroundings& around = run_.around;
    switch (from_.level) {
      case Level::resident:
        return for_each_marked(around.stale, block.first, block.last, why_, visit);
      case Level::household:
        return for_each_marked(around.stale_home, block.first, block.last, 1, visit);
      case Level::couple:
        return for_each_marked(around.stale_couple, block.first, block.last, 1, visit);
    }
  }

  void bound_all(const Block& block, Workplace& place) {
    constexpr std::size_t ahead = 8;  // what a unit is made of is not near when it is wanted
    place.rows.clear();
    for_each_stale(block, [&](Row row) { place.rows.push_back(row); });
    for (std::size_t i = 0; i < place.rows.size(); ++i) {
      if (i + ahead < place.rows.size())
        __builtin_prefetch(&units_.bounds.limit[place.rows[i + ahead] * units_.bounds.vectors * kLanes], 1);
      bound(place.rows[i]);
    }
  }

  void bound(Row row) {
    if (from_.level == Level::household) run_.around.stale_home[row] = 0;
    if (from_.level == Level::couple) run_.around.stale_couple[row] = 0;
    if (!is_unit(from_, row)) return units_.bounds.close(row);
    const kernel::Unit unit = make_bounding_unit(from_, row);
    if (from_.level == Level::household) units_.ids[row] = unit.id;
    kernel::bound_unit(bounding_, month_.isa, unit, row, units_.bounds);
  }

  void draw(const Block& block, Workplace& place) {
    if (!bounded_) return draw_plainly(block, place);
    if (from_.level == Level::couple) return draw_couples(block, place);
    for (std::size_t first = block.first; first < block.last; first += kernel::kUnitsPerChunk) {
      const int count = static_cast<int>(std::min<std::size_t>(kernel::kUnitsPerChunk, block.last - first));
      const Row row = static_cast<Row>(first);
      draw_chunk({ids_from(row, count, block), nullptr, row, count}, place);
    }
  }

  /// Couples are some of the rows.
  void draw_couples(const Block& block, Workplace& place) {
    std::array<Row, kernel::kUnitsPerChunk> rows;
    std::array<std::uint64_t, kernel::kUnitsPerChunk> ids;
    int count = 0;
    const auto draw_these = [&] {
      if (count > 0) draw_chunk({ids.data(), rows.data(), 0, count}, place);
      count = 0;
    };
    for_each_marked(run_.around.couple, block.first, block.last, 1, [&](Row row) {
      rows[static_cast<std::size_t>(count)] = row;
      ids[static_cast<std::size_t>(count)] = id_of(from_, row);
      if (++count == kernel::kUnitsPerChunk) draw_these();
    });
    draw_these();
  }

  /// What names the draws of these rows, side by side.
  const std::uint64_t* ids_from(Row first, [[maybe_unused]] int count, [[maybe_unused]] const Block& block) {
#if defined(SLEUTEL_MUTANT_BLOCKS) || defined(SLEUTEL_MUTANT_NAMED_RANDOMNESS)
    thread_local std::array<std::uint64_t, kernel::kUnitsPerChunk> ids;
    for (int i = 0; i < count; ++i) {
      const Row row = first + static_cast<Row>(i);
      ids[static_cast<std::size_t>(i)] = from_.level == Level::household ? units_.ids[row] : id_of(from_, row);
#ifdef SLEUTEL_MUTANT_BLOCKS
      ids[static_cast<std::size_t>(i)] += block.index;
#endif
    }
    return ids.data();
#else
    return (from_.level == Level::household ? units_.ids.data() : from_.city.residents.id.data()) + first;
#endif
  }

  void draw_chunk(const kernel::UnitsOfChunk& chunk, Workplace& place) {
    const kernel::Candidates found = kernel::find_candidates(matrix_, month_, chunk, units_.bounds, place.fired);
    for (std::uint64_t left = found.places; left != 0; left &= left - 1) {
      const int which = __builtin_ctzll(left);
      const Row row = chunk.row(which);
      if (!is_unit(from_, row)) continue;  // nobody lives here any more
      const kernel::LaneSet lanes = kernel::lanes_to_evaluate(matrix_, month_, chunk, units_.bounds, found, which);
      const kernel::Unit unit = make_unit(from_, row, lanes);
      place.fired.clear();
      place.clipped += kernel::decide_candidate(matrix_, month_, unit, found, which, lanes, row, place.fired);
      take(unit.id, place);
    }
  }

  void draw_plainly(const Block& block, Workplace& place) {
    for (std::size_t i = block.first; i < block.last; ++i) {
      const Row row = static_cast<Row>(i);
      if (!is_unit(from_, row)) continue;
      kernel::Unit unit = make_unit(from_, row);
#ifdef SLEUTEL_MUTANT_BLOCKS
      unit.id += block.index;
#endif
      place.fired.clear();
      kernel::draw_one(matrix_, month_, unit, row, place.fired, place.clipped);
      take(unit.id, place);
    }
  }

  void take(std::uint64_t id, Workplace& place) {
    for (const kernel::Fired& fired : std::as_const(place.fired).records())
      place.happened.push_back({fired.unit, id, fired.state, fired.change, from_.level});
  }

  Run& run_;
  const UnitSource from_;
  Units& units_;
  const kernel::KernelModel& matrix_;
  const kernel::BoundingModel& bounding_;
  const bool draws_, bounded_;
  const kernel::Month month_;
  int why_ = 0;  ///< stale bits of a resident that make the bounds of his hazards stale
};

void draw_level(Run& run, Level level) {
  LevelOfUnits units(run, level);
  run.blocks.each(units.rows(), [&](const Block& block) { units.work(block); });
}

void count_clipped(Run& run) {
  for (Workplace& place : run.places) {
    run.sums[0].clipped += place.clipped;
    place.clipped = 0;
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
