#include "sim/city/city_tables.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

#include "sim/base/text.h"
#include "sim/input/csv.h"

namespace sleutel {
namespace {

constexpr Range kCount{.min = 0, .max = 1e8};
constexpr Range kPercent{.min = 0, .max = 100};

/// Whether every cell since then could be read: what cells say together is asked only if so.
class SinceThen {
 public:
  explicit SinceThen(const std::vector<Problem>& problems) : problems_(problems), before_(problems.size()) {}
  bool all_read() const { return problems_.size() == before_; }

 private:
  const std::vector<Problem>& problems_;
  std::size_t before_;
};

int count_at(const CsvTable& table, std::size_t row, const char* column) {
  return static_cast<int>(table.whole(row, column, kCount));
}

/// A table with a header and nothing below it, where residents must come from. Rows left out were told already.
void require_rows(const CsvTable& table, const SinceThen& then, bool any, const char* column, const char* of_what) {
  if (!any && then.all_read()) table.report_header(column, std::string("no row for ") + of_what);
}

/// Reports a code that an earlier row has.
void report_second(const CsvTable& table, std::size_t row, const char* column, std::set<std::string>& seen) {
  const std::string& code = table.text(row, column);
  if (!code.empty() && !seen.insert(code).second) table.report(row, column, "two rows for " + code);
}

/// After the districts: a buurt lies in one of them, if any of them could be read.
void report_district(const CsvTable& table, std::size_t row, const BuurtMargin& buurt, const CityFiles& files) {
  const auto same = [&](const DistrictMargin& one) { return one.code == buurt.district; };
  if (files.districts.empty() || std::any_of(files.districts.begin(), files.districts.end(), same)) return;
  table.report(row, "district_code",
               buurt.code + " lies in a district that is not in districts_2024.csv: " + buurt.district);
}

/// The buurten against the city, if both could be read.
void check_population(const CsvTable& table, const CityFiles& files) {
  int population = 0;
  for (const auto& buurt : files.buurten) population += buurt.population;
  const int room = 3 * static_cast<int>(files.buurten.size());  // each count is rounded to 5
  if (std::abs(population - files.whole.population) > room)
    table.report_header("population", "the buurten sum to " + std::to_string(population) + " residents, the city has " +
                                          std::to_string(files.whole.population));
}

/// The districts against the city, whose row is given.
void check_dwellings(const CsvTable& table, std::size_t row, const CityFiles& files) {
  int dwellings = 0;
  for (const auto& district : files.districts) dwellings += district.dwellings;
  if (dwellings != files.whole.dwellings)
    table.report(row, "dwellings",
                 "the districts' dwellings sum to " + std::to_string(dwellings) + ", the city has " +
                     std::to_string(files.whole.dwellings));
}

void read_buurten(const std::string& file, bool districts_read, CityFiles& files, std::vector<Problem>& problems) {
  constexpr std::array<const char*, kAgeBands> bands = {"age_0_14", "age_15_24", "age_25_44", "age_45_64",
                                                        "age_65_plus"};
  const auto table =
      read_csv(file,
               {"buurt_code", "buurt_name", "district_code", "population", "age_0_14", "age_15_24", "age_25_44",
                "age_45_64", "age_65_plus", "households", "households_with_children", "mean_household_size"},
               problems);
  const SinceThen before(problems);
  std::set<std::string> seen;
  for (std::size_t row = 0; table && row < table->rows(); ++row) {
    const SinceThen then(problems);
    BuurtMargin buurt;
    buurt.code = table->required_text(row, "buurt_code");
    buurt.name = table->required_text(row, "buurt_name");
    buurt.district = table->required_text(row, "district_code");
    buurt.population = count_at(*table, row, "population");
    for (std::size_t band = 0; band < kAgeBands; ++band) buurt.age[band] = count_at(*table, row, bands[band]);
    buurt.households = count_at(*table, row, "households");
    buurt.with_children = count_at(*table, row, "households_with_children");
    buurt.mean_size = table->number(row, "mean_household_size", {.min = 1, .max = 10});
    if (then.all_read() && buurt.with_children > buurt.households)
      table->report(row, "households_with_children", "more households with children than households");
    report_second(*table, row, "buurt_code", seen);
    report_district(*table, row, buurt, files);
    files.buurten.push_back(std::move(buurt));
  }
  if (table) require_rows(*table, before, !files.buurten.empty(), "buurt_code", "any buurt");
  const bool both_read = table && before.all_read() && districts_read && !files.buurten.empty();
  if (both_read) check_population(*table, files);
  std::sort(files.buurten.begin(), files.buurten.end(),
            [](const BuurtMargin& a, const BuurtMargin& b) { return a.code < b.code; });
}

DistrictMargin district_at(const CsvTable& table, std::size_t row) {
  DistrictMargin one;
  one.code = table.required_text(row, "code");
  one.name = table.required_text(row, "name");
  one.population = count_at(table, row, "population");
  one.age = {count_at(table, row, "age_0_24"), count_at(table, row, "age_25_44"), count_at(table, row, "age_45_64"),
             count_at(table, row, "age_65_plus")};
  one.households = count_at(table, row, "households");
  one.with_children = count_at(table, row, "households_with_children");
  one.dwellings = count_at(table, row, "dwellings");
  one.owner = table.number(row, "owner_percent", kPercent);
  one.rented = table.number(row, "rented_percent", kPercent);
  one.single_family = table.number(row, "single_family_percent", kPercent);
  one.association = table.number(row, "housing_association_percent", kPercent);
  one.personal_income = table.number(row, "personal_income_per_resident_keur", {.above = 0, .below = 1000});
  one.income = table.maybe_number(row, "standardised_income_keur", {.above = 0, .below = 1000});
  one.top_fifth = table.number(row, "top_fifth_percent", kPercent);
  return one;
}

void read_districts(const std::string& file, CityFiles& files, std::vector<Problem>& problems) {
  const auto table = read_csv(file,
                              {"code", "name", "population", "age_0_24", "age_25_44", "age_45_64", "age_65_plus",
                               "households", "households_with_children", "dwellings", "owner_percent", "rented_percent",
                               "single_family_percent", "housing_association_percent",
                               "personal_income_per_resident_keur", "standardised_income_keur", "top_fifth_percent"},
                              problems);
  const SinceThen before(problems);
  std::optional<std::size_t> city;
  std::set<std::string> seen;
  for (std::size_t row = 0; table && row < table->rows(); ++row) {
    const SinceThen then(problems);
    DistrictMargin one = district_at(*table, row);
    report_second(*table, row, "code", seen);
    if (one.code.starts_with("GM")) {
      if (then.all_read() && !one.income)
        table->report(row, "standardised_income_keur", "the city's mean income is needed");
      files.whole = std::move(one);
      city = row;
    } else {
      files.districts.push_back(std::move(one));
    }
  }
  if (table && !city) table->report_header("code", "no row for the city (a code that begins with GM)");
  if (city) require_rows(*table, before, !files.districts.empty(), "code", "any district");
  if (city && before.all_read()) check_dwellings(*table, *city, files);
  std::sort(files.districts.begin(), files.districts.end(),
            [](const DistrictMargin& a, const DistrictMargin& b) { return a.code < b.code; });
}

// One value per age from `first` on: every age once, in any order.
template <std::size_t n>
void read_by_age(const CsvTable& table, const char* column, int first, std::array<double, n>& into,
                 std::vector<Problem>& problems) {
  const SinceThen then(problems);
  std::array<int, n> seen{};
  std::array<std::size_t, n> last{};
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto age = table.whole(row, "age", {.min = static_cast<double>(first), .max = first + n - 1.0});
    if (age < first || age >= first + static_cast<int>(n)) continue;
    const auto at = static_cast<std::size_t>(age - first);
    into[at] = table.number(row, column, {.min = 0, .max = 1e9});
    ++seen[at];
    last[at] = row;
  }
  if (!then.all_read()) return;
  for (std::size_t at = 0; at < n; ++at) {
    const std::string what =
        "age " + std::to_string(first + static_cast<int>(at)) + " must have one row, found " + std::to_string(seen[at]);
    if (seen[at] == 0) table.report_header("age", what);
    if (seen[at] > 1) table.report(last[at], "age", what);
  }
}

void read_national(const std::string& folder, CityFiles& files, std::vector<Problem>& problems) {
  auto& national = files.national;
  if (const auto table = read_csv(folder + "nl_residents_by_age_2005.csv",
                                  {"age", "men", "women", "mortality_men", "mortality_women"}, problems)) {
    read_by_age(*table, "men", 0, national.men, problems);
    read_by_age(*table, "women", 0, national.women, problems);
    read_by_age(*table, "mortality_men", 0, national.mortality_men, problems);
    read_by_age(*table, "mortality_women", 0, national.mortality_women, problems);
  }
  if (const auto table = read_csv(folder + "nl_children_by_age_2024.csv", {"age", "residents"}, problems))
    read_by_age(*table, "residents", 0, national.children, problems);
  if (const auto table =
          read_csv(folder + "nl_living_with_parents_2021.csv", {"age", "men_percent", "women_percent"}, problems)) {
    read_by_age(*table, "men_percent", 18, national.men_with_parents, problems);
    read_by_age(*table, "women_percent", 18, national.women_with_parents, problems);
  }
}

void read_children(const std::string& file, CityFiles& files, std::vector<Problem>& problems) {
  const auto table = read_csv(
      file, {"region", "household_type", "total", "one_child", "two_children", "three_or_more_children"}, problems);
  if (!table) return;
  const SinceThen then(problems);
  double all = 0;
  double lone = 0;
  for (std::size_t row = 0; row < table->rows(); ++row) {
    const std::string& type = table->required_text(row, "household_type");
    const bool national = table->required_text(row, "region") == "NL";
    const double total = table->number(row, "total", {.min = 0});
    if (!national) (type == "lone_parent" ? lone : all) = total;
    if (!national || type == "all_with_children") continue;
    auto& into = type == "lone_parent" ? files.children.lone_parents : files.children.couples;
    into[0] += table->number(row, "one_child", {.min = 0});
    into[1] += table->number(row, "two_children", {.min = 0});
    into[2] += table->number(row, "three_or_more_children", {.min = 0});
  }
  if (all > 0 && lone > 0 && lone < all) files.children.lone_parent_share = lone / all;
  if (!then.all_read()) return;
  if (files.children.lone_parent_share == 0 || files.children.couples[0] == 0 || files.children.lone_parents[0] == 0)
    table->report_header("household_type",
                         "needs rows for couples and lone parents (NL), all and lone parents (province)");
}

void read_minimum(const std::string& file, CityFiles& files, std::vector<Problem>& problems) {
  const auto table = read_csv(file, {"valid_from", "household_type", "eur_per_month"}, problems);
  const SinceThen then(problems);
  std::set<std::pair<std::string, std::string>> seen;
  for (std::size_t row = 0; table && row < table->rows(); ++row) {
    const double norm = table->number(row, "eur_per_month", {.above = 0, .below = 10000});
    const std::string& from = table->required_text(row, "valid_from");
    const std::string& type = table->required_text(row, "household_type");
    if (!seen.emplace(from, type).second)
      table->report(row, "household_type", in_quotes(type) + " of " + from + " stands here a second time");
    if (from != "2023-07-01") continue;
    if (type == "single_aow_age") files.minimum.single_older = norm;
    if (type == "couple_aow_age") files.minimum.couple_older = norm;
  }
  if (table && then.all_read() && (files.minimum.single_older == 0 || files.minimum.couple_older == 0))
    table->report_header("household_type", "needs the norms single_aow_age and couple_aow_age of 2023-07-01");
}

void read_minimum_shares(const std::string& file, CityFiles& files, std::vector<Problem>& problems) {
  const auto table = read_csv(file, {"area_code", "percent"}, problems);
  for (std::size_t row = 0; table && row < table->rows(); ++row) {
    const std::string& code = table->required_text(row, "area_code");
    const double percent = table->number(row, "percent", kPercent);
    DistrictMargin* area = code == files.whole.code ? &files.whole : nullptr;
    for (auto& district : files.districts)
      if (district.code == code) area = &district;
    if (area == nullptr && files.whole.code.empty()) continue;  // the areas could not be read, which was told
    if (area == nullptr) {
      table->report(row, "area_code", "no district or city " + code);
    } else {
      area->up_to_minimum = percent;
    }
  }
  if (table && !files.whole.code.empty() && !files.whole.up_to_minimum)
    table->report_header("area_code", "needs a row for the city");
}

void read_assumed(const std::string& file, CityFiles& files, std::vector<Problem>& problems) {
  const auto table = read_csv(
      file,
      {"age_from", "couple_share", "student_share", "institution_weight", "away_weight", "high_share", "low_share"},
      problems);
  const SinceThen then(problems);
  std::set<std::string> seen;
  for (std::size_t row = 0; table && row < table->rows(); ++row) {
    AgeAssumption one;
    one.from = static_cast<int>(table->whole(row, "age_from", {.min = 0, .max = 100}));
    one.couple = table->number(row, "couple_share", {.min = 0, .max = 0.99});
    one.student = table->number(row, "student_share", {.min = 0, .max = 0.99});
    one.institution = table->number(row, "institution_weight", {.min = 0});
    one.away = table->number(row, "away_weight", {.min = 0});
    one.high = table->number(row, "high_share", {.min = 0, .max = 1});
    one.low = table->number(row, "low_share", {.min = 0, .max = 1});
    if (one.high + one.low > 1) table->report(row, "high_share", "high_share and low_share together are more than 1");
    report_second(*table, row, "age_from", seen);
    files.by_age.push_back(one);
  }
  std::sort(files.by_age.begin(), files.by_age.end(),
            [](const AgeAssumption& a, const AgeAssumption& b) { return a.from < b.from; });
  if (table && then.all_read() && (files.by_age.empty() || files.by_age.front().from != 0))
    table->report_header("age_from", "the first row must begin at age 0");
}

void read_region(const std::string& file, CityFiles& files, std::vector<Problem>& problems) {
  const auto table = read_csv(file, {"region", "household_type", "percent"}, problems);
  for (std::size_t row = 0; table && row < table->rows(); ++row)
    files.region_above_minimum.push_back({table->required_text(row, "region"),
                                          table->required_text(row, "household_type"),
                                          table->number(row, "percent", kPercent)});
}

}  // namespace

void read_city_tables(const std::string& folder, CityFiles& files, std::vector<Problem>& problems) {
  const SinceThen then(problems);
  read_districts(folder + "districts_2024.csv", files, problems);
  read_buurten(folder + "buurten_2024.csv", then.all_read(), files, problems);
  read_national(folder, files, problems);
  read_children(folder + "nl_households_with_children_2023.csv", files, problems);
  read_minimum(folder + "social_minimum_norms.csv", files, problems);
  read_minimum_shares(folder + "minimum_income_2023.csv", files, problems);
  read_assumed(folder + "assumed_by_age.csv", files, problems);
  read_region(folder + "region_above_120_percent_2022.csv", files, problems);
}

}  // namespace sleutel
