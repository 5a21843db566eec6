#include "output/hdf5/life_table.h"

#include <functional>
#include <numeric>

namespace sleutel::h5 {
namespace {

constexpr const char* kPath = "/life_table/";
constexpr const char* kComment =
    "By age band now, for life tables; cohort_: residents of the study's start alone, by age band then, as long as "
    "they "
    "live here. Income as in /income.";

std::vector<std::string> band_labels() {
  std::vector<std::string> labels;
  for (int band = 0; band < kLifeTableBands; ++band) {
    const std::string from = std::to_string(life_table_band_from(band));
    if (band + 1 == kLifeTableBands) {
      labels.push_back(from + "+");
      continue;
    }
    const int last = life_table_band_from(band + 1) - 1;
    labels.push_back(last == life_table_band_from(band) ? from : from + "-" + std::to_string(last));
  }
  return labels;
}

Variable sum(const std::string& name, const std::string& long_name, double divisor) {
  return {name,
          Element::count,
          kRunAxes + 3,
          {{"long_name", long_name},
           {"units", std::string("1")},
           {"cell_methods", std::string("year: sum")},
           {"divisor", divisor}}};
}

Variable healthy_months(const std::string& prefix, const Outcome& outcome) {
  const HealthyYears& years = outcome.years;
  const bool with = years.lived == YearsLived::with;
  Variable variable = sum(prefix + "months_" + outcome.id, "person-months with " + outcome.label_en, 1);
  const std::vector<Attribute> more = {{"measure", years.id},
                                       {"lived", std::string(with ? "with" : "without")},
                                       {"label_en", years.label_en},
                                       {"label_nl", years.label_nl},
                                       {"definition", outcome.definition},
                                       {"smallest_difference_that_matters", years.matters},
                                       {"is_assumption", std::int64_t{outcome.is_assumption}}};
  variable.attributes.insert(variable.attributes.end(), more.begin(), more.end());
  return variable;
}

void add_sums(const Model& model, const std::string& prefix, std::vector<Variable>& to) {
  const std::string whom = prefix.empty() ? "" : ", of residents of the start";
  to.push_back(sum(prefix + "person_months", "half person-months; person-months after division by divisor" + whom, 2));
  to.push_back(sum(prefix + "deaths", "deaths" + whom, 1));
  for (const Outcome& outcome : model.outcomes)
    if (outcome.years.lived != YearsLived::none) to.push_back(healthy_months(prefix, outcome));
}

/// Names of the outcomes that the group has, in its order.
std::vector<std::string> healthy_outcomes(hid_t file) {
  constexpr std::string_view start = "months_";
  const Handle group(H5Gopen2(file, kPath, H5P_DEFAULT), &H5Gclose, "find the life tables");
  std::vector<std::string> names;
  const auto keep = [](hid_t, const char* name, const H5L_info_t*, void* to) {
    static_cast<std::vector<std::string>*>(to)->emplace_back(name);
    return herr_t{0};
  };
  check(H5Literate(group, H5_INDEX_CRT_ORDER, H5_ITER_INC, nullptr, keep, &names), "list the variables");
  std::vector<std::string> outcomes;
  for (const std::string& name : names)
    if (name.starts_with(start)) outcomes.push_back(name.substr(start.size()));
  return outcomes;
}

HealthyInfo read_info(hid_t file, const std::string& outcome) {
  const Handle variable(H5Dopen2(file, (kPath + ("months_" + outcome)).c_str(), H5P_DEFAULT), &H5Dclose,
                        "find a variable");
  HealthyInfo info;
  info.outcome = outcome;
  info.id = text_attribute(variable, "measure");
  info.lived_with = text_attribute(variable, "lived") == "with";
  info.label_en = text_attribute(variable, "label_en");
  info.label_nl = text_attribute(variable, "label_nl");
  info.definition = text_attribute(variable, "definition");
  info.matters = real_attribute(variable, "smallest_difference_that_matters");
  info.is_assumption = whole_attribute(variable, "is_assumption") != 0;
  return info;
}

std::vector<double> read_sum(hid_t file, const std::string& name, const std::vector<std::uint8_t>& complete) {
  const Handle variable(H5Dopen2(file, (kPath + name).c_str(), H5P_DEFAULT), &H5Dclose, "find a variable");
  const auto shape = shape_of(variable);
  const auto count = std::accumulate(shape.begin(), shape.end(), hsize_t{1}, std::multiplies<>());
  if (count != complete.size() * kAgeCells) throw Failure("could not understand the shape of a variable", "");
  std::vector<std::int64_t> raw(count);
  check(H5Dread(variable, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, raw.data()), "read a variable");
  const double divisor = real_attribute(variable, "divisor");
  std::vector<double> sums(count);
  for (std::size_t i = 0; i < count; ++i)
    if (complete[i / kAgeCells] != 0) sums[i] = static_cast<double>(raw[i]) / divisor;
  return sums;
}

AgeSeries read_series(hid_t file, const std::string& prefix, const LifeTables& tables,
                      const std::vector<std::uint8_t>& complete) {
  AgeSeries series{read_sum(file, prefix + "person_months", complete), read_sum(file, prefix + "deaths", complete), {}};
  for (const HealthyInfo& info : tables.healthy)
    series.healthy.push_back(read_sum(file, prefix + "months_" + info.outcome, complete));
  return series;
}

}  // namespace

GroupLayout life_table_group(const StudyPlan& plan, std::vector<Axis> run_axes, Axis income, Axis sex) {
  GroupLayout group{"/life_table", {{"comment", std::string(kComment)}}, std::move(run_axes), {}, {}, {}};
  group.axes.push_back(std::move(income));
  group.axes.push_back({"age_band", "age, completed years", band_labels(), {}});
  group.axes.push_back(std::move(sex));
  const Model& model = *plan.arms.front().model;
  add_sums(model, "", group.variables);
  add_sums(model, "cohort_", group.variables);
  group.variables.push_back(sum("cohort_at_start", "residents at the study's start, in every year the same", 1));
  return group;
}

std::vector<const std::int64_t*> life_table_columns(const AgeTally& ages) {
  std::vector<const std::int64_t*> columns;
  for (const AgeSums* sums : {&ages.period, &ages.cohort})
    for (std::size_t measure = 0; measure < ages.measures(); ++measure)
      columns.push_back(sums->data() + measure * kAgeCells);
  columns.push_back(ages.at_start.data());
  return columns;
}

LifeTables read_life_tables(hid_t file, const std::vector<std::uint8_t>& complete) {
  LifeTables tables;
  tables.incomes = texts_in(file, std::string(kPath) + "income");
  for (const std::string& outcome : healthy_outcomes(file)) tables.healthy.push_back(read_info(file, outcome));
  tables.period = read_series(file, "", tables, complete);
  tables.cohort = read_series(file, "cohort_", tables, complete);
  tables.at_start = read_sum(file, "cohort_at_start", complete);
  return tables;
}

}  // namespace sleutel::h5
