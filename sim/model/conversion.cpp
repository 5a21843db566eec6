#include "sim/model/conversion.h"

#include "sim/base/math.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

constexpr double kPi = 3.141592653589793;
constexpr double kSquareRootOf3 = 1.7320508075688772;

double log_survival(double risk) { return math::log1p(-risk); }

}  // namespace

const char* measure_key(Measure measure) {
  switch (measure) {
    case Measure::hazard_ratio:
      return "hazard_ratio";
    case Measure::odds_ratio:
      return "odds_ratio";
    case Measure::relative_risk:
      return "relative_risk";
    case Measure::standardised_difference:
      return "d";
  }
  return "";
}

std::optional<Measure> measure_of(std::string_view registry_word) {
  if (registry_word == "HR" || registry_word == "IRR") return Measure::hazard_ratio;
  if (registry_word == "OR") return Measure::odds_ratio;
  if (registry_word == "RR") return Measure::relative_risk;
  if (registry_word == "d") return Measure::standardised_difference;
  return std::nullopt;
}

double no_effect(Measure measure) { return measure == Measure::standardised_difference ? 0 : 1; }

Converted hazard_ratio_of(Measure measure, double value, double baseline_risk) {
  if (measure == Measure::hazard_ratio) return {value, ""};
  const double p0 = baseline_risk;
  double relative_risk = value;
  if (measure != Measure::relative_risk) {
    const double odds_ratio = measure == Measure::odds_ratio ? value : math::exp(kPi * value / kSquareRootOf3);
    relative_risk = odds_ratio / (1 - p0 + p0 * odds_ratio);
  }
  const double p1 = p0 * relative_risk;
  if (p1 >= 1) {
    return {1, "a relative risk of " + number_text(relative_risk) + " on a baseline risk of " + number_text(p0) +
                   " makes a risk of 1 or more"};
  }
  return {log_survival(p1) / log_survival(p0), ""};
}

double rate_of_chance(double chance, double years) { return -log_survival(chance) / years; }

}  // namespace sleutel
