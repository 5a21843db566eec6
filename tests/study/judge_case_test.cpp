#include <catch2/catch.hpp>
#include <cmath>

#include "sim/study/benchmark_case.h"

using namespace sleutel;

namespace {

/// One scenario of two years for a town of two districts: sums by [replicate][year], the town's last in each.
Results results_of(const std::vector<std::vector<double>>& numerators, double denominator, int outcomes = 1) {
  Results results;
  results.scenarios = {"baseline"};
  results.replicates = static_cast<int>(numerators.size());
  results.years = static_cast<int>(numerators.front().size());
  results.stratifications = {{"buurt", {"a"}}, {"district", {"north", "south", "town"}}};
  Series series;
  for (const auto& replicate : numerators)
    for (const double sum : replicate) {
      series.numerator.insert(series.numerator.end(), {-1, -1, sum});
      series.denominator.insert(series.denominator.end(), {-1, -1, denominator});
    }
  results.series.resize(2);
  results.series[1].assign(static_cast<std::size_t>(outcomes), series);
  return results;
}

CaseQuantity quantity(int first_year, int last_year, Take take = Take::mean, double per_year = 12) {
  return {0, 0, first_year, last_year, take, per_year};
}

BenchmarkCase case_of(const CaseValue& value) {
  BenchmarkCase one;
  one.false_alarm = 0.01;
  one.values = {value};
  return one;
}

double simulated(const CaseValue& value, const Results& results) {
  return judged(case_of(value), results).front().simulated;
}

}  // namespace

TEST_CASE("a value of a case is taken from the whole town and the years that are named") {
  const Results results = results_of({{12, 24}, {36, 48}}, 120);  // of 10 person-years
  CaseValue value;
  value.of = {quantity(0, 1)};
  CHECK(simulated(value, results) == Approx(((12 + 24) / 240.0 + (36 + 48) / 240.0) / 2));
  value.of = {quantity(1, 1, Take::sum)};
  CHECK(simulated(value, results) == Approx((2 + 4) / 2.0));  // person-years
  value.of = {quantity(1, 1, Take::sum, 1)};
  CHECK(simulated(value, results) == Approx((24 + 48) / 2.0));  // events
  value.of = {quantity(0, 1, Take::person_years)};
  CHECK(simulated(value, results) == Approx(20));
  value.of = {quantity(1, 1)};
  value.minus = {quantity(0, 0)};
  CHECK(simulated(value, results) == Approx(0.1));
  value.over = {quantity(0, 0)};
  CHECK(simulated(value, results) == Approx((1 + 1 / 3.0) / 2));
  value.minus.clear();
  value.log_over_years = 2;
  CHECK(simulated(value, results) == Approx((std::log(2.0) + std::log(48 / 36.0)) / 4));
}

TEST_CASE("the expectation of life of constant mortality is its inverse, however it is cut in bands") {
  const Results results = results_of({{6, 6}, {6, 6}}, 120);  // 0.05 deaths per person-year
  CaseValue value;
  for (const int age : {0, 1, 5, 40, 85}) value.life.push_back({age, quantity(0, 1, Take::mean, 1)});
  value.expected = 20;
  value.exact = true;
  CHECK(judged(case_of(value), results).front().agrees);
  value.life.resize(1);
  CHECK(judged(case_of(value), results).front().agrees);
}

TEST_CASE("a difference is judged in standard errors by Student's t, shared out over the values") {
  const Results results = results_of({{6, 6}, {12, 12}, {18, 18}}, 120);  // 0.05, 0.1, 0.15
  CaseValue value;
  value.of = {quantity(0, 1)};
  value.expected = 0.2;
  const CaseFinding one = judged(case_of(value), results).front();
  CHECK(one.standard_error == Approx(0.05 / std::sqrt(3.0)));
  CHECK(one.difference == Approx(-2 * std::sqrt(3.0)));
  CHECK(one.limit == Approx(9.924843));  // two-sided 0.01, two degrees of freedom, as tabled
  CHECK(one.agrees);
  BenchmarkCase two = case_of(value);
  two.values.push_back(value);
  two.values.back().exact = true;
  CHECK(judged(two, results).front().limit == Approx(9.924843));  // an exact value takes no share
  two.values.back().exact = false;
  two.false_alarm = 0.1;
  CHECK(judged(two, results).front().limit == Approx(4.302653));  // 0.05 each
  value.expected = 0.5;
  CHECK_FALSE(judged(case_of(value), results).front().agrees);
}

TEST_CASE("a value that must be exact may not differ in any replicate, and one without spread does not agree") {
  CaseValue value;
  value.of = {quantity(0, 0)};
  value.expected = 0.1;
  value.exact = true;
  CHECK(judged(case_of(value), results_of({{12}, {12}}, 120)).front().agrees);
  CHECK_FALSE(judged(case_of(value), results_of({{6}, {18}}, 120)).front().agrees);  // the mean is right
  value.exact = false;
  const CaseFinding stiff = judged(case_of(value), results_of({{13}, {13}}, 120)).front();
  CHECK_FALSE(stiff.agrees);
  CHECK(std::isinf(stiff.difference));
}
