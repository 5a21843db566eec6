#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/model/edge_rows.h"
#include "sim/model/print_model.h"

namespace sleutel {
namespace {

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.resize(width, ' ');
  return text;
}

std::string edge_line(const Model& model, const Edge& edge) {
  return "      " + padded(edge.from, 34) + padded("HR " + fixed_text(edge.hazard_ratio, 2), 10) +
         padded(published_text(model, edge), 34) + edge.kind + "  [" + marked_evidence(model, edge.evidence) + "]\n";
}

/// Per 1,000 a year, in three figures: 2,000, 16.2, 0.04; "-" if it cannot happen.
std::string rate_text(double rate) {
  if (rate < 0) return "-";
  const double per_1000 = rate * 1000;
  return with_thousands(per_1000, per_1000 >= 100 ? 0 : per_1000 >= 10 ? 1 : 2);
}

std::string transition_lines(const Model& model, int state, Change change) {
  const std::string& name = model.states[static_cast<std::size_t>(state)].name;
  const bool is_event = model.states[static_cast<std::size_t>(state)].is_event;
  std::string text;
  const double rate = rate_at(model, state, change, 40, 0);
  const double women = rate_at(model, state, change, 40, 1);
  const auto edges = edges_on(model, state, change);
  if (rate < 0 && women < 0 && edges.empty()) return "";
  text += "    " + change_text(model, state, change);
  if (rate >= 0 || women >= 0) {
    text += ", per 1,000 a year at 40: men " + rate_text(rate) + ", women " + rate_text(women);
  }
  const std::string half =
      is_event ? "events." + name : "states." + name + (change == Change::begin ? ".onset" : ".end");
  const Parameter* base = parameter_at(model, half + ".per_year");
  if (base == nullptr) base = parameter_at(model, half + ".probability");
  if (base != nullptr && !base->evidence.empty()) text += "  [" + marked_evidence(model, base->evidence) + "]";
  text += "\n";
  for (const Edge* edge : edges) text += edge_line(model, *edge);
  return text;
}

std::string state_lines(const Model& model, int i) {
  const State& state = model.states[static_cast<std::size_t>(i)];
  std::string text = "  " + padded(state.name, 24) + kind_text(state.kind);
  if (!state.domain.empty()) text += ", " + state.domain;
  text += std::string(", ") + level_text(state.level) + ", draw " + std::to_string(state.draw);
  if (state.is_rest) text += ", rest of " + model.groups[static_cast<std::size_t>(state.group)].name;
  text += "\n";
  for (const Change change : {Change::begin, Change::end}) text += transition_lines(model, i, change);
  return text;
}

}  // namespace

std::string model_text(const Model& model) {
  std::string text = model.id + ": " + model.title + "\n\n";
  for (std::size_t i = 0; i < model.states.size(); ++i) text += state_lines(model, static_cast<int>(i));
  text += "\n" + std::to_string(model.states.size()) + " states and events, " + std::to_string(model.edges.size()) +
          " edges, " + std::to_string(model.parameters.size()) + " parameters.\n";
  text += assumed_text(model) + "\n";
  text += unverified_text(model) + "\n";
  text += "Spectral radius of the gain among states: " + fixed_text(model.spectral_radius, 3) +
          " (how much of a rise comes back after a round through the states that drive each other;\n"
          "  below 1: such loops reinforce, they do not explode).\n";
  return text;
}

}  // namespace sleutel
