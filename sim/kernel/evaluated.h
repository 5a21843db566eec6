#pragma once
/// \file
/// What the vector forms have of a unit when its lanes are evaluated, and how the lanes that may fire are decided: with
/// the scalar functions of the reference form, from the same integers.

#include "sim/kernel/transitions.h"

namespace sleutel::kernel {

/// Working space of a chunk of units, carved out of the buffer.
struct Chunk {
  std::int32_t* eta;          ///< [unit][lane]
  std::uint32_t* open;        ///< [unit][vector] open lanes (low half), lanes that are on (high half)
  std::uint32_t* candidates;  ///< [unit][vector]
  std::uint16_t* draws;       ///< [unit][slot][8]
  std::uint8_t* any;          ///< [unit]

  Chunk(const KernelModel& model, FiredBuffer& out) {
    const std::size_t lanes = model.lanes.size() * kUnitsPerChunk;
    const std::size_t vectors = model.tables.size() * kUnitsPerChunk;
    const std::size_t halves = model.draw_blocks.size() * 8 * kUnitsPerChunk + 32;  // the vector forms read 32 at once
    const std::size_t bytes = lanes * 4 + vectors * 8 + halves * 2 + kUnitsPerChunk;
    std::byte* const at = out.scratch(bytes);
    eta = reinterpret_cast<std::int32_t*>(at);
    open = reinterpret_cast<std::uint32_t*>(at + lanes * 4);
    candidates = open + vectors;
    draws = reinterpret_cast<std::uint16_t*>(candidates + vectors);
    any = reinterpret_cast<std::uint8_t*>(draws + halves);
  }
};

/// One unit whose lanes were evaluated, and the draws that decide.
struct Evaluated {
  const KernelModel& model;
  const Month& month;
  std::uint64_t id;
  const std::int32_t* eta;
  const std::uint32_t* open;
  const std::uint32_t* candidates;
  const std::uint16_t* draws;

  bool is_open(std::size_t lane) const { return (open[lane / kLanes] >> (lane % kLanes) & 1) != 0; }
  Change change(std::size_t lane) const {
    return (open[lane / kLanes] >> (16 + lane % kLanes) & 1) != 0 ? Change::end : Change::begin;
  }
  bool is_candidate(std::size_t lane) const { return (candidates[lane / kLanes] >> (lane % kLanes) & 1) != 0; }
};

/// Decides the candidates of one unit exactly, and adds its records in order of draw; `index` is their unit.
void decide(const Evaluated& unit, std::uint32_t index, FiredBuffer& out);

}  // namespace sleutel::kernel
