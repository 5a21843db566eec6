#include <algorithm>
#include <map>
#include <set>

#include "sim/base/math.h"
#include "sim/base/numbers.h"
#include "sim/model/edge_rows.h"
#include "sim/model/print_model.h"
#include "sim/model/rows.h"

namespace sleutel {
namespace {

constexpr const char* kRaises = "#0072B2";
constexpr const char* kLowers = "#D55E00";
constexpr const char* kLegend =
    "Box: a state. Hexagon: a life event. Dotted: what else acts (loads, buffers, traits, others). "
    "Blue arrow: there is more of it, because it begins more often or lasts longer; orange: less.\\n"
    "The thicker, the stronger. Dashed: the size is an assumption. Grey: adds to a stress load.";

std::string in_dot(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + "\"";
}

/// A predictor that is no state, a node of its own.
std::string node_of(const Model& model, const std::string& name) {
  const bool known = model.state(name) >= 0;
  return known ? "" : "  " + in_dot(name) + " [shape=ellipse, style=dotted];\n";
}

std::string width_of(const Edge& edge) {
  const double size = math::log(edge.hazard_ratio);
  return fixed_text(0.5 + 2 * std::min(2.0, size < 0 ? -size : size), 2);
}

std::string arrow(const Model& model, const Edge& edge, const std::string& from) {
  const bool raises = (edge.hazard_ratio >= 1) == (edge.change == Change::begin);
  std::string text = "  " + in_dot(from) + " -> " + in_dot(model.states[static_cast<std::size_t>(edge.to_state)].name);
  text += " [color=\"" + std::string(raises ? kRaises : kLowers) + "\", penwidth=" + width_of(edge);
  if (edge.kind == "assumption") text += ", style=dashed";
  text += ", tooltip=" + in_dot(edge.path + ": HR " + fixed_text(edge.hazard_ratio, 2) + " " + edge.evidence);
  return text + "];\n";
}

std::string clusters(const Model& model) {
  std::map<std::string, std::string> nodes;
  for (const State& state : model.states) {
    if (state.is_rest) continue;
    const char* const shape = state.is_event ? "hexagon" : "box";
    nodes[state.domain] +=
        "    " + in_dot(state.name) + " [shape=" + shape + ", label=" + in_dot(state.label_en) + "];\n";
  }
  std::string text;
  for (const auto& [domain, lines] : nodes) {
    if (domain.empty()) {
      text += lines;
      continue;
    }
    text += "  subgraph " + in_dot("cluster_" + domain) + " {\n    label=" + in_dot(domain) + ";\n" + lines + "  }\n";
  }
  return text;
}

/// What stress does to and from the loads.
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
  std::string text = "digraph " + in_dot(model.id) + " {\n  rankdir=LR;\n  fontname=\"sans-serif\";\n";
  text += "  labelloc=t;\n  label=\"" + std::string(kLegend) + "\";\n  node [fontname=\"sans-serif\"];\n";
  text += clusters(model);
  std::set<std::string> others = {"stress_fast", "stress_slow"};
  std::string arrows;
  for (const Edge& edge : model.edges) {
    for (const std::string& part : parts_of(edge.from)) {
      others.insert(part);
      arrows += arrow(model, edge, part);
    }
  }
  for (const std::string& name : others) text += node_of(model, name);
  return text + arrows + load_arrows(model) + "}\n";
}

}  // namespace sleutel
