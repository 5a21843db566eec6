#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include "sleutel/residents.h"

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace sleutel {

namespace {

constexpr std::size_t kCacheLine = 64;
constexpr std::size_t kHugePage = std::size_t{2} << 20;
constexpr std::size_t kHugeFrom = std::size_t{1} << 20;  ///< smaller storage would waste most of a huge page
constexpr std::size_t kShiftFrom = 4096;                 ///< smaller storage is not shifted
constexpr std::size_t kShifts = 61;                      ///< cache lines by which storage is shifted at most

/// Columns that all began at the same place of a page would have the same row in the same few sets of the caches, and
/// a store would hold up loads from others: so each begins some lines later, by its address.
std::size_t shift_of(std::uintptr_t base) { return (base / kShiftFrom * 29 + base / kHugePage * 17) % kShifts; }

}  // namespace

/// The line before the storage says where the memory begins.
void* take_storage(std::size_t bytes) {
  const std::size_t alignment = bytes < kHugeFrom ? kCacheLine : kHugePage;
  const std::size_t shifts = bytes < kShiftFrom ? 0 : kShifts;
  const std::size_t wanted = bytes + (1 + shifts) * kCacheLine;
  const std::size_t rounded = (wanted + alignment - 1) / alignment * alignment;
  void* const base = std::aligned_alloc(alignment, rounded);
  if (base == nullptr) throw std::bad_alloc();
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  if (alignment == kHugePage) madvise(base, rounded, MADV_HUGEPAGE);  // a wish: without it all is as before
#endif
  const std::size_t lines = 1 + (shifts == 0 ? 0 : shift_of(reinterpret_cast<std::uintptr_t>(base)));
  auto* const storage = static_cast<std::byte*>(base) + lines * kCacheLine;
  std::memcpy(storage - sizeof base, &base, sizeof base);
  return storage;
}

void give_back_storage(void* storage) {
  if (storage == nullptr) return;
  void* base = nullptr;
  std::memcpy(&base, static_cast<std::byte*>(storage) - sizeof base, sizeof base);
  std::free(base);
}

}  // namespace sleutel
