#pragma once
/// \file
/// Who may take part in a programme: a question to one resident's states, traits, age and district.

#include <cstdint>

#include "sleutel/programme.h"

namespace sleutel {

/// What a programme may ask about a resident.
struct Applicant {
  const StateMask& states;   ///< of last month
  std::uint64_t traits = 0;  ///< bit = Trait
  int age_years = 0;         ///< completed
  int district = 0;          ///< index of City::districts
};

bool is_eligible(const Predicate& who, const Applicant& applicant);

}  // namespace sleutel
