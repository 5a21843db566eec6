#include "sim/engine/arm.h"

#include <cmath>

namespace sleutel {

namespace {

std::int32_t index_of(double value) { return static_cast<std::int32_t>(std::floor(value * kIndexUnit + 0.5)); }
int ten_thousandths(double value) { return static_cast<int>(std::floor(value * 10000.0 + 0.5)); }

std::vector<ResponseRule> rules_of(const ResponseMatrix& matrix) {
  std::vector<ResponseRule> rules;
  for (const Response& response : matrix.responses) {
    ResponseRule rule;
    rule.latent = response.latent;
    rule.latent_step = index_of(static_cast<double>(response.latent_sd) / 32.0);
    for (const float cut : response.cuts) rule.cuts.push_back(index_of(static_cast<double>(cut)));
    rule.low = index_of(static_cast<double>(response.low));
    rule.high = index_of(static_cast<double>(response.high));
    rules.push_back(rule);
  }
  return rules;
}

UtilityRule utility_of(const Model& model) {
  constexpr std::array<const char*, 5> dimensions = {"eq5d_mobility", "eq5d_self_care", "eq5d_usual_activities",
                                                     "eq5d_pain", "eq5d_anxiety"};
  UtilityRule rule;
  rule.constant = ten_thousandths(static_cast<double>(model.tariff.constant));
  for (std::size_t d = 0; d < 5; ++d) {
    rule.response[d] = -1;
    for (std::size_t i = 0; i < model.responses.responses.size(); ++i)
      if (model.responses.responses[i].name == dimensions[d]) rule.response[d] = static_cast<int>(i);
    for (std::size_t level = 0; level < 5; ++level)
      rule.decrement[d][level] = ten_thousandths(static_cast<double>(model.tariff.decrement[d][level]));
  }
  return rule;
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

StateMask slotted_of(const Model& model) {
  StateMask mask;
  for (std::size_t i = 0; i < model.states.size(); ++i)
    if (model.states[i].months_slot >= 0) mask.set(static_cast<int>(i));
  return mask;
}

}  // namespace

Arm::Arm(const StudyPlan& all, int which, Isa form)
    : plan(all),
      scenario(which),
      model(*all.arms[static_cast<std::size_t>(which)].model),
      isa(form),
      predictors{Predictors(model, Level::resident, asked), Predictors(model, Level::household, asked),
                 Predictors(model, Level::couple, asked)},
      matrix{kernel::prepare(model, Level::resident), kernel::prepare(model, Level::household),
             kernel::prepare(model, Level::couple)},
      responses(kernel::prepare_responses(model)),
      response_rules(rules_of(model.responses)),
      utility(utility_of(model)),
      stress(model),
      observed(model),
      offer(all.programmes, all.arms[static_cast<std::size_t>(which)].programmes),
      event_of(events_of(model.roles)),
      slotted(slotted_of(model)) {
  shape.buurten = static_cast<int>(plan.start->buurten.size());
  shape.measures = 2 * observed.outcomes;
}

}  // namespace sleutel
