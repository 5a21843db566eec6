#include <atomic>
#include <catch2/catch.hpp>
#include <cstdlib>

#include "sim/engine/month.h"
#include "sim/engine/years.h"
#include "tests/support/tiny_plan.h"

// A month takes no memory once the run is warm: every call of the allocator in this program is counted.

extern "C" void* __libc_malloc(std::size_t size);
extern "C" void* __libc_memalign(std::size_t alignment, std::size_t size);
extern "C" void* __libc_calloc(std::size_t count, std::size_t size);
extern "C" void* __libc_realloc(void* old, std::size_t size);

namespace {
std::atomic<long> calls{0};
}

// The names that the C library looks for; C++'s operator new calls malloc.
extern "C" {
void* malloc(std::size_t size) {
  ++calls;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++calls;
  return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  ++calls;
  return __libc_realloc(old, size);
}
void* aligned_alloc(std::size_t alignment, std::size_t size) {
  ++calls;
  return __libc_memalign(alignment, size);
}
int posix_memalign(void** to, std::size_t alignment, std::size_t size) {
  ++calls;
  *to = __libc_memalign(alignment, size);
  return *to == nullptr ? 12 : 0;
}
void* memalign(std::size_t alignment, std::size_t size) {
  ++calls;
  return __libc_memalign(alignment, size);
}
}

namespace sleutel::test {

TEST_CASE("the count sees what is allocated") {
  const long before = calls;
  std::vector<int> some(1000);
  Column<int> column(1000);
  CHECK(calls >= before + 2);
  CHECK(some.size() + column.size() == 2000);
}

TEST_CASE("a month allocates nothing once the run is warm") {
  for (const Isa isa : {Isa::scalar, chosen_isa("")}) {
    TinyOptions options;
    options.years = 5;
    const StudyPlan plan = tiny_plan(options);
    const Arm arm(plan, 1, isa);
    Run run(Blocks(256, nullptr));
    std::vector<long> of_month;
    for (int life = 0; life < 2; ++life) {  // memory grows in a first life and is kept for the second
      of_month.clear();
      run.start(arm, 0);
      while (run.month < 60) {
        run.open_year();
        for (int month = 0; month < 12; ++month) {
          const long before = calls;
          advance(run);
          of_month.push_back(calls - before);
        }
        run.close_year();
        resort(run);
      }
    }
    CAPTURE(name_of(isa), of_month);
    CHECK(std::all_of(of_month.begin(), of_month.end(), [](long count) { return count == 0; }));
  }
}

}  // namespace sleutel::test
