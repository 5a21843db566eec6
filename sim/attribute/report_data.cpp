#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "sim/attribute/report.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

using Json = nlohmann::ordered_json;

Json number_json(double value) { return std::isnan(value) ? Json(nullptr) : Json(value); }

Json interval_json(const PairedDifference& value) {
  return {{"mean", number_json(value.mean)}, {"low", number_json(value.low)}, {"high", number_json(value.high)}};
}

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

/// Lines of one outcome and group.
class Lines {
 public:
  Lines(std::string begin, std::string& to) : begin_(std::move(begin)), to_(to) {}
  void add(const std::string& of, const char* quantity, const PairedDifference& value) {
    to_ += fmt::format("{},{},{},{},{},{}\n", begin_, of, quantity, field(value.mean), field(value.low),
                       field(value.high));
  }

 private:
  static std::string field(double value) { return std::isnan(value) ? "" : number_text(value); }
  std::string begin_;
  std::string& to_;
};

}  // namespace

std::string shares_json(const SharesReport& report) {
  const Study& study = report.plan.study;
  Json outcomes = Json::array();
  for (std::size_t which = 0; which < report.asked.outcomes.size(); ++which)
    outcomes.push_back(outcome_json(report, which));
  const Json all = {{"study", study.id},
                    {"start", to_string(study.start)},
                    {"years", study.years},
                    {"replicates", study.replicates},
                    {"residents", report.plan.start->residents.size()},
                    {"subsets", subsets_of(report.asked.players)},
                    {"between", players_json(report)},
                    {"outcomes", outcomes},
                    {"notes", notes_on_shares(report, PictureLanguage::english)}};
  return all.dump(2) + "\n";
}

std::string shares_csv(const SharesReport& report) {
  std::string text = "outcome,unit,by,group,of,quantity,mean,low,high\n";
  for (const SharedOut& one : report.shared) {
    if (!one.is) continue;
    const AskedOutcome& asked = report.asked.outcomes[one.outcome];
    const Outcome& outcome = report.asked.model.outcomes[static_cast<std::size_t>(asked.outcome)];
    Lines lines(fmt::format("{},\"{}\",{},{}", asked.id, outcome.unit, one.group.by, one.group.name), text);
    lines.add("", "none", one.none);
    lines.add("", "all", one.all);
    lines.add("", "together", one.together);
    lines.add("", "beyond_alone", one.beyond_alone);
    for (std::size_t player = 0; player < one.shares.size(); ++player) {
      const std::string& name = report.asked.players[player].name;
      lines.add(name, "share", one.shares[player].shapley);
      lines.add(name, "removed_alone", one.shares[player].removed_alone);
      lines.add(name, "present_alone", one.shares[player].present_alone);
    }
  }
  return text;
}

}  // namespace sleutel
