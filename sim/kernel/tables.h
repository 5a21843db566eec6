#pragma once
/// \file
/// What the vector forms of the kernel read and write: plain structures of pointers, so that a file compiled for
/// another instruction set needs no inline function or template of anybody else.

#include <cstddef>
#include <cstdint>

namespace sleutel::kernel {

inline constexpr int kUnitsPerChunk = 64;    ///< units worked on together; changes no result
inline constexpr int kPredictorWords = 3;    ///< two words of states, one of derived bits
inline constexpr int kMostLevelTables = 12;  ///< = kMaxLevelPredictors

inline constexpr int kWordRows = 65;  ///< places in the tables for the rows of a word of bits; the last is of zeros

/// Which rows a unit has on: the same for all vectors of a matrix. In the tables the rows of predictor bits stand
/// first, kWordRows places for each word that is asked, a row at the place of its bit; then all rows of quantised
/// predictors. Nothing is packed by pext: on some processors it takes longer than all the additions.
struct PredictorTables {
  std::uint64_t mask[kPredictorWords] = {};      ///< predictor bits that have a row
  std::uint64_t required[kPredictorWords] = {};  ///< predictor bits without which some lane is closed
  int words = 0;                                 ///< that are asked: of which a bit has a row or is required
  int word[kPredictorWords] = {};                ///< ... their numbers
  int levels = 0;                                ///< quantised predictors that have a row, or close a lane
  int predictor[kMostLevelTables] = {};          ///< ... index of each one's column in the block
  int first_row[kMostLevelTables] = {};          ///< ... and its row of level 0
  int rows = 0;                                  ///< of the tables
};

/// The draws of four slots, and which lanes of a vector take theirs from among them. One instruction set picks them by
/// number, another byte by byte.
struct DrawPiece {
  int first = 0;                      ///< place of these slots among the draws of a unit [halves]
  int slots = 0;                      ///< of the four that are asked
  std::uint32_t lanes = 0;            ///< that take theirs here
  std::uint16_t number[16] = {};      ///< [lane] which of the 32 draws
  std::uint8_t bytes[4][2][16] = {};  ///< [slot][eight lanes][byte] which byte of the slot, 0x80 none
};

/// One vector of sixteen lanes.
struct VectorTables {
  const std::uint32_t* base_of_cell = nullptr;  ///< [cell] its row of base rates: cells that are alike share one
  const std::int32_t* bases = nullptr;          ///< [row][begin, end][lane]
  const std::uint32_t* base_closed = nullptr;   ///< [row] lanes closed to begin (low half) and to end (high half)
  PredictorTables predictors;
  const std::int32_t* rows = nullptr;  ///< [row][begin, end][lane], rows as PredictorTables has them

  /// [row] what a row that is on does besides: lanes that it closes to begin (bits 0 to 15) and to end (16 to 31), and
  /// lanes that are on (32 to 47)
  const std::uint64_t* marks = nullptr;
  const std::uint32_t* without = nullptr;  ///< [row] lanes closed to begin and to end while its bit is off

  std::uint64_t programme_mask = 0;          ///< programmes that have a row here
  const std::int32_t* programmes = nullptr;  ///< [programme][begin, end][lane]

  std::uint32_t live = 0;              ///< lanes with a transition
  std::uint32_t single = 0;            ///< of these, lanes that belong to no group: they end at the high end of a draw
  const DrawPiece* draws = nullptr;    ///< where each lane's draw stands ...
  int draw_pieces = 0;                 ///< ... in so many pieces
  std::int32_t slack[16] = {};         ///< what a group's lane may fall short and still be looked at [log2 x 2^20]
  std::uint32_t whole_groups[8] = {};  ///< bounding tables: lanes of each group that stands in this vector alone ...
  int groups = 0;                      ///< ... and their number
  /// [begin, end][lane] bounding tables: a bound below the one or above the other may stand for a clipped sum
  std::int32_t clip_below[32] = {}, clip_above[32] = {};
};

/// Sixteen responses.
struct ResponseTables {
  PredictorTables predictors;
  const std::int32_t* base = nullptr;  ///< [age * 2 + sex][lane]
  const std::int32_t* rows = nullptr;  ///< [row][lane], rows as PredictorTables has them
};

/// How the indices of sixteen responses become personal, and what an ordered response that has passed a cut takes off
/// the utility.
struct PersonalTables {
  std::int32_t step[16] = {};      ///< [lane] index of 1/32 of the personal position; 0 if it has none
  std::int32_t position[16] = {};  ///< [lane] which of the eight positions
  std::int32_t cut[4][16] = {};    ///< [cut][lane] rising; the largest number where there is none
  std::int32_t lost[4][16] = {};   ///< [cut][lane] added to Answer::lost by an index above it
};

/// The responses of one resident.
struct alignas(64) Answer {
  std::int32_t index[16] = {};  ///< [lane] the sums before, the personal indices after; not held to any limits
  std::int32_t lost = 0;        ///< what passed cuts take off together
  std::uint32_t above = 0;      ///< lanes above their first cut
};

/// One unit: Unit in unit_block.h, without what the vector forms must not see. vector.cpp asserts that they agree.
struct alignas(64) UnitRecord {
  std::uint64_t id;
  std::uint64_t states[2];
  std::uint64_t derived;
  std::uint64_t programmes;
  std::uint16_t cell;
  std::uint16_t age_sex;
  std::uint8_t levels[kMostLevelTables];
};

/// Draws of a chunk: [unit][slot][8] halves, slots as in KernelModel::draw_blocks.
struct DrawRequest {
  std::uint32_t key[2] = {};
  std::uint32_t month = 0;
  const int* blocks = nullptr;  ///< [slot] number of the Philox block
  int slots = 0;
};

/// The bounds of one vector of one unit: see Bounds in bounds.h.
struct VectorBound {
  std::uint16_t* limit = nullptr;  ///< [lane]
  std::uint16_t on = 0;            ///< lanes that are on
  bool always = false;             ///< a sum may be clipped, or a draw is always within its bounds
};

/// A chunk of units to be looked through for candidates.
struct FilterRequest {
  const std::uint32_t* rows = nullptr;   ///< of the units in the bounds; null: first, first + 1 ...
  std::size_t first = 0;                 ///< row of the first unit, if `rows` is null
  int count = 0;                         ///< at most kUnitsPerChunk
  const std::uint16_t* draws = nullptr;  ///< [position in the chunk][draw_stride]
  int draw_stride = 0;
  const std::uint16_t* limit = nullptr;  ///< [unit][vector][lane], of this vector
  const std::uint16_t* on = nullptr;     ///< [unit][vector], of this vector
  std::size_t vectors = 0;
};

/// What one vector gives for a chunk of units.
struct VectorResult {
  std::int32_t* eta = nullptr;    ///< [unit * vectors][lane] log hazards, held to kEtaHigh
  std::uint32_t* open = nullptr;  ///< [unit * vectors] lanes that are not closed (low half) and are on (high half)
  std::uint32_t* candidates = nullptr;  ///< [unit * vectors] lanes that may fire
  std::uint8_t* any = nullptr;          ///< [unit] set to 1 if any lane may fire; not cleared
  int vectors = 0;                      ///< of the matrix
  std::int64_t clipped = 0;             ///< open lanes clipped, added to
};

/// The parts of the kernel that are compiled for one instruction set.
struct VectorForm {
  /// Sixteen-bit draws of `units` units (at most kUnitsPerChunk).
  void (*draw)(const DrawRequest& request, const std::uint64_t* id, int units, std::uint16_t* draws);
  /// Log hazards, open lanes and candidates of one vector for some units, whose draws stand at
  /// draws[unit * draw_stride]. Draws are read 32 at a time: that many must be readable behind the last.
  void (*evaluate)(const VectorTables& tables, const UnitRecord* units, int count, const std::uint16_t* draws,
                   int draw_stride, VectorResult& result);
  /// Bounds of all vectors of one unit, by bounding tables; writes sixteen limits of each.
  void (*bound)(const VectorTables* tables, std::size_t vectors, const UnitRecord& unit, VectorBound* results);
  /// Units of the chunk that have a draw within their bounds: bit = position.
  std::uint64_t (*filter)(const VectorTables& tables, const FilterRequest& request);
  /// Lanes of the first unit of the request whose draw is within its bounds.
  std::uint32_t (*within)(const VectorTables& tables, const FilterRequest& request);
  /// Sums of rows for responses: out[unit].index.
  void (*respond)(const ResponseTables& tables, const UnitRecord* units, std::size_t count, Answer* out);
  /// Makes these sums personal; answers[i] has the eight positions at positions[8 * rows[i]].
  void (*personalise)(const PersonalTables& tables, const std::int8_t* positions, const std::uint32_t* rows,
                      std::size_t count, Answer* answers);
};
#if defined(__x86_64__)
extern const VectorForm kAvx2;    ///< avx2.cpp: AVX2, BMI and POPCNT
extern const VectorForm kAvx512;  ///< avx512.cpp: AVX-512 F, BW, DQ and VL, BMI and POPCNT
#endif

}  // namespace sleutel::kernel
