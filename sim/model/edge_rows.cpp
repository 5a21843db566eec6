#include "sim/model/edge_rows.h"

#include <algorithm>

#include "sim/base/math.h"
#include "sim/base/numbers.h"
#include "sim/model/compile_matrix.h"
#include "sim/model/print_model.h"

namespace sleutel {

std::vector<const Edge*> edges_on(const Model& model, int state, Change change) {
  std::vector<const Edge*> found;
  for (const Edge& edge : model.edges) {
    if (edge.to_state == state && edge.change == change) found.push_back(&edge);
  }
  std::sort(found.begin(), found.end(), [](const Edge* one, const Edge* other) { return one->from < other->from; });
  return found;
}

const Parameter* parameter_at(const Model& model, const std::string& path) {
  for (const Parameter& parameter : model.parameters) {
    if (parameter.path == path) return &parameter;
  }
  return nullptr;
}

std::string change_text(const Model& model, int state, Change change) {
  if (model.states[static_cast<std::size_t>(state)].is_event) return "happens";
  return change == Change::begin ? "onset" : "end";
}

std::string published_text(const Model& model, const Edge& edge) {
  std::string text = edge.measure + " " + number_text(edge.published);
  const Parameter* parameter = parameter_at(model, edge.path);
  if (parameter != nullptr && !interval_text(*parameter).empty()) text += " (" + interval_text(*parameter) + ")";
  if (!edge.per.empty()) text += " per " + edge.per;
  return text;
}

std::string interval_text(const Parameter& parameter) {
  if (parameter.low == 0 && parameter.high == 0) return "";
  return number_text(parameter.low) + " to " + number_text(parameter.high);
}

std::string marked_evidence(const Model& model, const std::string& ids) {
  std::string text;
  for (std::size_t start = 0; start < ids.size();) {
    const std::size_t end = std::min(ids.find(", ", start), ids.size());
    const std::string id = ids.substr(start, end - start);
    const auto& unverified = model.evidence_unverified;
    text += (text.empty() ? "" : ", ") + id;
    if (std::binary_search(unverified.begin(), unverified.end(), id)) text += " (not verified)";
    start = end + 2;
  }
  return text;
}

std::string assumed_text(const Model& model) {
  return "Assumptions: " + fixed_text(model.share_assumed * 100, 1) +
         "% of the edges; with those that stand on evidence that is not verified: " +
         fixed_text(model.share_assumed_or_unverified * 100, 1) + "% (at most one in three).";
}

std::string unverified_text(const Model& model) {
  return std::to_string(model.evidence_unverified.size()) + " of the " + std::to_string(model.evidence_used) +
         " evidence rows used are not verified: published, but not checked against the publication.";
}

const char* level_text(Level level) {
  constexpr const char* texts[] = {"resident", "household", "couple"};
  return texts[static_cast<int>(level)];
}

const char* kind_text(StateKind kind) {
  constexpr const char* texts[] = {"stressor", "condition", "behaviour", "situation", "mood", "history", "event"};
  return texts[static_cast<int>(kind)];
}

double rate_at(const Model& model, int state, Change change, int age, int sex) {
  const Matrix& matrix = model.matrix[static_cast<std::size_t>(model.states[static_cast<std::size_t>(state)].level)];
  const LanePlace lane = lane_of(matrix, state);
  if (lane.vector < 0 || matrix.cells == 0) return -1;
  const bool begin = change == Change::begin;
  const auto& base = begin ? matrix.base_begin : matrix.base_end;
  const auto& closed = begin ? matrix.closed_begin : matrix.closed_end;
  const int per_age_sex = matrix.cells / ((kMaxAge + 1) * 2);
  double sum = 0;
  int open = 0;
  for (int i = 0; i < per_age_sex; ++i) {
    const auto cell = static_cast<std::size_t>((age * 2 + sex) * per_age_sex + i);
    const std::size_t at = cell * static_cast<std::size_t>(matrix.vectors) + static_cast<std::size_t>(lane.vector);
    if (((closed[at] >> lane.lane) & 1) != 0) continue;
    sum += math::exp2(static_cast<double>(base[at].at[static_cast<std::size_t>(lane.lane)]) / kLogUnit);
    ++open;
  }
  return open == 0 ? -1 : sum / open;
}

}  // namespace sleutel
