#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/base/numbers.h"
#include "sim/fit/fit.h"

namespace sleutel {
namespace {

/// Decimals so that a number of this size keeps three digits that count.
int decimals_for(double value) {
  const double size = std::abs(value);
  int decimals = 3;
  for (double bound = 0.1; decimals < 5 && size < bound; bound /= 10) ++decimals;
  for (double bound = 1; decimals > 1 && size >= bound * 10; bound *= 10) --decimals;
  return decimals;
}

std::string number_or_none(double value, int decimals) { return value == value ? fixed_text(value, decimals) : "-"; }

std::size_t widest_name(const Fit& fit) {
  std::size_t widest = 0;
  for (const FittedFigure& one : fit.emerges) widest = std::max(widest, one.figure.name_en.size());
  for (const FittedFigure& one : fit.figures) widest = std::max(widest, one.figure.name_en.size());
  return widest;
}

/// A study: what was published with its interval, what was simulated with that of chance.
std::string study_text(const FittedFigure& one, std::size_t width) {
  const auto text = [&](double value) { return number_or_none(value, 2); };
  const auto interval = [&](double low, double high) { return "(" + text(low) + " to " + text(high) + ")"; };
  return fmt::format("  {:<{}} {:>9} {:>16} {:>9} {:>16}  {}\n", one.figure.name_en, width, text(one.figure.published),
                     interval(one.figure.published_low, one.figure.published_high), text(one.simulated),
                     interval(one.low, one.high), one.met ? "" : "missed");
}

std::string row_text(const FittedFigure& one, std::size_t width) {
  if (one.figure.published_low < one.figure.published_high) return study_text(one, width);
  const int decimals = decimals_for(one.figure.published);
  const auto text = [&](double value) { return number_or_none(value, decimals); };
  return fmt::format("  {:<{}} {:>9} {:>9} {:>9} {:>9} {:>9}  {}{}\n", one.figure.name_en, width,
                     text(one.figure.published), text(one.figure.standard_error), text(one.simulated), text(one.low),
                     text(one.high), one.met ? "" : "missed", one.right_sign ? "" : ", wrong sign");
}

std::string heading(const Fit& fit, std::size_t width) {
  if (fit.is_repeated())
    return fmt::format("  {:<{}} {:>9} {:>16} {:>9} {:>16}\n", "study repeated: ratio of", width, "published", "(95%)",
                       "simulated", "(95%, chance)");
  return fmt::format("  {:<{}} {:>9} {:>9} {:>9} {:>9} {:>9}\n", fit.is_held_out() ? "held out" : "target", width,
                     "published", "error", "simulated", "low", "high");
}

/// What the list as a whole came to; a list that fails says so first.
std::string verdict_text(const Fit& fit) {
  const auto all = fit.figures.size();
  const std::string failed = fit.holds() ? "" : "Not what was asked. ";
  if (fit.is_repeated())
    return fmt::format("{}{} of {} simulated effects within the published interval ({:.0f}%); asked is {:.0f}%.\n",
                       failed, fit.met(), all, 100.0 * fit.met() / static_cast<double>(std::max<std::size_t>(1, all)),
                       100 * fit.at_least_share);
  if (!fit.is_held_out())
    return fmt::format("{}{} of {} targets within two standard errors ({:.0f}%); asked is 90%.\n", failed, fit.met(),
                       all, 100.0 * fit.met() / static_cast<double>(std::max<std::size_t>(1, all)));
  return fmt::format(
      "{}{} of {} held-out figures within {:.0f}% or {:.0f} points (asked: {}); {} of {} gradients with the right sign "
      "(asked: all).\n",
      failed, fit.met(), all, 100 * fit.near_relative, 100 * fit.near_points, fit.at_least,
      fit.gradients() - fit.wrong_signs(), fit.gradients());
}

/// What must come about without being put in, reported either way.
std::string emerges_text(const Fit& fit, std::size_t width) {
  if (fit.emerges.empty()) return "";
  std::string text = fmt::format("\nMust emerge, without a number\n  {:<{}} {:>9} {:>9} {:>9} {:>9}\n", "", width,
                                 "above", "simulated", "low", "high");
  for (const FittedFigure& one : fit.emerges)
    text += fmt::format("  {:<{}} {:>9} {:>9} {:>9} {:>9}  {}\n", one.figure.name_en, width,
                        number_text(one.figure.published), number_or_none(one.simulated, 3), number_or_none(one.low, 3),
                        number_or_none(one.high, 3), one.met ? "yes" : "no");
  return text;
}

std::string missed_text(const Fit& fit) {
  std::string text;
  for (const FittedFigure& one : fit.figures) {
    if (one.met && one.right_sign) continue;
    const std::string why = !one.has_value() ? "nobody was there to be asked: more years or residents are needed"
                            : one.figure.why.empty() ? "no reason was found"
                                                     : one.figure.why;
    text += fmt::format("  {}: {}\n", one.figure.name_en, why);
  }
  return text.empty() ? "" : "Missed, and why:\n" + text;
}

nlohmann::ordered_json number_json(double value) {
  return value == value ? nlohmann::ordered_json(value) : nlohmann::ordered_json(nullptr);
}

/// A study says by its interval what it may be off by, and has no standard error.
nlohmann::ordered_json number_or_null(double error) {
  return error > 0 ? nlohmann::ordered_json(error) : nlohmann::ordered_json(nullptr);
}

/// One figure and what it came to.
nlohmann::ordered_json figure_json(const Fit& fit, const FittedFigure& one) {
  const PublishedFigure& figure = one.figure;
  nlohmann::ordered_json entry = {{"target", figure.id},
                                  {"name", figure.name_en},
                                  {"stratum", figure.stratum},
                                  {"group", figure.group},
                                  {"label", fit.label},
                                  {"published", figure.published},
                                  {"standard_error", number_or_null(figure.standard_error)},
                                  {"standard_error_from", figure.error_from},
                                  {"simulated", number_json(one.simulated)},
                                  {"low", number_json(one.low)},
                                  {"high", number_json(one.high)},
                                  {"source", figure.source},
                                  {"evidence", figure.evidence},
                                  {fit.is_held_out() ? "margin" : "error", one.error},
                                  {"met", one.met}};
  if (fit.is_repeated()) {
    entry["published_low"] = figure.published_low;
    entry["published_high"] = figure.published_high;
  }
  if (figure.is(kGradient)) entry["right_sign"] = one.right_sign;
  if (!one.met) entry["why"] = figure.why;
  return entry;
}

}  // namespace

std::string fit_text(const Fit& fit) {
  const std::size_t width = widest_name(fit);
  std::string text = fmt::format("{}, baseline: {} years, {} replicates; intervals: chance only\n\n", fit.study,
                                 fit.years, fit.replicates);
  text += verdict_text(fit);
  std::vector<std::string> groups;
  for (const FittedFigure& one : fit.figures)
    if (std::find(groups.begin(), groups.end(), one.figure.group) == groups.end()) groups.push_back(one.figure.group);
  for (const std::string& group : groups) {
    text += "\n" + group + "\n" + heading(fit, width);
    for (const FittedFigure& one : fit.figures)
      if (one.figure.group == group) text += row_text(one, width);
  }
  text += emerges_text(fit, width);
  const std::string missed = missed_text(fit);
  return missed.empty() ? text : text + "\n" + missed;
}

std::string fit_json(const Fit& fit) {
  nlohmann::ordered_json figures = nlohmann::ordered_json::array();
  for (const FittedFigure& one : fit.figures) figures.push_back(figure_json(fit, one));
  nlohmann::ordered_json all = {{"study", fit.study},
                                {"label", fit.label},
                                {"years", fit.years},
                                {"replicates", fit.replicates},
                                {"figures", fit.figures.size()},
                                {"met", fit.met()},
                                {"holds", fit.holds()}};
  if (fit.is_held_out()) {
    all["gradients"] = fit.gradients();
    all["wrong_signs"] = fit.wrong_signs();
  }
  nlohmann::ordered_json patterns = nlohmann::ordered_json::array();
  for (const FittedFigure& one : fit.emerges)
    patterns.push_back({{"pattern", one.figure.id},
                        {"name", one.figure.name_en},
                        {"above", one.figure.published},
                        {"simulated", number_json(one.simulated)},
                        {"low", number_json(one.low)},
                        {"high", number_json(one.high)},
                        {"emerges", one.met}});
  if (fit.is_held_out()) all["emerges"] = std::move(patterns);
  all["intervals"] = "chance only";
  all["targets"] = std::move(figures);
  return all.dump(2) + "\n";
}

}  // namespace sleutel
