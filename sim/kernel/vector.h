#pragma once
/// \file
/// The fast form of the kernel, around the parts that are compiled for one instruction set each. It never evaluates an
/// exponential for a lane that cannot fire: see docs/decisions/0010-only-candidates-are-exponentiated.md.

#include "sim/kernel/columns.h"
#include "sim/kernel/transitions.h"

namespace sleutel::kernel {

/// The form of this instruction set, which must not be scalar; the processor must have it.
const VectorForm& vector_form(Isa isa);
/// The same for columns that move on.
const ColumnForm& column_form(Isa isa);

/// As draw_transitions, by the form of month.isa.
void draw_by_vectors(const KernelModel& model, const Month& month, const UnitBlock& block, FiredBuffer& out,
                     std::int64_t& clipped);

/// The units of a block as the vector parts read them.
const UnitRecord* records_of(const UnitBlock& block);

}  // namespace sleutel::kernel
