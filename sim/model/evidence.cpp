#include "sim/model/evidence.h"

#include <algorithm>

#include "sim/base/files.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/input/csv.h"

namespace sleutel {
namespace {

const std::vector<std::string> kColumns = {
    "id",           "kind",  "design", "effect",  "cause",     "outcome",       "life_stage",
    "measure",      "value", "low",    "high",    "unit",      "baseline_risk", "window_years",
    "adjusted_for", "study", "year",   "country", "reference", "verified",      "note"};
const std::vector<std::string> kKinds = {"measured", "transferred", "expert", "lived_experience", "assumption"};
const std::vector<std::string> kDesigns = {"trial", "within", "cohort", "cross_sectional", "none"};
const std::vector<std::string> kEffects = {"total", "direct", ""};
const std::vector<std::string> kMeasures = {"OR",      "RR",    "HR",    "IRR",    "d",     "prob",
                                            "rate",    "share", "ratio", "points", "years", "months",
                                            "utility", "eur",   "count", "table",  "pct",   "sign"};
constexpr std::string_view kAssumption = "assumption-";
constexpr std::string_view kUnknown = "unknown";

bool is_effect(const std::string& measure) {
  return measure == "OR" || measure == "RR" || measure == "HR" || measure == "IRR" || measure == "d";
}

std::string one_of(const CsvTable& table, std::size_t row, const char* column,
                   const std::vector<std::string>& choices) {
  const std::string& text = table.text(row, column);
  if (std::find(choices.begin(), choices.end(), text) != choices.end()) return text;
  const std::string near = did_you_mean(text, choices);
  table.report(row, column, "unknown " + std::string(column) + " " + found_text(text),
               near.empty() ? "it is one of " + listed(choices) : near);
  return choices.front();
}

void check_assumption(const CsvTable& table, std::size_t at, const EvidenceRow& row) {
  const bool named = row.id.rfind(kAssumption, 0) == 0;
  if (named != row.is_assumption()) {
    table.report(at, "id", "an id begins with assumption- if and only if the kind is assumption",
                 "rename it or change its kind");
  }
  if (row.is_assumption() && row.measure != "table" && (!row.low || !row.high)) {
    table.report(at, "low", "an assumption needs its interval: low and high");
  }
}

void check_numbers(const CsvTable& table, std::size_t at, const EvidenceRow& row) {
  const bool has_size = row.measure != "sign" && row.measure != "table";
  if (has_size && !row.value) table.report(at, "value", "the value is missing", "a direction without a size is a sign");
  if (row.low && row.high && *row.low > *row.high) table.report(at, "low", "low is above high");
  const bool outside = row.value && row.low && row.high && (*row.value < *row.low || *row.value > *row.high);
  if (outside) table.report(at, "value", "the value lies outside its interval");
  const bool ratio = is_effect(row.measure) && row.measure != "d";
  if (ratio && row.value && *row.value <= 0) table.report(at, "value", "a ratio is above 0");
}

bool is_unknown(const CsvTable& table, std::size_t at, const char* bound) { return table.text(at, bound) == kUnknown; }

std::optional<double> bound_at(const CsvTable& table, std::size_t at, const char* bound) {
  return is_unknown(table, at, bound) ? std::nullopt : table.maybe_number(at, bound);
}

void check_bounds(const CsvTable& table, std::size_t at) {
  if (is_unknown(table, at, "low") == is_unknown(table, at, "high")) return;
  table.report(at, "low", "one bound of the interval is unknown, the other is not",
               "write two numbers, or unknown in both");
}

/// What the row may only lack while nothing uses it. A ratio and a standardised difference are their own units, a
/// direction and an assumption were published nowhere in a year.
std::vector<Lack> lacks_of(const CsvTable& table, std::size_t at, const EvidenceRow& row) {
  std::vector<Lack> lacks;
  const bool is_number = row.measure != "sign";
  if (is_number && !is_effect(row.measure) && row.unit.empty())
    lacks.push_back({EvidenceUse::number, table.problem(at, "unit", "no unit", "write it, such as 1/year or share")});
  if (row.is_assumption()) return lacks;
  if (row.year.empty())
    lacks.push_back(
        {EvidenceUse::number, table.problem(at, "year", "no year", "write that of the figure, or of its publication")});
  const bool said = (row.low && row.high) || is_unknown(table, at, "low") || is_unknown(table, at, "high");
  if (is_number && !said)
    lacks.push_back({EvidenceUse::edge, table.problem(at, "low", "no interval",
                                                      "write low and high, or unknown in both where none is known")});
  return lacks;
}

EvidenceRow row_at(const CsvTable& table, std::size_t at) {
  EvidenceRow row;
  row.id = table.required_text(at, "id");
  row.kind = one_of(table, at, "kind", kKinds);
  row.design = one_of(table, at, "design", kDesigns);
  row.effect = one_of(table, at, "effect", kEffects);
  row.measure = one_of(table, at, "measure", kMeasures);
  row.value = table.maybe_number(at, "value");
  row.low = bound_at(table, at, "low");
  row.high = bound_at(table, at, "high");
  row.baseline_risk = table.maybe_number(at, "baseline_risk", Range{.above = 0, .below = 1});
  row.window_years = table.maybe_number(at, "window_years", Range{.above = 0});
  row.verified = one_of(table, at, "verified", {"no", "yes"}) == "yes";
  row.cause = table.text(at, "cause");
  row.outcome = table.text(at, "outcome");
  row.life_stage = table.text(at, "life_stage");
  row.unit = table.text(at, "unit");
  row.adjusted_for = table.text(at, "adjusted_for");
  row.study = table.text(at, "study");
  row.year = table.text(at, "year");
  row.country = table.text(at, "country");
  row.reference = table.text(at, "reference");
  row.note = table.text(at, "note");
  row.file = table.file();
  row.line = table.line(at);
  row.lacks = lacks_of(table, at, row);
  return row;
}

void check_row(const CsvTable& table, std::size_t at, const EvidenceRow& row) {
  check_assumption(table, at, row);
  check_bounds(table, at);
  check_numbers(table, at, row);
  if (!row.is_assumption() && row.study.empty() && row.reference.empty()) {
    table.report(at, "study", "no source: study and reference are both empty");
  }
}

void read_one(const std::string& file, Evidence& evidence, std::vector<Problem>& problems) {
  const std::size_t before = problems.size();
  const auto text = read_file(file, problems);
  const auto table = text ? parse_csv(*text, file, kColumns, problems) : std::nullopt;
  evidence.whole = evidence.whole && problems.size() == before;
  if (!table) return;
  evidence.text += "# " + file.substr(file.rfind('/') + 1) + "\n" + *text;
  table->only_columns(kColumns);
  for (std::size_t at = 0; at < table->rows(); ++at) {
    const EvidenceRow row = row_at(*table, at);
    check_row(*table, at, row);
    const auto [first, is_new] = evidence.rows.emplace(row.id, row);
    if (is_new) continue;
    table->report(at, "id",
                  "the id " + in_quotes(row.id) + " stands twice; the first stands at " + first->second.file + ":" +
                      std::to_string(first->second.line));
  }
}

}  // namespace

std::string EvidenceRow::text() const {
  std::string text = kind + (design == "none" ? "" : ", " + design) + ": " + cause;
  if (!outcome.empty()) text += " -> " + outcome;
  text += ", " + measure;
  if (value) text += " " + number_text(*value);
  if (low && high) text += " (" + number_text(*low) + " to " + number_text(*high) + ")";
  if (!unit.empty()) text += " " + unit;
  text += ". " + study;
  if (!year.empty()) text += " " + year;
  if (!country.empty()) text += ", " + country;
  if (!reference.empty()) text += ", " + reference;
  if (is_unverified()) text += " (not verified)";
  if (!note.empty()) text += ". " + note;
  return text;
}

const EvidenceRow* Evidence::find(const std::string& id) const {
  const auto found = rows.find(id);
  return found == rows.end() ? nullptr : &found->second;
}

std::vector<std::string> Evidence::ids() const {
  std::vector<std::string> all;
  for (const auto& [id, row] : rows) all.push_back(id);
  return all;
}

Evidence read_evidence(const std::string& folder, std::vector<Problem>& problems) {
  Evidence evidence;
  const std::vector<std::string> files = files_in(folder, ".csv");
  if (files.empty()) problems.push_back({folder, 0, 0, "", "there is no evidence here: no file *.csv", ""});
  evidence.whole = !files.empty();
  for (const std::string& file : files) read_one(folder + "/" + file.substr(file.rfind('/') + 1), evidence, problems);
  return evidence;
}

bool any_unverified(const Evidence& evidence, const std::vector<std::string>& ids) {
  return std::any_of(ids.begin(), ids.end(), [&](const std::string& id) {
    const EvidenceRow* row = evidence.find(id);
    return row != nullptr && row->is_unverified();
  });
}

std::string kind_of(const Evidence& evidence, const std::vector<std::string>& ids) {
  std::string kind;
  for (const std::string& id : ids) {
    const EvidenceRow* row = evidence.find(id);
    if (row == nullptr) continue;
    const bool stronger = row->is_assumption() || (row->kind == "transferred" && kind != "assumption");
    if (kind.empty() || stronger) kind = row->kind;
  }
  return kind;
}

}  // namespace sleutel
