#pragma once
/// \file
/// The strongest loops of the causal graph, ranked by what cutting one edge of each changes.
///
/// Nodes are states, and the stress loads as one node. A separation stands for `separated`, and a history for the state
/// that marks it. There is an edge from one node to another if a row that asks for the one adds to the beginning or end
/// of the other; from a state to stress if it leaves any; from stress to a state if a load adds to it.

#include <vector>

#include "output/measures/paired.h"
#include "sim/attribute/burden.h"

namespace sleutel {

inline constexpr int kStressNode = -1;          ///< in place of a state
inline constexpr std::size_t kLongestLoop = 4;  ///< edges

struct CausalEdge {
  int from = kStressNode, to = kStressNode;
  friend bool operator==(const CausalEdge&, const CausalEdge&) = default;
};

/// Edges by their position in CausalLoops::edges; the first begins at the node that comes first in the model.
using CausalLoop = std::vector<std::size_t>;

struct CausalLoops {
  std::vector<CausalEdge> edges;  ///< that stand in a loop
  std::vector<CausalLoop> loops;  ///< all of two to kLongestLoop edges that pass no node twice
};

CausalLoops causal_loops(const Model& model);

/// The model without one edge.
std::shared_ptr<const Model> without_edge(const Model& model, const CausalEdge& edge);

/// What loops do to one outcome, in its printed unit, in the city.
struct RankedLoops {
  std::size_t outcome = 0;                ///< of those that are asked
  std::vector<PairedDifference> changes;  ///< [edge] the model as it is - without the edge
  std::vector<std::size_t> order;         ///< loops, the strongest first
  std::vector<std::size_t> weakest;       ///< [loop] its edge of which the cut changes least: the loop does no more
};

/// The variants of the sums are the model without each of the edges, and last the model as it is.
std::vector<RankedLoops> ranked_loops(const Model& model, const CausalLoops& loops,
                                      const std::vector<AskedOutcome>& outcomes, const SumsOfRuns& sums);

}  // namespace sleutel
