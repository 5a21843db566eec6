#include "sim/city/read_flows.h"

#include <algorithm>
#include <array>
#include <vector>

#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sim/input/csv.h"

namespace sleutel {
namespace {

/// One quantity of flows.csv and where it goes.
struct Quantity {
  const char* name;
  double Flows::*where;
  double max;
};

constexpr std::array kQuantities = {
    Quantity{"arrivals", &Flows::arrivals, 1},
    Quantity{"births_of_boys", &Flows::births_of_boys, 1},
    Quantity{"low_of_low", &Flows::low_of_low, 1},
    Quantity{"high_of_low", &Flows::high_of_low, 1},
    Quantity{"low_of_middle", &Flows::low_of_middle, 1},
    Quantity{"high_of_middle", &Flows::high_of_middle, 1},
    Quantity{"low_of_high", &Flows::low_of_high, 1},
    Quantity{"high_of_high", &Flows::high_of_high, 1},
    Quantity{"school_ends", &Flows::school_ends, 110},
    Quantity{"vocational_ends", &Flows::vocational_ends, 110},
    Quantity{"same_sex", &Flows::same_sex, 1},
    Quantity{"age_gap_limit", &Flows::age_gap_limit, 100},
    Quantity{"children_with_mother", &Flows::children_with_mother, 1},
    Quantity{"leaving_home_out_of_city", &Flows::leaving_home_out_of_city, 1},
    Quantity{"student_from", &Flows::student_from, 110},
    Quantity{"student_until", &Flows::student_until, 110},
    Quantity{"leaving_home_for_study", &Flows::leaving_home_for_study, 1},
    Quantity{"study_ends_from", &Flows::study_ends_from, 110},
    Quantity{"study_ends_mean", &Flows::study_ends_mean, 50},
    Quantity{"unemployed_income", &Flows::unemployed_income, 2},
    Quantity{"disabled_income", &Flows::disabled_income, 2},
    Quantity{"inactive_income", &Flows::inactive_income, 2},
    Quantity{"pension_income", &Flows::pension_income, 2},
    Quantity{"care_home", &Flows::care_home, 1},
    Quantity{"new_dwellings", &Flows::new_dwellings, 100000},
    Quantity{"new_tie_months", &Flows::new_tie_months, 1200},
};
constexpr const char* kFloor = "floor_income";

std::vector<std::string> names() {
  std::vector<std::string> all;
  for (const Quantity& quantity : kQuantities) all.emplace_back(quantity.name);
  all.emplace_back(kFloor);
  return all;
}

void read_quantities(const std::string& file, Flows& flows, std::vector<Problem>& problems) {
  const auto table = read_csv(file, {"quantity", "value", "unit", "source", "assumption"}, problems);
  if (!table) return;
  std::vector<std::string> left = names();
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::string& name = table->required_text(row, "quantity");
    const auto known = names();
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      table->report(row, "quantity", "unknown quantity " + in_quotes(name), did_you_mean(name, known));
      continue;
    }
    const std::string& assumed = table->text(row, "assumption");
    if (assumed != "yes" && assumed != "no")
      table->report(row, "assumption", "expected yes or no, found '" + assumed + "'");
    const auto at = std::find(left.begin(), left.end(), name);
    if (at == left.end()) table->report(row, "quantity", in_quotes(name) + " stands here a second time");
    if (at != left.end()) left.erase(at);
    if (name == kFloor) {
      flows.floor_income = static_cast<std::int32_t>(table->whole(row, "value", {.min = 0, .max = 1000000}));
      continue;
    }
    for (const Quantity& quantity : kQuantities)
      if (name == quantity.name) flows.*quantity.where = table->number(row, "value", {.min = 0, .max = quantity.max});
  }
  for (const std::string& name : left) {  // below the last row is where it belongs
    const std::string what = in_quotes(name) + " is missing";
    if (table->rows() > 0) table->report(table->rows() - 1, "quantity", what, "add a row for it");
    if (table->rows() == 0) table->report_header("quantity", what, "add a row for it");
  }
}

void read_arrivals(const std::string& file, Flows& flows, std::vector<Problem>& problems) {
  const auto table =
      read_csv(file, {"age", "between_municipalities_pct", "emigration_pct", "student_factor"}, problems);
  if (!table) return;
  const std::size_t before = problems.size();
  std::int64_t next = 0;
  double last = 0;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::int64_t age = table->whole(row, "age", {.min = 0, .max = 110});
    if (age != next) table->report(row, "age", "ages must stand in order, one by one from 0");
    next = age + 1;
    last = table->number(row, "between_municipalities_pct", {.min = 0, .max = 100}) +
           table->number(row, "emigration_pct", {.min = 0, .max = 100});
    const auto at = static_cast<std::size_t>(std::clamp<std::int64_t>(age, 0, 110));
    flows.arrival_propensity[at] = last;
    flows.arrival_student_factor[at] = table->number(row, "student_factor", {.min = 0, .max = 1000});
  }
  if (next == 0 && problems.size() == before) table->report_header("age", "no row for any age");
  for (std::int64_t age = next; age <= 110; ++age) flows.arrival_propensity[static_cast<std::size_t>(age)] = last;
}

}  // namespace

Flows read_flows(const std::string& city_folder) {
  std::vector<Problem> problems;
  Flows flows;
  read_quantities(city_folder + "/flows.csv", flows, problems);
  read_arrivals(city_folder + "/arrivals_by_age.csv", flows, problems);
  throw_if_any(problems);
  return flows;
}

}  // namespace sleutel
