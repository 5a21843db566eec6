#pragma once
/// \file
/// Responses (quality of life, satisfaction, vitality ...): linear in the same rows as the resident's matrix, sixteen
/// responses to a vector. Indices only; personal positions, cuts and limits are added by the engine.

#include <span>

#include "sim/base/isa.h"
#include "sim/kernel/tables.h"
#include "sim/kernel/unit_block.h"
#include "sleutel/model.h"

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

/// out[unit].at[response] = base[age_sex] + the rows that are on, in 2^-16 of the response's unit (kIndexUnit).
/// `out` has as many entries as the block; the same bits in every form.
void responses(const KernelResponses& model, const UnitBlock& block, Isa isa, std::span<Lanes> out);

}  // namespace sleutel::kernel
