// Rows of `sleutel inequality` from a made-up file: an equal society, who is left out, what moves nothing.
#include <catch2/catch.hpp>
#include <cmath>
#include <functional>

#include "output/compare/inequality.h"
#include "sleutel/error.h"
#include "sleutel/residents.h"

namespace sleutel {
namespace {

constexpr int kRuns = 4;  ///< two scenarios of two replicates, of one year
constexpr std::size_t kAgesAndSexes = kLifeStages * 2;

/// Residents and those who have it, of a run, an income group and an age and sex.
struct Cell {
  double residents = 0, having = 0;
};
using Fill = std::function<Cell(int run, int income, std::size_t age_and_sex)>;

OutcomeInfo share_outcome() {
  OutcomeInfo outcome;
  outcome.id = "ill";
  outcome.label_en = "illness";
  outcome.population = "residents";
  outcome.unit = "%";
  outcome.scale = 100;
  outcome.matters = 1;
  outcome.also_gap = true;
  return outcome;
}

Results filled(const Fill& fill) {
  Results results;
  results.file = "made-up.h5";
  results.start_year = 2024, results.years = 1, results.replicates = 2;
  results.scenarios = {"baseline", "help"};
  results.notes = {{}, {}};
  results.outcomes = {share_outcome()};
  results.complete.assign(kRuns, 1);
  results.stratifications = {{"district", {"Noord", "Toy"}}, {"income_age_sex", {}}};
  Series by_cell;
  for (int run = 0; run < kRuns; ++run)
    for (int income = 0; income < kIncomeGroups; ++income)
      for (std::size_t i = 0; i < kAgesAndSexes; ++i) {
        const Cell cell = fill(run, income, i);
        by_cell.denominator.push_back(cell.residents);
        by_cell.numerator.push_back(cell.having);
      }
  const Series districts{std::vector<double>(2 * kRuns, 1.0), std::vector<double>(2 * kRuns, 4.0)};
  results.series = {{districts}, {by_cell}};
  return results;
}

InequalityRow row_named(const std::vector<InequalityRow>& rows, const std::string& measure) {
  for (const InequalityRow& row : rows)
    if (row.measure == measure && row.row.scenario == "help") return row;
  FAIL("no row " << measure);
  return {};
}

const InequalityOptions kAll{.measures = {"all"}};

}  // namespace

TEST_CASE("of an equal society the slope is 0 and every ratio 1, of students whatever they have") {
  const auto rows = inequality(filled([](int, int income, std::size_t i) {
                                 const double residents = 8.0 * (1 + static_cast<double>(i) + income);
                                 return Cell{residents, income == kIncomeGroups - 1 ? residents : residents / 4};
                               }),
                               kAll);
  for (const char* zero : {"gap", "sii", "concentration_attainment", "concentration_shortfall", "erreygers",
                           "atkinson_attainment", "atkinson_shortfall"})
    CHECK(row_named(rows, zero).row.value == 0);
  for (const char* one : {"gap_ratio_attainment", "gap_ratio_shortfall", "rii_attainment", "rii_shortfall"})
    CHECK(row_named(rows, one).row.value == 1);
  CHECK(row_named(rows, "mean").row.value == 25);
  CHECK(row_named(rows, "ede_shortfall").row.value == 25);
  CHECK(row_named(rows, "sii").row.verdict == Verdict::identical);
  CHECK(row_named(rows, "sii").comparisons == 14);
}

TEST_CASE("ages and sizes of the fifths move nothing") {
  // Illness grows with age, alike in all fifths; under help twice as many of the old of the lowest fifth live on.
  const auto rows = inequality(filled([](int run, int income, std::size_t i) {
                                 const double more = run >= 2 && income == 0 && i >= 8 ? 2 : 1;
                                 const double residents = 32.0 * (income + 1) * more;
                                 return Cell{residents, residents * static_cast<double>(i) / 16};
                               }),
                               kAll);
  CHECK(row_named(rows, "mean").row.difference.identical);
  CHECK(row_named(rows, "sii").row.value == Approx(0).margin(1e-12));
  CHECK(row_named(rows, "sii").row.difference.identical);
}

TEST_CASE("the worse off the lowest fifth is, the higher; another pair of numbers by hand") {
  // Of 100 each of every age and sex 10, 10, 10, 10, 10 are ill; under help 20 of the lowest fifth.
  // Covariance 0.2 x -0.4 x 20 + 0.2 x (-0.2 + 0 + 0.2 + 0.4) x 10 = -0.8; slope -0.8 / 0.08 = -10, so SII 10.
  const auto rows = inequality(filled([](int run, int income, std::size_t) {
                                 return Cell{100, run >= 2 && income == 0 ? 20.0 : 10.0};
                               }),
                               kAll);
  CHECK(row_named(rows, "sii").row.difference.mean == Approx(10));
  CHECK(row_named(rows, "gap").row.difference.mean == Approx(10));
  CHECK(row_named(rows, "mean").row.difference.mean == Approx(2));
  CHECK(row_named(rows, "gap_ratio_shortfall").row.value == Approx(2));
  CHECK(row_named(rows, "gap_ratio_attainment").row.value == Approx(90.0 / 80));
  CHECK(row_named(rows, "gap_ratio_shortfall").row.matters == Approx(0.1));  // 1 point / the 10% of the highest
  CHECK(row_named(rows, "sii").row.verdict == Verdict::larger);
  CHECK(row_named(rows, "sii").fifths.front() == Approx(20));
}

TEST_CASE("inequality by education is refused, and a measure that there is not") {
  const Results results = filled([](int, int, std::size_t) { return Cell{100, 10}; });
  CHECK_THROWS_AS(inequality(results, {.by = InequalityBy::education}), InputError);
  CHECK_THROWS_AS(inequality(results, {.measures = {"gini"}}), InputError);
  CHECK_THROWS_AS(inequality(results, {.by = InequalityBy::district, .measures = {"sii"}}), InputError);  // no order
}

}  // namespace sleutel
