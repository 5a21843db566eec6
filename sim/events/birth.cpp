#include <algorithm>
#include <cmath>

#include "sim/base/math.h"
#include "sim/events/consequences.h"
#include "sim/events/households.h"
#include "sim/events/purposes.h"

namespace sleutel {
namespace {

/// Newborn ids have the top bit set, so they meet neither those of the start city nor those of arrivals.
std::uint64_t newborn_id(std::uint64_t mother, int parity) {
  const std::uint64_t mix = mixed(mixed(mother) + 0x9e3779b97f4a7c15ULL * static_cast<std::uint64_t>(parity + 1));
  return 0x8000'0000'0000'0000ULL | (mix >> 1);
}

/// A standard normal position in 1/32 sd, fixed for life.
std::int8_t normal_position(double u) {
  const double z = normal_quantile(std::clamp(u, 1e-9, 1 - 1e-9));
  return static_cast<std::int8_t>(std::lround(std::clamp(32 * z, -127.0, 127.0)));
}

/// A keyed resident of the start: what has no other source follows the city's own distribution.
Row model_resident(const EventContext& context, std::uint64_t child, Purpose purpose) {
  const double u = context.trait(child, purpose);
  return static_cast<Row>(u * static_cast<double>(context.start.residents.size()));
}

void give_person(EventContext& context, Row child, Row mother) {
  Residents& residents = context.city.residents;
  const std::uint64_t id = context.id(child);
  residents.birth_month[child] = static_cast<std::int16_t>(context.month);
  const bool boy = context.trait(id, purpose::birth_sex) < context.flows.births_of_boys;
  residents.sex[child] = boy ? Sex::male : Sex::female;
  residents.education[child] = Education::low;
  for (int slot = 0; slot < kLatents; ++slot)
    residents.latent[child][static_cast<std::size_t>(slot)] =
        normal_position(context.trait(id, purpose::birth_latent(slot)));
  const Row like = model_resident(context, id, purpose::birth_mastery);
  residents.mastery[child] = context.start.residents.mastery[like];
  residents.support[child] = residents.support[mother];
}

}  // namespace

/// A birth: one child, who joins its mother's household and holds that household's states, with no adversity and the
/// mother's frozen strata. Twins are not modelled: the table counts children, not deliveries.
void give_birth(EventContext& context, Row mother) {
  City& city = context.city;
  Residents& residents = city.residents;
  const Row child = add_resident(city, newborn_id(context.id(mother), residents.parity[mother]));
  if (residents.parity[mother] < 255) ++residents.parity[mother];
  give_person(context, child, mother);
  residents.mother[child] = mother;
  set_flag(residents, child, kChildAtHome);
  set_flag(residents, child, kLearning);
  if (residents.is(mother, kInstitution)) set_flag(residents, child, kInstitution);
  residents.stratum_buurt[child] = residents.stratum_buurt[mother];
  residents.stratum_income[child] = residents.stratum_income[mother];
  residents.stratum_education[child] = residents.stratum_education[mother];
  residents.stratum_tenure[child] = residents.stratum_tenure[mother];
  const Row household = residents.household[mother];
  move_in(city, child, household);
  share_household_states(context, household);
  ++context.books.births;
  context.note(EventKind::birth, child);
  settle(context, household);
}

}  // namespace sleutel
