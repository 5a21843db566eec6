#include "sim/fit/fit.h"

#include <algorithm>
#include <cmath>

#include "output/measures/paired.h"
#include "sim/base/problems.h"
#include "sim/fit/measure.h"

namespace sleutel {
namespace {

constexpr double kRelativeError = 0.03;
constexpr double kHalfPoint = 0.005;
constexpr double kErrorsAllowed = 2;

/// Mean and interval over replicates.
void take_interval(FittedFigure& fitted) {
  const std::vector<double> nothing(fitted.replicates.size(), 0.0);
  const PairedDifference over = paired_difference(nothing, fitted.replicates);
  fitted.simulated = over.mean;
  fitted.low = over.low;
  fitted.high = over.high;
}

FittedFigure fitted_figure(const PublishedFigure& figure, const FigureList& list, std::vector<double> values) {
  FittedFigure fitted;
  fitted.figure = figure;
  fitted.replicates = std::move(values);
  take_interval(fitted);
  fitted.error = allowed_error(figure, list);
  const double margin = list.label == kHeldOut ? fitted.error : kErrorsAllowed * fitted.error;
  fitted.met = fitted.has_value() && std::abs(fitted.simulated - figure.published) <= margin;
  if (list.label == kRepeated)
    fitted.met = fitted.simulated >= figure.published_low && fitted.simulated <= figure.published_high;
  fitted.right_sign = !figure.is(kGradient) || same_sign(figure, fitted.simulated);
  return fitted;
}

/// A pattern: the whole interval above none.
FittedFigure fitted_pattern(const PublishedFigure& figure, std::vector<double> values) {
  FittedFigure fitted;
  fitted.figure = figure;
  fitted.replicates = std::move(values);
  take_interval(fitted);
  fitted.met = fitted.low > none_of(figure);
  return fitted;
}

/// Each file has the label of its place.
void check_label(Reading& reading, const std::string& file, const FigureList& list, const std::string& label) {
  if (list.label.empty() || list.label == label) return;  // empty: told
  const char* const what = label == kCalibratedOn ? "the file of targets is calibrated on"
                           : label == kHeldOut    ? "the file of figures that are held out"
                                                  : "the file of studies that are repeated";
  const char* const where = list.label == kCalibratedOn ? "targets stand in targets.yaml"
                            : list.label == kHeldOut    ? "the figures that are held out stand in held_out.yaml"
                                                        : "studies that are repeated stand in effects.yaml";
  reading.add({file, 1, 1, "label", list.label + " (" + what + ")", where});
}

}  // namespace

bool Fit::holds() const {
  if (is_held_out()) return met() >= at_least && wrong_signs() == 0;
  if (is_repeated()) return met() >= at_least_share * static_cast<double>(figures.size());
  return met() * 10 >= static_cast<int>(figures.size()) * 9;
}

int Fit::met() const {
  return static_cast<int>(std::count_if(figures.begin(), figures.end(), [](const auto& one) { return one.met; }));
}

int Fit::gradients() const {
  return static_cast<int>(
      std::count_if(figures.begin(), figures.end(), [](const auto& one) { return one.figure.is(kGradient); }));
}

int Fit::wrong_signs() const {
  return static_cast<int>(
      std::count_if(figures.begin(), figures.end(), [](const auto& one) { return !one.right_sign; }));
}

double allowed_error(const PublishedFigure& figure, const FigureList& list) {
  if (list.label == kRepeated) return (figure.published_high - figure.published_low) / 2;
  const double size = std::abs(figure.published);
  if (list.label == kHeldOut)
    return std::max(list.near_relative * size, figure.is_plain_share() ? list.near_points : 0);
  return std::max({figure.standard_error, kRelativeError * size, figure.is_plain_share() ? kHalfPoint : 0});
}

bool same_sign(const PublishedFigure& figure, double simulated) {
  const double none = none_of(figure);
  return (figure.published > none && simulated > none) || (figure.published < none && simulated < none);
}

FigureLists read_lists(const FigureFiles& files, const Model& model, const std::vector<std::string>& districts) {
  std::vector<Problem> problems;
  const Evidence evidence = read_evidence(files.evidence, problems);
  Reading reading{evidence, "", {}, "", {}, std::move(problems)};
  const ClauseWords words{model, districts};
  FigureLists lists{read_figures(reading, files.targets, words), read_figures(reading, files.held_out, words), {}};
  if (!files.effects.empty()) lists.effects = read_figures(reading, files.effects, words);
  check_label(reading, files.targets, lists.targets, kCalibratedOn);
  check_label(reading, files.held_out, lists.held_out, kHeldOut);
  if (!files.effects.empty()) check_label(reading, files.effects, lists.effects, kRepeated);
  check_labels(reading, model, lists.targets, lists.held_out);
  throw_if_any(reading.problems);
  return lists;
}

Fit fit_figures(const StudyPlan& plan, const FigureList& list, const RunOptions& options) {
  const Arm arm(plan, 0, chosen_isa(options.isa));
  const int replicates = plan.study.replicates;
  std::vector<PublishedFigure> asked = list.figures;
  asked.insert(asked.end(), list.emerges.begin(), list.emerges.end());
  std::vector<std::vector<double>> values(asked.size(), std::vector<double>(static_cast<std::size_t>(replicates)));
  const Threads threads(std::min(replicates, allowed_threads(options.threads)));
  auto live = [&](const Block& block) {
    const CountsOfFigures counts = count_figures(arm, static_cast<int>(block.index), asked);
    for (std::size_t i = 0; i < asked.size(); ++i)
      values[i][block.index] = value_of(asked[i], arm.model, counts.side[i], counts.against[i]);
  };
  threads.each(static_cast<std::size_t>(replicates), live);
  Fit fit{list.label,       plan.study.id, plan.study.years,    replicates, list.near_relative,
          list.near_points, list.at_least, list.at_least_share, {},         {}};
  const std::size_t published = list.figures.size();
  for (std::size_t i = 0; i < published; ++i)
    fit.figures.push_back(fitted_figure(asked[i], list, std::move(values[i])));
  for (std::size_t i = published; i < asked.size(); ++i)
    fit.emerges.push_back(fitted_pattern(asked[i], std::move(values[i])));
  return fit;
}

}  // namespace sleutel
