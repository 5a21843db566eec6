#include "sim/engine/stress.h"

#include <algorithm>

#include "sim/engine/ahead.h"
#include "sim/engine/month.h"
#include "sim/kernel/loads.h"

namespace sleutel {

namespace {

/// To the nearest whole number, halves up; not below 0.
std::uint32_t rounded(double x) { return x <= 0 ? 0 : static_cast<std::uint32_t>(x + 0.5); }

std::uint32_t held(std::uint32_t keep, const State& state, std::uint16_t points) {
  const double lost = (65536.0 - keep) / 65536.0;
  return rounded(lost * static_cast<double>(state.stress_holds) * points);
}

}  // namespace

StressRules::StressRules(const Model& model) : keep_fast(model.stress.keep_fast), keep_slow(model.stress.keep_slow) {
  const Stress& stress = model.stress;
  for (int a = 0; a < kAdversities; ++a)
    for (int m = 0; m < kMasteries; ++m)
      for (int s = 0; s < kSupports; ++s) {
        const double amplified = 1.0 + static_cast<double>(stress.adversity_amplifier) * a / 3.0;
        const double buffered = 1.0 - static_cast<double>(stress.mastery_buffer) * m / 32.0 -
                                static_cast<double>(stress.support_buffer) * s / 8.0;
        gain[static_cast<std::size_t>((a * kMasteries + m) * kSupports + s)] = rounded(amplified * buffered * 65536.0);
      }
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    hold_fast[i] = held(keep_fast, model.states[i], model.states[i].stress_fast);
    hold_slow[i] = held(keep_slow, model.states[i], model.states[i].stress_slow);
    if ((hold_fast[i] | hold_slow[i]) != 0) holders.set(static_cast<int>(i));
  }
}

Pressure pressure_on(const StressRules& rules, const Residents& residents, Row row) {
  std::uint32_t fast = residents.shock_fast[row];
  std::uint32_t slow = residents.shock_slow[row];
  for_each_bit(both_of(residents.states[row], rules.holders), [&](int state) {
    fast += rules.hold_fast[static_cast<std::size_t>(state)];
    slow += rules.hold_slow[static_cast<std::size_t>(state)];
  });
  const std::uint32_t gain =
      rules.gain_of(std::min<int>(residents.adversity[row], 3), std::min<int>(residents.mastery[row], 32),
                    std::min<int>(residents.support[row], 8));
  const auto of = [gain](std::uint32_t added) {
    constexpr std::uint64_t half = 1U << 15;
    return static_cast<std::uint16_t>(std::min<std::uint64_t>((std::uint64_t{gain} * added + half) >> 16, 65535));
  };
  return {of(fast), of(slow)};
}

namespace {

void press_on(Run& run, Row row) {
  const Pressure pressure = pressure_on(run.arm->stress, run.city.residents, row);
  run.around.loads[0].added[row] = pressure.fast;
  run.around.loads[1].added[row] = pressure.slow;
}

/// What the states keep up changes with few of them, and with what dampens it; a shock counts once. Lists who had one.
void press(Run& run, const Block& block, std::vector<Row>& shocked) {
  const Residents& residents = run.city.residents;
  shocked.clear();
  for_each_marked(run.around.stale, block.first, block.last, kStalePressure, [&](Row row) { shocked.push_back(row); });
  std::size_t kept = 0;
  const auto fetch = [&](Row row) { __builtin_prefetch(&residents.states[row]); };
  for_each_ahead(shocked, fetch, [&](Row row) {
    press_on(run, row);
    if ((residents.shock_fast[row] | residents.shock_slow[row]) != 0) shocked[kept++] = row;
  });
  shocked.resize(kept);
}

void use_up_shocks(Run& run, const std::vector<Row>& shocked) {
  for (const Row row : shocked) {
    run.city.residents.shock_fast[row] = run.city.residents.shock_slow[row] = 0;
    press_on(run, row);
  }
}

void relax(Run& run, const Block& block, std::size_t which, Column<std::uint16_t>& load, std::uint32_t keep) {
  KeptLoad& kept = run.around.loads[which];
  const kernel::LoadColumns columns{load.data() + block.first, kept.added.data() + block.first,
                                    kept.low.data() + block.first, kept.high.data() + block.first,
                                    run.around.stale.data() + block.first};
  kernel::relax(columns, block.last - block.first, keep, {kStaleLoad, kStaleResponse, run.arm->responding.loads[which]},
                run.arm->isa);
}

}  // namespace

void stress(Run& run) {
  Residents& residents = run.city.residents;
  run.blocks.each(residents.size(), [&](const Block& block) {
    std::vector<Row>& shocked = run.places[static_cast<std::size_t>(block.slot)].rows;
    press(run, block, shocked);
    relax(run, block, 0, residents.stress_fast, run.arm->stress.keep_fast);
    relax(run, block, 1, residents.stress_slow, run.arm->stress.keep_slow);
    use_up_shocks(run, shocked);
  });
}

}  // namespace sleutel
