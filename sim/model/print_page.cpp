#include <algorithm>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/model/edge_rows.h"
#include "sim/model/print_model.h"

namespace sleutel {
namespace {

constexpr int kAges[] = {2, 8, 15, 21, 30, 40, 50, 60, 70, 80, 90};

std::string rates_row(const Model& model, int state, Change change, int sex) {
  std::string text = "| " + change_text(model, state, change) + (sex == 0 ? ", men |" : ", women |");
  for (const int age : kAges) {
    const double rate = rate_at(model, state, change, age, sex);
    text += rate < 0 ? " - |" : " " + fixed_text(rate * 1000, rate < 0.01 ? 2 : 1) + " |";
  }
  return text + "\n";
}

std::string rates_table(const Model& model, int state) {
  std::string rows;
  for (const Change change : {Change::begin, Change::end}) {
    const bool any = std::any_of(std::begin(kAges), std::end(kAges), [&](int age) {
      return rate_at(model, state, change, age, 0) >= 0 || rate_at(model, state, change, age, 1) >= 0;
    });
    if (any) rows += rates_row(model, state, change, 0) + rates_row(model, state, change, 1);
  }
  if (rows.empty()) return "";
  std::string text = "Base rates per 1,000 a year by age, mean over the other columns of the table:\n\n| |";
  std::string line = "|---|";
  for (const int age : kAges) {
    text += " " + std::to_string(age) + " |";
    line += "---|";
  }
  return text + "\n" + line + "\n" + rows + "\n";
}

std::string edges_table(const Model& model, int state) {
  std::string rows;
  for (const Change change : {Change::begin, Change::end}) {
    for (const Edge* edge : edges_on(model, state, change)) {
      rows += "| " + change_text(model, state, change) + " | " + edge->from + " | " +
              fixed_text(edge->hazard_ratio, 3) + " | " + published_text(model, *edge) + " | " + edge->kind + " | " +
              marked_evidence(model, edge->evidence) + " |\n";
    }
  }
  if (rows.empty()) return "";
  return "| acts on | predictor | hazard ratio as used | as published | kind | evidence "
         "|\n|---|---|---|---|---|---|\n" +
         rows + "\n";
}

std::string base_sources(const Model& model, const State& state) {
  std::string text;
  for (const char* half : {"onset", "end"}) {
    const std::string path = state.is_event ? "events." + state.name : "states." + state.name + "." + half;
    for (const char* key : {".per_year", ".probability"}) {
      const Parameter* base = parameter_at(model, path + key);
      if (base == nullptr || base->evidence.empty()) continue;
      text += std::string(state.is_event                 ? "Rate"
                          : half == std::string("onset") ? "Rate of onset"
                                                         : "Rate of end") +
              " from " + marked_evidence(model, base->evidence) + ".\n";
    }
    if (state.is_event) break;
  }
  return text;
}

std::string properties(const Model& model, const State& state) {
  std::string text = state.label_en + " / " + state.label_nl + ". " + kind_text(state.kind);
  if (!state.domain.empty()) text += ", domain " + state.domain;
  text += std::string(", of a ") + level_text(state.level) + ", draw " + std::to_string(state.draw) + ".\n";
  if (state.group >= 0) {
    const Group& group = model.groups[static_cast<std::size_t>(state.group)];
    text += (state.is_rest ? "Rest member of the group " : "Member of the group ") + group.name + ".\n";
  }
  if (state.class_bit >= 0) {
    text += "Class " + state.class_attribute + ": " + state.class_names[0] + ", or " + state.class_names[1] +
            " (share " + fixed_text(state.class_share, 3) + ").\n";
  }
  const auto points = [](std::uint16_t load) { return fixed_text(static_cast<double>(load) / kLoadUnit, 2); };
  if (state.stress_fast > 0 || state.stress_slow > 0) {
    text += "Stress when it begins: fast " + points(state.stress_fast) + ", slow " + points(state.stress_slow) +
            " points; held while it lasts: " + fixed_text(state.stress_holds, 2) + ".\n";
  }
  for (const int mark : {state.marks_on_begin, state.marks_on_end}) {
    if (mark >= 0) text += "Marks " + model.states[static_cast<std::size_t>(mark)].name + ".\n";
  }
  if (!state.visible_to.empty()) text += "May be seen by " + listed(state.visible_to, "and") + ".\n";
  return text + base_sources(model, state) + "\n";
}

std::string section(const Model& model, int i) {
  const State& state = model.states[static_cast<std::size_t>(i)];
  return "## " + state.name + "\n\n" + properties(model, state) + rates_table(model, i) + edges_table(model, i);
}

std::string evidence_list(const Model& model) {
  std::string text = "## Evidence\n\n";
  for (const auto& [id, line] : model.evidence) text += "* `" + id + "` " + line + "\n";
  return text;
}

}  // namespace

std::string model_page(const Model& model) {
  std::string text = "# The model " + model.id + "\n\n" + model.title + ".\n\n";
  text +=
      "Generated from the model file by `sleutel model --page`; do not edit. What the numbers do exactly stands in\n"
      "`model-semantics.md`, the rules of evidence in `evidence.md`.\n\n";
  text += std::to_string(model.states.size()) + " states and events, " + std::to_string(model.edges.size()) +
          " edges, " + std::to_string(model.parameters.size()) + " parameters. " + assumed_text(model) + " " +
          unverified_text(model) + " The spectral radius of the gain among states is " +
          fixed_text(model.spectral_radius, 3) +
          " (how much of a rise\ncomes back after a round through the states that drive each other; below 1 such loops "
          "reinforce and do not explode).\n\n";
  for (std::size_t i = 0; i < model.states.size(); ++i) text += section(model, static_cast<int>(i));
  return text + evidence_list(model);
}

}  // namespace sleutel
