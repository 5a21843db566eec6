#include "sim/attribute/loops.h"

#include <algorithm>
#include <cmath>

#include "sim/attribute/variant.h"

namespace sleutel {
namespace {

/// The states that stand for a node: itself, histories that it marks, the event that it follows from.
struct Node {
  int state = kStressNode;
  StateMask from, to;  ///< asked for; acted on
};

std::vector<Node> nodes_of(const Model& model) {
  std::vector<Node> nodes = {Node{}};
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    const State& state = model.states[i];
    if (state.is_event || state.is_rest || state.is_history) continue;
    Node node;
    node.state = static_cast<int>(i);
    node.from.set(node.state);
    node.to.set(node.state);
    for (const int history : {state.marks_on_begin, state.marks_on_end})
      if (history >= 0) node.from.set(history);
    if (node.state == model.roles.separated && model.roles.separating >= 0) node.to.set(model.roles.separating);
    nodes.push_back(node);
  }
  return nodes;
}

bool acts(const Model& model, const Node& from, const Node& to) {
  if (from.state == to.state) return false;
  if (to.state == kStressNode) {
    const State& state = model.states[static_cast<std::size_t>(from.state)];
    return state.stress_fast != 0 || state.stress_slow != 0;
  }
  return std::any_of(model.matrix.begin(), model.matrix.end(), [&](const Matrix& matrix) {
    if (matrix.vectors == 0) return false;
    return acts_on(matrix, from.state == kStressNode ? rows_of_stress(matrix) : rows_asking(matrix, from.from), to.to);
  });
}

/// Finds loops by walking on from every node to later ones until it is reached again.
class LoopSearch {
 public:
  LoopSearch(const Model& model, const std::vector<Node>& nodes) : nodes_(nodes) {
    for (std::size_t from = 0; from < nodes.size(); ++from) {
      next_.emplace_back();
      for (std::size_t to = 0; to < nodes.size(); ++to)
        if (acts(model, nodes[from], nodes[to])) next_.back().push_back(to);
    }
  }

  CausalLoops all() {
    for (first_ = 0; first_ < nodes_.size(); ++first_) {
      path_ = {first_};
      walk();
    }
    return std::move(found_);
  }

 private:
  void walk() {
    for (const std::size_t to : next_[path_.back()]) {
      if (to == first_) keep();
      const bool passed = std::find(path_.begin(), path_.end(), to) != path_.end();
      if (to < first_ || passed || path_.size() == kLongestLoop) continue;
      path_.push_back(to);
      walk();
      path_.pop_back();
    }
  }

  void keep() {
    CausalLoop loop;
    for (std::size_t i = 0; i < path_.size(); ++i) {
      const CausalEdge edge{nodes_[path_[i]].state, nodes_[path_[(i + 1) % path_.size()]].state};
      const auto at = std::find(found_.edges.begin(), found_.edges.end(), edge);
      loop.push_back(static_cast<std::size_t>(at - found_.edges.begin()));
      if (at == found_.edges.end()) found_.edges.push_back(edge);
    }
    found_.loops.push_back(std::move(loop));
  }

  const std::vector<Node>& nodes_;
  std::vector<std::vector<std::size_t>> next_;  ///< [node] nodes that it acts on
  std::size_t first_ = 0;
  std::vector<std::size_t> path_;
  CausalLoops found_;
};

void rank(const CausalLoops& loops, RankedLoops& to) {
  const auto size = [&](std::size_t edge) { return std::abs(to.changes[edge].mean); };
  for (std::size_t i = 0; i < loops.loops.size(); ++i) {
    const CausalLoop& loop = loops.loops[i];
    to.order.push_back(i);
    to.weakest.push_back(*std::min_element(
        loop.begin(), loop.end(), [&](std::size_t one, std::size_t other) { return size(one) < size(other); }));
  }
  std::stable_sort(to.order.begin(), to.order.end(),
                   [&](std::size_t one, std::size_t other) { return size(to.weakest[one]) > size(to.weakest[other]); });
}

}  // namespace

CausalLoops causal_loops(const Model& model) { return LoopSearch(model, nodes_of(model)).all(); }

std::shared_ptr<const Model> without_edge(const Model& model, const CausalEdge& edge) {
  if (edge.to == kStressNode) return without_stress_of(model, edge.from);
  StateMask from, to;
  for (const Node& node : nodes_of(model)) {
    if (node.state == edge.from) from = node.from;
    if (node.state == edge.to) to = node.to;
  }
  return edge.from == kStressNode ? without_effects_of_stress(model, to) : without_edges(model, from, to);
}

std::vector<RankedLoops> ranked_loops(const Model& model, const CausalLoops& loops,
                                      const std::vector<AskedOutcome>& outcomes, const SumsOfRuns& sums) {
  std::vector<RankedLoops> all;
  for (std::size_t which = 0; which < outcomes.size(); ++which) {
    RankedLoops ranked;
    ranked.outcome = which;
    const ResidentGroup city = resident_groups(outcomes[which]).front();
    const Values values = values_of(model, outcomes[which], city, sums, which, sums.variants() - 1);
    if (values.of.empty()) continue;
    for (std::size_t edge = 0; edge < loops.edges.size(); ++edge)
      ranked.changes.push_back(paired_difference(values.of[edge], values.of.back()));
    rank(loops, ranked);
    all.push_back(std::move(ranked));
  }
  return all;
}

}  // namespace sleutel
