#include "sim/base/marks.h"
#include "sim/bench/ceilings.h"
#include "sim/bench/processor_time.h"
#include "sim/engine/month.h"
#include "sim/kernel/bounds.h"

namespace sleutel {

namespace {

/// The units of one level as they are now, made once.
struct Ready {
  Level level = Level::resident;
  std::vector<Row> rows;
  std::vector<std::uint64_t> ids;
  Column<kernel::Unit> units;
};

Ready units_of(const Run& run, Level level) {
  const UnitSource from = run.source(level);
  Ready ready;
  ready.level = level;
  for (std::size_t i = 0; i < from.rows(); ++i) {
    const auto row = static_cast<Row>(i);
    if (!is_unit(from, row)) continue;
    ready.rows.push_back(row);
    ready.units.push_back(make_unit(from, row));
    ready.ids.push_back(ready.units.back().id);
  }
  return ready;
}

/// A month of one level, after which nothing is applied.
class BareMonth {
 public:
  BareMonth(Run& run, const Ready& ready, int month)
      : ready_(ready),
        matrix_(run.arm->matrix[static_cast<std::size_t>(ready.level)]),
        bounds_(run.units[static_cast<std::size_t>(ready.level)].bounds),
        fired_(run.places.front().fired),
        month_{run.key, static_cast<std::uint32_t>(month), run.arm->isa} {}

  void draw() {
    if (month_.isa == Isa::scalar) return draw_plainly();
    constexpr std::size_t chunk = kernel::kUnitsPerChunk;
    for (std::size_t first = 0; first < ready_.rows.size(); first += chunk)
      draw_chunk(first, static_cast<int>(std::min(chunk, ready_.rows.size() - first)));
  }

 private:
  void draw_plainly() {
    std::int64_t clipped = 0;
    for (std::size_t i = 0; i < ready_.rows.size(); ++i) {
      fired_.clear();
      kernel::draw_one(matrix_, month_, ready_.units[i], ready_.rows[i], fired_, clipped);
    }
  }

  /// Residents stand row after row, as in the run; whoever is no unit was left out of both.
  void draw_chunk(std::size_t first, int count) {
    const kernel::UnitsOfChunk chunk{ready_.ids.data() + first, ready_.rows.data() + first, 0, count};
    const kernel::Candidates found = kernel::find_candidates(matrix_, month_, chunk, bounds_, fired_);
    for (std::uint64_t left = found.places; left != 0; left &= left - 1) {
      const int place = __builtin_ctzll(left);
      const kernel::Unit& unit = ready_.units[first + static_cast<std::size_t>(place)];
      const kernel::LaneSet lanes = kernel::lanes_to_evaluate(matrix_, month_, chunk, bounds_, found, place);
      fired_.clear();
      kernel::decide_candidate(matrix_, month_, unit, found, place, lanes, chunk.row(place), fired_);
    }
  }

  const Ready& ready_;
  const kernel::KernelModel& matrix_;
  const kernel::Bounds& bounds_;
  kernel::FiredBuffer& fired_;
  const kernel::Month month_;
};

}  // namespace

double bare_kernel_ns(Run& run) {
  constexpr int kRounds = 9, kMonths = 3;
  advance(run);       // bounds everybody who is stale
  surroundings(run);  // and whoever came, left or paired since then is known
  std::vector<Ready> levels;
  for (const Level level : {Level::resident, Level::household, Level::couple})
    if (run.arm->draws(level)) levels.push_back(units_of(run, level));
  std::size_t residents = 0;
  for (Row row = 0; row < run.city.residents.size(); ++row) residents += run.city.residents.present(row);
  std::vector<double> rounds;
  int month = run.month;
  for (int round = 0; round < kRounds; ++round)
    rounds.push_back(ns_of([&] {
      for (int i = 0; i < kMonths; ++i, ++month)
        for (const Ready& ready : levels) BareMonth(run, ready, month).draw();
    }));
  return median(rounds) / (kMonths * static_cast<double>(residents));
}

}  // namespace sleutel
