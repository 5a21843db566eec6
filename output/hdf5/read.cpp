#include "output/hdf5/read.h"

#include <algorithm>
#include <array>
#include <numeric>

#include "output/hdf5/layout.h"
#include "output/hdf5/life_table.h"
#include "output/hdf5/readable.h"

namespace sleutel {
namespace {

using h5::Handle;

struct GroupName {
  const char* name;    ///< of the stratification
  const char* prefix;  ///< of paths in the file
  std::vector<std::string> axes;
};

/// In order of h5::GroupPosition.
std::vector<GroupName> group_names() {
  return {{"district", "/", {"district"}},
          {"buurt", "/buurt/", {"buurt_name"}},
          {"income", "/income/", {"income"}},
          {"life_stage", "/life_stage/", {"life_stage"}},
          {"income_age_sex", "/income_age_sex/", {"income", "life_stage", "sex"}}};
}

Handle open_variable(hid_t file, const std::string& path) {
  return {H5Dopen2(file, path.c_str(), H5P_DEFAULT), &H5Dclose, "find a variable"};
}

std::string only_text(hid_t file, const std::string& path) { return h5::texts_in(file, path).front(); }

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

void read_description(hid_t file, Results& results) {
  results.study = h5::text_attribute(file, "study");
  results.question = h5::text_attribute(file, "question");
  results.city_name = h5::text_attribute(file, "city_name");
  results.version = h5::text_attribute(file, "sleutel_version");
  results.history = h5::text_attribute(file, "history");
  results.inputs_digest = h5::text_attribute(file, "inputs_digest");
  results.residents = h5::whole_attribute(file, "residents");
  results.start_year = static_cast<int>(h5::whole_attribute(file, "start_year"));
  results.seed = h5::unsigned_attribute(file, "seed");
  results.study_text = only_text(file, "/provenance/study_text");
  results.model_text = only_text(file, "/provenance/model_text");
  results.scenarios = h5::texts_in(file, "/scenario");
  for (const auto& notes : h5::texts_in(file, "/provenance/notes")) results.notes.push_back(lines_of(notes));
  if (results.notes.size() != results.scenarios.size()) throw h5::Failure("could not understand the notes", "");
}

void read_complete(const h5::SealedFile& file, Results& results) {
  const Handle complete = open_variable(file, "/complete");
  const auto shape = h5::shape_of(complete);
  if (shape.size() != 4 || shape[0] != results.scenarios.size() || shape[1] != 1)
    throw h5::Failure("could not understand the shape of complete", "");
  results.replicates = static_cast<int>(shape[2]);
  results.years = static_cast<int>(shape[3]);
  results.complete = file.complete();
  if (results.complete.size() != shape[0] * shape[2] * shape[3])
    throw h5::Failure("could not understand the shape of complete", "");
}

OutcomeInfo read_outcome(hid_t file, const std::string& id) {
  const Handle variable = open_variable(file, "/" + id);
  OutcomeInfo info;
  info.id = id;
  info.label_en = h5::text_attribute(variable, "label_en");
  info.label_nl = h5::text_attribute(variable, "label_nl");
  info.unit = h5::text_attribute(variable, "printed_unit");
  info.population = h5::text_attribute(variable, "population_en");
  info.definition = h5::text_attribute(variable, "definition");
  info.scale = h5::real_attribute(variable, "printed_scale");
  info.decimals = static_cast<int>(h5::whole_attribute(variable, "printed_decimals"));
  info.matters = h5::real_attribute(variable, "smallest_difference_that_matters");
  info.higher_is_better = h5::whole_attribute(variable, "higher_is_better") != 0;
  info.also_gap = h5::whole_attribute(variable, "also_gap") != 0;
  info.is_assumption = h5::whole_attribute(variable, "is_assumption") != 0;
  info.kind = h5::text_attribute(variable, "kind");
  info.lasts_as = h5::text_attribute(variable, "lasts_as");
  info.age_from = static_cast<int>(h5::whole_attribute(variable, "age_from"));
  return info;
}

/// Labels of one axis, or of several combined, the last fastest: "lowest fifth, adult, female".
std::vector<std::string> stratum_labels(hid_t file, const GroupName& group) {
  std::vector<std::string> combined = {""};
  for (const auto& axis : group.axes) {
    const auto labels = h5::texts_in(file, group.prefix + axis);
    std::vector<std::string> longer;
    for (const auto& first : combined)
      for (const auto& label : labels) longer.push_back(first.empty() ? label : first + ", " + label);
    combined = std::move(longer);
  }
  return combined;
}

/// Raw sums divided to natural units; 0 where the year is not in the file.
std::vector<double> read_sums(hid_t file, const std::string& path, const std::vector<std::uint8_t>& complete,
                              std::size_t strata) {
  const std::size_t expected = complete.size() * strata;
  const Handle variable = open_variable(file, path);
  const auto shape = h5::shape_of(variable);
  const auto count = std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>());
  if (count != expected) throw h5::Failure("could not understand the shape of a variable", "");
  const double divisor = h5::real_attribute(variable, "divisor");
  std::vector<std::int64_t> raw(expected);
  h5::check(H5Dread(variable, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()), "read a variable");
  std::vector<double> sums(expected);
  for (std::size_t i = 0; i < expected; ++i)
    if (complete[i / strata] != 0) sums[i] = static_cast<double>(raw[i]) / divisor;
  return sums;
}

std::vector<std::string> outcome_ids(hid_t file) {
  constexpr std::string_view ending = "_numerator";
  std::vector<std::string> names;
  const auto keep = [](hid_t, const char* name, const H5L_info_t*, void* to) {
    static_cast<std::vector<std::string>*>(to)->emplace_back(name);
    return herr_t{0};
  };
  h5::check(H5Literate(file, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep, &names), "list the variables");
  std::vector<std::string> ids;
  for (const auto& name : names)
    if (name.size() > ending.size() && name.ends_with(ending))
      ids.push_back(name.substr(0, name.size() - ending.size()));
  return ids;
}

Results read_frame(const h5::SealedFile& file, const std::string& path) {
  Results results;
  results.file = path;
  read_description(file, results);
  read_complete(file, results);
  return results;
}

// NOLINTNEXTLINE(readability-function-size): groups and, in each, the sums of every outcome
Results read_all(const std::string& path) {
  const h5::SealedFile file = h5::open_results(path);
  Results results = read_frame(file, path);
  for (const auto& id : outcome_ids(file)) results.outcomes.push_back(read_outcome(file, id));
  for (const auto& group : group_names()) {
    results.stratifications.push_back({group.name, stratum_labels(file, group)});
    const std::size_t strata = results.stratifications.back().labels.size();
    auto& series = results.series.emplace_back();
    for (const auto& outcome : results.outcomes) {
      const std::string stem = group.prefix + outcome.id;
      const auto sums = [&](const char* which) { return read_sums(file, stem + which, results.complete, strata); };
      series.push_back({sums("_numerator"), sums("_denominator")});
    }
  }
  results.ages = h5::read_life_tables(file, results.complete);
  return results;
}

}  // namespace

Results read_results(const std::string& path) {
  return h5::reading(path, [&] { return read_all(path); });
}

Results read_finished_years(const std::string& path) {
  return h5::reading(path, [&] { return read_frame(h5::open_results(path), path); });
}

}  // namespace sleutel
