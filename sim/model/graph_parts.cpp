#include "sim/model/graph_parts.h"

#include <algorithm>

#include "sim/base/math.h"
#include "sim/base/numbers.h"
#include "sim/model/predictor_words.h"

namespace sleutel::graph {
namespace {

constexpr const char* kRaises = "#0072B2";
constexpr const char* kLowers = "#D55E00";
constexpr std::size_t kWidestLine = 30;  ///< of a label [characters]

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

}  // namespace

const char* const kLegend =
    "Box: a state. Hexagon: a life event. Dotted: what else acts (loads, buffers, traits, others).\\n"
    "Blue arrow: there is more of it, because it begins more often or lasts longer; orange: less.\\n"
    "The thicker, the stronger. Dashed: the size is an assumption. Grey: adds to a stress load.";

const char* const kStyle = "  node [fontname=\"sans-serif\", style=filled, fillcolor=white];\n";

std::string in_dot(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c == '\n' ? "\\n" : std::string(1, c);
  }
  return out + "\"";
}

std::string node(const Model& model, const std::string& name, const std::string& id) {
  const int at = model.state(name);
  const State* state = at < 0 ? nullptr : &model.states[static_cast<std::size_t>(at)];
  const bool drawn = state != nullptr && !state->is_rest;
  const char* const shape = !drawn ? "ellipse, style=\"filled,dotted\"" : state->is_event ? "hexagon" : "box";
  return "    " + in_dot(id) + " [shape=" + shape + ", label=" + in_dot(in_lines(predictor_words(model, name))) +
         "];\n";
}

void add_arrow(const Edge& edge, const std::string& from, const std::string& to, Arrows& arrows) {
  const bool raises = (edge.hazard_ratio >= 1) == (edge.change == Change::begin);
  Arrow& arrow = arrows[{from, to, raises}];
  const double size = math::log(edge.hazard_ratio);
  arrow.size = std::max(arrow.size, size < 0 ? -size : size);
  arrow.assumed = arrow.assumed && edge.kind == "assumption";
  arrow.tooltip += (arrow.tooltip.empty() ? "" : "; ") + edge.path + ": HR " + fixed_text(edge.hazard_ratio, 2) + " " +
                   edge.evidence;
}

std::string arrow_lines(const Arrows& arrows) {
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

std::string load_arrow(const std::string& from, const std::string& to) {
  return "  " + in_dot(from) + " -> " + in_dot(to) + " [color=\"#999999\"];\n";
}

}  // namespace sleutel::graph
