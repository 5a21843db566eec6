#include "sim/city/fit_table.h"

#include <algorithm>
#include <cmath>

#include "sim/base/numbers.h"
#include "sim/city/counts.h"

namespace sleutel {
namespace {

using city::BuurtCount;
using city::CityCount;
using city::DistrictCount;

constexpr double kRounding = 1e-9;
constexpr const char* kPredicted = "not published: predicted";

// Where a row stands, and how its numbers are written.
struct Place {
  std::string name, code;
};

class Rows {
 public:
  explicit Rows(FitTable& table) : table_(table) {}

  FitRow& add(const Place& place, std::string margin, std::string unit, int decimals, std::optional<double> published,
              double synthetic) {
    FitRow row;
    row.margin = std::move(margin);
    row.area = place.name;
    row.area_code = place.code;
    row.unit = std::move(unit);
    row.published = published;
    row.synthetic = synthetic;
    row.difference = published ? synthetic - *published : 0;
    row.decimals = decimals;
    row.use = FitUse::shown;
    table_.rows.push_back(std::move(row));
    return table_.rows.back();
  }

  FitRow& fit(const Place& place, std::string margin, std::string unit, int decimals, double published,
              double synthetic, double tolerance) {
    FitRow& row = add(place, std::move(margin), std::move(unit), decimals, published, synthetic);
    row.tolerance = tolerance;
    row.use = FitUse::fitted;
    row.inside = std::abs(row.difference) <= tolerance + kRounding;
    return row;
  }

 private:
  FitTable& table_;
};

double percent(double part, double whole) { return whole > 0 ? 100 * part / whole : 0; }

void buurt_rows(Rows& rows, const BuurtMargin& margin, const BuurtCount& count) {
  const Place place{margin.name, margin.code};
  rows.fit(place, "population", "residents", 0, margin.population, count.population,
           std::max(8.0, 0.01 * margin.population));
  for (std::size_t band = 0; band < kAgeBands; ++band)
    rows.fit(place, std::string("age ") + kAgeBandNames[band], "residents", 0, margin.age[band], count.age[band],
             std::max(8.0, 0.01 * margin.age[band]));
  rows.fit(place, "households", "households", 0, margin.households, count.households,
           std::max(5.0, 0.01 * margin.households));
  rows.fit(place, "households with children", "percent", 1, percent(margin.with_children, margin.households),
           percent(count.with_children, count.households), 2);
  FitRow& size = rows.fit(place, "mean household size", "residents", 2, margin.mean_size,
                          count.households > 0 ? static_cast<double>(count.in_households) / count.households : 0, 0.05);
  const double least = (margin.mean_size - 0.05) * margin.households;
  if (margin.population < least)
    size.note = "population gave way to it: " + number_text(margin.population) + " residents cannot be " +
                number_text(margin.households) + " households of " + number_text(margin.mean_size);
}

void tenure_rows(Rows& rows, const Place& place, const DistrictMargin& margin, const DistrictCount& count) {
  const double association = margin.association;
  const double rest = 100 - margin.owner - association;
  rows.fit(place, "dwellings", "dwellings", 0, margin.dwellings, count.dwellings, 0);
  rows.fit(place, "owner-occupied", "percent", 1, margin.owner, percent(count.tenure[0], count.dwellings), 1);
  rows.fit(place, "rented, housing association", "percent", 1, association, percent(count.tenure[1], count.dwellings),
           1);
  rows.fit(place, "rented, other", "percent", 1, rest, percent(count.tenure[2], count.dwellings), 1);
  rows.add(place, "single-family", "percent", 1, margin.single_family, percent(count.single_family, count.dwellings));
}

void income_rows(Rows& rows, const Place& place, const DistrictMargin& margin, const DistrictCount& count) {
  const double mean = count.counted > 0 ? count.income / count.counted / 1000 : 0;
  if (margin.income) {
    rows.fit(place, "mean standardised income", "1,000 EUR", 2, *margin.income, mean, 0.02 * *margin.income);
  } else {
    rows.add(place, "mean standardised income", "1,000 EUR", 2, std::nullopt, mean).note = kPredicted;
  }
  rows.add(place, "in the highest income fifth", "percent", 1, margin.top_fifth,
           percent(count.top_fifth, count.counted))
      .note = "input of the income curve; CBS counts the fifth over all private households";
}

void minimum_row(Rows& rows, const DistrictMargin& margin, const DistrictCount& count) {
  const Place place{margin.name, margin.code};
  const double share = percent(count.up_to_minimum, count.counted);
  if (margin.up_to_minimum) {
    rows.fit(place, "up to 120% of the social minimum", "percent", 1, *margin.up_to_minimum, share, 1.5);
  } else {
    rows.add(place, "up to 120% of the social minimum", "percent", 1, std::nullopt, share).note = kPredicted;
  }
}

void city_rows(Rows& rows, const CityFiles& files, const CityCount& count) {
  const auto& q = files.quantities;
  const Place place{files.whole.name, files.whole.code};
  int population = 0;
  int households = 0;
  int with_children = 0;
  std::array<int, kAgeBands> age{};
  for (const auto& buurt : count.buurten) {
    population += buurt.population;
    households += buurt.households;
    with_children += buurt.with_children;
    for (std::size_t band = 0; band < kAgeBands; ++band) age[band] += buurt.age[band];
  }
  rows.fit(place, "population", "residents", 0, files.whole.population, population, 0);
  constexpr std::array<const char*, 4> names = {"age 0-24", "age 25-44", "age 45-64", "age 65+"};
  const std::array<int, 4> made = {age[0] + age[1], age[2], age[3], age[4]};
  for (std::size_t a = 0; a < 4; ++a)
    rows.fit(place, names[a], "residents", 0, files.whole.age[a], made[a], std::max(8.0, 0.01 * files.whole.age[a]));
  rows.fit(place, "residents of 18-26", "residents", 0, q.residents_18_26, count.residents_18_26,
           0.03 * q.residents_18_26);
  rows.fit(place, "households", "households", 0, files.whole.households, households, 5);
  rows.fit(place, "households with children", "percent", 1, percent(files.whole.with_children, files.whole.households),
           percent(with_children, households), 2);
  rows.add(place, "students living away", "residents", 0, q.students_living_away, count.students);
  rows.add(place, "in room-let dwellings", "residents", 0, q.room_let_residents * files.whole.population,
           count.in_student_houses);
  rows.add(place, "room-let dwellings", "dwellings", 0, q.room_let_dwellings * files.whole.dwellings,
           count.districts.back().student_houses);
}

void disposable_rows(Rows& rows, const CityFiles& files, const CityCount& count) {
  const auto& q = files.quantities;
  const Place place{files.whole.name, files.whole.code};
  const auto row = [&](const char* what, double published, const city::IncomeCount& made, const char* note) {
    rows.add(place, std::string("disposable income, ") + what, "1,000 EUR", 1, published / 1000, made.mean() / 1000)
        .note = note;
  };
  row("all", q.income_all, count.all, "follows from standardised income and household sizes");
  row("one person", q.income_single, count.single, "follows from standardised income and household sizes");
  row("couple with children", q.income_couple_with_children, count.couple_with_children,
      "follows from standardised income and household sizes");
  row("owner-occupied", q.income_owner, count.owner, "published for about 2019");
  row("rented", q.income_rented, count.rented,
      "published for about 2019; it and owner-occupied give a lower mean than 2022");
}

std::vector<std::string> conflicts(const CityFiles& files) {
  int population = 0;
  int households = 0;
  int with_children = 0;
  for (const auto& buurt : files.buurten) {
    population += buurt.population;
    households += buurt.households;
    with_children += buurt.with_children;
  }
  const auto gave_way = [](const char* what, int sum, int city) {
    return std::string(what) + ": the buurten (rounded to 5) sum to " + with_thousands(std::int64_t{sum}) +
           ", the city has " + with_thousands(std::int64_t{city}) + ": the buurten gave way";
  };
  std::vector<std::string> notes;
  if (population != files.whole.population) notes.push_back(gave_way("population", population, files.whole.population));
  if (households != files.whole.households) notes.push_back(gave_way("households", households, files.whole.households));
  if (with_children != files.whole.with_children)
    notes.push_back(gave_way("households with children", with_children, files.whole.with_children));
  notes.push_back(
      "incomes leave out households of students only, as CBS does, and refer to the earlier year that the table of "
      "2024 "
      "gives; the minimum lines are those of 1 July 2023 without holiday allowance, as Leiden publishes them");
  notes.push_back(
      "the published 16% up to 120% of the social minimum goes with about 8,000 households; of the households "
      "counted here it is more, so the share holds and the number gave way");
  return notes;
}

}  // namespace

bool FitTable::all_inside() const { return outside() == 0; }

std::size_t FitTable::outside() const {
  return static_cast<std::size_t>(
      std::count_if(rows.begin(), rows.end(), [](const FitRow& row) { return !row.inside; }));
}

FitTable fit_table(const City& city, const CityFiles& files) {
  const CityCount count = city::count_city(city, files);
  FitTable table;
  table.city = files.name;
  Rows rows(table);
  city_rows(rows, files, count);
  for (std::size_t b = 0; b < files.buurten.size() && b < count.buurten.size(); ++b)
    buurt_rows(rows, files.buurten[b], count.buurten[b]);
  for (std::size_t d = 0; d < files.districts.size() && d < count.districts.size(); ++d)
    tenure_rows(rows, {files.districts[d].name, files.districts[d].code}, files.districts[d], count.districts[d]);
  tenure_rows(rows, {files.whole.name, files.whole.code}, files.whole, count.districts.back());
  for (std::size_t d = 0; d < files.districts.size() && d < count.districts.size(); ++d)
    income_rows(rows, {files.districts[d].name, files.districts[d].code}, files.districts[d], count.districts[d]);
  income_rows(rows, {files.whole.name, files.whole.code}, files.whole, count.districts.back());
  for (std::size_t d = 0; d < files.districts.size() && d < count.districts.size(); ++d)
    minimum_row(rows, files.districts[d], count.districts[d]);
  minimum_row(rows, files.whole, count.districts.back());
  disposable_rows(rows, files, count);
  table.notes = conflicts(files);
  return table;
}

}  // namespace sleutel
