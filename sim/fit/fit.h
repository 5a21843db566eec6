#pragma once
/// \file
/// Published figures beside the simulated ones:
///
///     const FigureLists lists = read_lists({targets, held_out, evidence}, model, districts);
///     const Fit fit = fit_figures(plan, lists.targets, options);
///     print(fit_text(fit));

#include <string>
#include <vector>

#include "sim/fit/figure.h"
#include "sleutel/simulation.h"

namespace sleutel {

/// Where the figures stand. Both lists are read whichever is asked, so that no figure has two labels.
struct FigureFiles {
  std::string targets, held_out;
  std::string effects;   ///< studies that are repeated; empty: not asked
  std::string evidence;  ///< folder of the registry
};

struct FigureLists {
  FigureList targets, held_out, effects;
};

/// Throws InputError with all problems of both files.
FigureLists read_lists(const FigureFiles& files, const Model& model, const std::vector<std::string>& districts);

struct FittedFigure {
  PublishedFigure figure;
  std::vector<double> replicates;           ///< simulated value of each; NaN: nobody was there to be asked
  double simulated = 0, low = 0, high = 0;  ///< mean and Student t interval over replicates; NaN where unknown
  double error = 0;                         ///< what it may be off by, once; of a held-out figure, its whole margin
  bool met = false;        ///< within two errors; of a held-out figure, its margin; of a study, the published interval
  bool right_sign = true;  ///< of a gradient

  bool has_value() const { return simulated == simulated; }
};

struct Fit {
  std::string label;
  std::string study;
  int years = 0, replicates = 0;
  double near_relative = 0, near_points = 0;  ///< of held-out figures
  int at_least = 0;
  double at_least_share = 0;  ///< of studies that are repeated [share]
  std::vector<FittedFigure> figures;
  std::vector<FittedFigure> emerges;  ///< met: the whole interval is above none

  /// Whether what was asked of the list holds: nine in ten targets; so many held-out figures, every gradient the right
  /// way; such a share of the studies.
  bool holds() const;
  bool is_held_out() const { return label == kHeldOut; }
  bool is_repeated() const { return label == kRepeated; }
  int met() const;
  int gradients() const;
  int wrong_signs() const;
};

/// Lives the replicates of the plan's baseline and asks the figures.
Fit fit_figures(const StudyPlan& plan, const FigureList& list, const RunOptions& options);

/// What a target may be off by, once: the largest of its standard error, 3% of itself, and half a point if it is a
/// share. Of a held-out figure: its whole margin. Of a study: half the published interval.
double allowed_error(const PublishedFigure& figure, const FigureList& list);

/// Whether a gradient has the sign of the published one: on the same side of 0, of 1 if it is a ratio.
bool same_sign(const PublishedFigure& figure, double simulated);

std::string fit_text(const Fit& fit);
std::string fit_json(const Fit& fit);

enum class FitLanguage : std::uint8_t { en, nl };
/// Published against simulated, by group.
std::string fit_svg(const Fit& fit, FitLanguage language);

}  // namespace sleutel
