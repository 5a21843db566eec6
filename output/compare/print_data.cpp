#include <cmath>
#include <nlohmann/json.hpp>

#include "output/compare/json_number.h"
#include "output/compare/notes.h"
#include "output/compare/print.h"
#include "output/compare/print_fields.h"

namespace sleutel {
namespace {

using Json = nlohmann::ordered_json;

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

std::string csv_line(const ComparisonRow& row, const std::vector<std::string>& notes) {
  const PairedDifference& d = row.difference;
  return csv_row({csv_field(row.scenario), csv_field(row.outcome), csv_field(row.label), csv_field(row.unit),
                  csv_field(row.group), std::to_string(row.year), csv_field(row.baseline), csv_field(row.value),
                  csv_field(d.mean), csv_field(d.low), csv_field(d.high), std::to_string(d.pairs),
                  csv_field(words(row.verdict)), csv_field(row.matters), csv_field(row.definition),
                  csv_field(joined_notes(notes))});
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
