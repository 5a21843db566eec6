#include "output/measures/society.h"

namespace sleutel {

Society society_of(const std::vector<double>& sizes, const std::vector<double>& levels) {
  double all = 0, below = 0;
  for (const double size : sizes) all += size;
  Society society;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    society.push_back({sizes[i] / all, (below + sizes[i] / 2) / all, levels[i]});
    below += sizes[i];
  }
  return society;
}

double mean_level(const Society& society) {
  double beyond_first = 0;
  for (const RankedGroup& group : society) beyond_first += group.share * (group.level - society.front().level);
  return society.front().level + beyond_first;
}

double rank_variance(const Society& society) {
  double sum = 0;
  for (const RankedGroup& group : society) sum += group.share * (group.rank - 0.5) * (group.rank - 0.5);
  return sum;
}

double rank_covariance(const Society& society) {
  double sum = 0;
  for (const RankedGroup& group : society)
    sum += group.share * (group.rank - 0.5) * (group.level - society.front().level);
  return sum;
}

}  // namespace sleutel
