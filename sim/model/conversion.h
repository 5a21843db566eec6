#pragma once
/// \file
/// From what studies publish to what the matrix needs: hazard ratios and rates per year. The formulas, their sources
/// and worked examples stand in docs/evidence.md; exp and log are our own, so a model compiles to the same bits
/// everywhere.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sleutel {

/// How an effect is published.
enum class Measure : std::uint8_t { hazard_ratio, odds_ratio, relative_risk, standardised_difference };

/// The key of an edge that gives this measure: hazard_ratio, odds_ratio, relative_risk, d.
const char* measure_key(Measure measure);

/// The measure that an evidence row names: HR and IRR are hazard ratios. Nothing for rates, shares, sign ...
std::optional<Measure> measure_of(std::string_view registry_word);

/// The value at which a measure says "no effect": 0 for d, else 1.
double no_effect(Measure measure);

/// Whether a conversion needs to know the chance of the outcome without the cause.
constexpr bool needs_baseline(Measure measure) { return measure != Measure::hazard_ratio; }

/// A hazard ratio, or why there is none.
struct Converted {
  double hazard_ratio = 1;
  std::string problem;  ///< one sentence without full stop; empty if all is well
};

/// The hazard ratio of an effect. `baseline_risk` is the chance of the outcome without the cause [share] over the
/// window of the study; hazards are taken as constant over it, so the length of the window cancels.
///   d -> OR = exp(pi d / sqrt 3);  OR -> RR = OR / (1 - p0 + p0 OR);  RR -> HR = ln(1 - p0 RR) / ln(1 - p0)
Converted hazard_ratio_of(Measure measure, double value, double baseline_risk);

/// The constant rate [1/year] that gives this chance over so many years: -ln(1 - chance) / years.
/// `chance` from 0 to below 1, `years` above 0.
double rate_of_chance(double chance, double years);

}  // namespace sleutel
