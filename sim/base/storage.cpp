#include <cstdlib>
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

}  // namespace

void* take_storage(std::size_t bytes) {
  const std::size_t alignment = bytes < kHugeFrom ? kCacheLine : kHugePage;
  const std::size_t rounded = (bytes + alignment - 1) / alignment * alignment;
  void* const storage = std::aligned_alloc(alignment, rounded == 0 ? alignment : rounded);
  if (storage == nullptr) throw std::bad_alloc();
#if defined(__linux__) && defined(MADV_HUGEPAGE)
  if (alignment == kHugePage) madvise(storage, rounded, MADV_HUGEPAGE);  // a wish: without it all is as before
#endif
  return storage;
}

void give_back_storage(void* storage) { std::free(storage); }

}  // namespace sleutel
