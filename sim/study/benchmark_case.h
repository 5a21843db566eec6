#pragma once
/// \file
/// A benchmark case: a study whose answer is known from outside, and how what was simulated is set beside it. The
/// format is docs/benchmark-cases.md.

#include <cstdint>
#include <string>
#include <vector>

#include "sleutel/results.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// What is taken of an outcome over some years of one scenario.
enum class Take : std::uint8_t {
  mean,          ///< sum per person-year: a share, a mean, or events per person-year
  sum,           ///< person-years with it, or events
  person_years,  ///< of its population; household-years where it counts households
};

struct CaseQuantity {
  int outcome = 0, scenario = 0;      ///< positions in the results
  int first_year = 0, last_year = 0;  ///< since the study's start, from 0
  Take take = Take::mean;
  double per_year = 12;  ///< denominators of the results in a person-year: 12 in months, 1 of flows
};

/// Deaths of the ages from one on, up to the next band.
struct LifeBand {
  int age_from = 0;
  CaseQuantity deaths;
};

/// (of - minus) / over, then its logarithm per year; or an expectation of life.
struct CaseValue {
  std::string name, says, unit;
  double expected = 0;
  bool exact = false;                         ///< every replicate has this very value
  double log_over_years = 0;                  ///< 0: no logarithm is taken
  std::vector<CaseQuantity> of, minus, over;  ///< one or none each
  std::vector<LifeBand> life;                 ///< of an expectation of life; else empty
};

struct BenchmarkCase {
  std::string name, title, file;
  Study study;
  double false_alarm = 0;  ///< chance that a right program fails the case, all its values together
  std::vector<CaseValue> values;
};

/// The case of a folder that holds a case.yaml, or the cases of the folders in it that do, by name. Throws InputError
/// with what is wrong in all of them: input_missing if there is none.
std::vector<BenchmarkCase> read_cases(const std::string& folder);

/// What a value came out as, set beside what is expected.
struct CaseFinding {
  double simulated = 0;       ///< mean over replicates
  double standard_error = 0;  ///< of that mean
  double difference = 0;      ///< from the expected, in standard errors; 0 of an exact value that agrees
  double limit = 0;           ///< of that difference: Student's t, shared out over the values; 0 of an exact value
  bool agrees = false;
};

/// One finding for each value of the case. The results must be those of its study.
std::vector<CaseFinding> judged(const BenchmarkCase& one, const Results& results);

}  // namespace sleutel
