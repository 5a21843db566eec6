#include "sim/kernel/durations.h"

#include <bit>

#include "sim/kernel/vector.h"

namespace sleutel::kernel {

namespace {

std::uint8_t grow_plainly(std::uint8_t slots, SlotMonths& months, std::span<const SlotMonths> asked) {
  unsigned reached = 0;
  for (std::size_t slot = 0; slot < kDurationSlots; ++slot) {
    const unsigned on = (slots >> slot) & 1U;
    if (on != 0 && months[slot] < 255) ++months[slot];
    for (const SlotMonths& list : asked) reached |= (on & static_cast<unsigned>(months[slot] == list[slot])) << slot;
  }
  return static_cast<std::uint8_t>(reached);
}

#if defined(__x86_64__)
static_assert(sizeof(SlotMonths) == sizeof(std::uint64_t) && std::endian::native == std::endian::little);

/// As many rows as grow together; gives their number.
std::size_t grow_by_vectors(std::span<const std::uint8_t> slots, std::span<SlotMonths> months,
                            std::span<const SlotMonths> asked, Isa isa, std::uint8_t* reached) {
  constexpr std::size_t most = 8;
  if (isa == Isa::scalar || asked.size() > most) return 0;
  std::array<std::uint64_t, most> words{};
  for (std::size_t i = 0; i < asked.size(); ++i) words[i] = std::bit_cast<std::uint64_t>(asked[i]);
  const std::size_t rows = months.size() - months.size() % kRowsTogether;
  column_form(isa).grow({slots.data(), months.data()->data(), words.data(), static_cast<int>(asked.size()), reached},
                        rows);
  return rows;
}
#else
std::size_t grow_by_vectors(std::span<const std::uint8_t>, std::span<SlotMonths>, std::span<const SlotMonths>, Isa,
                            std::uint8_t*) {
  return 0;
}
#endif

}  // namespace

void grow(std::span<const std::uint8_t> slots, std::span<SlotMonths> months, std::span<const SlotMonths> asked, Isa isa,
          std::uint8_t* reached) {
  const std::size_t done = months.empty() ? 0 : grow_by_vectors(slots, months, asked, isa, reached);
  for (std::size_t row = done; row < months.size(); ++row) reached[row] = grow_plainly(slots[row], months[row], asked);
}

}  // namespace sleutel::kernel
