#include <cmath>
#include <nlohmann/json.hpp>

#include "output/compare/json_number.h"
#include "output/compare/print_fields.h"
#include "output/compare/print_inequality.h"

namespace sleutel {
namespace {

using Json = nlohmann::ordered_json;

Json levels_of(const std::vector<double>& levels) {
  Json all = Json::array();
  for (const double level : levels) all.push_back(number_or_null(level));
  return all;
}

std::string verdict_of(const Results& results, const ComparisonRow& row) {
  return row.scenario == results.scenarios.front() ? "" : words(row.verdict);
}

Json object_of(const Results& results, const InequalityRow& one, const InequalityOptions& options) {
  const ComparisonRow& row = one.row;
  return {{"scenario", row.scenario},
          {"outcome", row.outcome},
          {"outcome_label", one.outcome_label},
          {"measure", one.measure},
          {"label", row.label},
          {"by", row.group},
          {"year", row.year},
          {"baseline", number_or_null(row.baseline)},
          {"value", number_or_null(row.value)},
          {"difference", number_or_null(row.difference.mean)},
          {"low", number_or_null(row.difference.low)},
          {"high", number_or_null(row.difference.high)},
          {"replicates", row.difference.pairs},
          {"verdict", verdict_of(results, row)},
          {"matters", row.matters},
          {"fifths_of_baseline", levels_of(one.fifths_of_baseline)},
          {"fifths", levels_of(one.fifths)},
          {"aversion", options.aversion},
          {"comparisons", one.comparisons},
          {"definition", row.definition},
          {"notes", inequality_notes(results, {one}, options)}};
}

std::string line_of(const Results& results, const InequalityRow& one, const InequalityOptions& options) {
  const ComparisonRow& row = one.row;
  const PairedDifference& d = row.difference;
  return csv_row({csv_field(row.scenario), csv_field(row.outcome), csv_field(one.outcome_label), csv_field(one.measure),
                  csv_field(row.label), csv_field(row.group), std::to_string(row.year), csv_field(row.baseline),
                  csv_field(row.value), csv_field(d.mean), csv_field(d.low), csv_field(d.high), std::to_string(d.pairs),
                  csv_field(verdict_of(results, row)), csv_field(row.matters), csv_field(options.aversion),
                  std::to_string(one.comparisons), csv_field(row.definition),
                  csv_field(joined_notes(inequality_notes(results, {one}, options)))});
}

}  // namespace

std::string inequality_json(const Results& results, const std::vector<InequalityRow>& rows,
                            const InequalityOptions& options) {
  Json all = Json::array();
  for (const InequalityRow& row : rows) all.push_back(object_of(results, row, options));
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string inequality_csv(const Results& results, const std::vector<InequalityRow>& rows,
                           const InequalityOptions& options) {
  std::string text =
      "scenario,outcome,outcome_label,measure,label,by,year,baseline,value,difference,low,high,replicates,verdict,"
      "matters,"
      "aversion,comparisons,definition,notes\n";
  for (const InequalityRow& row : rows) text += line_of(results, row, options);
  return text;
}

}  // namespace sleutel
