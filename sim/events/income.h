#pragma once
/// \file
/// Household income from the incomes of its members.
///
/// The amount is the sum of the adults' own incomes (less while without work, see Flows), divided by the equivalence
/// factor sqrt(adults + 0.8 children) of Statistics Netherlands (Siermann, van Teeffelen, Urlings 2004,
/// Equivalentiefactoren 1995-2000: couple 1.41, couple with one child 1.67, with two 1.90, lone parent with one 1.34).
/// It is not below social assistance, and it follows the state low_income (docs/decisions/0002): at or below the city's
/// line while the household has it, above it otherwise. Student and institutional households have neither.

#include "sim/events/states.h"

namespace sleutel {

/// Factor x 1000 by which a household's disposable income is divided.
int equivalence_factor(int adults, int children);

/// What a resident brings in, given work and health [EUR/year]; children and who has none bring in 0.
std::int32_t income_of(const StateChange& change, Row who);

/// Makes income and income group of a household agree with its members and states.
void refresh_income(const StateChange& change, Row household);

/// True if a change of this state changes incomes.
bool moves_income(const Roles& roles, int state);

}  // namespace sleutel
