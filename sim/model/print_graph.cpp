#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "sim/base/math.h"
#include "sim/base/numbers.h"
#include "sim/model/edge_rows.h"
#include "sim/model/predictor_words.h"
#include "sim/model/print_model.h"
#include "sim/model/rows.h"

namespace sleutel {
namespace {

constexpr const char* kRaises = "#0072B2";
constexpr const char* kLowers = "#D55E00";
constexpr const char* kLegend =
    "Box: a state. Hexagon: a life event. Dotted: what else acts (loads, buffers, traits, others).\\n"
    "Blue arrow: there is more of it, because it begins more often or lasts longer; orange: less.\\n"
    "The thicker, the stronger. Dashed: the size is an assumption. Grey: adds to a stress load.";
constexpr const char* kLayout =
    "  rankdir=LR;\n  newrank=true;\n  nodesep=0.2;\n  ranksep=3;\n  outputorder=edgesfirst;\n"
    "  fontname=\"sans-serif\";\n  labelloc=t;\n  labeljust=l;\n"
    "  node [fontname=\"sans-serif\", style=filled, fillcolor=white];\n";
constexpr std::size_t kWidestLine = 30;  ///< of a label [characters]

std::string in_dot(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? "\\n" : std::string(1, c);
  }
  return out + "\"";
}

/// The words in lines of at most kWidestLine, as far as spaces allow.
std::string in_lines(const std::string& words) {
  std::string text = words;
  std::size_t begin = 0;
  while (text.size() - begin > kWidestLine) {
    const std::size_t before = text.rfind(' ', begin + kWidestLine);
    const std::size_t space = before == std::string::npos || before < begin ? text.find(' ', begin) : before;
    if (space == std::string::npos) break;
    text[space] = '\n';
    begin = space + 1;
  }
  return text;
}

/// A node is called by its code name and shows its English one.
std::string node(const Model& model, const std::string& name) {
  const int at = model.state(name);
  const State* state = at < 0 ? nullptr : &model.states[static_cast<std::size_t>(at)];
  const bool drawn = state != nullptr && !state->is_rest;
  const char* const shape = !drawn ? "ellipse, style=\"filled,dotted\"" : state->is_event ? "hexagon" : "box";
  return "    " + in_dot(name) + " [shape=" + shape + ", label=" + in_dot(in_lines(predictor_words(model, name))) +
         "];\n";
}

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
    for (const std::string& name : names) lines += node(model, name);
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

/// All edges of one colour between two nodes: one arrow, as thick as the strongest.
struct Arrow {
  double size = 0;  ///< [natural logarithm of a hazard ratio]
  bool assumed = true;
  std::string tooltip;
};
using Arrows = std::map<std::tuple<std::string, std::string, bool>, Arrow>;  ///< from, to, whether it raises

void add_arrow(const Model& model, const Edge& edge, const std::string& from, Arrows& arrows) {
  const bool raises = (edge.hazard_ratio >= 1) == (edge.change == Change::begin);
  Arrow& arrow = arrows[{from, model.states[static_cast<std::size_t>(edge.to_state)].name, raises}];
  const double size = math::log(edge.hazard_ratio);
  arrow.size = std::max(arrow.size, size < 0 ? -size : size);
  arrow.assumed = arrow.assumed && edge.kind == "assumption";
  arrow.tooltip += (arrow.tooltip.empty() ? "" : "; ") + edge.path + ": HR " + fixed_text(edge.hazard_ratio, 2) + " " +
                   edge.evidence;
}

std::string arrow_lines(const Model& model) {
  Arrows arrows;
  for (const Edge& edge : model.edges)
    for (const std::string& part : parts_of(edge.from)) add_arrow(model, edge, part, arrows);
  std::string text;
  for (const auto& [ends, arrow] : arrows) {
    const auto& [from, to, raises] = ends;
    text += "  " + in_dot(from) + " -> " + in_dot(to) + " [color=\"" + (raises ? kRaises : kLowers) +
            "\", penwidth=" + fixed_text(0.5 + 2 * std::min(2.0, arrow.size), 2);
    if (arrow.assumed) text += ", style=dashed";
    text += ", tooltip=" + in_dot(arrow.tooltip) + "];\n";
  }
  return text;
}

/// What stress does to the loads.
std::string load_arrows(const Model& model) {
  std::string text;
  for (const State& state : model.states) {
    if (state.stress_fast > 0) text += "  " + in_dot(state.name) + " -> \"stress_fast\" [color=\"#999999\"];\n";
    if (state.stress_slow > 0) text += "  " + in_dot(state.name) + " -> \"stress_slow\" [color=\"#999999\"];\n";
  }
  return text;
}

}  // namespace

std::string model_graph(const Model& model) {
  Places places;
  for (const std::string& name : nodes_of(model)) places[predictor_place(model, name)].push_back(name);
  std::string text = "digraph " + in_dot(model.id) + " {\n" + kLayout + "  label=\"" + kLegend + "\";\n";
  text += clusters(model, places) + columns(places);
  return text + "  edge [constraint=false, arrowsize=0.7];\n" + arrow_lines(model) + load_arrows(model) + "}\n";
}

}  // namespace sleutel
