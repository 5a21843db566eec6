#include "sim/kernel/loads.h"

#include <algorithm>
#include <array>

#include "sim/kernel/vector.h"

// Sixteen bits are enough for every step, if the high and the low half of a product are taken apart: a vector then
// holds twice as many residents, and each operation is one that all instruction sets have. What stands here is the
// reference form, for any levels; the forms of columns.inc know levels of whole shifts.

namespace sleutel::kernel {

namespace {

using Load = std::uint16_t;

constexpr std::size_t kPiece = 1024;  ///< residents whose loads and marks stay near between the loops

constexpr Load high_half(std::uint32_t product) { return static_cast<Load>(product >> 16); }
constexpr Load low_half(std::uint32_t product) { return static_cast<Load>(product); }

/// As relaxed().
constexpr Load next_load(Load load, Load keep, Load added) {
  const std::uint32_t product = std::uint32_t{load} * keep;
  const auto left = static_cast<Load>(high_half(product) + static_cast<Load>(low_half(product) >> 15));
  return static_cast<Load>(left + std::min(added, static_cast<Load>(~left)));
}

constexpr bool same_step(Load load, Load keep, Load added) {
  return next_load(load, keep, added) == relaxed(load, keep, added);
}
static_assert(same_step(0, 1, 0) && same_step(65535, 65535, 65535) && same_step(32768, 1, 7) &&
              same_step(32767, 1, 7) && same_step(40000, 61147, 26000) && same_step(65535, 65535, 1));

/// Not 0 for a load that is not from low to high.
constexpr Load outside(Load load, Load low, Load high) {
  return static_cast<Load>((std::max(load, low) - load) | (load - std::min(load, high)));
}

constexpr Load level_of(const ShiftedLevels& levels, Load load) {
  const Load halves = high_half(std::uint32_t{load} * levels.to_halves);
  return std::min(static_cast<Load>(static_cast<Load>(halves + 1) >> 1), levels.top);
}

bool is_whole_shift(const LoadLevels& levels) {
  return levels.step >= 4 && levels.step <= 1U << 15 && (levels.step & (levels.step - 1)) == 0 && levels.top <= 65535;
}

ShiftedLevels shifted(const LoadLevels& levels) {
  return {static_cast<Load>((1U << 17) / levels.step), static_cast<Load>(levels.top)};
}

/// A month of loads that nobody reads, or whose levels are looked at apart.
void live_month(const LoadColumns& of, std::size_t count, Load keep, std::uint8_t mark) {
  Load* __restrict load = of.load;
  const Load* __restrict added = of.added, * __restrict low = of.low, * __restrict high = of.high;
  std::uint8_t* __restrict stale = of.stale;
  for (std::size_t i = 0; i < count; ++i) {
    const Load next = next_load(load[i], keep, added[i]);
    load[i] = next;
    stale[i] = static_cast<std::uint8_t>(stale[i] | (outside(next, low[i], high[i]) != 0 ? mark : 0));
  }
}

/// The same, with levels.
void live_month(const LoadColumns& of, std::size_t count, Load keep, const LoadMarks& marks, ShiftedLevels levels) {
  Load* __restrict load = of.load;
  const Load* __restrict added = of.added, * __restrict low = of.low, * __restrict high = of.high;
  std::uint8_t* __restrict stale = of.stale;
  const Load out = marks.out_of_bounds, other = marks.other_level, none = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Load before = load[i];
    const Load next = next_load(before, keep, added[i]);
    load[i] = next;
    const Load left = outside(next, low[i], high[i]) != 0 ? out : none;
    const Load moved = level_of(levels, before) != level_of(levels, next) ? other : none;
    stale[i] = static_cast<std::uint8_t>(stale[i] | left | moved);
  }
}

void mark_other_levels(const LoadLevels& levels, const Load* before, const Load* now, std::size_t count,
                       std::uint8_t mark, std::uint8_t* stale) {
  for (std::size_t i = 0; i < count; ++i)
    if (levels.level_of(before[i]) != levels.level_of(now[i])) stale[i] = static_cast<std::uint8_t>(stale[i] | mark);
}

void live_piece(const LoadColumns& piece, std::size_t count, Load keep, const LoadMarks& marks) {
  if (marks.levels.size() == 1 && is_whole_shift(marks.levels[0]))
    return live_month(piece, count, keep, marks, shifted(marks.levels[0]));
  std::array<Load, kPiece> before;
  std::copy_n(piece.load, marks.levels.empty() ? 0 : count, before.data());
  live_month(piece, count, keep, marks.out_of_bounds);
  for (const LoadLevels& levels : marks.levels)
    mark_other_levels(levels, before.data(), piece.load, count, marks.other_level, piece.stale);
}

#if defined(__x86_64__)
/// As many loads as move on together; gives their number.
std::size_t relax_by_vectors(const LoadColumns& of, std::size_t count, Load keep, const LoadMarks& marks, Isa isa) {
  constexpr std::size_t most = 4;
  if (isa == Isa::scalar || marks.levels.size() > most || !std::ranges::all_of(marks.levels, is_whole_shift)) return 0;
  std::array<ShiftedLevels, most> levels;
  std::ranges::transform(marks.levels, levels.begin(), shifted);
  const std::size_t together = count - count % kLoadsTogether;
  column_form(isa).relax({of.load, of.added, of.low, of.high, of.stale, keep, marks.out_of_bounds, marks.other_level,
                          levels.data(), static_cast<int>(marks.levels.size())},
                         together);
  return together;
}
#else
std::size_t relax_by_vectors(const LoadColumns&, std::size_t, Load, const LoadMarks&, Isa) { return 0; }
#endif

}  // namespace

void relax(const LoadColumns& columns, std::size_t count, std::uint32_t keep, const LoadMarks& marks, Isa isa) {
  const std::size_t done = relax_by_vectors(columns, count, static_cast<Load>(keep), marks, isa);
  for (std::size_t first = done; first < count; first += kPiece) {
    const LoadColumns piece{columns.load + first, columns.added + first, columns.low + first, columns.high + first,
                            columns.stale + first};
    live_piece(piece, std::min(kPiece, count - first), static_cast<Load>(keep), marks);
  }
}

}  // namespace sleutel::kernel
