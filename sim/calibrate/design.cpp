#include "sim/calibrate/design.h"

#include <algorithm>
#include <utility>

#include "sim/base/math.h"

namespace sleutel::calibrate {

std::vector<Point> latin_hypercube(std::size_t count, std::size_t parameters, const Draws& draws, std::uint32_t round) {
  std::vector<Point> points(count, Point(parameters));
  std::vector<std::pair<double, std::size_t>> order(count);
  for (std::size_t d = 0; d < parameters; ++d) {
    const auto dimension = static_cast<std::uint32_t>(d);
    for (std::size_t i = 0; i < count; ++i)
      order[i] = {draws.uniform(Decision::order_in_design, round, i, dimension), i};
    std::sort(order.begin(), order.end());
    for (std::size_t slice = 0; slice < count; ++slice) {
      const std::size_t i = order[slice].second;
      const double within = draws.uniform(Decision::place_in_design, round, i, dimension) + 0x1.0p-54;
      points[i][d] = normal_quantile((static_cast<double>(slice) + within) / static_cast<double>(count));
    }
  }
  return points;
}

}  // namespace sleutel::calibrate
