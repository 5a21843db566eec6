#include "sim/engine/response_reads.h"

namespace sleutel {

ResponseReads::ResponseReads(const Model& model, const Predictors& of_residents) : base(model.responses.base) {
  for (int trait = 0; trait < kTraits; ++trait) {
    const std::uint64_t bit = std::uint64_t{1} << trait;
    const std::uint64_t derived = of_residents.of_traits(bit) & of_residents.response_derived;
    if (derived == 0) continue;
    trait_bits.push_back({bit, derived});
    traits |= bit;
  }
  for (std::size_t place = 0; place < of_residents.levels.size(); ++place) {
    const LevelRule& rule = of_residents.levels[place];
    if (!rule.read_by_responses || rule.levels == 0) continue;
    levels.push_back({place, rule});
    if (rule.is_load())
      loads[rule.source == LevelSource::stress_fast ? 0 : 1].push_back(
          {static_cast<std::uint32_t>(rule.step), static_cast<std::uint32_t>(rule.levels - 1)});
  }
}

bool ResponseReads::tells_apart(std::size_t age_sex) const {
  return age_sex < 2 || age_sex >= base.size() || base[age_sex].at != base[age_sex - 2].at;
}

}  // namespace sleutel
