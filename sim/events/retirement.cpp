#include <algorithm>

#include "sim/events/consequences.h"
#include "sim/events/households.h"

namespace sleutel {

/// Reaching the state pension age: the income becomes a pension, whoever was in work, unemployed or disabled. Which
/// state of the labour market follows, and when, stands in the matrix (inactive).
void retire(EventContext& context) {
  Residents& residents = context.city.residents;
  std::vector<Request>& pensioners = context.memory.seekers;
  pensioners.clear();
  for_each_born(residents, context.month - kPensionMonths, [&](Row who) {
    if (residents.present(who)) pensioners.push_back({EventKind::retirement, residents.id[who], who});
  });
  std::sort(pensioners.begin(), pensioners.end());
  for (const Request& pensioner : pensioners) {
    std::int32_t& income = residents.income[pensioner.who];
    income = static_cast<std::int32_t>(income * context.flows.pension_income);
    context.note(EventKind::retirement, pensioner.who);
    settle(context, residents.household[pensioner.who]);
  }
}

}  // namespace sleutel
