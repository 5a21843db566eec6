#pragma once
/// \file
/// Declared flows: what no hazard of a resident can say, because those concerned do not live in the city yet, and the
/// shares by which life events divide. The values of a city stand in scenarios/<city>/flows.csv, each with its source
/// (sim/city/read_flows.h reads it); the defaults here are neutral and suit tests.

#include <array>
#include <cstdint>

namespace sleutel {

inline constexpr int kPensionMonths = 67 * 12;  ///< state pension age, 2024 to 2027 [months] (SVB)

inline constexpr std::array<double, 111> ones() {
  std::array<double, 111> all{};
  for (double& one : all) one = 1;
  return all;
}

struct Flows {
  double arrivals = 0;  ///< people who move in, per resident of the start [1/year]
  /// Chance of moving in, by age of the adults of a household, relative to each other [ages 0-110, 1].
  std::array<double, 111> arrival_propensity{};
  std::array<double, 111> arrival_student_factor = ones();  ///< students against others of their age [ages 0-110, 1]
  double births_of_boys = 0.512;                            ///< share of newborns [share]
  double low_of_low = 0.35, high_of_low = 0.25;        ///< children of mothers of low level who reach a level [share]
  double low_of_middle = 0.20, high_of_middle = 0.40;  ///< as low_of_low, of middle level
  double low_of_high = 0.08, high_of_high = 0.68;      ///< as low_of_low, of high level
  double school_ends = 18;                 ///< age at which school is left, for work or for higher education [years]
  double vocational_ends = 20;             ///< age at which who learns on for the middle level has it [years]
  double same_sex = 0.02;                  ///< residents who look for a partner of their own sex [share]
  double age_gap_limit = 15;               ///< partners differ by at most this [years]
  double children_with_mother = 0.835;     ///< separations after which the minor children live with the mother [share]
  double leaving_home_out_of_city = 0.35;  ///< of those who leave home [share]
  double student_from = 18, student_until = 22;  ///< ages at which leaving home may be for study [years]
  double leaving_home_for_study = 0.6;           ///< of those of these ages in higher education [share]
  double study_ends_from = 22;                   ///< age from which study may end [years]
  double study_ends_mean = 2.5;                  ///< mean time from then to its end [years]
  double unemployed_income = 0.7;                ///< income without work, of the income in work [share]
  double disabled_income = 0.7;                  ///< as unemployed_income [share]
  double inactive_income = 0.5;                  ///< as unemployed_income [share]
  double pension_income = 0.8;                   ///< income after the state pension age, of that before [share]
  std::int32_t floor_income = 15406;             ///< social assistance of a single household, standardised [EUR/year]
  double care_home = 0.5;                        ///< vacant places in institutions that are taken in a month [share]
  double new_dwellings = 0;                      ///< finished in the city [dwellings/year]
  double new_tie_months = 3;                     ///< mean time to a new tie for who has fewer than he would [months]
};

}  // namespace sleutel
