#pragma once
/// \file
/// What stands where in a results file, as plain data: groups, axes, variables, attributes. Made from the plan of a
/// study, written by create_file (file.h), described for readers in docs/output-format.md.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "output/hdf5/provenance.h"
#include "sleutel/recorder.h"
#include "sleutel/scenario.h"

namespace sleutel::h5 {

inline constexpr int kSchemaVersion = 5;  ///< of the file's layout; readers refuse any other

/// Element types of a variable; all of them read by netCDF without loss.
enum class Element : std::uint8_t {
  real,    ///< IEEE double
  count,   ///< 64-bit integer
  flag,    ///< byte, 0 or 1
  byte,    ///< byte that may be missing
  small,   ///< 16 bits, unsigned
  medium,  ///< 32-bit integer
};

/// Counts not yet written hold netCDF's own fill value for 64-bit integers; reals hold NaN.
inline constexpr std::int64_t kNoCount = -9223372036854775806LL;
inline constexpr std::uint8_t kNoByte = 255;
inline constexpr std::uint16_t kNoSmall = 65535;
inline constexpr std::int32_t kNoMedium = -2147483647;

struct Attribute {
  std::string name;
  std::variant<std::string, double, std::int64_t, std::uint64_t> value;
};

/// One dimension of a group and its coordinate: labels, or whole numbers where there are none.
struct Axis {
  std::string name, long_name;
  std::vector<std::string> labels;
  std::vector<std::int32_t> numbers;
  std::size_t size() const { return labels.empty() ? numbers.size() : labels.size(); }
};

/// A dataset over the first `axes` axes of its group, in their order.
struct Variable {
  std::string name;
  Element element = Element::real;
  std::size_t axes = 0;
  std::vector<Attribute> attributes;
};

/// More labels on one axis of a group, such as codes beside names.
struct ExtraLabels {
  std::string name, long_name;
  std::size_t axis = 0;
  std::vector<std::string> labels;
};

/// One text without dimensions, such as the study as it was read.
struct Text {
  std::string name, long_name, text;
};

struct GroupLayout {
  std::string path;  ///< "/" or such as "/buurt"
  std::vector<Attribute> attributes;
  std::vector<Axis> axes;
  std::vector<ExtraLabels> extra;
  std::vector<Variable> variables;
  std::vector<Text> texts;
};

/// Positions of the groups in every layout. The first five hold the outcomes, one for each stratification.
enum GroupPosition : std::uint8_t {
  kByDistrict,  ///< root
  kByBuurt,
  kByIncome,
  kByLifeStage,
  kByIncomeAgeSex,
  kLifeTable,
  kPopulation,
  kProgrammes,
  kBudgets,  ///< without a path if there are none
  kPanel,    ///< without a path if there is none
  kProvenance,
  kGroups
};
inline constexpr std::size_t kRunAxes = 4;  ///< scenario, draw, replicate, year: the first axes of all variables
inline constexpr int kStratifications = kByIncomeAgeSex + 1;

/// Variables per outcome: value, numerator, denominator; income x age x sex has only the last two.
constexpr int variables_per_outcome(int group) { return group == kByIncomeAgeSex ? 2 : 3; }

/// How raw sums become a value: (numerator / numerator_divisor) / (denominator / denominator_divisor).
struct Divisors {
  double numerator = 1;    ///< raw counts per natural unit
  double denominator = 2;  ///< half person-months per person-month (2) or person-year (24)
};
Divisors divisors(const Outcome& outcome, const Model& model);

/// Whether any scenario has a budget.
bool has_budgets(const StudyPlan& plan);

/// The whole file. Throws InputError if an outcome's id is the name of something else in the file.
std::vector<GroupLayout> layout_of(const StudyPlan& plan, const Provenance& provenance);

}  // namespace sleutel::h5
