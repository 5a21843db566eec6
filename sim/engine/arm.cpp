#include "sim/engine/arm.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <stdexcept>

namespace sleutel {

namespace {

std::int32_t index_of(double value) { return static_cast<std::int32_t>(std::floor(value * kIndexUnit + 0.5)); }
int ten_thousandths(double value) { return static_cast<int>(std::floor(value * 10000.0 + 0.5)); }

/// The index above which an ordered response is at this level or higher.
std::int32_t cut_below(const Response& response, int level) {
  if (level <= 0) return std::numeric_limits<std::int32_t>::min();
  if (level > static_cast<int>(response.cuts.size())) return std::numeric_limits<std::int32_t>::max();
  return index_of(static_cast<double>(response.cuts[static_cast<std::size_t>(level - 1)]));
}

/// The personal position of each response.
void add_positions(const std::vector<Response>& responses, kernel::PersonalTables& to) {
  for (auto& cuts : to.cut) std::fill(std::begin(cuts), std::end(cuts), std::numeric_limits<std::int32_t>::max());
  for (std::size_t lane = 0; lane < responses.size(); ++lane) {
    if (responses[lane].latent < 0) continue;
    to.position[lane] = responses[lane].latent;
    to.step[lane] = index_of(static_cast<double>(responses[lane].latent_sd) / 32.0);
  }
}

/// The cuts of one dimension of EQ-5D and what passing each takes off.
void add_dimension(const Response& response, std::size_t lane, const std::array<float, 5>& decrement,
                   ResponseRules& to) {
  const auto at = [&](std::size_t level) { return ten_thousandths(static_cast<double>(decrement[level])); };
  to.dimensions |= 1U << lane;
  to.lost += at(0);
  for (std::size_t cut = 0; cut < 4; ++cut) {
    to.personal.cut[cut][lane] = cut_below(response, static_cast<int>(cut) + 1);
    to.personal.lost[cut][lane] = at(cut + 1) - at(cut);
  }
}

void add_utility(const Model& model, ResponseRules& to) {
  constexpr std::array<const char*, 5> dimensions = {"eq5d_mobility", "eq5d_self_care", "eq5d_usual_activities",
                                                     "eq5d_pain", "eq5d_anxiety"};
  to.constant = ten_thousandths(static_cast<double>(model.tariff.constant));
  const auto& responses = model.responses.responses;
  for (std::size_t lane = 0; lane < responses.size(); ++lane) {
    const auto* const found = std::find(dimensions.begin(), dimensions.end(), responses[lane].name);
    if (found == dimensions.end()) continue;
    const auto which = static_cast<std::size_t>(found - dimensions.begin());
    add_dimension(responses[lane], lane, model.tariff.decrement[which], to);
  }
}

MeanRule mean_of(const Model& model, const MeanOutcome& mean) {
  if (mean.response < 0) return {.is_utility = true};
  const auto lane = static_cast<std::size_t>(mean.response);
  const Response& response = model.responses.responses[lane];
  return {false, lane, index_of(static_cast<double>(response.low)), index_of(static_cast<double>(response.high))};
}

ResponseRules rules_of(const Model& model, const Observed& observed) {
  ResponseRules rules;
  add_positions(model.responses.responses, rules.personal);
  add_utility(model, rules);
  for (const CutOutcome& cut : observed.cuts) {
    const auto lane = static_cast<std::size_t>(cut.response);
    rules.cuts.push_back({cut.bit, lane, cut_below(model.responses.responses[lane], cut.min_level)});
  }
  for (const MeanOutcome& mean : observed.means) rules.means.push_back(mean_of(model, mean));
  return rules;
}

std::array<EventAsked, kMaxStates> events_of(const Roles& roles) {
  std::array<EventAsked, kMaxStates> asked{};
  const auto add = [&](int state, EventKind kind) {
    if (state >= 0) asked[static_cast<std::size_t>(state)] = {true, kind};
  };
  add(roles.death, EventKind::death);
  add(roles.giving_birth, EventKind::birth);
  add(roles.partnering, EventKind::partnering);
  add(roles.separating, EventKind::separating);
  add(roles.leaving_home, EventKind::leaving_home);
  add(roles.moving, EventKind::moving);
  add(roles.leaving_city, EventKind::leaving_city);
  return asked;
}

kernel::BoundingModel bounding_of(const Model& model, Level level,
                                  const std::array<Predictors, kLevelsOfUnits>& predictors) {
  const Predictors& of_level = predictors[static_cast<std::size_t>(level)];
  return {model, level, {of_level.loose_states, of_level.loose, of_level.loose_levels, of_level.highest_levels()}};
}

std::uint64_t bits_from(Trait first, int count) { return ((std::uint64_t{1} << count) - 1) << static_cast<int>(first); }

/// Traits that the hazards of a level read: derived bits, and attributes that base tables are split by.
std::uint64_t traits_of(const Predictors& predictors) {
  std::uint64_t read = 0;
  for (int trait = 0; trait < kTraits; ++trait)
    if (predictors.of_traits(std::uint64_t{1} << trait) != 0) read |= std::uint64_t{1} << trait;
  for (const AttributeRule& rule : predictors.attributes) {
    if (rule.attribute == Attribute::education) read |= bits_from(Trait::education_low, 3);
    if (rule.attribute == Attribute::student) read |= bits_from(Trait::student, 1);
    if (rule.attribute == Attribute::children) read |= bits_from(Trait::childless, 4);
  }
  return read;
}

/// What is stale of who reaches an age: the responses, and what he is counted for, if they tell the ages apart; the
/// bounds, if those that were made do not hold any longer.
std::uint8_t birthday_at(const Arm& arm, std::size_t age_sex) {
  const std::size_t age = age_sex / 2;
  const bool stage = age == 0 || life_stage(static_cast<int>(age)) != life_stage(static_cast<int>(age) - 1);
  int what = arm.responding.tells_apart(age_sex) ? kStaleResponse : 0;
  if (stage) what |= kBirthdayOfFamily;
  const bool band = age > 0 && life_table_band(static_cast<int>(age)) != life_table_band(static_cast<int>(age) - 1);
  if (stage || band || age == kMaxAge || arm.observed.of_age[age] != arm.observed.of_age[age - 1]) what |= kStaleCount;
  if (arm.bounding[0].first_of_band[age_sex]) what |= kStaleUnit;
  if (arm.bounding[1].first_of_band[age_sex]) what |= kBirthdayOfHome;
  if (arm.bounding[2].first_of_band[age_sex]) what |= kStaleCouple;
  return static_cast<std::uint8_t>(what);
}

/// Whom a switch is off for is not asked: his bits are never on.
Predictors asked_of(const Model& model, Level level, Asked& asked, const Switches& switches) {
  Predictors predictors(model, level, asked);
  if (!switches.partners) predictors.partner.clear(), predictors.partner_asked = 0;
  if (!switches.parents) predictors.parents.clear(), predictors.parents_asked = 0;
  return predictors;
}

}  // namespace

Arm::Arm(const StudyPlan& all, int which, Isa form)
    : plan(all),
      scenario(which),
      model(*all.arms[static_cast<std::size_t>(which)].model),
      isa(form),
      predictors{asked_of(model, Level::resident, asked, all.study.switches),
                 asked_of(model, Level::household, asked, all.study.switches),
                 asked_of(model, Level::couple, asked, all.study.switches)},
      matrix{kernel::prepare(model, Level::resident), kernel::prepare(model, Level::household),
             kernel::prepare(model, Level::couple)},
      bounding{bounding_of(model, Level::resident, predictors), bounding_of(model, Level::household, predictors),
               bounding_of(model, Level::couple, predictors)},
      responses(kernel::prepare_responses(model)),
      responding(model, predictors[0]),
      stress(model),
      observed(model),
      ages(model, *all.start),
      response_rules(rules_of(model, observed)),
      offer(all.programmes, all.arms[static_cast<std::size_t>(which)].programmes,
            all.arms[static_cast<std::size_t>(which)].budgets, all.months()),
      event_of(events_of(model.roles)),
      durations(model, observed),
      traits_read{traits_of(predictors[0]), traits_of(predictors[2]), responding.traits,
                  bits_from(Trait::adversity_1, 3)} {
  shape.buurten = static_cast<int>(plan.start->buurten.size());
  shape.measures = 2 * observed.outcomes;
  for (std::size_t at = 0; at < birthdays.size(); ++at) birthdays[at] = birthday_at(*this, at);
}

}  // namespace sleutel
