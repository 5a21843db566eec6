#pragma once
/// \file
/// Sums of one run over some years and residents, from a results file, as measures want them. Private to
/// output/compare/.

#include "output/compare/measure_list.h"

namespace sleutel {

/// By the Dutch guideline for economic evaluations (Zorginstituut Nederland, January 2024, 2.6.1.2) [share a year].
inline constexpr double kDiscountOfEffects = 0.015;

/// Person-months, deaths, seen and healthy months, a band after the other, exactly; `healthy`: place in
/// LifeTables::healthy, or -1 for all years.
SumsOfRun life_table_sums(const Results& results, const RunYears& run, const Whom& whom, int healthy);

/// Years lived by the residents of the start (healthy ones, if `healthy` is not -1), and how many they were.
SumsOfRun cohort_sums(const Results& results, const RunYears& run, const Whom& whom, int healthy);

/// Numerator and denominator of an outcome.
SumsOfRun rate_sums(const Results& results, const RunYears& run, const Whom& whom, std::size_t outcome);

/// Years in full health that an outcome of utility makes, person-years, and 1: the number of runs.
SumsOfRun qaly_sums(const Results& results, const RunYears& run, const Whom& whom, std::size_t outcome,
                    double discount);

}  // namespace sleutel
