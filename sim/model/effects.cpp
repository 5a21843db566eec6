#include "sim/model/effects.h"

#include <algorithm>

#include "sim/base/math.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

using Rows = std::vector<const EvidenceRow*>;

Rows rows_of(const Reading& reading, const std::vector<std::string>& ids) {
  Rows rows;
  for (const std::string& id : ids) {
    if (const EvidenceRow* row = reading.evidence.find(id)) rows.push_back(row);
  }
  return rows;
}

bool is_within(double value, double low, double high) {
  constexpr double tolerance = 1e-9;
  return value >= low - tolerance && value <= high + tolerance;
}

/// Whether a value is that of the row, or within its interval.
bool agrees(const EvidenceRow& row, double value) {
  if (row.low && row.high && is_within(value, *row.low, *row.high)) return true;
  return row.value && is_within(value, *row.value, *row.value);
}

/// Whether a value is that of a row, or its inverse as near as its digits tell, and never further than one in a
/// hundred.
bool is_of_row(const source::Edge& edge, const EvidenceRow& row) {
  if (!row.value || !measure_of(row.measure)) return false;
  if (is_within(edge.written, *row.value, *row.value)) return true;
  const bool difference = edge.measure == Measure::standardised_difference;
  const double inverse = difference ? -*row.value : 1 / *row.value;
  double near = 0.5;
  for (int i = 0; i < edge.decimals; ++i) near /= 10;
  near = std::min(near, 0.01 * std::max(edge.written, -edge.written));
  return is_within(edge.written, inverse - near, inverse + near);
}

std::string row_text(const EvidenceRow& row) {
  std::string text = row.value ? number_text(*row.value) : "no value";
  if (row.low && row.high) text += " (" + number_text(*row.low) + " to " + number_text(*row.high) + ")";
  return text;
}

/// The value and measure of an edge against the one row that it cites.
void check_row(Reading& reading, const source::Edge& edge, const EvidenceRow& row, Change change) {
  const auto measure = measure_of(row.measure);
  if (!measure) {
    reading.add(edge.place, "evidence " + in_quotes(row.id) + " is a " + row.measure + ", not an effect",
                "cite a row with OR, RR, HR, IRR or d, or say in transferred: how this one is used");
    return;
  }
  if (*measure != edge.measure) {
    reading.add(edge.place,
                std::string(measure_key(edge.measure)) + " is not what evidence " + in_quotes(row.id) +
                    " gives: " + row.measure,
                std::string("write it as ") + measure_key(*measure) + ": it is converted by the documented formula");
    return;
  }
  const bool difference = *measure == Measure::standardised_difference;
  const double inverse = difference ? -edge.written : 1 / edge.written;
  if (agrees(row, edge.written) || (change == Change::end && agrees(row, inverse))) return;
  reading.add(
      edge.place,
      "the file says " + number_text(edge.written) + ", evidence " + in_quotes(row.id) + " says " + row_text(row),
      "write the published value, or say in transferred: why it differs");
}

/// Sign-only rows cannot give a size.
bool has_size(Reading& reading, const source::Edge& edge, const Rows& rows) {
  const bool any = std::any_of(rows.begin(), rows.end(), [](const EvidenceRow* row) { return row->measure != "sign"; });
  if (any || rows.empty()) return any;
  reading.add(edge.place, "evidence " + in_quotes(rows.front()->id) + " gives a direction only, no size",
              "cite a row assumption-... with an interval beside it");
  return false;
}

/// The baseline risk: of the edge, of a row it cites, or of the row it names. 0 and a problem if there is none.
double baseline_of(Reading& reading, const source::Edge& edge, Rows rows) {
  if (!edge.baseline_from.empty()) {
    const EvidenceRow* named = reading.evidence.find(edge.baseline_from);
    if (named == nullptr && !reading.evidence.whole) return 0;  // that rows could not be read was told
    if (named == nullptr) {
      reading.add(edge.place, "baseline_from: unknown evidence " + in_quotes(edge.baseline_from),
                  did_you_mean(edge.baseline_from, reading.evidence.ids()));
      return 0;
    }
    use_row(reading, *named, EvidenceUse::number, edge.path);
    rows.insert(rows.begin(), named);
  }
  auto risk = edge.baseline_risk;
  auto window = edge.window_years;
  for (const EvidenceRow* row : rows) {
    if (!risk) risk = row->baseline_risk;
    if (!window) window = row->window_years;
  }
  if (risk && window) return *risk;
  const std::string lacking = !risk ? (window ? "baseline_risk" : "baseline_risk and window_years") : "window_years";
  reading.add(edge.place, std::string(measure_key(edge.measure)) + " cannot become a hazard ratio without " + lacking,
              "give it in the edge or its evidence row, name a row in baseline_from:, or make the edge an assumption");
  return 0;
}

double shrink_of(const source::Shrink& shrink, const Rows& rows) {
  for (const EvidenceRow* row : rows) {
    if (!measure_of(row->measure)) continue;
    const auto factor = shrink.by_design.find(row->design);
    return factor == shrink.by_design.end() ? 1 : factor->second;
  }
  return 1;
}

const source::Edge* same_predictor(const std::vector<source::Edge>& edges, const std::string& predictor) {
  for (const source::Edge& edge : edges) {
    if (edge.predictor.text == predictor) return &edge;
  }
  return nullptr;
}

bool is_cross_sectional(const Reading& reading, const std::string& id) {
  const EvidenceRow* row = reading.evidence.find(id);
  return row != nullptr && row->design == "cross_sectional";
}

}  // namespace

double Effect::hazard_ratio() const { return math::exp2(log2_ratio); }

std::int32_t fixed_log(double log2_value) {
  constexpr double most = 2147483647;  // more is held here and refused by check_overflow
  const double scaled = std::clamp(log2_value * kLogUnit, -most, most);
  if (scaled <= -most || scaled >= most) return scaled < 0 ? -2147483647 : 2147483647;
  return static_cast<std::int32_t>(scaled < 0 ? scaled - 0.5 : scaled + 0.5);
}

bool is_of_rows(const Reading& reading, const source::Edge& edge) {
  const Rows rows = rows_of(reading, edge.evidence);
  if (rows.empty()) return true;  // none is there: told, or left out with what could not be read
  return std::any_of(rows.begin(), rows.end(), [&](const EvidenceRow* row) { return is_of_row(edge, *row); });
}

std::string kind_of_weight(const Reading& reading, const source::Addition& weight) {
  const Rows rows = rows_of(reading, weight.evidence);
  const bool of_rows = std::any_of(rows.begin(), rows.end(), [&](const EvidenceRow* row) {
    return row->measure == "table" || (row->value && is_within(weight.written, *row->value, *row->value));
  });
  return of_rows || rows.empty() ? kind_of(reading.evidence, weight.evidence) : "assumption";
}

Effect effect_of(Reading& reading, const source::Edge& edge, const source::Shrink& shrink, Change change) {
  Effect effect;
  const Rows rows = rows_of(reading, edge.evidence);
  effect.kind = kind_of(reading.evidence, edge.evidence);
  effect.unverified = any_unverified(reading.evidence, edge.evidence);
  const bool moved = !edge.transferred.empty() || !edge.baseline_from.empty();
  if (moved && effect.kind != "assumption") effect.kind = "transferred";
  if (edge.has_value && !is_of_rows(reading, edge)) effect.kind = "assumption";
  if (!edge.has_value || !has_size(reading, edge, rows)) return effect;
  for (const EvidenceRow* row : rows) {
    if (effect.measure.empty() && measure_of(row->measure)) effect.measure = row->measure;
  }
  if (rows.size() == 1 && edge.transferred.empty()) check_row(reading, edge, *rows.front(), change);
  double baseline = 0;
  if (needs_baseline(edge.measure)) {
    baseline = baseline_of(reading, edge, rows);
    if (baseline <= 0) return effect;
  }
  const Converted converted = hazard_ratio_of(edge.measure, edge.value, baseline);
  if (!converted.problem.empty()) {
    reading.add(edge.place, converted.problem, "check the baseline risk");
    return effect;
  }
  effect.log2_ratio = math::log2(converted.hazard_ratio) * shrink_of(shrink, rows) * edge.share;
  return effect;
}

void check_shared(Reading& reading, const source::State& state) {
  for (const source::Edge& end : state.end.edges) {
    const source::Edge* onset = same_predictor(state.onset.edges, end.predictor.text);
    if (onset == nullptr || onset->share + end.share <= 1 + 1e-9) continue;
    for (const std::string& id : end.evidence) {
      const bool both = std::find(onset->evidence.begin(), onset->evidence.end(), id) != onset->evidence.end();
      if (!both || !is_cross_sectional(reading, id)) continue;
      reading.add(end.place, "the cross-sectional row " + in_quotes(id) + " acts in full on both onset and end",
                  "write share: 0.5 in both edges, or keep one of them");
    }
  }
}

}  // namespace sleutel
