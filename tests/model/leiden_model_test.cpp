// The model of Leiden compiles, its programmes too, and its printed forms say what is in it.
#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "sim/base/files.h"
#include "sim/base/numbers.h"
#include "sim/base/problems.h"
#include "sim/model/print_model.h"
#include "sim/model/read_model.h"
#include "sim/model/read_programme.h"

using namespace sleutel;

namespace {

const std::string kScenarios = std::string(SLEUTEL_SOURCE_DIR) + "/scenarios";

std::shared_ptr<const Model> leiden() {
  try {
    return read_model(kScenarios + "/leiden/model.yaml", {.evidence = kScenarios + "/evidence"});
  } catch (const InputError& error) {
    FAIL(problems_text(error, "the model was not compiled"));
  }
  return nullptr;
}

int count(const std::string& text, const std::string& piece) {
  int found = 0;
  for (auto at = text.find(piece); at != std::string::npos; at = text.find(piece, at + piece.size())) ++found;
  return found;
}

}  // namespace

TEST_CASE("the model of Leiden compiles and keeps its promises") {
  const auto model = leiden();
  CHECK(model->share_assumed < model->share_assumed_or_unverified);
  CHECK(model->share_assumed_or_unverified <= 0.28);  // of at most 1/3: room for a newcomer's assumptions (0028)
  CHECK(model->spectral_radius > 0);
  CHECK(model->spectral_radius < 1);
  int among = 0;
  int between_stressors = 0;
  for (const Edge& edge : model->edges) {
    const int from = model->state(edge.from);
    const State& to = model->states[static_cast<std::size_t>(edge.to_state)];
    const bool load = edge.from.rfind("stress_", 0) == 0;
    if ((from >= 0 || load) && edge.hazard_ratio != 1 && !to.is_event) ++among;
    const bool both = from >= 0 && model->states[static_cast<std::size_t>(from)].kind == StateKind::stressor &&
                      to.kind == StateKind::stressor;
    if (both && edge.hazard_ratio != 1) ++between_stressors;
  }
  CHECK(among >= 100);
  CHECK(between_stressors >= 12);
  CHECK(model->roles.death >= 0);
  CHECK(model->roles.separating >= 0);
  CHECK(model->roles.problem_debt >= 0);
}

TEST_CASE("the programmes of Leiden compile against its model") {
  const auto model = leiden();
  std::vector<Programme> programmes;
  try {
    programmes = read_programmes(kScenarios + "/leiden/programmes", *model, {}, kScenarios + "/evidence");
  } catch (const InputError& error) {
    FAIL(problems_text(error, "no programme was compiled"));
  }
  CHECK(programmes.size() >= 6);
}

TEST_CASE("the printed forms name every state and every edge") {
  const auto model = leiden();
  const std::string page = model_page(*model);
  const std::string text = model_text(*model);
  const std::string graph = model_graph(*model);
  for (const State& state : model->states) {
    CHECK(count(page, "\n## " + state.name + "\n") == 1);
    CHECK(count(text, "\n  " + state.name + " ") == 1);
    if (!state.is_rest) CHECK(count(graph, "\"" + state.name + "\" [shape=") == 1);
  }
  for (const char* sign : {"Box: ", "Hexagon: ", "Dotted: ", "Blue arrow: ", "orange: ", "Dashed: ", "Grey: "})
    CHECK(count(graph, sign) == 1);  // the legend
  CHECK(count(text, "  HR ") + count(text, " HR ") >= static_cast<int>(model->edges.size()));
  CHECK(count(model_json(*model), "\"path\": ") == static_cast<int>(model->edges.size() + model->parameters.size()));
  CHECK(model_page(*leiden()) == page);
}

TEST_CASE("the diagram shows English names, and is called by code names") {
  const std::string graph = model_graph(*leiden());
  const auto node = [&](const std::string& name, const std::string& shape, const std::string& label) {
    INFO(name);
    CHECK(count(graph, "\"" + name + "\" [shape=" + shape + ", label=\"" + label + "\"];\n") == 1);
  };
  const std::string dotted = "ellipse, style=\"filled,dotted\"";
  node("problem_debt", "box", "problem debt");
  node("separating", "hexagon", "separation of a couple");
  node("stress_slow", dotted, "stress load that wears off\\nslowly");
  node("friends.lonely", dotted, "friends: severe loneliness");
  node("adversity_3plus", dotted, "3 or more kinds of adversity");
  node("separated_first_year", dotted, "separated and without a new\\npartner, first 12 months");
  std::istringstream lines(graph);
  for (std::string line; std::getline(lines, line);) {
    const std::size_t arrow = line.find(" -> ");
    if (arrow == std::string::npos) continue;
    const std::string from = line.substr(2, arrow - 2);
    CHECK(count(graph, "    " + from + " [shape=") == 1);  // no box without a label
  }
}

TEST_CASE("an interval belongs to the number beside it, not to another of the same evidence") {
  const auto model = leiden();
  std::map<std::string, std::string> intervals;
  for (const Parameter& parameter : model->parameters) {
    INFO(parameter.path);
    CHECK(parameter.kind.empty() == parameter.evidence.empty());
    if (parameter.low == 0 && parameter.high == 0) continue;
    CHECK(parameter.low <= parameter.value);
    CHECK(parameter.value <= parameter.high);
    intervals[parameter.path] = number_text(parameter.low) + " to " + number_text(parameter.high);
  }
  CHECK(intervals.at("states.problem_debt.stress.fast") == "0.2 to 1.2");
  CHECK(intervals.count("states.problem_debt.stress.holds") == 0);                // the row is of the points
  CHECK(intervals.count("states.low_income.end.per_year") == 0);                  // the row is a share of a year
  CHECK(intervals.at("states.depressed.onset.edges.smoking") == "0.12 to 0.37");  // of stopping: -0.37 to -0.12
  CHECK(intervals.at("states.cardiometabolic.onset.edges.poor_housing") == "1.19 to 1.35");  // 1/0.84 to 1/0.74
  CHECK(count(parameters_text(*model), "\n") == static_cast<int>(model->parameters.size()) + 3);
}

TEST_CASE("docs/model.md is that of the model file") {
  INFO("make it anew: sleutel model --page > docs/model.md");
  CHECK(read_file(std::string(SLEUTEL_SOURCE_DIR) + "/docs/model.md") == model_page(*leiden()));
}
