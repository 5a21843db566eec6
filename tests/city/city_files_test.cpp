#include "sim/city/city_files.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "leiden.h"
#include "sim/base/numbers.h"
#include "sim/base/problems.h"
#include "sim/city/read_flows.h"

using namespace sleutel;
namespace fs = std::filesystem;

namespace {

// A copy of Leiden's files that a test may spoil; removed at the end.
class Copy {
 public:
  explicit Copy(const std::string& name) : folder_(fs::temp_directory_path() / ("sleutel_city_" + name) / "leiden") {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    fs::copy(fs::path(leiden::kFolder) / "margins", folder_ / "margins");
    for (const char* file : {"city.yaml", "flows.csv", "arrivals_by_age.csv"})
      fs::copy(fs::path(leiden::kFolder) / file, folder_ / file);
  }
  ~Copy() { fs::remove_all(folder_.parent_path()); }
  Copy(const Copy&) = delete;
  Copy& operator=(const Copy&) = delete;

  std::string path() const { return folder_.string(); }
  std::string read(const std::string& file) const {
    std::ifstream in(folder_ / file);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }
  void write(const std::string& file, const std::string& text) const { std::ofstream(folder_ / file) << text; }
  void replace(const std::string& file, const std::string& what, const std::string& with) const {
    std::string text = read(file);
    const auto at = text.find(what);
    REQUIRE(at != std::string::npos);
    write(file, text.replace(at, what.size(), with));
  }

 private:
  fs::path folder_;
};

std::string problems_of(const Copy& copy) {
  try {
    read_city_files(copy.path());
  } catch (const InputError& error) {
    return problems_text(error);
  }
  return "";
}

// The lines of a table below its header, turned round.
void reverse_rows(const Copy& copy, const std::string& file) {
  std::istringstream in(copy.read(file));
  std::string line;
  std::string head;
  std::string rows;
  bool header_seen = false;
  while (std::getline(in, line)) {
    if (!header_seen) {
      head += line + "\n";
      header_seen = line[0] != '#';
    } else {
      rows = line + "\n" + rows;
    }
  }
  copy.write(file, head + rows);
}

}  // namespace

TEST_CASE("a quantity without its row, a word that is not yes or no, and a norm given twice are told with a place") {
  const Copy copy("flows");
  copy.replace("flows.csv", "\nbirths_of_boys,", "\nbirths_of_boy,");
  copy.replace("flows.csv", "is left out\",no\n", "is left out\",maybe\n");
  std::string told;
  try {
    read_flows(copy.path());
  } catch (const InputError& error) {
    told = problems_text(error);
  }
  CHECK_THAT(told, Catch::Contains("assumption: expected yes or no, found 'maybe'"));
  const std::string rows = copy.read("flows.csv");
  const auto last = std::to_string(std::count(rows.begin(), rows.end(), '\n'));
  CHECK_THAT(told, Catch::Contains(last + ":1   quantity: \"births_of_boys\" is missing"));
  const std::string norms = "margins/social_minimum_norms.csv";
  const std::string text = copy.read(norms);
  const auto row = text.find("\n2023-07-01,couple_aow_age,") + 1;
  copy.write(norms, text + text.substr(row, text.find('\n', row) - row) + "\n");
  CHECK_THAT(problems_of(copy),
             Catch::Contains("household_type: \"couple_aow_age\" of 2023-07-01 stands here a second time"));
}

TEST_CASE("Leiden's files read: 54 buurten, 10 districts, every quantity with its words") {
  const CityFiles& files = leiden::files();
  CHECK(files.name == "Leiden");
  CHECK(files.buurten.size() == 54);
  CHECK(files.districts.size() == 10);
  CHECK(files.whole.population == 130108);
  CHECK_FALSE(files.districts[2].income);
  CHECK(files.children.lone_parent_share == Approx(149075.0 / 578864));
  REQUIRE(files.notes.size() == kQuantityCount);
  for (const auto& note : files.notes) CHECK_FALSE((note.words.empty() || note.unit.empty()));
}

TEST_CASE("the page on the city lists every figure and assumption with its value") {
  std::ifstream in(SLEUTEL_SOURCE_DIR "/docs/data-city.md");
  std::stringstream page;
  page << in.rdbuf();
  for (const auto& note : leiden::files().notes) {
    const std::string row = "| `" + note.name + "` | ";
    const auto at = page.str().find(row);
    INFO(note.name);
    REQUIRE(at != std::string::npos);
    const std::string value =
        page.str().substr(at + row.size(), page.str().find(" |", at + row.size()) - at - row.size());
    CHECK(parse_number(value) == note.value);
  }
}

TEST_CASE("the order of rows in the files changes no bit", "[law]") {
  const Copy copy("order");
  for (const char* file :
       {"margins/buurten_2024.csv", "margins/districts_2024.csv", "margins/nl_residents_by_age_2005.csv",
        "margins/nl_children_by_age_2024.csv", "margins/nl_living_with_parents_2021.csv",
        "margins/nl_households_with_children_2023.csv", "margins/social_minimum_norms.csv",
        "margins/assumed_by_age.csv", "margins/minimum_income_2023.csv", "margins/region_above_120_percent_2022.csv"})
    reverse_rows(copy, file);
  CHECK(leiden::digest(make_city(read_city_files(copy.path()), 1)) == leiden::digest(leiden::city()));
}

TEST_CASE("a missing file, a wrong number, an unknown district and an unknown key are all told at once") {
  const Copy copy("wrong");
  fs::remove(copy.path() + "/margins/social_minimum_norms.csv");
  copy.replace("margins/buurten_2024.csv", "WK054607,730", "WK054699,730");
  copy.replace("margins/districts_2024.csv", "6765", "many");
  copy.replace("city.yaml", "lone_father_share: {value: 0.16", "lone_father_share: {value: 16");
  copy.replace("city.yaml", "  mother_age:", "  mother_agee:");
  const std::string text = problems_of(copy);
  INFO(text);
  CHECK(text.find("social_minimum_norms.csv") != std::string::npos);
  CHECK(text.find("BU05460704 lies in a district that is not in districts_2024.csv: WK054699") != std::string::npos);
  CHECK(text.find("many") != std::string::npos);
  CHECK(text.find("lone_father_share.value: 16 (must be between 0 and 1") != std::string::npos);
  CHECK(text.find("mother_agee") != std::string::npos);
}

TEST_CASE("a cell that cannot be read is one problem, not also those of every sum that it belongs to") {
  const auto [file, what, with] = GENERATE(table<std::string, std::string, std::string>({
      {"margins/buurten_2024.csv", "Slaaghwijk,WK054608,4385", "Slaaghwijk,WK054608,many"},
      {"margins/buurten_2024.csv", "2380,100,1.2", "many,100,1.2"},
      {"margins/districts_2024.csv", "430,4377", "430,many"},
      {"margins/districts_2024.csv", "6765", "many"},
      {"margins/nl_residents_by_age_2005.csv", "\n50,", "\nmany,"},
      {"margins/assumed_by_age.csv", "\n0,0,0,1,0,0.50,0.15", "\nmany,0,0,1,0,0.50,0.15"},
      {"margins/social_minimum_norms.csv", "2023-07-01,single_aow_age,", "2023-07-01,single_aow_age,many"},
  }));
  const Copy copy("cell");
  copy.replace(file, what, with);
  const std::string text = problems_of(copy);
  INFO(text);
  CHECK_THAT(text, Catch::StartsWith(copy.path() + "/" + file + ": 1 problem, nothing was run\n"));
  CHECK_THAT(text, Catch::Contains("many"));
}

TEST_CASE("what no single cell shows is told too") {
  const auto [file, what, with, message] = GENERATE(table<std::string, std::string, std::string, std::string>({
      {"margins/buurten_2024.csv", "Slaaghwijk,WK054608,4385", "Slaaghwijk,WK054608,6385",
       "3:37  population: the buurten sum to 132095"},
      {"margins/districts_2024.csv", "430,4377", "430,4000", "6:58  dwellings: the districts' dwellings sum to 63476"},
      {"margins/districts_2024.csv", "\nGM0546", "\nWK054650", "5:1  code: no row for the city"},
      {"margins/buurten_2024.csv", "BU05460001", "BU05460000", "5:1  buurt_code: two rows for BU05460000"},
      {"margins/districts_2024.csv", "\nWK054601", "\nWK054600", "8:1  code: two rows for WK054600"},
      {"margins/nl_residents_by_age_2005.csv", "\n50,", "\n51,", "3:1   age: age 50 must have one row, found 0"},
      {"margins/nl_residents_by_age_2005.csv", "\n50,", "\n51,", "55:1  age: age 51 must have one row, found 2"},
      {"margins/minimum_income_2023.csv", "GM0546,Leiden,16\n", "", "3:1  area_code: needs a row for the city"},
      {"margins/assumed_by_age.csv", "\n19,", "\n18,", "10:1  age_from: two rows for 18"},
      {"margins/assumed_by_age.csv", "\n0,0,0", "\n3,0,0", "7:1  age_from: the first row must begin at age 0"},
      {"margins/social_minimum_norms.csv", "2023-07-01,couple_aow_age", "2023-07-01,couple",
       "3:12  household_type: needs the norms"},
      {"margins/minimum_income_2023.csv", "WK054603", "WK054613", "no district or city WK054613"},
      {"margins/assumed_by_age.csv", "\n0,0,0,1,0,0.50,0.15", "\n0,0,0,1,0,0.90,0.15", "together are more than 1"},
      {"margins/buurten_2024.csv", "2380,100,1.2", "2380,2400,1.2", "more households with children than households"},
  }));
  const Copy copy("together");
  copy.replace(file, what, with);
  const std::string text = problems_of(copy);
  INFO(text);
  CHECK(text.find(message) != std::string::npos);
}

TEST_CASE("what city.yaml cannot mean is refused, with what to write") {
  const auto [what, with, message] = GENERATE(table<std::string, std::string, std::string>({
      {"unit: residents, source: \"BRP", "unit: apples, source: \"BRP",
       "8:41  figures.residents_18_26.unit: 'apples' (must be residents)\n"
       "        give the number in that unit and write unit: residents\n"},
      {"value: 27000", "value: 27000000",
       "8:28  figures.residents_18_26.value: 27000000 (must be at most 130108, the residents of the city in "
       "districts_2024.csv)\n        look whether it is of this city\n"},
      {"fourth_bound: {value: 46000", "fourth_bound: {value: 0",
       "40:25  assumptions.fourth_bound.value: 0 (must be between 1 and 1000000)\n"},
      {"city: leiden\n", "city: delft\n",
       "3:7  city: \"delft\", but the folder is called \"leiden\"\n"
       "       write city: leiden, or rename the folder\n"},
  }));
  const Copy copy("meaning");
  copy.replace("city.yaml", what, with);
  CHECK(problems_of(copy) == copy.path() + "/city.yaml: 1 problem, nothing was run\n\n  " + message);
}

TEST_CASE("a table without rows is told, in place of a city without residents") {
  const auto [file, message] = GENERATE(table<std::string, std::string>({
      {"margins/buurten_2024.csv", "3:1  buurt_code: no row for any buurt"},
      {"margins/districts_2024.csv", "5:1  code: no row for the city"},
      {"arrivals_by_age.csv", "8:1  age: no row for any age"},
  }));
  const Copy copy("rows");
  std::istringstream in(copy.read(file));
  std::string head;
  for (std::string line; std::getline(in, line);) {
    head += line + "\n";
    if (line[0] != '#') break;
  }
  copy.write(file, head);
  const std::string text = problems_of(copy);
  INFO(text);
  CHECK_THAT(text, Catch::StartsWith(copy.path() + "/" + file + ": 1 problem, nothing was run\n"));
  CHECK_THAT(text, Catch::Contains(message));
}
