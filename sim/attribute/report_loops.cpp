#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/attribute/report.h"
#include "sim/attribute/report_words.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

constexpr std::size_t kLoopsInPrint = 10;

constexpr const char* kLoopNotes[] = {
    "Each edge that stands in a loop was cut in a run of its own. A loop does no more than its weakest edge carries: "
    "it is "
    "ranked by the change of the outcome (the model less the same without the edge) where that is least.",
    "Stress is one node: an edge into it is the stress that a state leaves, one out of it all that the loads do to a "
    "state. "
    "A separation stands for being separated, a history for the state that leaves it.",
    "Centring stays that of the whole model. Intervals are chance only (95%, Student t over replicates)."};

std::string node_name(const Model& model, int state) {
  return state == kStressNode ? "stress" : model.states[static_cast<std::size_t>(state)].name;
}

std::string edge_text(const Model& model, const CausalEdge& edge) {
  return node_name(model, edge.from) + " -> " + node_name(model, edge.to);
}

std::string loop_text(const LoopsReport& report, const CausalLoop& loop) {
  std::string text;
  for (const std::size_t edge : loop) text += node_name(report.model, report.loops.edges[edge].from) + " -> ";
  return text + node_name(report.model, report.loops.edges[loop.front()].from);
}

const Outcome& outcome_of(const LoopsReport& report, const RankedLoops& ranked) {
  return report.model.outcomes[static_cast<std::size_t>(report.outcomes[ranked.outcome].outcome)];
}

std::string ranking_text(const LoopsReport& report, const RankedLoops& ranked) {
  const Outcome& outcome = outcome_of(report, ranked);
  const int decimals = outcome.decimals + 1;
  std::string text =
      fmt::format("\n{}, {}, {}\n\n  {:>9}  {:<20}  {:<30}  {}\n", report.outcomes[ranked.outcome].label_en,
                  outcome.population_en, outcome.unit, "change", "", "of which edge", "loop");
  for (std::size_t i = 0; i < std::min(kLoopsInPrint, ranked.order.size()); ++i) {
    const std::size_t loop = ranked.order[i];
    const PairedDifference& change = ranked.changes[ranked.weakest[loop]];
    text += fmt::format(
        "  {:>9}  {:<20}  {:<30}  {}\n", fixed_text(change.mean, decimals), interval_text(change, decimals),
        edge_text(report.model, report.loops.edges[ranked.weakest[loop]]), loop_text(report, report.loops.loops[loop]));
  }
  return text;
}

nlohmann::ordered_json ranking_json(const LoopsReport& report, const RankedLoops& ranked) {
  nlohmann::ordered_json edges = nlohmann::ordered_json::array(), loops = edges;
  for (std::size_t edge = 0; edge < ranked.changes.size(); ++edge)
    edges.push_back({{"from", node_name(report.model, report.loops.edges[edge].from)},
                     {"to", node_name(report.model, report.loops.edges[edge].to)},
                     {"change", interval_json(ranked.changes[edge])}});
  for (const std::size_t loop : ranked.order) {
    nlohmann::ordered_json nodes = nlohmann::ordered_json::array();
    for (const std::size_t edge : report.loops.loops[loop])
      nodes.push_back(node_name(report.model, report.loops.edges[edge].from));
    loops.push_back({{"loop", nodes},
                     {"weakest_edge", ranked.weakest[loop]},
                     {"change", interval_json(ranked.changes[ranked.weakest[loop]])}});
  }
  return {{"outcome", report.outcomes[ranked.outcome].id},
          {"unit", outcome_of(report, ranked).unit},
          {"edges", edges},
          {"loops", loops}};
}

std::vector<std::string> loop_notes(const LoopsReport& report) {
  std::vector<std::string> notes(std::begin(kLoopNotes), std::end(kLoopNotes));
  notes.insert(notes.end(), report.notes.begin(), report.notes.end());
  return notes;
}

}  // namespace

std::string loops_text(const LoopsReport& report) {
  std::string text = fmt::format("{}: {} loops of at most {} edges, {} edges\n", study_text(report.plan),
                                 report.loops.loops.size(), kLongestLoop, report.loops.edges.size());
  for (const RankedLoops& ranked : report.ranked) text += ranking_text(report, ranked);
  text += "\n";
  for (const std::string& note : loop_notes(report)) text += note + "\n";
  return text;
}

std::string loops_json(const LoopsReport& report) {
  nlohmann::ordered_json all = study_json(report.plan);
  all["outcomes"] = nlohmann::ordered_json::array();
  for (const RankedLoops& ranked : report.ranked) all["outcomes"].push_back(ranking_json(report, ranked));
  all["notes"] = loop_notes(report);
  return all.dump(2) + "\n";
}

}  // namespace sleutel
