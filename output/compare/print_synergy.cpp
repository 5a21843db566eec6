#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "output/compare/json_number.h"
#include "output/compare/print_fields.h"
#include "output/compare/synergy.h"
#include "output/compare/table.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

using Json = nlohmann::ordered_json;

std::string parts_text(const Package& package) {
  std::string text;
  for (const std::string& part : package.parts) text += (text.empty() ? "" : " + ") + part;
  return text;
}

std::string interval_text(const PairedDifference& difference, int decimals) {
  if (!difference.has_interval()) return "(no interval)";
  return "(" + printed_signed(difference.low, decimals) + " to " + printed_signed(difference.high, decimals) + ")";
}

std::string percent_text(double ratio) {
  return std::isfinite(ratio) ? fmt::format("{:.0f}%", 100 * ratio) : std::string("-");
}

/// A line of cells: what, together, sum, more, interval, percent, verdict.
std::vector<std::string> cells_of(const SynergyRow& row) {
  const int decimals = row.decimals + 1;  // of differences of differences
  return {"  " + row.label,
          printed_signed(row.together.mean, decimals),
          printed_signed(row.sum.mean, decimals),
          printed_signed(row.more.mean, decimals) + "  " + interval_text(row.more, decimals),
          percent_text(row.ratio),
          words(row.verdict)};
}

std::string block_of(const std::string& heading, const std::vector<const SynergyRow*>& rows) {
  std::vector<std::vector<std::string>> lines = {
      {heading, "together", "sum of parts", "more than the sum (95%, chance only)", "of the sum", ""}};
  for (const SynergyRow* row : rows) lines.push_back(cells_of(*row));
  std::vector<std::size_t> widths(lines.front().size(), 0);
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], width_of(line[i]));
  std::string text;
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const std::string blank(widths[i] - width_of(line[i]), ' ');
      const bool to_the_left = i == 0 || i == 3 || i + 1 == line.size();
      text += (i == 0 ? "" : "  ") + (to_the_left ? line[i] + blank : blank + line[i]);
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += "\n";
  }
  return text;
}

std::string heading_of_package(const SynergyRow& row) {
  return row.package.scenario + " against " + parts_text(row.package) + ", in " + std::to_string(row.year);
}

Json difference_json(const PairedDifference& difference) {
  return {{"mean", number_or_null(difference.mean)},
          {"low", number_or_null(difference.low)},
          {"high", number_or_null(difference.high)}};
}

Json json_of_row(const SynergyRow& row, const std::vector<std::string>& notes) {
  Json parts = Json::array();
  for (std::size_t i = 0; i < row.parts.size(); ++i) {
    Json part = {{"scenario", row.package.parts[i]}};
    part.update(difference_json(row.parts[i]));
    parts.push_back(part);
  }
  return {{"package", row.package.scenario},
          {"outcome", row.outcome},
          {"label", row.label},
          {"unit", row.unit},
          {"year", row.year},
          {"together", difference_json(row.together)},
          {"parts", parts},
          {"sum_of_parts", difference_json(row.sum)},
          {"more_than_the_sum", difference_json(row.more)},
          {"ratio", number_or_null(row.ratio)},
          {"replicates", row.more.pairs},
          {"verdict", words(row.verdict)},
          {"matters", row.matters},
          {"notes", notes}};
}

}  // namespace

std::string synergy_text(const Results& results, const std::vector<SynergyRow>& rows,
                         const std::vector<std::string>& notes) {
  std::string text = results.study + ": " + results.question + "\n";
  for (std::size_t first = 0; first < rows.size();) {
    const std::string heading = heading_of_package(rows[first]);
    std::vector<const SynergyRow*> block;
    for (; first < rows.size() && heading_of_package(rows[first]) == heading; ++first) block.push_back(&rows[first]);
    text += "\n" + block_of(heading, block);
  }
  text += "Differences from the baseline. More than the sum: the package less its parts, future by future.\n";
  for (const std::string& note : notes) text += note + "\n";
  return text;
}

std::string synergy_json(const std::vector<SynergyRow>& rows, const std::vector<std::string>& notes) {
  Json all = Json::array();
  for (const SynergyRow& row : rows) all.push_back(json_of_row(row, notes));
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string synergy_csv(const std::vector<SynergyRow>& rows, const std::vector<std::string>& notes) {
  std::string text =
      "package,parts,outcome,label,unit,year,together,together_low,together_high,sum_of_parts,sum_low,sum_high,"
      "more_than_the_sum,low,high,ratio,replicates,verdict,matters,notes\n";
  for (const SynergyRow& row : rows) {
    std::vector<std::string> fields = {csv_field(row.package.scenario),
                                       csv_field(parts_text(row.package)),
                                       csv_field(row.outcome),
                                       csv_field(row.label),
                                       csv_field(row.unit),
                                       std::to_string(row.year)};
    for (const PairedDifference* difference : {&row.together, &row.sum, &row.more})
      for (const double value : {difference->mean, difference->low, difference->high})
        fields.push_back(csv_field(value));
    const std::vector<std::string> rest = {csv_field(row.ratio), std::to_string(row.more.pairs),
                                           csv_field(words(row.verdict)), csv_field(row.matters),
                                           csv_field(joined_notes(notes))};
    fields.insert(fields.end(), rest.begin(), rest.end());
    text += csv_row(fields);
  }
  return text;
}

}  // namespace sleutel
