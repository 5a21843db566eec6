#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/attribute/report.h"
#include "sim/attribute/report_words.h"
#include "sim/base/numbers.h"
#include "sim/base/text.h"

namespace sleutel {
namespace {

constexpr const char* kEnglishNotes[] = {
    "A share is what a stressor adds on average, over all orders in which the stressors can be let in (Shapley); the "
    "shares sum to the difference between all and none. It says where the burden in the model comes from, not what a "
    "programme would save.",
    "None: from the start on nobody has them and nobody gets them; everything else goes on. The stress that they had "
    "left "
    "wears off over the first years.",
    "Per person-year, everywhere with the same life stages and sexes.",
    "Intervals are chance only (95%, Student t over replicates): how uncertain the model is, is not in them."};
constexpr const char* kDutchNotes[] = {
    "Een aandeel is wat een stressor gemiddeld toevoegt, over alle volgordes waarin de stressoren erbij kunnen komen "
    "(Shapley); samen zijn de aandelen het verschil tussen alle en geen. Het zegt waar de last in het model vandaan "
    "komt, "
    "niet wat een programma zou besparen.",
    "Geen: vanaf de start heeft niemand ze en krijgt niemand ze; al het andere gaat door. De stress die ze al gaven "
    "slijt "
    "in de eerste jaren.",
    "Per persoonsjaar, overal met dezelfde levensfasen en geslachten.",
    "Marges: alleen toeval (95%, Student t over herhalingen); hoe onzeker het model zelf is, staat er niet in."};

const Outcome& outcome_of(const SharesReport& report, const SharedOut& one) {
  return report.asked.model.outcomes[static_cast<std::size_t>(report.asked.outcomes[one.outcome].outcome)];
}

/// Players by share, the largest first.
std::vector<std::size_t> by_share(const SharedOut& one) {
  std::vector<std::size_t> order;
  for (std::size_t player = 0; player < one.shares.size(); ++player) order.push_back(player);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::abs(one.shares[a].shapley.mean) > std::abs(one.shares[b].shapley.mean);
  });
  return order;
}

std::string block_of(const SharesReport& report, const SharedOut& one) {
  const int decimals = outcome_of(report, one).decimals + 1;
  std::string text = one.group.by == "city" ? "" : "\n" + one.group.name + "\n";
  text += level_line("none of these can occur", one.none, decimals);
  text += level_line("all can", one.all, decimals);
  text += level_line("together", one.together, decimals);
  text += fmt::format("\n  {:<36}{:>8}  {:<20}{:>7}{:>15}{:>15}\n", "", "share", "", "part", "removed alone",
                      "present alone");
  for (const std::size_t player : by_share(one)) {
    const Share& share = one.shares[player];
    text += fmt::format("  {:<36}{:>8}  {:<20}{:>7}{:>15}{:>15}\n", report.asked.players[player].label_en,
                        fixed_text(share.shapley.mean, decimals), interval_text(share.shapley, decimals),
                        part_text(share.shapley, one.together), fixed_text(share.removed_alone.mean, decimals),
                        fixed_text(share.present_alone.mean, decimals));
  }
  text += "\n" + level_line("together beyond the sum of each alone", one.beyond_alone, decimals);
  return text;
}

std::string heading(const SharesReport& report, const AskedOutcome& asked) {
  const Outcome& outcome = report.asked.model.outcomes[static_cast<std::size_t>(asked.outcome)];
  return fmt::format("{}, {}, {}\n\n", asked.label_en, outcome.population_en, outcome.unit);
}

}  // namespace

std::string shares_text(const SharesReport& report, const std::string& by) {
  std::string text = fmt::format("{}: all {} subsets of {}\n", study_text(report.plan),
                                 with_thousands(static_cast<std::int64_t>(subsets_of(report.asked.players))),
                                 report.asked.players.size());
  for (std::size_t which = 0; which < report.asked.outcomes.size(); ++which) {
    text += "\n" + heading(report, report.asked.outcomes[which]);
    for (const SharedOut& one : report.shared)
      if (one.outcome == which && one.is && one.group.by == by) text += block_of(report, one);
  }
  text += "\n";
  for (const std::string& note : notes_on_shares(report, PictureLanguage::english)) text += note + "\n";
  return text;
}

std::vector<std::string> notes_on_shares(const SharesReport& report, PictureLanguage language) {
  const bool dutch = language == PictureLanguage::dutch;
  std::vector<std::string> notes(dutch ? std::begin(kDutchNotes) : std::begin(kEnglishNotes),
                                 dutch ? std::end(kDutchNotes) : std::end(kEnglishNotes));
  for (const AskedOutcome& asked : report.asked.outcomes)
    if (report.asked.model.outcomes[static_cast<std::size_t>(asked.outcome)].is_assumption)
      notes.push_back(language == PictureLanguage::dutch ? "Hoe " + asked.label_nl + " wordt berekend is een aanname."
                                                         : "How " + asked.id + " is computed is an assumption.");
  notes.insert(notes.end(), report.notes.begin(), report.notes.end());
  return notes;
}

}  // namespace sleutel
