#include "sim/calibrate/report.h"

#include <algorithm>
#include <cmath>

#include "sim/calibrate/weigh.h"

namespace sleutel::calibrate {
namespace {

constexpr double kSeen = 0.5;             ///< a correlation that is told
constexpr double kNinety = 1.6448536269;  ///< standard deviations from the middle to the end of 90%

/// A number of every sampled run, and what each weighs.
struct Spread {
  std::vector<double> values, weights;
  double at(double share) const { return weighted_quantile(values, weights, share); }
  double mean() const {
    double sum = 0;
    for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * values[i];
    return sum;
  }
  double variance() const {
    double sum = 0;
    const double middle = mean();
    for (std::size_t i = 0; i < values.size(); ++i) sum += weights[i] * (values[i] - middle) * (values[i] - middle);
    return sum;
  }
};

Spread of_parameter(const Calibration& found, std::size_t d) {
  Spread all;
  for (const Weighed& one : found.sampled) {
    all.values.push_back(found.runs[one.run].at[d]);
    all.weights.push_back(one.weight);
  }
  return all;
}

Spread of_figure(const Calibration& found, std::size_t j) {
  Spread all;
  for (const Weighed& one : found.sampled) {
    all.values.push_back(found.runs[one.run].came.value[j]);
    all.weights.push_back(one.weight);
  }
  return all;
}

double correlation(const Spread& one, const Spread& other) {
  const double middle = one.mean(), other_middle = other.mean();
  double sum = 0;
  for (std::size_t i = 0; i < one.values.size(); ++i)
    sum += one.weights[i] * (one.values[i] - middle) * (other.values[i] - other_middle);
  const double spread = std::sqrt(one.variance() * other.variance());
  return spread > 0 ? sum / spread : 0;
}

Learnt learnt_of(const FreeParameter& free, const Spread& spread) {
  return {free.path,
          free.at(-kNinety),
          free.at(0),
          free.at(kNinety),
          free.at(spread.at(0.05)),
          free.at(spread.at(0.5)),
          free.at(spread.at(0.95)),
          1 - std::sqrt(spread.variance())};
}

std::vector<Together> told_together(const CalibrationFile& calibration, const Calibration& found) {
  std::vector<Together> all;
  for (std::size_t i = 0; i < calibration.parameters.size(); ++i)
    for (std::size_t j = i + 1; j < calibration.parameters.size(); ++j) {
      const double both = correlation(of_parameter(found, i), of_parameter(found, j));
      if (std::abs(both) >= kSeen)
        all.push_back({calibration.parameters[i].path, calibration.parameters[j].path, both});
    }
  std::stable_sort(all.begin(), all.end(), [](const Together& one, const Together& other) {
    return std::abs(one.correlation) > std::abs(other.correlation);
  });
  return all;
}

}  // namespace

Report report_of(const CalibrationFile& calibration, const std::vector<Aim>& aims, const Calibration& found) {
  Report report;
  report.id = calibration.id;
  report.file = calibration.file;
  report.runs = found.runs.size();
  report.draws = found.draws.size();
  report.effective = found.effective;
  for (std::size_t d = 0; d < calibration.parameters.size(); ++d)
    report.parameters.push_back(learnt_of(calibration.parameters[d], of_parameter(found, d)));
  report.together = told_together(calibration, found);
  for (std::size_t j = 0; j < aims.size(); ++j) {
    const Spread spread = of_figure(found, j);
    Reached reached{aims[j].name,    aims[j].value,  aims[j].error,   found.runs.front().came.value[j],
                    spread.at(0.05), spread.at(0.5), spread.at(0.95), false};
    reached.met = std::abs(reached.middle - reached.published) <= 2 * reached.error;
    report.figures.push_back(reached);
  }
  return report;
}

}  // namespace sleutel::calibrate
