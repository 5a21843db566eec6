#include "sim/model/programme_supply.h"

#include <algorithm>
#include <cmath>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/input/reader.h"
#include "sim/model/parse.h"
#include "sim/model/read_programme.h"

namespace sleutel {
namespace {

constexpr Range kChance{.min = 0, .max = 1};
constexpr Range kEuros{.min = 0, .max = 1e7};
constexpr Range kEurosPerYear{.min = 0, .max = 1e9};

std::int64_t cents_of(double euros) { return static_cast<std::int64_t>(std::floor(euros * 100 + 0.5)); }

void parse_duration(Reading& reading, const Node& root, Programme& programme) {
  programme.while_eligible = truth(reading, root, "while_eligible", false);
  const bool has_months = root.find("months") != nullptr;
  if (has_months == programme.while_eligible) {
    reading.add(
        root.problem("how long taking part lasts is not clear", "give one of months: 12 and while_eligible: true"));
    return;
  }
  if (has_months) programme.months = whole(reading, root, "months", 1, 255, std::nullopt);
}

template <class Names>
std::vector<std::string> as_words(const Names& names) {
  return {names.begin(), names.end()};
}

/// The stressors of a resident that the partner may lawfully see.
StateMask stressors_seen(const Model& model, const std::string& partner) {
  StateMask seen;
  for (std::size_t i = 0; i < model.states.size(); ++i) {
    const State& state = model.states[i];
    const bool visible = std::find(state.visible_to.begin(), state.visible_to.end(), partner) != state.visible_to.end();
    if (state.kind == StateKind::stressor && !state.is_rest && visible) seen.set(static_cast<int>(i));
  }
  return seen;
}

int places_in(Reading& reading, const Node& capacity) {
  constexpr int most = 1000000;
  const bool whole_number = capacity.find("places") != nullptr;
  const bool by_workers = capacity.find("caseworkers") != nullptr || capacity.find("caseload") != nullptr;
  if (whole_number == by_workers) {
    reading.add(capacity.problem("how many places there are is not clear",
                                 "give places: 200, or caseworkers: 5 and caseload: 40"));
    return 0;
  }
  if (whole_number) return whole(reading, capacity, "places", 1, most, std::nullopt);
  const double workers = required_number(reading, capacity, "caseworkers", Range{.max = 10000, .above = 0});
  const int caseload = whole(reading, capacity, "caseload", 1, 10000, std::nullopt);
  const auto places = static_cast<int>(std::floor(workers * caseload));
  if (places < 1)
    reading.add(capacity.problem("so many caseworkers have no place for anybody",
                                 "give more caseworkers, or a larger caseload"));
  return places;
}

/// Shares of the bill as they are written, in parts of kWholeBill.
PayerShares shares_in(Reading& reading, const Node& pays) {
  PayerShares shares{};
  int sum = 0;
  const std::size_t before = reading.problems.size();
  for (const Node& item : pays.items) {
    const auto name = std::find(kPayerNames.begin(), kPayerNames.end(), item.key);
    if (name == kPayerNames.end()) {
      const std::string near = did_you_mean(item.key, as_words(kPayerNames));
      reading.add(item.key_problem("unknown payer " + in_quotes(item.key),
                                   near.empty() ? "it is one of " + listed(as_words(kPayerNames)) : near));
      continue;
    }
    const double share = number(reading, item, Range{.max = 1, .above = 0}).value_or(0);
    const auto parts = static_cast<int>(std::floor(share * kWholeBill + 0.5));
    if (std::abs(share * kWholeBill - parts) > 1e-6)
      reading.add(item.problem("a share of the bill has at most four decimals"));
    shares[static_cast<std::size_t>(name - kPayerNames.begin())] = parts;
    sum += parts;
  }
  if (sum != kWholeBill && reading.problems.size() == before)
    reading.add(pays.problem("the shares of the bill add up to " + number_text(double{1} * sum / kWholeBill) +
                             " and must add up to 1"));
  return shares;
}

}  // namespace

void parse_taking_part(Reading& reading, const Node& root, Programme& programme) {
  parse_duration(reading, root, programme);
  if (const Node* uptake = Reader(reading.problems).required(root, "uptake")) {
    if (uptake->is_map()) allow_keys(reading, *uptake, {"value", "evidence", "note"});
    programme.uptake = cited_number(reading, *uptake, "value", "share", kShare);
  }
  const Node* stops = root.find("stops");
  if (stops == nullptr || !expect_map(reading, *stops, "per_month and evidence")) return;
  allow_keys(reading, *stops, {"per_month", "evidence", "note"});
  programme.stops = required_number(reading, *stops, "per_month", kChance);
  cited(reading, *stops);
}

std::string why_no_need(const Programme& programme) {
  if (programme.need != StateMask{}) return "";
  return "the partner " + in_quotes(programme.partner) + " may see no stressor, so it cannot tell who is most in need";
}

void parse_capacity(Reading& reading, const Node& root, const Model& model, Programme& programme) {
  programme.need = stressors_seen(model, programme.partner);
  if (const Node* capacity = root.find("capacity")) {
    if (!expect_map(reading, *capacity, "places, or caseworkers and caseload, and evidence")) return;
    allow_keys(reading, *capacity, {"places", "caseworkers", "caseload", "evidence", "note"});
    programme.places = places_in(reading, *capacity);
    cited(reading, *capacity);
  }
  const Node* waiting = root.find("waiting");
  if (waiting == nullptr) return;
  const int rule = choice(reading, root, "waiting", as_words(kWaitingRules), 0);
  if (rule >= 0) programme.waiting = static_cast<WaitingRule>(rule);
  if (programme.waiting != WaitingRule::most_in_need || programme.partner.empty()) return;
  if (const std::string why = why_no_need(programme); !why.empty())
    reading.add(waiting->problem(why, "write waiting: first_come or waiting: random"));
}

void parse_cost(Reading& reading, const Node& root, Programme& programme) {
  const Node* cost = Reader(reading.problems).required(root, "cost");
  if (cost != nullptr && expect_map(reading, *cost, "per_participant, price_year and evidence")) {
    allow_keys(reading, *cost, {"per_participant", "per_month", "fixed_per_year", "price_year", "evidence", "note"});
    const bool other = cost->find("per_month") != nullptr || cost->find("fixed_per_year") != nullptr;
    if (!other || cost->find("per_participant") != nullptr)
      programme.cost_cents_per_start = cents_of(required_number(reading, *cost, "per_participant", kEuros));
    programme.cost_cents_per_month = cents_of(optional_number(reading, *cost, "per_month", kEuros).value_or(0));
    programme.cost_cents_per_year =
        cents_of(optional_number(reading, *cost, "fixed_per_year", kEurosPerYear).value_or(0));
    programme.price_year = whole(reading, *cost, "price_year", 1990, 2100, std::nullopt);
    cited(reading, *cost);
  }
  const Node* pays = root.find("pays");
  if (pays == nullptr) return;
  if (pays->is_map() && !pays->items.empty()) {
    programme.pays = shares_in(reading, *pays);
    return;
  }
  const int payer = choice(reading, root, "pays", as_words(kPayerNames), 0);
  programme.pays = {};
  programme.pays[static_cast<std::size_t>(std::max(0, payer))] = kWholeBill;
}

}  // namespace sleutel
