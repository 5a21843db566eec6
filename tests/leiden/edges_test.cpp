#include <cmath>
#include <iostream>
#include <set>

#include "sim/model/read_model.h"
#include "tests/leiden/leiden_plan.h"

// Every edge of the model does something, and in its own direction: without it, the expected rate of the transition
// that it points at falls if its hazard ratio is above one, and rises if it is below. Asked exactly, of the hazards of
// all units of the start city, edge by edge from the model's own list; and of whole runs for a few.

namespace sleutel::test {
namespace {

/// A parameter of an edge that has no effect: a ratio of one, a difference of nothing.
double nothing(const Edge& edge) { return edge.measure == "d" || edge.measure == "SMD" ? 0.0 : 1.0; }

/// The plan with one edge taken out of its model; constants and start are those of the whole model.
StudyPlan without(const StudyPlan& plan, const Edge& edge) {
  const DataFolders folders = data_folders(plan.study);
  ParameterChange change;
  change.path = edge.path;
  change.value = nothing(edge);
  auto model = std::make_shared<Model>(*read_model(
      folders.model.string(), {.evidence = folders.evidence.string(), .set = {change}, .set_file = "test"}));
  for (std::size_t level = 0; level < model->matrix.size(); ++level) {
    model->matrix[level].shift_begin = plan.arms[0].model->matrix[level].shift_begin;
    model->matrix[level].shift_end = plan.arms[0].model->matrix[level].shift_end;
  }
  StudyPlan other = plan;
  other.arms[0].model = std::move(model);
  return other;
}

/// Expected events of one transition in the first month of the start city.
class FirstMonth {
 public:
  explicit FirstMonth(StudyPlan plan) : plan_(std::move(plan)), one_(plan_) { until_transitions(one_.run); }

  double expected(const Edge& edge) {
    const Model& model = one_.run.arm->model;
    const Level level = model.states[static_cast<std::size_t>(edge.to_state)].level;
    const auto number = static_cast<std::size_t>(level);
    if (made_[number].empty()) made_[number] = gather_units(one_.run, level);
    double sum = 0;
    for (const auto& [row, unit] : made_[number]) {
      if (unit.states.test(edge.to_state) != (edge.change == Change::end)) continue;
      sum += monthly_chance(
          hazard_of(model.matrix[number], one_.run.arm->matrix[number], unit, edge.to_state, edge.change));
    }
    return sum;
  }

 private:
  StudyPlan plan_;
  OneRun one_;
  std::array<std::vector<GatheredUnit>, kLevelsOfUnits> made_;
};

int begun(const StudyPlan& plan, const Edge& edge) {
  int count = 0;
  for (const Event& event : event_history(plan, 0, 0, {}))
    count += event.state == edge.to_state && event.change == edge.change;
  return count;
}

const Edge& edge_of(const Model& model, const std::string& path) {
  for (const Edge& edge : model.edges)
    if (edge.path == path) return edge;
  FAIL("no edge " << path);
  throw 0;
}

}  // namespace

TEST_CASE("each edge moves its transition in its own direction") {
  const StudyPlan& plan = whole_leiden();
  const Model& model = *plan.arms[0].model;
  FirstMonth with(plan);
  std::set<std::string> seen;
  for (const Edge& edge : model.edges) {
    INFO(edge.path << ", hazard ratio " << edge.hazard_ratio);
    seen.insert(edge.path);
    FirstMonth bare(without(plan, edge));
    const double gain = with.expected(edge) / bare.expected(edge) - 1;
    if (edge.hazard_ratio > 1) CHECK(gain > 1e-6);
    if (edge.hazard_ratio < 1) CHECK(gain < -1e-6);
    CHECK(edge.hazard_ratio != 1);
  }
  CHECK(seen.size() == model.edges.size());
  CHECK(seen.size() > 80);
}

TEST_CASE("runs without an edge have fewer of what it brings on") {
  const StudyPlan& plan = whole_leiden();
  for (const char* path : {"states.depressed.onset.edges.subthreshold", "states.lonely.onset.edges.lives_alone",
                           "states.problem_debt.onset.edges.low_income", "events.giving_birth.edges.partnered"}) {
    const Edge& edge = edge_of(*plan.arms[0].model, path);
    const int with = begun(plan, edge), bare = begun(without(plan, edge), edge);
    INFO(path << ": " << with << " with the edge, " << bare << " without");
    std::cout << "  " << path << ": " << with << " with the edge, " << bare << " without\n";
    CHECK(bare + 3 * std::sqrt(bare) < with);
  }
}

}  // namespace sleutel::test
