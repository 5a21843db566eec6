#pragma once
/// \file
/// Household income from the incomes of its members.
///
/// The amount is the sum of the own incomes of those who head the household (all but children at home; less while
/// without work, see Flows), divided by the equivalence factor that the city is made with (sim/city/income.h: 1.37 for
/// two adults, 1.33 for an adult and a child, 1.67 for a couple with one child; after Statistics Netherlands).
/// It is not below social assistance, and it follows the state low_income (docs/decisions/0002): at or below the city's
/// line while the household has it, above it otherwise. Student and institutional households have neither.

#include "sim/events/states.h"

namespace sleutel {

/// Factor x 100 by which a household's disposable income is divided.
int equivalence_factor(int adults, int children);

/// What a resident brings in, given work and health [EUR/year]; children and who has none bring in 0.
std::int32_t income_of(const StateChange& change, Row who);

/// Makes income and income group of a household agree with its members and states.
void refresh_income(const StateChange& change, Row household);

/// True if a change of this state changes incomes.
bool moves_income(const Roles& roles, int state);

}  // namespace sleutel
