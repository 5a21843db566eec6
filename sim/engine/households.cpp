#include "sim/events/households.h"

#include <algorithm>

#include "sim/engine/surroundings.h"

// One household, as last month left it: adults, children at home, reference person, and the traits of each member.

namespace sleutel {

namespace {

constexpr std::uint64_t bit(Trait trait) { return std::uint64_t{1} << static_cast<int>(trait); }
constexpr std::uint64_t bit_if(bool yes, Trait trait) { return std::uint64_t{yes} << static_cast<int>(trait); }
constexpr std::uint64_t from(Trait first, int steps) { return std::uint64_t{1} << (static_cast<int>(first) + steps); }

/// Traits that follow from age alone: [completed years].
constexpr auto kTraitsOfAge = [] {
  std::array<std::uint64_t, 128> table{};
  for (int age = 0; age < 128; ++age)
    table[age] =
        from(Trait::stage_first_years, static_cast<int>(life_stage(age))) | bit_if(age >= 18, Trait::adult_18_plus);
  return table;
}();

/// What a household is made of.
struct Composition {
  int adults = 0, minor_children = 0, children_under_4 = 0, children = 0;
  Row eldest = kNone, eldest_adult = kNone, lowest_adult = kNone;
};

void count_member(const Residents& residents, Row row, int month, Composition& of) {
  const int age = residents.age_months(row, month);
  const bool child = residents.is(row, kChildAtHome);
  if (of.eldest == kNone || is_elder(residents, row, of.eldest)) of.eldest = row;
  if (age >= kAdultMonths) {
    ++of.adults;
    if (of.eldest_adult == kNone || is_elder(residents, row, of.eldest_adult)) of.eldest_adult = row;
    if (of.lowest_adult == kNone || residents.id[row] < residents.id[of.lowest_adult]) of.lowest_adult = row;
  }
  of.children += child;
  of.minor_children += child && age < kAdultMonths;
  of.children_under_4 += child && age < 4 * 12;
}

std::uint64_t traits_of_home(const City& city, Row household) {
  const Households& homes = city.households;
  std::uint64_t word = 0;
  if (homes.dwelling[household] != kNone) {
    const Tenure tenure = city.dwellings.tenure[homes.dwelling[household]];
    if (tenure != Tenure::institution) word |= from(Trait::owner, static_cast<int>(tenure));
  }
  const int income = homes.income_group[household];
  if (income < kIncomeStudentOrInstitution) word |= from(Trait::income_group_1, income);
  const bool alone = homes.size[household] == 1 && homes.kind[household] != HouseholdKind::institution;
  return word | bit_if(alone, Trait::lives_alone);
}

/// Children ever born: a woman's own; else those of his partner, or the children at home of a father without one.
int children_of(const Residents& residents, Row row, const Composition& home) {
  if (residents.sex[row] == Sex::female) return residents.parity[row];
  const Row partner = residents.partner[row];
  if (partner != kNone && residents.sex[partner] == Sex::female) return residents.parity[partner];
  return residents.is(row, kChildAtHome) ? 0 : home.children;
}

std::uint64_t personal_traits(const Residents& residents, Row row, int month) {
  const int age = std::clamp(residents.age_months(row, month) / 12, 0, 127);
  const int adversity = std::min<int>(residents.adversity[row], 3);
  const bool partnered = residents.partner[row] != kNone;
  std::uint64_t word = kTraitsOfAge[age];
  word |= from(Trait::male, static_cast<int>(residents.sex[row]));
  word |= from(Trait::education_low, static_cast<int>(residents.education[row]));
  if (adversity > 0) word |= from(Trait::adversity_1, adversity - 1);
  word |= bit_if(partnered, Trait::partnered) | bit_if(!partnered && age >= 18, Trait::single);
  word |=
      bit_if(residents.is(row, kStudent), Trait::student) | bit_if(residents.is(row, kInstitution), Trait::institution);
  return word | bit_if(residents.is(row, kChildAtHome), Trait::child_at_home);
}

std::uint64_t family_traits(const Residents& residents, Row row, std::uint64_t personal, const Composition& home) {
  const bool parent = (personal & bit(Trait::adult_18_plus)) != 0 && (personal & bit(Trait::child_at_home)) == 0;
  std::uint64_t word = from(Trait::childless, std::min(children_of(residents, row, home), 3));
  word |= bit_if(parent && home.children > 0 && (personal & bit(Trait::single)) != 0, Trait::lone_parent);
  word |= bit_if(parent && home.minor_children > 0, Trait::parent_of_minor);
  return word | bit_if(parent && home.children_under_4 > 0, Trait::has_child_under_4);
}

/// The reference person and who names the household. What both the one before and the one now are counted for changes;
/// who has moved out has been counted anew for that.
void settle_who_speaks(City& city, Row household, const Composition& home, Surroundings& around) {
  Row& reference = city.households.reference[household];
  const Row before = reference;
  reference = home.adults > 0 ? home.eldest_adult : home.eldest;
  city.households.named_by[household] = home.adults > 0 ? home.lowest_adult : home.eldest;
  if (reference == before) return;
  add_marks(around.stale, reference, kStaleCount);
  if (before < around.stale.size() && city.residents.household[before] == household)
    add_marks(around.stale, before, kStaleCount);
}

}  // namespace

void survey_household(City& city, Row household, int month, Surroundings& around, Row from) {
  const Residents& residents = city.residents;
  Composition home;
  for_each_member(city, household, [&](Row row) { count_member(residents, row, month, home); });
  settle_who_speaks(city, household, home, around);
  const auto adults = static_cast<std::uint8_t>(std::min(home.adults, 255));
  const int why = around.adults[household] != adults ? kStaleFriends : 0;
  around.adults[household] = adults;
  const std::uint64_t shared = traits_of_home(city, household);
  for_each_member(city, household, [&](Row row) {
    if (why != 0) add_marks(around.stale, row, why);
    if (row < from) return;
    const std::uint64_t personal = personal_traits(residents, row, month);
    const std::uint64_t traits = personal | family_traits(residents, row, personal, home) | shared;
    const std::uint64_t others = around.traits[row] ^ traits;
    if (others == 0) return;
    around.traits[row] = traits;
    add_marks(around.stale, row, around.traits_read.stale_by(others));
  });
}

}  // namespace sleutel
