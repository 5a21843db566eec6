#include "sim/calibrate/minimise.h"

#include <nlopt.h>

#include <exception>
#include <limits>
#include <memory>

namespace sleutel::calibrate {
namespace {

/// What the library calls: remembers the best, and keeps an exception, which may not cross C code.
struct Trials {
  const std::function<double(const std::vector<double>&)>& of;
  nlopt_opt search = nullptr;
  Minimum best;
  std::exception_ptr error;
};

double try_point(unsigned count, const double* at, double* /*gradient*/, void* data) {
  auto& trials = *static_cast<Trials*>(data);
  if (trials.error) return 0;
  const std::vector<double> point(at, at + count);
  try {
    const double value = trials.of(point);
    ++trials.best.trials;
    if (value < trials.best.value || trials.best.at.empty()) trials.best = {point, value, trials.best.trials};
    return value;
  } catch (...) {
    trials.error = std::current_exception();
    nlopt_force_stop(trials.search);
    return 0;
  }
}

}  // namespace

Minimum minimise(const std::function<double(const std::vector<double>&)>& of, const std::vector<double>& start,
                 const MinimiseOptions& options) {
  const nlopt_algorithm method = options.method == Method::bobyqa ? NLOPT_LN_BOBYQA : NLOPT_LN_SBPLX;
  const std::unique_ptr<nlopt_opt_s, decltype(&nlopt_destroy)> search(
      nlopt_create(method, static_cast<unsigned>(start.size())), &nlopt_destroy);
  Trials trials{of, search.get(), {{}, std::numeric_limits<double>::infinity(), 0}, nullptr};
  std::vector<double> low = start, high = start, at = start;
  for (double& bound : low) bound -= options.reach;
  for (double& bound : high) bound += options.reach;
  nlopt_set_min_objective(search.get(), try_point, &trials);
  nlopt_set_lower_bounds(search.get(), low.data());
  nlopt_set_upper_bounds(search.get(), high.data());
  nlopt_set_initial_step1(search.get(), options.step);
  nlopt_set_maxeval(search.get(), options.most);
  nlopt_set_ftol_rel(search.get(), 1e-5);
  double value = 0;
  nlopt_optimize(search.get(), at.data(), &value);  // however it ended, the best that was tried is known
  if (trials.error) std::rethrow_exception(trials.error);
  return trials.best;
}

}  // namespace sleutel::calibrate
