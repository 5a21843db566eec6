#include <fmt/format.h>

#include <algorithm>

#include "sim/trace/drawing.h"
#include "sim/trace/story.h"

namespace sleutel {
namespace {

constexpr int kMostTold = 16;                ///< numbered lines of a life
constexpr std::size_t kMostDifferences = 3;  ///< predictors that differ
constexpr const char* kHeading = "font-size=\"18\" font-weight=\"bold\"";
constexpr const char* kSmall = "font-size=\"12\" fill=\"#555\"";
constexpr const char* kGrid = "stroke=\"#ddd\"";
constexpr const char* kDiffers = "stroke=\"#D55E00\" stroke-width=\"2\" stroke-dasharray=\"5 4\"";
constexpr const char* kStageColour = "#dfe7ef";
constexpr const char* kProgrammeColour = "#009E73";

/// One colour for each kind of state; told apart by those who see fewer colours too.
const char* colour_of(StateKind kind) {
  switch (kind) {
    case StateKind::mood:
      return "#0072B2";
    case StateKind::condition:
      return "#CC79A7";
    case StateKind::stressor:
      return "#E69F00";
    case StateKind::behaviour:
      return "#56B4E9";
    default:
      return "#999999";
  }
}

class Picture {
 public:
  Picture(const Story& story, Language language) : story_(story), language_(language) {
    drawing_.months = story.plan.months();
    drawing_.y = 20;
    for (int state = 0; state < static_cast<int>(story.model.states.size()); ++state)
      if (is_shown(state)) lanes_.push_back(state);
  }

  std::string all() {
    drawing_.paragraph(
        in("One simulated life, month by month: resident ", "Eén gesimuleerd leven, maand voor maand: inwoner ") +
            std::to_string(story_.life.resident),
        "font-size=\"22\" font-weight=\"bold\"");
    drawing_.y += 8;
    drawing_.paragraph(
        in("The resident exists in the simulation only. A number stands where something began by chance; "
           "below stand its rate per year at that moment and what raised it most.",
           "Deze inwoner bestaat alleen in de simulatie. Een nummer staat waar iets door toeval begon; "
           "daaronder staat hoe vaak per jaar het te verwachten was en wat dat het meest verhoogde."),
        kSmall);
    if (story_.other) life(*story_.other);
    life(story_.life);
    if (story_.other) difference();
    drawing_.y += 10;
    for (const std::string& note : story_.notes) drawing_.paragraph(note, kSmall);
    return drawing_.finished(in("Timeline of one simulated life", "Tijdlijn van één gesimuleerd leven"));
  }

 private:
  std::string in(const char* english, const char* dutch) const { return language_ == Language::nl ? dutch : english; }

  /// A state is a lane if it is on at any time in any of the lives; histories are not, as they only say what was.
  bool is_shown(int state) const {
    const State& one = story_.model.states[static_cast<std::size_t>(state)];
    const auto has = [&](const Life& life) {
      return life.start.states.test(state) || std::any_of(life.months.begin(), life.months.end(),
                                                          [&](const Situation& now) { return now.states.test(state); });
    };
    if (one.is_event || one.is_rest || one.name.starts_with("past_")) return false;
    return has(story_.life) || (story_.other && has(*story_.other));
  }

  void life(const Life& life) {
    drawing_.y += 14;
    drawing_.paragraph(in("Scenario: ", "Scenario: ") + life.scenario, kHeading);
    years();
    const double from = drawing_.y;
    const std::size_t at = drawing_.shapes.size();
    stages(life);
    for (const int state : lanes_) lane(life, state);
    for (std::size_t k = 0; k < story_.plan.programmes.size(); ++k) programme(life, k);
    lane_label(in("life events", "levensgebeurtenissen"));
    drawing_.y += Drawing::kLine;
    grid(from, at);
    numbers(life, from);
    drawing_.y += 4;
    told(life);
  }

  void years() {
    for (int month = 0; month < drawing_.months; month += 12)
      drawing_.text(drawing_.x_of(month) + 3, drawing_.y + 12,
                    std::to_string(CalendarMonth::from_index(story_.plan.study.start.index() + month).year), kSmall);
    drawing_.y += Drawing::kLine;
  }

  void grid(double from, std::size_t behind) {
    Drawing lines;
    lines.months = drawing_.months;
    for (int month = 0; month <= drawing_.months; month += 12) lines.vertical(month, from, drawing_.y, kGrid);
    drawing_.shapes.insert(behind, lines.shapes);
    if (!story_.differences.any) return;
    drawing_.vertical(story_.differences.any->entry.month + 0.5, from, drawing_.y, kDiffers);
  }

  void lane_label(const std::string& words) {
    drawing_.text(Drawing::kTimeFrom - 10, drawing_.y + 14, words, "text-anchor=\"end\"");
  }

  /// Calls draw(from, until) for each run of months in which holds(situation).
  template <class Holds, class Draw>
  void spells(const Life& life, Holds&& holds, Draw&& draw) {
    const int months = static_cast<int>(life.months.size());
    int from = -1;
    for (int month = 0; month <= months; ++month) {
      const bool on = month < months && holds(life.months[static_cast<std::size_t>(month)]);
      if (on && from < 0) from = month;
      if (on || from < 0) continue;
      draw(from, month);
      from = -1;
    }
  }

  void stages(const Life& life) {
    lane_label(in("life stage", "levensfase"));
    for (int stage = 0; stage < kLifeStages; ++stage)
      spells(
          life, [&](const Situation& now) { return now.here && static_cast<int>(now.stage) == stage; },
          [&](int from, int until) {
            drawing_.bar(from, until, kStageColour);
            drawing_.text(drawing_.x_of(from) + 4, drawing_.y + 14,
                          stage_words(static_cast<LifeStage>(stage), language_), "font-size=\"12\"");
          });
    drawing_.y += Drawing::kLine;
  }

  void lane(const Life& life, int state) {
    lane_label(state_words(story_.model, state, language_));
    const char* const colour = colour_of(story_.model.states[static_cast<std::size_t>(state)].kind);
    spells(
        life, [&](const Situation& now) { return now.states.test(state); },
        [&](int from, int until) { drawing_.bar(from, until, colour); });
    drawing_.y += Drawing::kLine;
  }

  void programme(const Life& life, std::size_t which) {
    const auto takes_part = [&](const Situation& now) { return (now.programmes >> which & 1) != 0; };
    const auto ever = [&](const Life& one) { return std::any_of(one.months.begin(), one.months.end(), takes_part); };
    if (!ever(story_.life) && (!story_.other || !ever(*story_.other))) return;
    const Programme& one = story_.plan.programmes[which];
    const std::string& name = language_ == Language::nl ? one.name_nl : one.name_en;
    lane_label(in("programme: ", "programma: ") + (name.empty() ? one.id : name));
    spells(life, takes_part, [&](int from, int until) { drawing_.bar(from, until, kProgrammeColour); });
    drawing_.y += Drawing::kLine;
  }

  /// What has a number: what a draw began.
  static std::vector<const Entry*> numbered(const Life& life) {
    std::vector<const Entry*> all;
    for (const Entry& entry : life.entries)
      if (entry.drawn && entry.kind != Entry::Kind::end) all.push_back(&entry);
    return all;
  }

  /// Circles on the lanes, which begin one line below `from`; the last line is that of events.
  void numbers(const Life& life, double from) {
    const double below = drawing_.y;
    const auto all = numbered(life);
    for (int i = 0; i < std::min(kMostTold, static_cast<int>(all.size())); ++i) {
      const Entry& entry = *all[static_cast<std::size_t>(i)];
      const auto lane = std::find(lanes_.begin(), lanes_.end(), entry.what);
      drawing_.y = lane == lanes_.end() ? below - Drawing::kLine
                                        : from + Drawing::kLine * static_cast<double>(lane - lanes_.begin() + 1);
      drawing_.number(entry.month + 0.5, i + 1);
    }
    drawing_.y = below;
  }

  void told(const Life& life) {
    const auto all = numbered(life);
    if (all.empty()) drawing_.paragraph(in("Nothing begins in these years.", "In deze jaren begint er niets."), kSmall);
    for (int i = 0; i < static_cast<int>(all.size()); ++i) {
      if (i == kMostTold) {
        drawing_.paragraph(
            fmt::format("… {} {}", static_cast<int>(all.size()) - i, in("more, not shown", "meer, niet getoond")),
            kSmall);
        return;
      }
      const Entry& entry = *all[static_cast<std::size_t>(i)];
      drawing_.paragraph(fmt::format("{}.  {}  {} ({} {}): {}", i + 1, month_words(story_.plan, entry.month),
                                     state_words(story_.model, entry.what, language_),
                                     hazard_words(entry.hazard.per_year(), language_), in("a year", "per jaar"),
                                     raised_words(story_.plan, story_.model, entry.hazard, language_)),
                         "font-size=\"13\"", 24);
    }
  }

  void difference() {
    drawing_.y += 14;
    const LifeDifferences& both = story_.differences;
    if (!both.any)
      return drawing_.paragraph(
          in("This life is the same under both scenarios.", "Dit leven is onder beide scenario's hetzelfde."),
          kHeading);
    tell_difference(in("First difference: ", "Eerste verschil: "), *both.any);
    if (!both.event)
      return drawing_.paragraph(
          in("Apart from programmes nothing differs.", "Behalve programma's verschilt er niets."));
    drawing_.y += 10;
    if (!both.any->entry.same_as(both.event->entry))
      tell_difference(in("First other event: ", "Eerste andere gebeurtenis: "), *both.event);
  }

  void tell_difference(const std::string& title, const Difference& found) {
    const std::string& where = found.in_first ? story_.other->scenario : story_.life.scenario;
    drawing_.paragraph(title + month_words(story_.plan, found.entry.month), kHeading);
    drawing_.paragraph(entry_words(story_.plan, story_.model, found.entry, language_) +
                       in(" (only under ", " (alleen onder ") + where + ")");
    if (!found.drawn) return;
    std::string why = in("Rate per year: ", "Per jaar te verwachten: ") + rate(found.first, story_.other->scenario) +
                      "; " + rate(found.second, story_.life.scenario);
    for (std::size_t i = 0; i < std::min(kMostDifferences, found.why.size()); ++i)
      why += (i == 0 ? in(". What differs: ", ". Wat verschilt: ") : "; ") +
             term_words(story_.plan, story_.model, found.why[i], language_);
    drawing_.paragraph(why);
  }

  std::string rate(const Hazard& hazard, const std::string& scenario) const {
    return hazard_words(hazard.per_year(), language_) + in(" under ", " onder ") + scenario;
  }

  const Story& story_;
  Language language_;
  Drawing drawing_;
  std::vector<int> lanes_;  ///< states
};

}  // namespace

std::string story_svg(const Story& story, Language language) { return Picture(story, language).all(); }

}  // namespace sleutel
