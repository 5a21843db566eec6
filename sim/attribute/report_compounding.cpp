#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/attribute/report.h"
#include "sim/attribute/report_words.h"
#include "sim/attribute/variant.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

constexpr const char* kCompoundingNotes[] = {
    "Knock-on: the model less the same without direct edges between stressors (and to separation): what they make by "
    "bringing each other on and keeping each other up. What goes through stress loads, mood and health stays.",
    "Super-additivity: the model less the same in which direct effects of several stressors on one transition add up "
    "instead of multiplying, without the model's pair terms among them. Below 0: together they do less than the sum.",
    "Centring stays that of the whole model. Parts are of what stressors make; they overlap and do not sum to it.",
    "Per person-year, everywhere with the same life stages and sexes. Intervals are chance only (95%, Student t over "
    "replicates): how uncertain the model is, is not in them."};

const Outcome& outcome_of(const CompoundingReport& report, std::size_t which) {
  return report.model.outcomes[static_cast<std::size_t>(report.outcomes[which].outcome)];
}

std::string part_line(const char* words, const PairedDifference& part, const Compounded& one, int decimals) {
  return fmt::format("  {:<44}{:>9}  {:<22}{:>6}\n", words, fixed_text(part.mean, decimals),
                     interval_text(part, decimals), part_text(part, one.stressors));
}

std::string compounding_block(const CompoundingReport& report, const Compounded& one, bool with_sums) {
  const int decimals = outcome_of(report, one.outcome).decimals + 1;
  std::string text = one.group.by == "city" ? "" : "\n" + one.group.name + "\n";
  text += level_line("no stressor can occur", one.none, decimals);
  text += level_line("the model as it is", one.whole, decimals);
  text += level_line("what stressors make", one.stressors, decimals);
  text += part_line("  knock-on: by bringing each other on", one.knock_on, one, decimals);
  if (with_sums) text += part_line("  super-additivity: by multiplying", one.super_additivity, one, decimals);
  return text;
}

std::vector<std::string> all_notes(const CompoundingReport& report) {
  std::vector<std::string> notes(std::begin(kCompoundingNotes), std::end(kCompoundingNotes));
  const int exact = adds_up_exactly_to(report.model);
  if (exact == 1) {
    notes.push_back(
        "Super-additivity is not computed: more stressors act on one transition than the engine has predictors for.");
  } else if (exact < kAllSizes) {
    notes.push_back(fmt::format(
        "Super-additivity: of up to {} stressors at once the effects add up exactly, of more nearly.", exact));
  }
  notes.insert(notes.end(), report.notes.begin(), report.notes.end());
  return notes;
}

}  // namespace

std::string compounding_text(const CompoundingReport& report, const std::string& by) {
  const bool with_sums = adds_up_exactly_to(report.model) > 1;
  std::string text = study_text(report.plan) + ": four variants of the model\n";
  for (std::size_t which = 0; which < report.outcomes.size(); ++which) {
    const Outcome& outcome = outcome_of(report, which);
    text += fmt::format("\n{}, {}, {}\n\n", report.outcomes[which].label_en, outcome.population_en, outcome.unit);
    for (const Compounded& one : report.compounded)
      if (one.outcome == which && one.is && one.group.by == by) text += compounding_block(report, one, with_sums);
  }
  text += "\n";
  for (const std::string& note : all_notes(report)) text += note + "\n";
  return text;
}

std::string compounding_json(const CompoundingReport& report) {
  nlohmann::ordered_json all = study_json(report.plan);
  const bool with_sums = adds_up_exactly_to(report.model) > 1;
  all["outcomes"] = nlohmann::ordered_json::array();
  for (std::size_t which = 0; which < report.outcomes.size(); ++which) {
    nlohmann::ordered_json groups = nlohmann::ordered_json::array();
    for (const Compounded& one : report.compounded)
      if (one.outcome == which && one.is)
        groups.push_back(
            {{"by", one.group.by},
             {"group", one.group.name},
             {"none", interval_json(one.none)},
             {"all", interval_json(one.whole)},
             {"together", interval_json(one.stressors)},
             {"knock_on", interval_json(one.knock_on)},
             {"super_additivity", with_sums ? interval_json(one.super_additivity) : nlohmann::ordered_json()}});
    const Outcome& outcome = outcome_of(report, which);
    all["outcomes"].push_back({{"outcome", report.outcomes[which].id},
                               {"label", report.outcomes[which].label_en},
                               {"unit", outcome.unit},
                               {"population", outcome.population_en},
                               {"definition", outcome.definition},
                               {"groups", groups}});
  }
  all["notes"] = all_notes(report);
  return all.dump(2) + "\n";
}

std::string compounding_csv(const CompoundingReport& report) {
  const bool with_sums = adds_up_exactly_to(report.model) > 1;
  std::string text = kCsvHeader;
  for (const Compounded& one : report.compounded) {
    if (!one.is) continue;
    const std::string begin = fmt::format("{},\"{}\",{},{}", report.outcomes[one.outcome].id,
                                          outcome_of(report, one.outcome).unit, one.group.by, one.group.name);
    text += csv_line(begin, "", "none", one.none) + csv_line(begin, "", "all", one.whole) +
            csv_line(begin, "", "together", one.stressors) + csv_line(begin, "", "knock_on", one.knock_on);
    if (with_sums) text += csv_line(begin, "", "super_additivity", one.super_additivity);
  }
  return text;
}

}  // namespace sleutel
