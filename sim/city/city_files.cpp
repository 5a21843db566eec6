#include "sim/city/city_files.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "sim/base/problems.h"
#include "sim/base/text.h"
#include "sim/city/city_tables.h"
#include "sim/city/read_flows.h"
#include "sim/input/reader.h"
#include "sim/input/yaml.h"

namespace sleutel {
namespace {

/// The number is taken for one of this unit, whatever stands there.
void check_unit(const Node& quantity, const QuantityEntry& entry, Reader& reader) {
  const Node* unit = reader.required(quantity, "unit");
  if (unit == nullptr || unit->text == entry.unit) return;
  reader.report(*unit, unit->found() + " (must be " + entry.unit + ")",
                std::string("give the number in that unit and write unit: ") + entry.unit);
}

void read_section(const Node& root, bool assumptions, CityFiles& files, Reader& reader) {
  const Node* section = reader.required(root, assumptions ? "assumptions" : "figures");
  if (section == nullptr || !reader.is_map(*section)) return;
  const char* words = assumptions ? "note" : "source";
  std::vector<std::string> known;
  for (const auto& entry : kCityQuantities) {
    if (entry.assumption != assumptions) continue;
    known.emplace_back(entry.name);
    const Node* node = reader.required(*section, entry.name);
    if (node == nullptr || !reader.is_map(*node)) continue;
    reader.only_keys(*node, {"value", "unit", words});
    const double value = reader.required_number(*node, "value", {.min = entry.min, .max = entry.max});
    files.quantities.*entry.place = value;
    check_unit(*node, entry, reader);
    files.notes.push_back({entry.name, entry.unit, reader.required_text(*node, words), value, assumptions});
  }
  reader.only_keys(*section, known);
}

/// A study names the folder; results name the city.
void check_city_name(const Node& root, const std::string& folder, const std::string& id, Reader& reader) {
  const std::string name = std::filesystem::weakly_canonical(std::filesystem::absolute(folder)).filename().string();
  if (id.empty() || id == name) return;
  reader.report(*root.find("city"), in_quotes(id) + ", but the folder is called " + in_quotes(name),
                "write city: " + name + ", or rename the folder");
}

/// Counts of residents that are more than there are. The population stands in a table that is read later.
void check_counts(const Node& root, const CityFiles& files, std::vector<Problem>& problems) {
  const Node* figures = root.find("figures");
  if (figures == nullptr || files.whole.population <= 0) return;
  for (const char* name : {"residents_18_26", "students_living_away"}) {
    const Node* figure = figures->find(name);
    const Node* value = figure == nullptr ? nullptr : figure->find("value");
    if (value == nullptr) continue;
    std::vector<Problem> told_before;
    const double count = Reader(told_before).as_number(*value).value_or(0);
    if (count > files.whole.population)
      problems.push_back(value->problem(value->text + " (must be at most " + std::to_string(files.whole.population) +
                                            ", the residents of the city in districts_2024.csv)",
                                        "look whether it is of this city"));
  }
}

std::optional<Node> read_city_yaml(const std::string& folder, CityFiles& files, std::vector<Problem>& problems) {
  auto root = read_yaml(folder + "/city.yaml", problems);
  if (!root) return root;
  Reader reader(problems);
  files.id = reader.required_text(*root, "city");
  check_city_name(*root, folder, files.id, reader);
  files.name = reader.required_text(*root, "name");
  const Node* date = reader.required(*root, "reference_date");
  const auto month = date != nullptr ? reader.as_month(*date) : std::nullopt;
  files.reference_date = month.value_or(files.reference_date);
  read_section(*root, false, files, reader);
  read_section(*root, true, files, reader);
  reader.only_keys(*root, {"city", "name", "reference_date", "figures", "assumptions"});
  return root;
}

}  // namespace

const AgeAssumption& CityFiles::at_age(int years) const {
  std::size_t row = 0;
  while (row + 1 < by_age.size() && by_age[row + 1].from <= years) ++row;
  return by_age[row];
}

int CityFiles::district_of(const BuurtMargin& buurt) const {
  const auto found = std::find_if(districts.begin(), districts.end(),
                                  [&](const DistrictMargin& district) { return district.code == buurt.district; });
  return static_cast<int>(found - districts.begin());
}

CityFiles read_city_files(const std::string& folder) {
  CityFiles files;
  std::vector<Problem> problems;
  const auto root = read_city_yaml(folder, files, problems);
  read_city_tables(folder + "/margins/", files, problems);
  if (root) check_counts(*root, files, problems);
  throw_if_any(problems);
  files.flows = read_flows(folder);
  return files;
}

}  // namespace sleutel
