#pragma once
/// \file
/// Declared flows: what no hazard of a resident can say, because those concerned do not live in the city yet, and the
/// shares by which life events divide. Read from scenarios/<city>/flows.csv; every number there carries its source.

#include <array>
#include <cstdint>

namespace sleutel {

/// The numbers behind the life events. The defaults are those of scenarios/leiden/flows.csv and carry their sources there.
struct Flows {
  double arrivals_per_resident = 11093.0 / 130108.0;  ///< people who move in, per resident of the start [1/year]
  /// Chance of moving in, by age of those who move, relative to each other [ages 0-110, 1].
  std::array<float, 111> arrival_propensity{};
  double student_arrival_factor = 1;     ///< propensity of student households against others of their age [1]
  double births_of_boys = 0.512;         ///< share of newborns [share]
  double same_sex = 0.02;                ///< residents who look for a partner of their own sex [share]
  double age_gap_limit = 15;             ///< partners differ by at most this [years]
  double children_with_mother = 0.75;    ///< separations after which the minor children live with the mother [share]
  double leaves_home_to_student_house = 0.45;  ///< of those who leave home at 18-22 with education high [share]
  double leaves_home_out_of_city = 0.35;       ///< of those who leave home [share]
  double unemployed_income = 0.65;       ///< income without work, of the income in work [share]
  double disabled_income = 0.70;         ///< as unemployed_income [share]
  double inactive_income = 0.50;         ///< as unemployed_income [share]
  std::int32_t floor_single = 15300;     ///< social assistance of a single household, standardised [EUR/year]
};

}  // namespace sleutel
