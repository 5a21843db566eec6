#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "output/compare/print_fields.h"
#include "output/compare/programmes.h"
#include "output/compare/table.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

using Json = nlohmann::ordered_json;

std::string whole(double value) { return with_thousands(value, 0); }

std::string euros_text(double value) { return "EUR " + with_thousands(value, 0); }

/// What is in the columns of a programme, as printed.
std::vector<std::string> cells_of(const ProgrammeRow& row) {
  return {whole(row.eligible),    whole(row.applied),
          whole(row.started),     std::isnan(row.wait) ? "-" : with_thousands(row.wait, 1),
          whole(row.gave_up),     whole(row.finished),
          whole(row.stopped),     whole(row.waiting),
          whole(row.taking_part), whole(row.euros)};
}

const std::vector<std::string>& heads() {
  static const std::vector<std::string> all = {"eligible", "applied", "started", "months waited", "gave up",
                                               "finished", "stopped", "waiting", "taking part",   "EUR"};
  return all;
}

std::string set_right(const std::string& text, std::size_t width) {
  return std::string(width > text.size() ? width - text.size() : 0, ' ') + text;
}

/// Rows of one scenario as a table under its heading.
std::string table_of(const std::string& heading, const std::vector<const ProgrammeRow*>& rows, bool by_year) {
  std::vector<std::vector<std::string>> lines = {{heading}};
  lines.front().insert(lines.front().end(), heads().begin(), heads().end());
  for (const ProgrammeRow* row : rows) {
    lines.push_back({"  " + row->programme + (by_year ? ", " + row->years : "")});
    const auto cells = cells_of(*row);
    lines.back().insert(lines.back().end(), cells.begin(), cells.end());
  }
  std::vector<std::size_t> widths(lines.front().size(), 0);
  for (const auto& line : lines)
    for (std::size_t i = 0; i < line.size(); ++i) widths[i] = std::max(widths[i], line[i].size());
  std::string text;
  for (const auto& line : lines) {
    text += line[0] + std::string(widths[0] - line[0].size(), ' ');
    for (std::size_t i = 1; i < line.size(); ++i) text += "  " + set_right(line[i], widths[i]);
    text += "\n";
  }
  return text;
}

/// "  pays: municipality EUR 1,200, employer EUR 300".
std::string payers_line(const std::vector<const ProgrammeRow*>& rows) {
  std::string text;
  for (std::size_t payer = 0; payer < kPayers; ++payer) {
    double sum = 0;
    for (const ProgrammeRow* row : rows) sum += row->euros_by_payer[payer];
    if (sum > 0) text += (text.empty() ? "" : ", ") + std::string(kPayerNames[payer]) + " " + euros_text(sum);
  }
  return text.empty() ? "" : "  paid by: " + text + "\n";
}

std::string budget_line(const BudgetRow& row) {
  std::string text =
      fmt::format("  budget of {}: {}; spent {}, promised {}, left {}", row.budget, euros_text(row.euros),
                  euros_text(row.spent), euros_text(row.promised), euros_text(row.left));
  if (row.ran_out == 0) return text + "; it was enough\n";
  return text + fmt::format("; not enough in {} of {}, from {} on\n", row.ran_out,
                            counted(static_cast<std::size_t>(row.futures), "future"), row.first_year);
}

std::string futures_text(int futures) {
  return futures == 1 ? "one future" : "mean of " + std::to_string(futures) + " futures";
}

std::string scenario_text(const std::string& scenario, const std::vector<const ProgrammeRow*>& rows,
                          const std::vector<BudgetRow>& budgets) {
  const bool by_year = rows.size() > 1 && rows[0]->programme == rows[1]->programme;
  const std::string years = by_year ? "" : ", " + rows.front()->years;
  std::string text = table_of(scenario + years + ", " + futures_text(rows.front()->futures), rows, by_year);
  text += payers_line(rows);
  for (const BudgetRow& budget : budgets)
    if (budget.scenario == scenario) text += budget_line(budget);
  return text;
}

std::vector<std::string> notes_of_rows(const ProgrammeBooks& books, const std::vector<ProgrammeRow>& rows) {
  std::vector<std::string> notes;
  for (std::size_t i = 0; i < books.scenarios.size(); ++i) {
    const bool shown =
        std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row.scenario == books.scenarios[i]; });
    for (const std::string& note : shown ? books.notes[i] : std::vector<std::string>{})
      if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
  }
  return notes;
}

Json json_of(const ProgrammeRow& row, const std::vector<std::string>& notes) {
  Json payers = Json::object();
  for (std::size_t payer = 0; payer < kPayers; ++payer)
    if (row.euros_by_payer[payer] > 0) payers[std::string(kPayerNames[payer])] = row.euros_by_payer[payer];
  return {{"scenario", row.scenario},
          {"programme", row.programme},
          {"partner", row.partner},
          {"years", row.years},
          {"futures", row.futures},
          {"eligible", row.eligible},
          {"applied", row.applied},
          {"started", row.started},
          {"started_lowest", row.lowest_started},
          {"started_highest", row.highest_started},
          {"months_waited", std::isnan(row.wait) ? Json(nullptr) : Json(row.wait)},
          {"gave_up", row.gave_up},
          {"finished", row.finished},
          {"stopped", row.stopped},
          {"person_months", row.months},
          {"waiting", row.waiting},
          {"taking_part", row.taking_part},
          {"euros", row.euros},
          {"euros_lowest", row.lowest_euros},
          {"euros_highest", row.highest_euros},
          {"euros_by_payer", payers},
          {"notes", notes}};
}

Json json_of(const BudgetRow& row) {
  return {{"scenario", row.scenario},
          {"budget", row.budget},
          {"futures", row.futures},
          {"euros", row.euros},
          {"spent", row.spent},
          {"promised", row.promised},
          {"left", row.left},
          {"futures_without_money", row.ran_out},
          {"first_year_without_money", row.first_year > 0 ? Json(row.first_year) : Json(nullptr)},
          {"person_months_turned_down", row.turned_down}};
}

}  // namespace

std::string programmes_text(const ProgrammeBooks& books, const std::vector<ProgrammeRow>& rows,
                            const std::vector<BudgetRow>& budgets) {
  std::string text = books.study + ": " + books.question + "\n";
  if (rows.empty()) return text + "No scenario of this file uses a programme.\n";
  for (const std::string& scenario : books.scenarios) {
    std::vector<const ProgrammeRow*> of_it;
    for (const ProgrammeRow& row : rows)
      if (row.scenario == scenario) of_it.push_back(&row);
    if (!of_it.empty()) text += "\n" + scenario_text(scenario, of_it, budgets);
  }
  text += "Eligible: residents at a time. Months waited: of those who started. Waiting, taking part: at the end.\n";
  for (const std::string& note : notes_of_rows(books, rows)) text += note + "\n";
  return text;
}

std::string programmes_json(const ProgrammeBooks& books, const std::vector<ProgrammeRow>& rows,
                            const std::vector<BudgetRow>& budgets) {
  Json all = {{"programmes", Json::array()}, {"budgets", Json::array()}};
  for (const ProgrammeRow& row : rows) all["programmes"].push_back(json_of(row, notes_of_rows(books, {row})));
  for (const BudgetRow& row : budgets) all["budgets"].push_back(json_of(row));
  return all.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

std::string programmes_csv(const std::vector<ProgrammeRow>& rows) {
  std::string text =
      "scenario,programme,partner,years,futures,eligible,applied,started,started_lowest,started_highest,"
      "months_waited,gave_up,finished,stopped,person_months,waiting,taking_part,euros,euros_lowest,euros_highest";
  for (const std::string_view payer : kPayerNames) text += ",euros_" + std::string(payer);
  text += "\n";
  for (const ProgrammeRow& row : rows) {
    std::vector<std::string> fields = {csv_field(row.scenario), csv_field(row.programme), csv_field(row.partner),
                                       csv_field(row.years), std::to_string(row.futures)};
    for (const double value : {row.eligible, row.applied, row.started, row.lowest_started, row.highest_started,
                               row.wait, row.gave_up, row.finished, row.stopped, row.months, row.waiting,
                               row.taking_part, row.euros, row.lowest_euros, row.highest_euros})
      fields.push_back(csv_field(value));
    for (const double value : row.euros_by_payer) fields.push_back(csv_field(value));
    text += csv_row(fields);
  }
  return text;
}

}  // namespace sleutel
