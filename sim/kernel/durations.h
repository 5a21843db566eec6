#pragma once
/// \file
/// How durations grow by a month: eight slots of each resident, a byte each.

#include <array>
#include <cstdint>
#include <span>

#include "sim/base/isa.h"

namespace sleutel::kernel {

inline constexpr std::size_t kDurationSlots = 8;
using SlotMonths = std::array<std::uint8_t, kDurationSlots>;  ///< [slot] [months, 255 = more]

/// One month more in every slot that is on, up to 255: bit k of slots[row] is on for slot k. Sets in reached[row] the
/// bits of slots that have come to one of the months of any list of `asked`; 0 stands for none. All columns have as
/// many rows as `months`; the same bits in every form.
void grow(std::span<const std::uint8_t> slots, std::span<SlotMonths> months, std::span<const SlotMonths> asked, Isa isa,
          std::uint8_t* reached);

}  // namespace sleutel::kernel
