#include <algorithm>
#include <array>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/model/edge_rows.h"
#include "sim/model/print_model.h"

namespace sleutel {
namespace {

constexpr std::size_t kColumns = 6;
constexpr std::size_t kValueColumn = 1;  ///< numbers stand to the right
using Cells = std::array<std::string, kColumns>;

/// The kind of the edge at this path, which also knows what was transferred; else of the parameter's evidence.
std::string kind_of(const Model& model, const Parameter& parameter) {
  for (const Edge& edge : model.edges)
    if (edge.path == parameter.path) return edge.kind;
  return parameter.kind.empty() ? "-" : parameter.kind;
}

Cells cells_of(const Model& model, const Parameter& parameter) {
  const std::string interval = interval_text(parameter);
  return {parameter.path,
          number_text(parameter.value),
          parameter.unit,
          interval.empty() ? "-" : interval,
          kind_of(model, parameter),
          parameter.evidence.empty() ? "-" : marked_evidence(model, parameter.evidence)};
}

}  // namespace

std::string parameters_text(const Model& model) {
  std::vector<Cells> rows = {{"path", "value", "unit", "95% interval", "kind", "evidence"}};
  for (const Parameter& parameter : model.parameters) rows.push_back(cells_of(model, parameter));
  std::array<std::size_t, kColumns> width{};
  for (const Cells& row : rows)
    for (std::size_t i = 0; i < kColumns; ++i) width[i] = std::max(width[i], row[i].size());
  std::string text;
  for (const Cells& row : rows) {
    for (std::size_t i = 0; i < kColumns; ++i) {
      const std::string space(width[i] - row[i].size(), ' ');
      const bool last = i + 1 == kColumns;
      text += (i == kValueColumn ? space + row[i] : row[i] + (last ? "" : space)) + (last ? "\n" : "  ");
    }
  }
  return text + "\n" + counted(model.parameters.size(), "parameter") +
         ". A scenario changes one by `set: {path: value}`.\n";
}

}  // namespace sleutel
