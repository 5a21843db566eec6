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

/// What the states keep up changes only with what is around a resident; a shock counts once.
void press(Run& run, const Block& block) {
  for (std::size_t row = block.first; row < block.last; ++row)
    if (run.around.stale[row] != 0)
      run.pressure[row] = pressure_on(run.arm->stress, run.city.residents, static_cast<Row>(row));
}

void relax(Run& run, const Block& block) {
  const std::uint32_t keep_fast = run.arm->stress.keep_fast;
  const std::uint32_t keep_slow = run.arm->stress.keep_slow;
  const Pressure* const pressure = run.pressure.data();
  std::uint16_t* const fast = run.city.residents.stress_fast.data();
  std::uint16_t* const slow = run.city.residents.stress_slow.data();
  for (std::size_t row = block.first; row < block.last; ++row) {
    fast[row] = relaxed(fast[row], keep_fast, pressure[row].fast);
    slow[row] = relaxed(slow[row], keep_slow, pressure[row].slow);
  }
}

void use_up_shocks(Run& run, const Block& block) {
  Residents& residents = run.city.residents;
  for (std::size_t row = block.first; row < block.last; ++row) {
    if (run.around.stale[row] == 0 || (residents.shock_fast[row] | residents.shock_slow[row]) == 0) continue;
    residents.shock_fast[row] = residents.shock_slow[row] = 0;
    run.pressure[row] = pressure_on(run.arm->stress, residents, static_cast<Row>(row));
  }
}

/// Marks the residents whose load has come to another level.
void mark_levels(Run& run, const Block& block, const LevelRule& rule, const Column<std::uint16_t>& load,
                 Column<std::uint8_t>& level) {
  std::uint8_t* const stale = run.around.stale.data();
  for (std::size_t row = block.first; row < block.last; ++row) {
    const auto now = static_cast<std::uint8_t>(rule.level_of(load[row]));
    stale[row] = static_cast<std::uint8_t>(stale[row] | (now != level[row] ? kStaleLevel : 0));
    level[row] = now;
  }
}

void mark_levels(Run& run, const Block& block) {
  const Residents& residents = run.city.residents;
  const std::vector<LevelRule>& rules = run.arm->predictors[0].levels;
  for (std::size_t k = 0; k < rules.size(); ++k) {
    if (rules[k].levels == 0) continue;
    if (rules[k].source == LevelSource::stress_fast)
      mark_levels(run, block, rules[k], residents.stress_fast, run.load_levels[k]);
    if (rules[k].source == LevelSource::stress_slow)
      mark_levels(run, block, rules[k], residents.stress_slow, run.load_levels[k]);
  }
}

}  // namespace

void stress(Run& run) {
  run.pressure.resize(run.city.residents.size());
  run.load_levels.resize(run.arm->predictors[0].levels.size());
  for (auto& levels : run.load_levels) levels.resize(run.city.residents.size());
  run.blocks.each(run.city.residents.size(), [&](const Block& block) {
    press(run, block);
    relax(run, block);
    use_up_shocks(run, block);
    mark_levels(run, block);
  });
}

}  // namespace sleutel
