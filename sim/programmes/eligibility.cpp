#include "sim/programmes/eligibility.h"

#include <algorithm>

namespace sleutel {

namespace {

bool asks(const StateMask& mask) { return (mask.word[0] | mask.word[1]) != 0; }

bool lives_in(const std::vector<int>& districts, int district) {
  return districts.empty() || std::find(districts.begin(), districts.end(), district) != districts.end();
}

}  // namespace

bool is_eligible(const Predicate& who, const Applicant& applicant) {
  if (asks(who.any) && !applicant.states.any_of(who.any)) return false;
  if (!applicant.states.contains(who.all) || applicant.states.any_of(who.none)) return false;
  if ((applicant.traits & who.traits_all) != who.traits_all) return false;
  if (who.traits_any != 0 && (applicant.traits & who.traits_any) == 0) return false;
  if ((applicant.traits & who.traits_none) != 0) return false;
  if (applicant.age_years < who.age_from || applicant.age_years >= who.age_until) return false;
  return lives_in(who.districts, applicant.district);
}

}  // namespace sleutel
