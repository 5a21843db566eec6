#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/calibrate/report.h"

namespace sleutel::calibrate {
namespace {

using Json = nlohmann::ordered_json;

/// Three figures, without an exponent where a person reads.
std::string short_number(double value) {
  const double size = std::abs(value);
  return fixed_text(value, size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

std::string parameters_part(const Report& report) {
  std::size_t width = 9;
  for (const Learnt& one : report.parameters) width = std::max(width, one.path.size());
  std::string text =
      fmt::format("  {:<{}}  {:>22}  {:>24}  {:>5}\n", "parameter", width, "beforehand (90%)", "after (90%)", "told");
  for (const Learnt& one : report.parameters) {
    const auto range = [](double low, double middle, double high) {
      return fmt::format("{} ({} to {})", short_number(middle), short_number(low), short_number(high));
    };
    text += fmt::format("  {:<{}}  {:>22}  {:>24}  {:>4}%\n", one.path, width,
                        range(one.prior_low, one.prior_middle, one.prior_high), range(one.low, one.middle, one.high),
                        static_cast<int>(std::max(0.0, one.moved) * 100 + 0.5));
  }
  return text;
}

std::string together_part(const Report& report) {
  if (report.together.empty()) return "";
  std::string text = "\n  told together, not apart (correlation over the draws):\n";
  for (const Together& pair : report.together)
    text += fmt::format("    {:+.2f}  {}  and  {}\n", pair.correlation, pair.one, pair.other);
  return text;
}

std::string figures_part(const Report& report) {
  std::size_t width = 6;
  for (const Reached& one : report.figures) width = std::max(width, one.name.size());
  std::string text = fmt::format("\n  {:<{}}  {:>9}  {:>7}  {:>8}  {:>24}\n", "figure", width, "published", "error",
                                 "before", "after (90%)");
  for (const Reached& one : report.figures)
    text += fmt::format(
        "  {:<{}}  {:>9}  {:>7}  {:>8}  {:>24}  {}\n", one.name, width, short_number(one.published),
        short_number(one.error), short_number(one.before),
        fmt::format("{} ({} to {})", short_number(one.middle), short_number(one.low), short_number(one.high)),
        one.met ? "" : "missed");
  return text;
}

}  // namespace

std::string report_text(const Report& report) {
  const auto met =
      std::count_if(report.figures.begin(), report.figures.end(), [](const Reached& one) { return one.met; });
  return fmt::format("{}: {} parameters, {} figures, {} simulations\n\n", report.id, report.parameters.size(),
                     report.figures.size(), report.runs) +
         parameters_part(report) + together_part(report) + figures_part(report) +
         fmt::format(
             "\n{} of {} figures are met: the median of the draws is within two errors.\n{:.0f} effective draws of "
             "{}.\n",
             met, report.figures.size(), report.effective, report.draws);
}

std::string report_json(const Report& report) {
  Json json{{"calibration", report.id},
            {"runs", report.runs},
            {"effective_draws", report.effective},
            {"draws", report.draws},
            {"seconds", report.seconds}};
  json["parameters"] = Json::array();
  for (const Learnt& one : report.parameters)
    json["parameters"].push_back({{"parameter", one.path},
                                  {"prior_low", one.prior_low},
                                  {"prior_median", one.prior_middle},
                                  {"prior_high", one.prior_high},
                                  {"low", one.low},
                                  {"median", one.middle},
                                  {"high", one.high},
                                  {"told", one.moved}});
  json["together"] = Json::array();
  for (const Together& pair : report.together)
    json["together"].push_back({{"one", pair.one}, {"other", pair.other}, {"correlation", pair.correlation}});
  json["figures"] = Json::array();
  for (const Reached& one : report.figures)
    json["figures"].push_back({{"figure", one.name},
                               {"published", one.published},
                               {"error", one.error},
                               {"before", one.before},
                               {"low", one.low},
                               {"median", one.middle},
                               {"high", one.high},
                               {"met", one.met}});
  return json.dump(2) + "\n";
}

std::string calibrated_yaml(const Report& report, const CalibrationFile& calibration, const Calibration& found) {
  std::string text = fmt::format(
      "# Found by `sleutel calibrate {}`: medians of {} draws ({:.0f} effective) after {} simulations of {} "
      "residents.\n"
      "# `set:` may stand in a scenario of a study. The draws themselves stand in the file beside this one.\n"
      "calibration: {}\nset:\n",
      calibration.file, found.draws.size(), found.effective, found.runs.size(), calibration.residents, calibration.id);
  for (const Learnt& one : report.parameters)
    text += fmt::format("  {}: {}  # 90%: {} to {}; before {} to {}\n",
                        one.path.find_first_of(" +") == std::string::npos ? one.path : "\"" + one.path + "\"",
                        number_text(one.middle), short_number(one.low), short_number(one.high),
                        short_number(one.prior_low), short_number(one.prior_high));
  return text;
}

std::string draws_csv(const CalibrationFile& calibration, const Calibration& found) {
  std::string text = "draw";
  for (const FreeParameter& free : calibration.parameters) text += ",\"" + free.path + "\"";
  text += "\n";
  for (std::size_t i = 0; i < found.draws.size(); ++i) {
    text += std::to_string(i);
    for (std::size_t d = 0; d < calibration.parameters.size(); ++d)
      text += "," + number_text(calibration.parameters[d].at(found.runs[found.draws[i]].at[d]));
    text += "\n";
  }
  return text;
}

}  // namespace sleutel::calibrate
