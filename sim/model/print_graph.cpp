#include <algorithm>
#include <map>
#include <set>

#include "sim/model/edge_rows.h"
#include "sim/model/graph_parts.h"
#include "sim/model/predictor_words.h"
#include "sim/model/print_model.h"
#include "sim/model/rows.h"

namespace sleutel {
namespace {

using graph::in_dot;

constexpr const char* kLayout =
    "  rankdir=LR;\n  newrank=true;\n  nodesep=0.2;\n  ranksep=3;\n  outputorder=edgesfirst;\n"
    "  fontname=\"sans-serif\";\n  labelloc=t;\n  labeljust=l;\n";

/// Every node that there is: the states but those at rest, the loads, and what else an edge begins at.
std::set<std::string> nodes_of(const Model& model) {
  std::set<std::string> names;
  for (const State& state : model.states) {
    if (!state.is_rest) names.insert(state.name);
    if (state.stress_fast > 0) names.insert("stress_fast");
    if (state.stress_slow > 0) names.insert("stress_slow");
  }
  for (const Edge& edge : model.edges)
    for (const std::string& part : parts_of(edge.from)) names.insert(part);
  return names;
}

using Places = std::map<std::string, std::vector<std::string>>;  ///< the nodes of each place

std::string clusters(const Model& model, const Places& places) {
  std::string text;
  for (const auto& [place, names] : places) {
    std::string lines;
    for (const std::string& name : names) lines += graph::node(model, name, name);
    if (place.empty())
      text += lines;
    else
      text += "  subgraph " + in_dot("cluster_" + place) + " {\n    label=" + in_dot(place) + ";\n" + lines + "  }\n";
  }
  return text;
}

/// The nodes of each column side by side, and an arrow that is not seen from column to column: only these decide what
/// stands where, or the arrows that are seen would pull the places apart.
std::string columns(const Places& places) {
  std::map<int, std::string> lines;
  std::map<int, std::string> first;
  for (const auto& [place, names] : places)
    for (const std::string& name : names) {
      lines[column_of(place)] += " " + in_dot(name) + ";";
      first.emplace(column_of(place), name);
    }
  std::string text, chain;
  for (const auto& [column, names] : lines) {
    text += "  {rank=same;" + names + "}\n";
    chain += (chain.empty() ? "  " : " -> ") + in_dot(first[column]);
  }
  return lines.size() < 2 ? text : text + chain + " [style=invis];\n";
}

std::string arrows_of(const Model& model) {
  graph::Arrows arrows;
  for (const Edge& edge : model.edges)
    for (const std::string& part : parts_of(edge.from))
      graph::add_arrow(edge, part, model.states[static_cast<std::size_t>(edge.to_state)].name, arrows);
  return graph::arrow_lines(arrows);
}

/// What stress does to the loads.
std::string load_arrows(const Model& model) {
  std::string text;
  for (const State& state : model.states) {
    if (state.stress_fast > 0) text += graph::load_arrow(state.name, "stress_fast");
    if (state.stress_slow > 0) text += graph::load_arrow(state.name, "stress_slow");
  }
  return text;
}

}  // namespace

std::string model_graph(const Model& model) {
  Places places;
  for (const std::string& name : nodes_of(model)) places[predictor_place(model, name)].push_back(name);
  std::string text =
      "digraph " + in_dot(model.id) + " {\n" + kLayout + graph::kStyle + "  label=\"" + graph::kLegend + "\";\n";
  text += clusters(model, places) + columns(places);
  return text + "  edge [constraint=false, arrowsize=0.7];\n" + arrows_of(model) + load_arrows(model) + "}\n";
}

}  // namespace sleutel
