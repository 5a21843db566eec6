#include <algorithm>
#include <cstring>
#include <map>

#include "sim/kernel/fill_tables.h"

namespace sleutel::kernel {

namespace {

constexpr std::size_t kPieceDraws = 32;  ///< draws of four slots

void take_from(DrawPiece& piece, std::size_t lane, std::size_t draw) {
  piece.lanes |= 1U << lane;
  piece.number[lane] = static_cast<std::uint16_t>(draw);
  piece.slots = std::max(piece.slots, static_cast<int>(draw / 8) + 1);
  std::uint8_t* const bytes = &piece.bytes[draw / 8][lane / 8][lane % 8 * 2];
  bytes[0] = static_cast<std::uint8_t>(draw % 8 * 2);
  bytes[1] = static_cast<std::uint8_t>(draw % 8 * 2 + 1);
}

/// Adds the pieces of one vector; gives their number.
int add_draw_pieces(KernelModel& ready, std::size_t v) {
  std::map<std::size_t, DrawPiece> pieces;
  const auto piece_at = [&](std::size_t number) -> DrawPiece& {
    const auto [at, made] = pieces.try_emplace(number);
    at->second.first = static_cast<int>(number * kPieceDraws);
    if (made) std::memset(at->second.bytes, 0x80, sizeof at->second.bytes);
    return at->second;
  };
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    const KernelLane& l = ready.lanes[v * kLanes + lane];
    if (l.state >= 0) take_from(piece_at(l.source / kPieceDraws), lane, l.source % kPieceDraws);
  }
  for (const auto& [number, piece] : pieces) ready.draw_pieces.push_back(piece);
  return static_cast<int>(pieces.size());
}

}  // namespace

void fill_draw_pieces(KernelModel& ready) {
  for (std::size_t v = 0; v < vectors_of(ready); ++v) ready.tables[v].draw_pieces = add_draw_pieces(ready, v);
  const DrawPiece* piece = ready.draw_pieces.data();
  for (VectorTables& tables : ready.tables) {
    tables.draws = piece;
    piece += tables.draw_pieces;
  }
}

}  // namespace sleutel::kernel
