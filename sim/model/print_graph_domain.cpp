#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/model/graph_parts.h"
#include "sim/model/predictor_words.h"
#include "sim/model/print_model.h"
#include "sim/model/rows.h"

// The causal diagram in pieces that can be read: how the domains act on each other, and one domain with what acts on
// it at the left and what it acts on at the right.

namespace sleutel {
namespace {

using graph::in_dot;

constexpr const char* kColumns =
    "  rankdir=LR;\n  newrank=true;\n  nodesep=0.15;\n  ranksep=4;\n  outputorder=edgesfirst;\n"
    "  fontname=\"sans-serif\";\n  labelloc=t;\n  labeljust=l;\n";

const std::string& target_of(const Model& model, const Edge& edge) {
  return model.states[static_cast<std::size_t>(edge.to_state)].name;
}

/// Names of nodes in one column of a diagram, by place.
using Column = std::map<std::string, std::set<std::string>>;

/// One domain, and around it whatever has an edge to it or from it. A name may stand in two columns: the nodes of the
/// left begin with a `<`, those of the right with a `>`.
class DomainGraph {
 public:
  DomainGraph(const Model& model, const std::string& domain) : model_(model), domain_(domain) {
    for (const State& state : model.states)
      if (!state.is_rest && is_here(state.name)) middle_.insert(state.name);
    for (const Edge& edge : model.edges)
      for (const std::string& part : parts_of(edge.from)) add(edge, part);
    for (const State& state : model.states) {
      if (state.stress_fast > 0) add_load(state.name, "stress_fast");
      if (state.stress_slow > 0) add_load(state.name, "stress_slow");
    }
  }

  std::string text() const {
    return "digraph " + in_dot(model_.id + ", " + domain_) + " {\n" + kColumns + graph::kStyle + "  label=\"" +
           domain_ + ": what acts on it (left), and on what it acts (right)\\n" + graph::kLegend + "\";\n" +
           clusters(left_, "<") + middle() + clusters(right_, ">") + ranks() +
           "  edge [constraint=false, arrowsize=0.7];\n" + graph::arrow_lines(arrows_) + loads_ + "}\n";
  }

 private:
  bool is_here(const std::string& name) const { return predictor_place(model_, name) == domain_; }

  void add(const Edge& edge, const std::string& from) {
    const std::string& to = target_of(model_, edge);
    if (!is_here(from) && !is_here(to)) return;
    graph::add_arrow(edge, place(from, left_, "<"), place(to, right_, ">"), arrows_);
  }

  void add_load(const std::string& from, const std::string& to) {
    if (is_here(from) || is_here(to)) loads_ += graph::load_arrow(place(from, left_, "<"), place(to, right_, ">"));
  }

  /// The node of a name, which gets its place: in the domain, or beside it.
  std::string place(const std::string& name, Column& beside, const char* sign) {
    if (is_here(name)) return middle_.insert(name), name;
    beside[predictor_place(model_, name)].insert(name);
    return sign + name;
  }

  std::string clusters(const Column& column, const std::string& sign) const {
    std::string text;
    for (const auto& [place, names] : column) {
      text += "  subgraph " + in_dot("cluster_" + sign + place) + " {\n    label=" + in_dot(place) + ";\n";
      for (const std::string& name : names) text += graph::node(model_, name, sign + name);
      text += "  }\n";
    }
    return text;
  }

  std::string middle() const {
    std::string text = "  subgraph " + in_dot("cluster_" + domain_) + " {\n    label=" + in_dot(domain_) + ";\n";
    for (const std::string& name : middle_) text += graph::node(model_, name, name);
    return text + "  }\n";
  }

  /// Each column side by side, and an arrow that is not seen from column to column.
  std::string ranks() const {
    std::vector<std::string> firsts;
    std::string text;
    const auto rank = [&](const std::vector<std::string>& ids) {
      if (ids.empty()) return;
      text += "  {rank=same;";
      for (const std::string& id : ids) text += " " + in_dot(id) + ";";
      text += "}\n";
      firsts.push_back(in_dot(ids.front()));
    };
    rank(ids_of(left_, "<"));
    rank({middle_.begin(), middle_.end()});
    rank(ids_of(right_, ">"));
    std::string chain;
    for (const std::string& first : firsts) chain += (chain.empty() ? "  " : " -> ") + first;
    return firsts.size() < 2 ? text : text + chain + " [style=invis];\n";
  }

  static std::vector<std::string> ids_of(const Column& column, const std::string& sign) {
    std::vector<std::string> ids;
    for (const auto& [place, names] : column)
      for (const std::string& name : names) ids.push_back(sign + name);
    return ids;
  }

  const Model& model_;
  const std::string domain_;
  std::set<std::string> middle_;
  Column left_, right_;
  graph::Arrows arrows_;
  std::string loads_;
};

/// Number of edges between places, by from and to.
using Numbers = std::map<std::pair<std::string, std::string>, int>;

Numbers numbers_of(const Model& model) {
  Numbers numbers;
  for (const Edge& edge : model.edges) {
    std::set<std::string> from;  // an edge of a pair within one place counts once
    for (const std::string& part : parts_of(edge.from)) from.insert(predictor_place(model, part));
    for (const std::string& place : from) ++numbers[{place, predictor_place(model, target_of(model, edge))}];
  }
  for (const State& state : model.states)
    if (state.stress_fast > 0 || state.stress_slow > 0)
      ++numbers[{predictor_place(model, state.name), predictor_place(model, "stress_fast")}];
  return numbers;
}

}  // namespace

std::vector<std::string> domains_of(const Model& model) {
  std::set<std::string> domains;
  for (const State& state : model.states)
    if (!state.is_rest) domains.insert(predictor_place(model, state.name));
  return {domains.begin(), domains.end()};
}

std::string domain_graph(const Model& model, const std::string& domain) { return DomainGraph(model, domain).text(); }

std::string overview_graph(const Model& model) {
  const Numbers numbers = numbers_of(model);
  std::map<std::string, int> within;  // of every place that there is
  for (const auto& [ends, count] : numbers) {
    within.try_emplace(ends.first, 0), within.try_emplace(ends.second, 0);
    if (ends.first == ends.second) within[ends.first] = count;
  }
  std::string text = "digraph " + in_dot(model.id + ", overview") +
                     " {\n  layout=circo;\n  mindist=1.1;\n  fontname=\"sans-serif\";\n  labelloc=t;\n"
                     "  labeljust=l;\n" +
                     graph::kStyle +
                     "  label=\"How the domains act on each other: the number of edges, the thicker the more.\\n"
                     "Dotted: what is no state (loads, traits, others). In a box: edges within the domain.\";\n";
  const std::vector<std::string> domains = domains_of(model);
  for (const auto& [place, count] : within) {
    const bool is_domain = std::find(domains.begin(), domains.end(), place) != domains.end();
    const std::string inside = count > 0 ? "\n" + counted(static_cast<std::size_t>(count), "edge") : "";
    text += "  " + in_dot(place) + " [label=" + in_dot(place + inside) +
            (is_domain ? ", shape=box" : ", shape=ellipse, style=\"filled,dotted\"") + "];\n";
  }
  text += "  edge [color=\"#0072B2\", fontname=\"sans-serif\", fontsize=13, arrowsize=0.7];\n";
  for (const auto& [ends, count] : numbers)
    if (ends.first != ends.second)
      text += "  " + in_dot(ends.first) + " -> " + in_dot(ends.second) + " [label=\"" + std::to_string(count) +
              "\", penwidth=" + fixed_text(0.6 * std::sqrt(static_cast<double>(count)), 2) + "];\n";
  return text + "}\n";
}

}  // namespace sleutel
