#include "sim/engine/stress.h"

#include <algorithm>

#include "sim/engine/month.h"

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

void relax(const StressRules& rules, Residents& residents, Row row) {
  std::uint32_t fast = residents.shock_fast[row];
  std::uint32_t slow = residents.shock_slow[row];
  for_each_bit(both_of(residents.states[row], rules.holders), [&](int state) {
    fast += rules.hold_fast[static_cast<std::size_t>(state)];
    slow += rules.hold_slow[static_cast<std::size_t>(state)];
  });
  const std::uint32_t gain =
      rules.gain_of(std::min<int>(residents.adversity[row], 3), std::min<int>(residents.mastery[row], 32),
                    std::min<int>(residents.support[row], 8));
  residents.stress_fast[row] = relaxed(residents.stress_fast[row], rules.keep_fast, gain, fast);
  residents.stress_slow[row] = relaxed(residents.stress_slow[row], rules.keep_slow, gain, slow);
  residents.shock_fast[row] = 0;
  residents.shock_slow[row] = 0;
}

void stress(Run& run) {
  run.blocks.each(run.city.residents.size(), [&](const Block& block) {
    for (std::size_t row = block.first; row < block.last; ++row)
      if (run.city.residents.present(static_cast<Row>(row)))
        relax(run.arm->stress, run.city.residents, static_cast<Row>(row));
  });
}

}  // namespace sleutel
