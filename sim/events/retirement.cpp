#include <algorithm>

#include "sim/events/consequences.h"
#include "sim/events/households.h"

namespace sleutel {

/// Reaching the state pension age: the income becomes a pension, whoever was in work, unemployed or disabled. Which
/// state of the labour market follows, and when, stands in the matrix (inactive).
void retire(EventContext& context) {
  Residents& residents = context.city.residents;
  const auto born = static_cast<std::int16_t>(context.month - kPensionMonths);
  std::vector<Request>& pensioners = context.memory.seekers;
  pensioners.clear();
  for (std::size_t i = 0; i < residents.size(); ++i) {
    const Row who = static_cast<Row>(i);
    if (residents.birth_month[who] == born && residents.present(who))
      pensioners.push_back({EventKind::retirement, residents.id[who], who});
  }
  std::sort(pensioners.begin(), pensioners.end());
  for (const Request& pensioner : pensioners) {
    std::int32_t& income = residents.income[pensioner.who];
    income = static_cast<std::int32_t>(income * context.flows.pension_income);
    context.note(EventKind::retirement, pensioner.who);
    settle(context, residents.household[pensioner.who]);
  }
}

}  // namespace sleutel
