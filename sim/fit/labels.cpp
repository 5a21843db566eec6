#include <map>

#include "sim/base/text.h"
#include "sim/fit/figure.h"
#include "sim/input/yaml.h"

namespace sleutel {
namespace {

struct Citation {
  std::string path;
  bool by_edge = false;  ///< of the matrix; a response's edge is an input like its table
};

bool is_edge(const std::string& path) {
  const bool of_matrix = path.rfind("states.", 0) == 0 || path.rfind("events.", 0) == 0;
  return of_matrix && path.find(".edges.") != std::string::npos;
}

/// Every evidence row that a model file cites, with the first place that does; a place that is no edge comes first.
void list_citations(const Node& node, std::map<std::string, Citation>& cited) {
  if (const Node* evidence = node.find("evidence")) {
    std::vector<Problem> none;
    for (const std::string& id : Reader(none).as_words(*evidence).value_or(std::vector<std::string>{})) {
      const Citation here{node.path, is_edge(node.path)};
      const auto [at, is_new] = cited.emplace(id, here);
      if (!is_new && at->second.by_edge && !here.by_edge) at->second = here;
    }
  }
  for (const Node& item : node.items) list_citations(item, cited);
}

void add_at(Reading& reading, const PublishedFigure& figure, const std::string& what, const std::string& suggestion) {
  reading.add({figure.file, figure.line, figure.column, "figures." + figure.id, what, suggestion});
}

void check_input(Reading& reading, const std::map<std::string, Citation>& cited, const FigureList& list) {
  for (const PublishedFigure& figure : list.figures) {
    const auto at = figure.evidence.empty() ? cited.end() : cited.find(figure.evidence);
    if (at == cited.end()) continue;
    if (at->second.by_edge && list.label == kCalibratedOn) continue;
    add_at(reading, figure,
           "has two labels: " + list.label + ", and input, as " + at->second.path + " cites " + figure.evidence,
           at->second.by_edge ? "what an edge was made from can be a target, but not held out"
                              : "an input is met by construction: take the figure out");
  }
}

/// The same id, or the same number from the same evidence row.
bool same_figure(const PublishedFigure& one, const PublishedFigure& other) {
  const bool same_row = !one.evidence.empty() && one.evidence == other.evidence && one.published == other.published;
  const bool same_source = one.source == other.source && one.published == other.published;
  return one.id == other.id || same_row || same_source;
}

}  // namespace

void check_labels(Reading& reading, const Model& model, const FigureList& one, const FigureList& other) {
  std::vector<Problem> of_model;  // it was read without any
  std::map<std::string, Citation> cited;
  if (const auto root = parse_yaml(model.model_yaml, "the model", of_model)) list_citations(*root, cited);
  check_input(reading, cited, one);
  check_input(reading, cited, other);
  for (const PublishedFigure& figure : one.figures) {
    for (const PublishedFigure& twin : other.figures) {
      if (!same_figure(figure, twin)) continue;
      add_at(reading, figure,
             "has two labels: " + one.label + ", and " + other.label + " at " + twin.file + ":" +
                 std::to_string(twin.line) + " (" + twin.id + ")",
             "keep it in one of the two files");
    }
  }
}

}  // namespace sleutel
