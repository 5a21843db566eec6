#pragma once
/// \file
/// A matrix made ready for the kernel: the same numbers as in Model, laid out as the inner loop reads them. Made once
/// per model and level by prepare(), read-only afterwards, shared by all threads.

#include <array>
#include <cstdint>
#include <vector>

#include "sim/kernel/tables.h"
#include "sleutel/model.h"

namespace sleutel::kernel {

/// A group whose members are lanes of one matrix.
struct KernelGroup {
  int rest_draw = 0;           ///< draw number of the rest member: decides for the whole group
  std::size_t source = 0;      ///< where its sixteen bits stand among the draws of a unit
  bool spans_vectors = false;  ///< members stand in different vectors
  std::uint64_t lanes = 0;     ///< of its members in the first four vectors, bit vector * kLanes + lane
  struct Member {
    int state = 0;  ///< position in Model::states
    int lane = 0;   ///< vector * kLanes + lane
  };
  std::vector<Member> members;  ///< in order of draw
};

struct KernelLane {
  int state = -1;          ///< position in Model::states, -1 for none
  int draw = -1;           ///< its draw number
  int group = -1;          ///< index in KernelModel::groups, or -1
  std::size_t source = 0;  ///< where the sixteen bits that decide stand among the draws of a unit
};

struct KernelModel {
  const Matrix* matrix = nullptr;  ///< of the model given to prepare(), which must outlive this
  int death = -1;                  ///< state after whose begin nothing else is drawn; -1 at other levels
  std::vector<KernelLane> lanes;   ///< [vector * kLanes + lane]
  std::vector<KernelGroup> groups;
  bool groups_span_vectors = false;  ///< of any: then no vector of a unit can be evaluated alone

  std::vector<std::uint16_t> required_rows;  ///< rows without which some lane is closed

  // What the vector form reads. Tables are plain structures of pointers into the columns below.
  std::vector<int> draw_blocks;         ///< [slot of eight draws] number of the Philox block
  std::vector<VectorTables> tables;     ///< [vector]
  std::vector<DrawPiece> draw_pieces;   ///< of all vectors
  Column<std::uint32_t> base_of_cell;   ///< [vector][cell] row among those of the vector
  Column<std::int32_t> bases;           ///< [vector][row][begin, end][lane]: base + shift
  Column<std::uint32_t> base_closed;    ///< [vector][row]: lanes closed to begin (low half) and to end (high half)
  Column<std::int32_t> rows;            ///< [vector][row of PredictorTables][begin, end][lane]
  Column<std::uint64_t> marks;          ///< [vector][row of PredictorTables]: VectorTables::marks
  Column<std::uint32_t> without;        ///< [vector][row of PredictorTables]: VectorTables::without
  Column<std::int32_t> programme_rows;  ///< [vector][programme][begin, end][lane]

  KernelModel() = default;
  KernelModel(KernelModel&&) = default;  // the columns keep their storage, so the tables stay right
  KernelModel& operator=(KernelModel&&) = default;
  KernelModel(const KernelModel&) = delete;
  KernelModel& operator=(const KernelModel&) = delete;
};

/// A row of a matrix and where it stands in the tables.
struct RowPlace {
  std::size_t from, to;
};

using PredictorBits = std::array<std::uint64_t, kPredictorWords>;

/// Fills `tables` for the predictor bits in `used`, those in `required`, and the quantised predictors of the matrix for
/// which `level_used[p]`; gives all rows that have a place.
std::vector<RowPlace> lay_out_rows(PredictorTables& tables, const Matrix& matrix, const PredictorBits& used,
                                   const PredictorBits& required, const std::vector<bool>& level_used);

/// Makes the matrix of one level ready. The model must satisfy what model.h says (sizes, order of draws); it is
/// checked by assertions only, as the compiler of the model has proven it.
KernelModel prepare(const Model& model, Level level);
/// The same for a matrix of this model that was changed; it must outlive what is given.
KernelModel prepare(const Model& model, const Matrix& matrix);

}  // namespace sleutel::kernel
