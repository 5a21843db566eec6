#include "sim/city/city_files.h"

#include <algorithm>

#include "sim/base/problems.h"
#include "sim/city/city_tables.h"
#include "sim/city/read_flows.h"
#include "sim/input/reader.h"
#include "sim/input/yaml.h"

namespace sleutel {
namespace {

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
    files.notes.push_back(
        {entry.name, reader.required_text(*node, "unit"), reader.required_text(*node, words), value, assumptions});
  }
  reader.only_keys(*section, known);
}

void read_city_yaml(const std::string& file, CityFiles& files, std::vector<Problem>& problems) {
  const auto root = read_yaml(file, problems);
  if (!root) return;
  Reader reader(problems);
  files.id = reader.required_text(*root, "city");
  files.name = reader.required_text(*root, "name");
  const Node* date = reader.required(*root, "reference_date");
  const auto month = date != nullptr ? reader.as_month(*date) : std::nullopt;
  files.reference_date = month.value_or(files.reference_date);
  read_section(*root, false, files, reader);
  read_section(*root, true, files, reader);
  reader.only_keys(*root, {"city", "name", "reference_date", "figures", "assumptions"});
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
  read_city_yaml(folder + "/city.yaml", files, problems);
  read_city_tables(folder + "/margins/", files, problems);
  throw_if_any(problems);
  files.flows = read_flows(folder);
  return files;
}

}  // namespace sleutel
