#include <cmath>
#include <nlohmann/json.hpp>

#include "output/compare/notes.h"
#include "output/compare/print.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

using Json = nlohmann::ordered_json;

Json number_or_null(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json object_of(const ComparisonRow& row, const std::vector<std::string>& notes) {
  return {{"scenario", row.scenario},
          {"outcome", row.outcome},
          {"label", row.label},
          {"unit", row.unit},
          {"group", row.group},
          {"year", row.year},
          {"baseline", number_or_null(row.baseline)},
          {"value", number_or_null(row.value)},
          {"difference", number_or_null(row.difference.mean)},
          {"low", number_or_null(row.difference.low)},
          {"high", number_or_null(row.difference.high)},
          {"replicates", row.difference.pairs},
          {"verdict", words(row.verdict)},
          {"matters", row.matters},
          {"definition", row.definition},
          {"notes", notes}};
}

std::string field(const std::string& text) {
  if (text.find_first_of(",\"\n\r") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

std::string field(double value) { return std::isfinite(value) ? number_text(value) : ""; }

std::string joined(const std::vector<std::string>& notes) {
  std::string text;
  for (const auto& note : notes) text += (text.empty() ? "" : "; ") + note;
  return text;
}

std::string csv_line(const ComparisonRow& row, const std::vector<std::string>& notes) {
  const PairedDifference& d = row.difference;
  const std::vector<std::string> fields = {field(row.scenario),
                                           field(row.outcome),
                                           field(row.label),
                                           field(row.unit),
                                           field(row.group),
                                           std::to_string(row.year),
                                           field(row.baseline),
                                           field(row.value),
                                           field(d.mean),
                                           field(d.low),
                                           field(d.high),
                                           std::to_string(d.pairs),
                                           field(words(row.verdict)),
                                           field(row.matters),
                                           field(row.definition),
                                           field(joined(notes))};
  std::string line;
  for (std::size_t i = 0; i < fields.size(); ++i) line += (i == 0 ? "" : ",") + fields[i];
  return line + "\n";
}

/// The notes that belong to this row alone.
std::vector<std::string> notes_of_row(const Results& results, const ComparisonRow& row) {
  return notes_for(results, {row});
}

}  // namespace

std::string comparison_json(const Results& results, const std::vector<ComparisonRow>& rows) {
  Json all = Json::array();
  for (const auto& row : rows) all.push_back(object_of(row, notes_of_row(results, row)));
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string comparison_csv(const Results& results, const std::vector<ComparisonRow>& rows) {
  std::string text =
      "scenario,outcome,label,unit,group,year,baseline,value,difference,low,high,replicates,verdict,matters,definition,"
      "notes\n";
  for (const auto& row : rows) text += csv_line(row, notes_of_row(results, row));
  return text;
}

}  // namespace sleutel
