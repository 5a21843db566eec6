#pragma once
/// \file
/// Exact Shapley values: how the worth of all is shared out between players who do more, or less, together.

#include <cstddef>
#include <vector>

namespace sleutel {

/// `worth[s]` is that of the subset whose bit i says whether player i is in it; there are 2^players of them. Gives for
/// each player the mean, over all orders in which the players can come in, of what he adds when he does. They sum to
/// worth of all - worth of nobody; a player who never adds anything gets exactly 0.
std::vector<double> shapley_values(std::size_t players, const std::vector<double>& worth);

}  // namespace sleutel
