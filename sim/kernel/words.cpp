#include "sim/kernel/words.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "sim/kernel/vector.h"

namespace sleutel::kernel {

#if defined(__x86_64__)

namespace {

constexpr std::size_t kAtOnce = kUnitsPerChunk;  ///< residents
constexpr std::size_t kHalves = 8;               ///< sixteen-bit halves of a draw; the first four are the word

void draw_by_form(const VectorForm& form, const Draw& named, std::span<const std::uint64_t> ids, std::uint64_t* words) {
  std::array<std::uint16_t, kAtOnce * kHalves> draws;
  const int block = static_cast<int>(named.purpose.value);
  const DrawRequest request{{named.key.low, named.key.high}, named.month, &block, 1};
  for (std::size_t first = 0; first < ids.size(); first += kAtOnce) {
    const std::size_t count = std::min(kAtOnce, ids.size() - first);
    form.draw(request, ids.data() + first, static_cast<int>(count), draws.data());
    for (std::size_t i = 0; i < count; ++i)
      std::memcpy(words + first + i, draws.data() + i * kHalves, sizeof(std::uint64_t));
  }
}

}  // namespace

#endif

void draw_words([[maybe_unused]] Isa isa, const Draw& named, std::span<const std::uint64_t> ids, std::uint64_t* words) {
#if defined(__x86_64__)
  if (isa != Isa::scalar) return draw_by_form(vector_form(isa), named, ids, words);
#endif
  for (std::size_t i = 0; i < ids.size(); ++i) words[i] = first_word({named.key, ids[i], named.month, named.purpose});
}

}  // namespace sleutel::kernel
