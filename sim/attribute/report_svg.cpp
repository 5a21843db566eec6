#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/attribute/report.h"
#include "sim/attribute/waterfall.h"
#include "sim/base/numbers.h"

namespace sleutel {
namespace {

constexpr double kShareAt = 890, kRemovedAt = 1020, kPresentAt = 1150;  ///< right ends of the columns of numbers

struct PictureWords {
  const char *comes_from, *none, *all, *share, *removed, *removed2, *present, *present2, *residents, *replicates,
      *beyond, *to;
};

constexpr PictureWords kEnglish = {"what it comes from",
                                   "none of these can occur",
                                   "all can",
                                   "share [chance]",
                                   "removed",
                                   "alone",
                                   "present",
                                   "alone",
                                   "residents at the start",
                                   "replicates",
                                   "Together beyond the sum of each alone",
                                   "to"};
constexpr PictureWords kDutch = {"waar het vandaan komt",
                                 "geen van deze kan voorkomen",
                                 "alle kunnen voorkomen",
                                 "aandeel [toeval]",
                                 "alleen deze",
                                 "weg",
                                 "alleen deze",
                                 "erbij",
                                 "inwoners aan de start",
                                 "herhalingen",
                                 "Samen meer dan de som van elk alleen",
                                 "tot en met"};

/// One picture.
class Picture {
 public:
  Picture(const SharesReport& report, const SharedOut& shown, PictureLanguage language)
      : report_(report),
        shown_(shown),
        dutch_(language == PictureLanguage::dutch),
        words_(dutch_ ? kDutch : kEnglish),
        asked_(report.asked.outcomes[shown.outcome]),
        outcome_(report.asked.model.outcomes[static_cast<std::size_t>(asked_.outcome)]) {
    for (std::size_t player = 0; player < shown.shares.size(); ++player) order_.push_back(player);
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
      return shown.shares[a].shapley.mean > shown.shares[b].shapley.mean;
    });
  }

  std::string drawn() {
    find_ends();
    const std::string title = (dutch_ ? asked_.label_nl : asked_.label_en) + ": " + words_.comes_from;
    draw_head(title);
    draw_level(words_.none, shown_.none);
    double at = shown_.none.mean;
    for (const std::size_t player : order_) at = draw_share(player, at);
    draw_.link(at);
    draw_level(words_.all, shown_.all);
    draw_.axis(outcome_.decimals + 1, dutch_);
    draw_.paragraph(
        fmt::format("{}: {} {}", words_.beyond, number(shown_.beyond_alone.mean), interval(shown_.beyond_alone)),
        "font-weight=\"bold\"");
    draw_.y += 6;
    for (const std::string& note : notes_on_shares(report_, dutch_ ? PictureLanguage::dutch : PictureLanguage::english))
      draw_.paragraph(note, "font-size=\"13\"");
    return draw_.finished(title);
  }

 private:
  std::string number(double value) const {
    std::string text = fixed_text(value, outcome_.decimals + 1);
    if (dutch_) std::replace(text.begin(), text.end(), '.', ',');
    return text;
  }

  std::string interval(const PairedDifference& value) const {
    if (!value.has_interval()) return "";
    return fmt::format("[{}{} {}]", number(value.low), dutch_ ? ";" : ",", number(value.high));
  }

  std::string unit() const {
    if (!dutch_) return outcome_.unit;
    if (outcome_.unit == "per 1,000") return "per 1.000";
    if (outcome_.unit == "per 1,000 a year") return "per 1.000 per jaar";
    return outcome_.unit == "points" ? "punten" : outcome_.unit;
  }

  void see(double value) {
    if (std::isnan(value)) return;
    draw_.low = std::min(draw_.low, value);
    draw_.high = std::max(draw_.high, value);
  }

  void see(double at, const PairedDifference& value) {
    see(at + value.mean);
    see(at + value.low);
    see(at + value.high);
  }

  void find_ends() {
    draw_.low = draw_.high = shown_.none.mean;
    see(0, shown_.none);
    see(0, shown_.all);
    double at = shown_.none.mean;
    for (const std::size_t player : order_) {
      see(at, shown_.shares[player].shapley);
      at += shown_.shares[player].shapley.mean;
    }
    const double margin = draw_.high > draw_.low ? (draw_.high - draw_.low) * 0.04 : 1;
    draw_.low -= margin;
    draw_.high += margin;
  }

  void draw_head(const std::string& title) {
    const Study& study = report_.plan.study;
    draw_.y = 14;
    draw_.text(Waterfall::kLeft, draw_.y + 18, title, "font-size=\"20\" font-weight=\"bold\"");
    draw_.y += 32;
    draw_.paragraph(fmt::format("{}, {}. {}: {} {} {}, {} {}, {} {}.",
                                dutch_ ? outcome_.population_nl : outcome_.population_en, unit(), study.id,
                                to_string(study.start), words_.to,
                                to_string(CalendarMonth::from_index(study.start.index() + report_.plan.months() - 1)),
                                residents(), words_.residents, study.replicates, words_.replicates));
    draw_.y += 24;
    const std::string style = "text-anchor=\"end\" font-size=\"13\"";
    draw_.text(kShareAt, draw_.y, words_.share, style);
    draw_.text(kRemovedAt, draw_.y - 14, words_.removed, style);
    draw_.text(kRemovedAt, draw_.y, words_.removed2, style);
    draw_.text(kPresentAt, draw_.y - 14, words_.present, style);
    draw_.text(kPresentAt, draw_.y, words_.present2, style);
    draw_.y += 6;
  }

  std::string residents() const {
    std::string text = with_thousands(static_cast<std::int64_t>(report_.plan.start->residents.size()));
    if (dutch_) std::replace(text.begin(), text.end(), ',', '.');
    return text;
  }

  void draw_level(const char* words, const PairedDifference& level) {
    draw_.text(Waterfall::kLeft, draw_.y + 20, words, "font-weight=\"bold\"");
    draw_.whisker(level.low, level.high);
    draw_.point(level.mean);
    draw_.text(kShareAt, draw_.y + 20, number(level.mean), "text-anchor=\"end\" font-weight=\"bold\"");
    draw_.y += Waterfall::kRow;
  }

  /// Gives where the next one begins.
  double draw_share(std::size_t player, double at) {
    const Share& share = shown_.shares[player];
    const Player& who = report_.asked.players[player];
    draw_.link(at);
    draw_.text(Waterfall::kLeft, draw_.y + 20, dutch_ ? who.label_nl : who.label_en);
    draw_.step(at, at + share.shapley.mean);
    draw_.whisker(at + share.shapley.low, at + share.shapley.high);
    const std::string style = "text-anchor=\"end\"";
    draw_.text(kShareAt, draw_.y + 20, fmt::format("{} {}", number(share.shapley.mean), interval(share.shapley)),
               style);
    draw_.text(kRemovedAt, draw_.y + 20, number(share.removed_alone.mean), style);
    draw_.text(kPresentAt, draw_.y + 20, number(share.present_alone.mean), style);
    draw_.y += Waterfall::kRow;
    return at + share.shapley.mean;
  }

  const SharesReport& report_;
  const SharedOut& shown_;
  bool dutch_;
  const PictureWords& words_;
  const AskedOutcome& asked_;
  const Outcome& outcome_;
  std::vector<std::size_t> order_;  ///< players, the largest share first
  Waterfall draw_;
};

}  // namespace

std::string shares_svg(const SharesReport& report, PictureLanguage language) {
  return Picture(report, report.shared.front(), language).drawn();
}

}  // namespace sleutel
