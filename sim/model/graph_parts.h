#pragma once
/// \file
/// What the causal diagrams are made of, in the DOT language of Graphviz. Private to the diagrams of sim/model/.

#include <map>
#include <string>
#include <tuple>

#include "sleutel/model.h"

namespace sleutel::graph {

/// In quotes, as DOT wants it.
std::string in_dot(const std::string& text);

/// A node called `id` that shows the English words of a predictor: a state is a box, a life event a hexagon, all else
/// a dotted ellipse.
std::string node(const Model& model, const std::string& name, const std::string& id);

/// All edges of one colour between two nodes: one arrow, as thick as the strongest.
struct Arrow {
  double size = 0;  ///< [natural logarithm of a hazard ratio]
  bool assumed = true;
  std::string tooltip;
};
using Arrows = std::map<std::tuple<std::string, std::string, bool>, Arrow>;  ///< from, to, whether it raises

/// Adds an edge as an arrow between two nodes.
void add_arrow(const Edge& edge, const std::string& from, const std::string& to, Arrows& arrows);

std::string arrow_lines(const Arrows& arrows);

/// A grey arrow: a state adds to a stress load.
std::string load_arrow(const std::string& from, const std::string& to);

/// What the colours and shapes mean.
extern const char* const kLegend;
/// Fonts and white boxes.
extern const char* const kStyle;

}  // namespace sleutel::graph
