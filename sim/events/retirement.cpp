#include "sim/events/consequences.h"
#include "sim/events/households.h"

namespace sleutel {

/// Reaching the state pension age: the income becomes a pension, and states of the labour market end. What depends on
/// age alone (no unemployment after it) stands in the matrix.
void retire(EventContext& context) {
  Residents& residents = context.city.residents;
  const auto born = static_cast<std::int16_t>(context.month - kPensionMonths);
  for (std::size_t i = 0; i < residents.size(); ++i) {
    const Row who = static_cast<Row>(i);
    if (residents.birth_month[who] != born || !residents.present(who)) continue;
    residents.income[who] = static_cast<std::int32_t>(residents.income[who] * context.flows.pension_income);
    for (const int state : {context.model.roles.unemployed, context.model.roles.disabled})
      if (state >= 0) end_state(context.change(), who, state);
    context.note(EventKind::retirement, who);
    settle(context, residents.household[who]);
  }
}

}  // namespace sleutel
