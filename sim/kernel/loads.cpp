#include "sim/kernel/loads.h"

namespace sleutel::kernel {

namespace {

constexpr std::size_t kPiece = 1024;  ///< residents whose marks stay near between the loops

void mark_outside(const std::uint16_t* __restrict load, const std::uint16_t* __restrict low,
                  const std::uint16_t* __restrict high, std::size_t count, std::uint8_t mark,
                  std::uint8_t* __restrict stale) {
  for (std::size_t i = 0; i < count; ++i) {
    const bool outside = (load[i] < low[i]) | (load[i] > high[i]);
    stale[i] = static_cast<std::uint8_t>(stale[i] | (outside ? mark : 0));
  }
}

void move_on(std::uint16_t* __restrict load, const std::uint16_t* __restrict added, std::size_t count,
             std::uint32_t keep) {
  for (std::size_t i = 0; i < count; ++i) load[i] = relaxed(load[i], keep, added[i]);
}

}  // namespace

void relax(const LoadColumns& columns, std::size_t count, std::uint32_t keep, LoadMarks marks) {
  for (std::size_t first = 0; first < count; first += kPiece) {
    const std::size_t piece = count - first < kPiece ? count - first : kPiece;
    std::uint16_t* const load = columns.load + first;
    move_on(load, columns.added + first, piece, keep);
    mark_outside(load, columns.low + first, columns.high + first, piece, marks.out_of_bounds, columns.stale + first);
    if (columns.level_low == nullptr) continue;
    mark_outside(load, columns.level_low + first, columns.level_high + first, piece, marks.other_level,
                 columns.stale + first);
  }
}

}  // namespace sleutel::kernel
