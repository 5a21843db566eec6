#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/attribute/report.h"
#include "sim/attribute/report_words.h"

namespace sleutel {
namespace {

using Json = nlohmann::ordered_json;

Json group_json(const SharesReport& report, const SharedOut& one) {
  Json group = {{"by", one.group.by},
                {"group", one.group.name},
                {"none", interval_json(one.none)},
                {"all", interval_json(one.all)},
                {"together", interval_json(one.together)},
                {"beyond_alone", interval_json(one.beyond_alone)},
                {"shares", Json::array()}};
  for (std::size_t player = 0; player < one.shares.size(); ++player) {
    const Share& share = one.shares[player];
    group["shares"].push_back({{"of", report.asked.players[player].name},
                               {"share", interval_json(share.shapley)},
                               {"removed_alone", interval_json(share.removed_alone)},
                               {"present_alone", interval_json(share.present_alone)}});
  }
  return group;
}

Json outcome_json(const SharesReport& report, std::size_t which) {
  const AskedOutcome& asked = report.asked.outcomes[which];
  const Outcome& outcome = report.asked.model.outcomes[static_cast<std::size_t>(asked.outcome)];
  Json groups = Json::array();
  for (const SharedOut& one : report.shared)
    if (one.outcome == which && one.is) groups.push_back(group_json(report, one));
  return {{"outcome", asked.id},
          {"label", asked.label_en},
          {"unit", outcome.unit},
          {"population", outcome.population_en},
          {"definition", outcome.definition},
          {"groups", groups}};
}

Json players_json(const SharesReport& report) {
  Json players = Json::array();
  for (const Player& player : report.asked.players) {
    Json states = Json::array();
    for (std::size_t state = 0; state < report.asked.model.states.size(); ++state)
      if (player.states.test(static_cast<int>(state))) states.push_back(report.asked.model.states[state].name);
    players.push_back({{"name", player.name}, {"label", player.label_en}, {"states", states}});
  }
  return players;
}

}  // namespace

std::string shares_json(const SharesReport& report) {
  Json outcomes = Json::array();
  for (std::size_t which = 0; which < report.asked.outcomes.size(); ++which)
    outcomes.push_back(outcome_json(report, which));
  Json all = study_json(report.plan);
  all["subsets"] = subsets_of(report.asked.players);
  all["between"] = players_json(report);
  all["outcomes"] = outcomes;
  all["notes"] = notes_on_shares(report, PictureLanguage::english);
  return all.dump(2) + "\n";
}

std::string shares_csv(const SharesReport& report) {
  std::string text = kCsvHeader;
  for (const SharedOut& one : report.shared) {
    if (!one.is) continue;
    const AskedOutcome& asked = report.asked.outcomes[one.outcome];
    const Outcome& outcome = report.asked.model.outcomes[static_cast<std::size_t>(asked.outcome)];
    const std::string begin = fmt::format("{},\"{}\",{},{}", asked.id, outcome.unit, one.group.by, one.group.name);
    text += csv_line(begin, "", "none", one.none) + csv_line(begin, "", "all", one.all) +
            csv_line(begin, "", "together", one.together) + csv_line(begin, "", "beyond_alone", one.beyond_alone);
    for (std::size_t player = 0; player < one.shares.size(); ++player) {
      const std::string& name = report.asked.players[player].name;
      text += csv_line(begin, name, "share", one.shares[player].shapley) +
              csv_line(begin, name, "removed_alone", one.shares[player].removed_alone) +
              csv_line(begin, name, "present_alone", one.shares[player].present_alone);
    }
  }
  return text;
}

}  // namespace sleutel
