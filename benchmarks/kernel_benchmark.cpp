// Times the kernel: blocks of 1,024 residents, one and four vectors of lanes, some three predictor bits on and
// three quantised predictors, hazards of real size, not centred on any city.
//     ninja -C build/release kernel_benchmark && build/release/benchmarks/kernel_benchmark
#include <benchmark/benchmark.h>

#include <string>

#include "sim/base/isa.h"
#include "sim/kernel/responses.h"
#include "tests/kernel/random_model.h"

namespace {

using namespace sleutel;

constexpr int kUnits = 1024;
constexpr int kBlocks = 64;  // different residents in turn, so that nothing is learned by heart

/// A model such as the first one: edges of up to a doubling, rates of a few percent a year, two groups.
Model ordinary_model(int lanes) {
  test::Shape shape;
  shape.lanes = lanes;
  shape.cells = 1332;  // age x sex x education x student
  shape.derived = 24;
  shape.masks = 0.03;
  shape.rows = 0.6;
  shape.edge = 1 << 20;
  shape.base = 2 << 20;
  Model model = test::random_model(2, shape);
  // One vector is filled: fourteen states and the rest members of two groups.
  for (std::uint64_t seed = 1; lanes == 14 && (model.states.size() != 16 || model.groups.size() != 2); ++seed) {
    model = test::random_model(seed, shape);
  }
  for (auto* table : {&model.matrix[0].base_begin, &model.matrix[0].base_end}) {
    for (Lanes& row : *table) {
      for (auto& number : row.at) number -= 3 << 20;  // around 0.03 a year
    }
  }
  return model;
}

/// Residents with two states and two derived bits on, on average.
std::vector<test::Units> ordinary_blocks(const Model& model) {
  std::vector<test::Units> blocks;
  test::Dice dice(9);
  for (int block = 0; block < kBlocks; ++block) {
    blocks.push_back(test::random_units(static_cast<std::uint64_t>(block), model, kUnits));
    for (int i = 0; i < kUnits; ++i) {
      auto& units = blocks.back();
      const auto at = static_cast<std::size_t>(i);
      units.id[at] = static_cast<std::uint64_t>(block * kUnits + i);
      for (auto& word : units.states[at].word) word &= dice.word() | dice.word();
      units.derived[at] &= dice.word() & dice.word();
      for (int k = 0; k < 5; ++k) units.programmes[at] &= dice.word();  // one in ten takes part in anything
    }
  }
  return blocks;
}

void transitions(benchmark::State& state, Isa isa, int lanes) {
  const Model model = ordinary_model(lanes);
  const auto ready = kernel::prepare(model, Level::resident);
  const auto blocks = ordinary_blocks(model);
  kernel::FiredBuffer out;
  std::int64_t clipped = 0;
  std::int64_t events = 0;
  std::uint32_t month = 0;
  std::size_t at = 0;
  for (auto _ : state) {
    out.clear();
    kernel::draw_transitions(ready, {stream_key(1, 0, 0), month, isa}, blocks[at].block(), out, clipped);
    events += static_cast<std::int64_t>(out.records().size());
    at = (at + 1) % blocks.size();
    month += at == 0;
  }
  state.SetItemsProcessed(state.iterations() * kUnits);  // residents
  state.counters["events_per_resident"] =
      static_cast<double>(events) / static_cast<double>(state.iterations() * kUnits);
}

void responses(benchmark::State& state, Isa isa) {
  const Model model = ordinary_model(14);
  const auto ready = kernel::prepare_responses(model);
  const auto blocks = ordinary_blocks(model);
  std::vector<kernel::Answer> out(kUnits);
  std::size_t at = 0;
  for (auto _ : state) {
    kernel::responses(ready, blocks[at].block(), isa, out);
    benchmark::DoNotOptimize(out.data());
    at = (at + 1) % blocks.size();
  }
  state.SetItemsProcessed(state.iterations() * kUnits);  // residents
}

/// The forms that this machine has, each with one vector of lanes and with four.
void add_benchmarks() {
  for (const Isa isa : {Isa::scalar, Isa::avx2, Isa::avx512}) {
    if (isa > best_isa()) continue;
    const std::string form = name_of(isa);
    for (const int lanes : {14, 48})
      benchmark::RegisterBenchmark(("transitions/" + form + (lanes == 14 ? "/16" : "/48")).c_str(), transitions, isa,
                                   lanes);
    benchmark::RegisterBenchmark(("responses/" + form).c_str(), responses, isa);
  }
}

}  // namespace

int main(int argc, char** argv) {
  add_benchmarks();
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
