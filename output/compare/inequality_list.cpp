#include "output/compare/inequality_list.h"

#include <cmath>
#include <optional>
#include <utility>

#include "output/measures/concentration.h"
#include "output/measures/equal_equivalent.h"
#include "output/measures/group_spread.h"
#include "output/measures/slope_index.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

constexpr int kRatioDecimals = 3;
constexpr double kPercent = 100;
constexpr double kNoMinusZero = 0.0;  ///< added to what is turned round: -0 + 0 is 0

using OfSociety = std::function<double(const Society&)>;

/// One way to read an outcome.
struct Form {
  bool good = true;    ///< attainment
  std::string ending;  ///< "_attainment"
  std::string words;   ///< ", with it"
  std::function<Society(const Society&)> levels;
};

/// What the measures of one outcome are made with.
struct Making {
  const OutcomeInfo& outcome;
  OutcomeReading reading;
  std::vector<Form> forms;
  std::string unit;    ///< of differences: "points", "per 1,000"
  double matters = 0;  ///< natural units
};

/// "(0-10)" gives 0 and 10; "(-0.446 to 1)" its two numbers.
std::optional<std::pair<double, double>> limits_in(const std::string& unit) {
  if (!unit.starts_with("(") || !unit.ends_with(")")) return std::nullopt;
  const std::string inner = unit.substr(1, unit.size() - 2);
  std::size_t at = inner.find(" to "), wide = 4;
  if (at == std::string::npos) at = inner.find('-', 1), wide = 1;
  if (at == std::string::npos) return std::nullopt;
  const auto least = parse_number(inner.substr(0, at)), most = parse_number(inner.substr(at + wide));
  if (!least || !most || !(*most > *least)) return std::nullopt;
  return std::pair{*least, *most};
}

Society turned(const Society& society, double highest) {
  Society other = society;
  for (RankedGroup& group : other) group.level = highest - group.level;
  return other;
}

bool is_share(const OutcomeInfo& outcome) { return !outcome.unit.starts_with("("); }

std::string form_words(const OutcomeInfo& outcome, const OutcomeReading& reading, bool good) {
  if (reading.width <= 0) return "";
  if (is_share(outcome)) return good == reading.higher_is_better ? ", of having it" : ", of not having it";
  return good ? ", of what is reached" : ", of what falls short of " + number_text(reading.highest * outcome.scale);
}

Form form_of(const OutcomeInfo& outcome, const OutcomeReading& reading, bool good) {
  Form form;
  form.good = good;
  form.ending = good ? "_attainment" : "_shortfall";
  form.words = form_words(outcome, reading, good);
  const bool as_is = good == reading.higher_is_better;
  const double highest = reading.highest;
  form.levels = [as_is, highest](const Society& society) { return as_is ? society : turned(society, highest); };
  return form;
}

Making making_of(const OutcomeInfo& outcome) {
  Making making{outcome, reading_of(outcome), {}, outcome.unit == "%" ? "points" : outcome.unit, 0};
  if (making.reading.has_attainment) making.forms.push_back(form_of(outcome, making.reading, true));
  if (making.reading.has_shortfall) making.forms.push_back(form_of(outcome, making.reading, false));
  making.matters = outcome.matters / outcome.scale;
  return making;
}

/// Positive if the lowest ranks are worse off.
double towards_worse(const Making& making) { return making.reading.higher_is_better ? 1 : -1; }

std::string with_unit(const std::string& label, const std::string& unit) {
  return label + (unit.starts_with("(") ? " " : ", ") + unit;
}

/// In the outcome's own unit; what matters is what matters of the outcome.
InequalityMeasure absolute(const Making& making, const char* id, const std::string& label, OfSociety of) {
  InequalityMeasure measure;
  measure.id = id;
  measure.label = label;
  measure.factor = making.outcome.scale;
  measure.decimals = making.outcome.decimals;
  measure.shown_first = true;
  measure.of = std::move(of);
  const double matters = making.outcome.matters;
  measure.matters_from = [matters](const Society&) { return matters; };
  return measure;
}

/// Without unit, of one form; what matters is `matters` / `base`, at the levels that there are.
InequalityMeasure relative(const Making& making, const Form& form, const std::string& id, const std::string& label,
                           const OfSociety& of, const OfSociety& base) {
  InequalityMeasure measure;
  measure.id = id + form.ending;
  measure.label = label + form.words;
  measure.decimals = kRatioDecimals;
  const auto levels = form.levels;
  measure.of = [levels, of](const Society& society) { return of(levels(society)); };
  const double matters = making.matters;
  measure.matters_from = [levels, base, matters](const Society& society) {
    const double below = base(levels(society));
    return below > 0 ? matters / below : 0;
  };
  return measure;
}

InequalityMeasure mean_measure(const Making& making, bool by_income) {
  InequalityMeasure measure =
      absolute(making, "mean",
               with_unit(by_income ? "mean of the fifths" : "mean of the districts", making.outcome.unit), mean_level);
  measure.definition = "Mean of the groups, each weighing as much as it is large.";
  return measure;
}

InequalityMeasure gap_measure(const Making& making) {
  const double sign = towards_worse(making);
  InequalityMeasure measure =
      absolute(making, "gap", with_unit("gap between lowest and highest fifth", making.unit),
               [sign](const Society& society) { return sign * range_gap(society) + kNoMinusZero; });
  measure.definition = "Difference between the lowest and the highest fifth.";
  return measure;
}

InequalityMeasure sii_measure(const Making& making) {
  const double sign = towards_worse(making);
  InequalityMeasure measure =
      absolute(making, "sii", with_unit("gap from poorest to richest (SII)", making.unit),
               [sign](const Society& society) { return sign * slope_index(society) + kNoMinusZero; });
  measure.definition =
      "Slope index of inequality: difference between the two ends of a straight line through the levels of all fifths "
      "over their ranks.";
  return measure;
}

/// The better end of the good, the worse end of the bad, over the other one: above 1 if the lowest are worse off.
double worse_over_better(bool good, double ratio) { return good ? ratio : 1 / ratio; }

InequalityMeasure rii_measure(const Making& making, const Form& form) {
  const bool good = form.good;
  InequalityMeasure measure = relative(
      making, form, "rii", "ratio of poorest and richest (RII)",
      [good](const Society& society) { return worse_over_better(good, relative_index(society)); },
      [good](const Society& society) {
        const SlopeLine line = slope_line(society);
        return good ? line.lowest : line.highest;
      });
  measure.definition = "Relative index of inequality: one end of the line of the SII divided by the other.";
  measure.shown_first = true;
  return measure;
}

InequalityMeasure ratio_measure(const Making& making, const Form& form) {
  const bool good = form.good;
  InequalityMeasure measure = relative(
      making, form, "gap_ratio", "ratio of lowest and highest fifth",
      [good](const Society& society) { return worse_over_better(good, range_ratio(society)); },
      [good](const Society& society) { return good ? society.front().level : society.back().level; });
  measure.definition = "Level of one outer fifth divided by that of the other.";
  return measure;
}

InequalityMeasure concentration_measure(const Making& making, const Form& form) {
  const double sign = form.good ? 1 : -1;
  InequalityMeasure measure = relative(
      making, form, "concentration", "concentration index",
      [sign](const Society& society) { return sign * concentration_index(society) + kNoMinusZero; },
      [](const Society& society) { return mean_level(society) / (2 * rank_variance(society)); });
  measure.definition =
      "Concentration index, positive if those with low incomes are worse off (of something bad it is often written "
      "with "
      "the other sign).";
  return measure;
}

InequalityMeasure erreygers_measure(const Making& making, const Form& form) {
  const double width = making.reading.width, sign = form.good ? 1 : -1;
  InequalityMeasure measure = relative(
      making, form, "erreygers", "Erreygers' index",
      [sign, width](const Society& society) { return sign * erreygers_index(society, width) + kNoMinusZero; },
      [width](const Society& society) { return width / (8 * rank_variance(society)); });
  measure.id = "erreygers";
  measure.label = "Erreygers' index";
  measure.definition =
      "Concentration index corrected for an outcome with limits: the same whichever way the outcome is read.";
  return measure;
}

OfSociety equivalent(const Form& form, double aversion) {
  const bool good = form.good;
  return [good, aversion](const Society& society) {
    return good ? equal_equivalent(society, aversion) : equal_equivalent_shortfall(society, aversion);
  };
}

InequalityMeasure ede_measure(const Making& making, const Form& form, double aversion) {
  const auto levels = form.levels;
  const OfSociety ede = equivalent(form, aversion);
  InequalityMeasure measure =
      absolute(making, "ede", "", [levels, ede](const Society& society) { return ede(levels(society)); });
  measure.id += form.ending;
  measure.label = with_unit("worth as much if equal for all (EDE)" + form.words, making.outcome.unit);
  measure.shown_first = form.good || making.forms.size() == 1;
  measure.definition = "Equally distributed equivalent, aversion to inequality " + number_text(aversion) +
                       ": the level that would be worth as much if all groups had it.";
  return measure;
}

InequalityMeasure atkinson_measure(const Making& making, const Form& form, double aversion) {
  const double sign = form.good ? 1 : -1;
  const OfSociety ede = equivalent(form, aversion);
  InequalityMeasure measure = relative(
      making, form, "atkinson", "lost to inequality (Atkinson), %",
      [sign, ede](const Society& society) { return sign * (1 - ede(society) / mean_level(society)) + kNoMinusZero; },
      [](const Society& society) { return mean_level(society) / kPercent; });
  measure.factor = kPercent;
  measure.definition = "How far the equally distributed equivalent is from the mean, in percent of the mean.";
  return measure;
}

InequalityMeasure spread_measure(const Making& making) {
  InequalityMeasure measure =
      absolute(making, "spread", with_unit("standard deviation between districts", making.unit), spread);
  measure.definition = "Standard deviation between districts, each weighing as much as it is large.";
  return measure;
}

InequalityMeasure relative_spread_measure(const Making& making, const Form& form) {
  InequalityMeasure measure =
      relative(making, form, "relative_spread", "standard deviation / mean", relative_spread, mean_level);
  measure.shown_first = true;
  measure.definition = "Standard deviation between districts divided by their mean.";
  return measure;
}

void add_equivalents(const Making& making, double aversion, std::vector<InequalityMeasure>& all) {
  for (const Form& form : making.forms) all.push_back(ede_measure(making, form, aversion));
  for (const Form& form : making.forms) all.push_back(atkinson_measure(making, form, aversion));
}

std::vector<InequalityMeasure> by_income(const Making& making, double aversion) {
  std::vector<InequalityMeasure> all = {mean_measure(making, true), gap_measure(making), sii_measure(making)};
  for (const Form& form : making.forms) all.push_back(rii_measure(making, form));
  for (const Form& form : making.forms) all.push_back(ratio_measure(making, form));
  for (const Form& form : making.forms) all.push_back(concentration_measure(making, form));
  if (making.reading.width > 0) all.push_back(erreygers_measure(making, making.forms.front()));
  add_equivalents(making, aversion, all);
  return all;
}

std::vector<InequalityMeasure> by_district(const Making& making, double aversion) {
  std::vector<InequalityMeasure> all = {mean_measure(making, false), spread_measure(making)};
  for (const Form& form : making.forms) all.push_back(relative_spread_measure(making, form));
  add_equivalents(making, aversion, all);
  return all;
}

}  // namespace

OutcomeReading reading_of(const OutcomeInfo& outcome) {
  OutcomeReading reading;
  reading.higher_is_better = outcome.higher_is_better;
  if (const auto limits = limits_in(outcome.unit)) {
    reading.highest = limits->second / outcome.scale;
    reading.width = (limits->second - limits->first) / outcome.scale;
  } else if (is_share(outcome) && outcome.unit.find("year") == std::string::npos) {
    reading.highest = reading.width = 1;
  }
  reading.has_attainment = reading.width > 0 || reading.higher_is_better;
  reading.has_shortfall = reading.width > 0 || !reading.higher_is_better;
  return reading;
}

std::vector<InequalityMeasure> inequality_measures(const OutcomeInfo& outcome, const InequalityOptions& options) {
  const Making making = making_of(outcome);
  return options.by == InequalityBy::income ? by_income(making, options.aversion)
                                            : by_district(making, options.aversion);
}

}  // namespace sleutel
