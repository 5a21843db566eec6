#pragma once
/// \file
/// Responses (quality of life, satisfaction, vitality ...): linear in the same rows as the resident's matrix, sixteen
/// responses to a vector; then each resident's own positions, and what passed cuts take off the utility.

#include <array>
#include <span>

#include "sim/base/isa.h"
#include "sim/kernel/tables.h"
#include "sim/kernel/unit_block.h"
#include "sleutel/model.h"
#include "sleutel/residents.h"

namespace sleutel::kernel {

/// The responses of a model made ready; read-only, shared by all threads.
struct KernelResponses {
  const Model* model = nullptr;  ///< the model given to prepare_responses(), which must outlive this
  ResponseTables tables;         ///< what the vector form reads
  Column<std::int32_t> rows;     ///< [row of PredictorTables][lane]

  KernelResponses() = default;
  KernelResponses(KernelResponses&&) = default;
  KernelResponses& operator=(KernelResponses&&) = default;
  KernelResponses(const KernelResponses&) = delete;
  KernelResponses& operator=(const KernelResponses&) = delete;
};

KernelResponses prepare_responses(const Model& model);

/// out[unit].index[response] = base[age_sex] + the rows that are on, in 2^-16 of the response's unit (kIndexUnit).
/// `out` has as many entries as the block; the same bits in every form.
void responses(const KernelResponses& model, const UnitBlock& block, Isa isa, std::span<Answer> out);

/// Makes sums of responses() personal: adds step * position, and finds which cuts are passed. answers[i] is that of the
/// resident whose positions are positions[rows[i]].
void personalise(const PersonalTables& tables, const std::array<std::int8_t, kLatents>* positions,
                 std::span<const std::uint32_t> rows, Isa isa, std::span<Answer> answers);

}  // namespace sleutel::kernel
