#include <catch2/catch.hpp>

#include "leiden.h"
#include "sim/city/fit_table.h"

using namespace sleutel;

namespace {

std::string outside(const FitTable& table) {
  std::string text;
  for (const FitRow& row : table.rows)
    if (!row.inside) text += row.margin + " in " + row.area + "; ";
  return text;
}

const FitRow& row_of(const FitTable& table, const std::string& margin, const std::string& code) {
  for (const FitRow& row : table.rows)
    if (row.margin == margin && row.area_code == code) return row;
  throw std::logic_error("no row " + margin + " " + code);
}

}  // namespace

TEST_CASE("every published margin is met for the default seed", "[law]") {
  const FitTable table = fit_table(leiden::city(), leiden::files());
  INFO(outside(table));
  CHECK(table.all_inside());
  int fitted = 0;
  for (const FitRow& row : table.rows) fitted += row.use == FitUse::fitted ? 1 : 0;
  // 54 buurten x (population, 5 ages, households, with children, size), 10 districts and the city x (dwellings, 3
  // tenures), 9 districts and the city x income, 3 shares up to the minimum, and 8 of the whole city
  CHECK(fitted == 54 * 9 + 11 * 4 + 10 + 3 + 8);
}

TEST_CASE("every published margin is met for city seeds 1 to 20", "[long]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const FitTable table = fit_table(make_city(leiden::files(), seed), leiden::files());
    INFO("city seed " << seed << ": " << outside(table));
    CHECK(table.all_inside());
  }
}

TEST_CASE("the tolerances are those that were asked for") {
  const FitTable table = fit_table(leiden::city(), leiden::files());
  CHECK(row_of(table, "population", "GM0546").tolerance == 0);
  CHECK(row_of(table, "population", "GM0546").synthetic == 130108);
  CHECK(row_of(table, "population", "BU05460104").tolerance == Approx(8.5));
  CHECK(row_of(table, "age 0-14", "BU05460000").tolerance == 8);
  CHECK(row_of(table, "households", "BU05460302").tolerance == Approx(34.4));
  CHECK(row_of(table, "households", "BU05460407").tolerance == 5);
  CHECK(row_of(table, "households with children", "BU05460000").tolerance == 2);
  CHECK(row_of(table, "mean household size", "BU05460000").tolerance == 0.05);
  CHECK(row_of(table, "owner-occupied", "WK054603").tolerance == 1);
  CHECK(row_of(table, "mean standardised income", "WK054608").tolerance == Approx(0.868));
  CHECK(row_of(table, "residents of 18-26", "GM0546").tolerance == Approx(810));
  CHECK(row_of(table, "up to 120% of the social minimum", "WK054603").tolerance == 1.5);
  CHECK_FALSE(row_of(table, "mean standardised income", "WK054602").published);
  CHECK(row_of(table, "mean standardised income", "WK054602").use == FitUse::shown);
}

TEST_CASE("a wrong margin is outside") {
  const auto change = GENERATE(0, 1, 2, 3, 4, 5, 6);
  CityFiles wrong = leiden::files();
  switch (change) {
    case 0:
      wrong.buurten[5].population += 60;
      break;
    case 1:
      wrong.buurten[17].age[2] += 40;
      break;
    case 2:
      wrong.buurten[30].households -= 30;
      break;
    case 3:
      wrong.buurten[50].mean_size += 0.2;
      break;
    case 4:
      wrong.districts[3].owner += 2;
      break;
    case 5:
      wrong.districts[8].income = *wrong.districts[8].income * 1.04;
      break;
    case 6:
      wrong.whole.population += 1;
      break;
    default:
      break;
  }
  const FitTable table = fit_table(leiden::city(), wrong);
  CHECK_FALSE(table.all_inside());
  CHECK(fit_text(table, FitDetail::every_row).find("OUTSIDE") != std::string::npos);
}

TEST_CASE("the fit is printed with a row per margin, or summed for the buurten") {
  const FitTable table = fit_table(leiden::city(), leiden::files());
  const std::string all = fit_text(table, FitDetail::every_row);
  const std::string summary = fit_text(table, FitDetail::summary);
  CHECK(std::count(all.begin(), all.end(), '\n') > static_cast<long>(table.rows.size()));
  CHECK(std::count(summary.begin(), summary.end(), '\n') < 160);
  CHECK(all.find("551 of 551 fitted figures within their tolerance") != std::string::npos);
  CHECK(summary.find("Klein Cronestein, 54 of 54 within\n") != std::string::npos);  // population: 10, made 13
  CHECK(summary.find("Boerhaavedistrict, 2 of 2 within, 8 not published\n") != std::string::npos);
  const std::string json = fit_json(table);
  CHECK(json.find("{\"margin\": \"population\", \"area\": \"Leiden\", \"area_code\": \"GM0546\", \"unit\": "
                  "\"residents\", \"published\": 130108, \"synthetic\": 130108, \"difference\": 0, \"tolerance\": 0, "
                  "\"fitted\": true, \"inside\": true, \"note\": \"\"}") != std::string::npos);
  CHECK(json.find("\"published\": null") != std::string::npos);
}
