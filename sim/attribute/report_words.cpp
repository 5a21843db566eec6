#include "sim/attribute/report_words.h"

#include <fmt/format.h>

#include <cmath>

#include "sim/base/numbers.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

nlohmann::ordered_json number_json(double value) {
  return std::isnan(value) ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(value);
}

std::string field(double value) { return std::isnan(value) ? "" : number_text(value); }

}  // namespace

std::string interval_text(const PairedDifference& value, int decimals) {
  if (!value.has_interval()) return "";
  return fmt::format("[{}, {}]", fixed_text(value.low, decimals), fixed_text(value.high, decimals));
}

std::string level_line(const std::string& words, const PairedDifference& value, int decimals) {
  return fmt::format("  {:<44}{:>9}  {}\n", words, fixed_text(value.mean, decimals), interval_text(value, decimals));
}

std::string part_text(const PairedDifference& part, const PairedDifference& whole) {
  const bool clear = whole.has_interval() && (whole.low > 0 || whole.high < 0);
  return clear ? fixed_text(100 * part.mean / whole.mean, 0) + "%" : "-";
}

std::string study_text(const StudyPlan& plan) {
  const Study& study = plan.study;
  const std::string last = to_string(CalendarMonth::from_index(study.start.index() + plan.months() - 1));
  return fmt::format("{}, {} to {}, {}, {} residents at the start", study.id, to_string(study.start), last,
                     counted(static_cast<std::size_t>(study.replicates), "replicate"),
                     with_thousands(static_cast<std::int64_t>(plan.start->residents.size())));
}

nlohmann::ordered_json interval_json(const PairedDifference& value) {
  return {{"mean", number_json(value.mean)}, {"low", number_json(value.low)}, {"high", number_json(value.high)}};
}

nlohmann::ordered_json study_json(const StudyPlan& plan) {
  return {{"study", plan.study.id},
          {"start", to_string(plan.study.start)},
          {"years", plan.study.years},
          {"replicates", plan.study.replicates},
          {"residents", plan.start->residents.size()}};
}

std::string csv_line(const std::string& begin, const std::string& of, const char* quantity,
                     const PairedDifference& value) {
  return fmt::format("{},{},{},{},{},{}\n", begin, of, quantity, field(value.mean), field(value.low),
                     field(value.high));
}

}  // namespace sleutel
