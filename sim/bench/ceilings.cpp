#include "sim/bench/ceilings.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <numeric>

#include "sim/bench/processor_time.h"
#include "sim/kernel/unit_block.h"
#include "sim/kernel/vector.h"

namespace sleutel {

namespace {

/// Work whose result nobody reads would be left out by the compiler.
template <class T>
void keep(const T& value) {
  asm volatile("" : : "r"(&value) : "memory");
}

double scalar_philox_ns() {
  constexpr int kBlocks = 50000;
  std::uint32_t sum = 0;
  const double ns = ns_of([&] {
    for (std::uint32_t i = 0; i < kBlocks; ++i) sum ^= bits({{1, 2}, i, 3, Purpose::states(0)})[0];
    keep(sum);
  });
  return ns / kBlocks;
}

#if defined(__x86_64__)
double vector_philox_ns(Isa isa) {
  constexpr int kRounds = 400, kSlots = 6;
  constexpr int kUnits = kernel::kUnitsPerChunk;
  std::array<int, kSlots> blocks{};
  std::iota(blocks.begin(), blocks.end(), 0);
  std::array<std::uint64_t, kUnits> ids{};
  std::iota(ids.begin(), ids.end(), std::uint64_t{1} << 20);
  Column<std::uint16_t> draws(std::size_t{kUnits} * kSlots * 8 + 64);
  const kernel::VectorForm& form = kernel::vector_form(isa);
  const double ns = ns_of([&] {
    for (std::uint32_t month = 0; month < kRounds; ++month) {
      form.draw({{1, 2}, month, blocks.data(), kSlots}, ids.data(), kUnits, draws.data());
      keep(draws[0]);
    }
  });
  return ns / (double{kRounds} * kUnits * kSlots);
}
#endif

}  // namespace

double philox_ns(Isa isa) {
  double best = std::numeric_limits<double>::infinity();
  for (int round = 0; round < 5; ++round) {
#if defined(__x86_64__)
    best = std::min(best, isa == Isa::scalar ? scalar_philox_ns() : vector_philox_ns(isa));
#else
    best = std::min(best, scalar_philox_ns());
#endif
  }
  return best;
}

double memory_gb_per_second(const Threads& threads) {
  constexpr std::size_t kWords = std::size_t{1} << 25;  // 256 MB a thread
  const auto count = static_cast<std::size_t>(threads.count());
  std::vector<Column<std::uint64_t>> arrays(count);
  auto change = [&](const Block& block) {
    Column<std::uint64_t>& array = arrays[block.index];
    array.resize(kWords);
    for (std::uint64_t& word : array) word += 3;
  };
  const BlockTask task(change);
  threads.each(count, task);  // has the pages made
  double best = 0;
  for (int pass = 0; pass < 5; ++pass) {
    const auto began = std::chrono::steady_clock::now();
    threads.each(count, task);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    best = std::max(best, 2e-9 * 8 * static_cast<double>(kWords * count) / took.count());
  }
  return best;
}

}  // namespace sleutel
