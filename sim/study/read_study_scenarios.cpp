#include "sim/study/read_study_scenarios.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "sim/base/text.h"
#include "sim/input/reader.h"
#include "sim/study/read_budgets.h"

namespace sleutel {
namespace {

constexpr const char* kSayWhat = "say what changes, write `effect: none` if nothing is meant to, or remove it";
constexpr const char* kOneOfTwo = "remove one of the two";

std::string place_of(int line, int column) { return std::to_string(line) + ":" + std::to_string(column); }

/// Reads one scenario as it stands in the file, without what it inherits.
class ScenarioReader {
 public:
  ScenarioReader(Dates dates, const Study& study, std::vector<Problem>& problems)
      : dates_(dates), study_(study), reader_(problems), silent_(reported_before_) {}

  ScenarioEntry read(const Node& node) {
    ScenarioEntry entry;
    entry.name = node.key;
    entry.line = node.key_line;
    entry.column = node.key_column;
    entry.extends = silent_.text(node, "extends");
    entry.effect_none = silent_.text(node, "effect") == "none";
    for (const Node& item : silent_.list(node, "programmes"))
      if (item.is_map()) entry.programmes.push_back(read_programme(item, entry.effect_none));
    for (const Node& item : silent_.map(node, "set")) entry.set.push_back(read_change(item));
    for (const Node& item : silent_.list(node, "budgets"))
      if (item.is_map()) entry.budgets.push_back(read_budget(item, dates_, study_, reader_));
    return entry;
  }

  /// Tells of a scenario in which nothing differs from the baseline, or from the one that it extends.
  void report_nothing(const Node& node, const ScenarioEntry& entry, bool is_baseline) {
    if (node.is_null())
      return reader_.report(node, "nothing follows the colon",
                            is_baseline ? "write `" + node.key + ": {}` to say that nothing changes" : kSayWhat);
    const bool changes =
        node.find("programmes") || node.find("set") || node.find("budgets") || node.find("effect") || !node.is_map();
    if (is_baseline || changes) return;
    const std::string beyond = entry.extends.empty() ? "" : " beyond " + in_quotes(entry.extends);
    reader_.report_key(node, "changes nothing" + beyond, kSayWhat);
  }

 private:
  ProgrammeEntry read_programme(const Node& node, bool effect_none) {
    ProgrammeEntry entry;
    entry.programme = silent_.text(node, "programme");
    const Node* name = node.find("programme");
    const Node& place = name ? *name : node;
    entry.line = place.line;
    entry.column = place.column;
    entry.where = place.path;
    read_coverage(node.find("coverage"), effect_none, entry);
    read_months(node, entry);
    entry.reach = silent_.number(node, "reach", 1);
    entry.places = static_cast<int>(silent_.whole(node, "places", 0, {.min = 1, .max = 1e6}));
    if (const Node* waiting = node.find("waiting")) entry.waiting = waiting_rule(waiting->text);
    for (const Node& item : silent_.map(node, "assume"))
      if (item.is_map()) entry.assume.push_back(read_assumed(item, effect_none));
    return entry;
  }

  void read_coverage(const Node* value, bool effect_none, ProgrammeEntry& entry) {
    const auto coverage = value ? silent_.as_number(*value) : std::nullopt;
    entry.coverage = coverage.value_or(0);
    if (coverage && *coverage == 0 && !effect_none)
      reader_.report(*value, value->text + " (the programme would reach nobody)",
                     "leave the programme out, or write `effect: none` in the scenario");
  }

  void read_months(const Node& node, ProgrammeEntry& entry) {
    const Node* from = node.find("from");
    const Node* until = node.find("until");
    const auto first = from ? silent_.as_month(*from) : study_.start;
    entry.from = first.value_or(study_.start);
    if (until) entry.until = silent_.as_month(*until);
    if (dates_ == Dates::known && from && first) check_from(*from, *first);
    const bool ordered = !entry.until || !first || entry.until->index() > first->index();
    if (!ordered && (from || dates_ == Dates::known))
      reader_.report(*until, to_string(*entry.until) + " (must be after from, " + to_string(*first) + ")");
  }

  void check_from(const Node& node, CalendarMonth from) {
    const int end = study_.start.index() + study_.years * 12;
    if (from.index() < study_.start.index())
      reader_.report(node, to_string(from) + " (is before the study's start, " + to_string(study_.start) + ")");
    else if (study_.years > 0 && from.index() >= end)
      reader_.report(node, to_string(from) + " (the study ends with " + to_string(CalendarMonth::from_index(end - 1)) +
                               ", so the programme would never begin)");
  }

  ProgrammeEntry::Assumed read_assumed(const Node& node, bool effect_none) {
    ProgrammeEntry::Assumed assumed;
    assumed.path = node.key;
    assumed.line = node.key_line;
    assumed.column = node.key_column;
    assumed.where = node.path;
    check_transition(node);
    const Node* ratio = node.find("hazard_ratio");
    const auto value = ratio ? silent_.as_number(*ratio, {.min = 0.01, .max = 100}) : std::nullopt;
    assumed.hazard_ratio = value.value_or(1);
    assumed.low = silent_.number(node, "low", assumed.hazard_ratio);
    assumed.high = silent_.number(node, "high", assumed.hazard_ratio);
    if (value) check_ratio(node, *ratio, assumed, effect_none);
    return assumed;
  }

  void check_transition(const Node& node) {
    const std::size_t dot = node.key.rfind('.');
    const std::string change = dot == std::string::npos ? "" : node.key.substr(dot + 1);
    if (dot != 0 && (change == "onset" || change == "end")) return;
    const std::string state = node.key.substr(0, dot);
    reader_.report_key(node, "expected <state>.onset or <state>.end, found " + found_text(node.key),
                       state.empty() ? "" : "write " + state + ".onset or " + state + ".end");
  }

  void check_ratio(const Node& node, const Node& ratio, const ProgrammeEntry::Assumed& assumed, bool effect_none) {
    const bool acts = assumed.hazard_ratio != 1;
    if (acts && effect_none) reader_.report(ratio, ratio.text + " (the scenario says `effect: none`)", kOneOfTwo);
    if (!acts && !effect_none)
      reader_.report(ratio, ratio.text + " (would have no effect)",
                     "leave it out, or write `effect: none` in the scenario");
    const Node* low = node.find("low");
    const Node* high = node.find("high");
    const std::string bound = " the hazard ratio, " + ratio.text + ")";
    if (low && assumed.low > assumed.hazard_ratio) reader_.report(*low, low->text + " (must not be above" + bound);
    if (high && assumed.high < assumed.hazard_ratio) reader_.report(*high, high->text + " (must not be below" + bound);
  }

  ParameterChange read_change(const Node& node) {
    return {node.key, silent_.as_number(node).value_or(0), node.key_line, node.key_column, node.path};
  }

  Dates dates_;
  const Study& study_;
  Reader reader_;
  std::vector<Problem> reported_before_;  ///< what check_keys has said already
  Reader silent_;
};

/// Who extends whom, and what is handed down.
class Ancestry {
 public:
  Ancestry(const Study& study, std::vector<Problem>& problems)
      : study_(study), own_(study.scenarios), problems_(problems), parent_(own_.size(), -1), circled_(own_.size()) {}

  /// The scenarios with what they inherit, in the order of the file.
  std::vector<ScenarioEntry> resolve() {
    for (std::size_t i = 0; i < own_.size(); ++i) parent_[i] = find_parent(i);
    for (std::size_t i = 0; i < own_.size(); ++i) cut_circle(i);
    std::vector<ScenarioEntry> whole = own_;
    for (std::size_t i = 0; i < own_.size(); ++i) {
      report_twice(i);
      for (int above = parent_[i]; above >= 0; above = parent_[above]) inherit(i, own_[above], whole[i]);
    }
    return whole;
  }

  /// Whether the scenario is one of a circle, of which nothing else can be said before it is opened.
  bool in_circle(std::size_t at) const { return circled_[at]; }

 private:
  int position(const std::string& name) const {
    for (std::size_t i = 0; i < own_.size(); ++i)
      if (own_[i].name == name) return static_cast<int>(i);
    return -1;
  }

  void report_extends(std::size_t at, const std::string& what, const std::string& suggestion) {
    problems_.push_back(study_problem_at("scenarios." + own_[at].name + ".extends", what, suggestion));
  }

  Problem study_problem_at(const std::string& path, const std::string& what, const std::string& suggestion) const {
    const auto [line, column] = study_.places.at(path);
    return {study_.file, line, column, path, what, suggestion};
  }

  int find_parent(std::size_t at) {
    const std::string& name = own_[at].extends;
    if (name.empty()) return -1;
    const int parent = position(name);
    if (parent == static_cast<int>(at)) {
      report_extends(at, "the scenario extends itself", "let it begin from the baseline");
      return -1;
    }
    if (parent < 0) report_unknown(at);
    return parent;
  }

  void report_unknown(std::size_t at) {
    std::vector<std::string> names;
    for (const ScenarioEntry& scenario : own_) names.push_back(scenario.name);
    const std::string nearest = did_you_mean(own_[at].extends, names);
    report_extends(at, "unknown scenario " + in_quotes(own_[at].extends),
                   nearest.empty() ? "scenarios here: " + listed(names, "and") : nearest);
  }

  /// If following `extends` from here comes back here: tells it, and lets no scenario of the circle extend another,
  /// since what they would inherit depends on where the circle is cut.
  void cut_circle(std::size_t at) {
    std::vector<int> circle = {static_cast<int>(at)};
    while (circle.back() >= 0 && circle.size() <= own_.size()) {
      circle.push_back(parent_[circle.back()]);
      if (circle.back() == circle.front()) break;
    }
    if (circle.size() < 2 || circle.back() != circle.front()) return;
    std::string names;
    for (const int one : circle) names += (names.empty() ? "" : ", ") + own_[one].name;
    report_extends(at, "the scenarios extend each other in a circle: " + names,
                   "let one of them begin from the baseline");
    for (const int one : circle) {
      parent_[one] = -1;
      circled_[one] = true;
    }
  }

  void report(const std::string& where, int line, int column, const std::string& what, const std::string& suggestion) {
    problems_.push_back({study_.file, line, column, where, what, suggestion});
  }

  void report_twice(std::size_t at) {
    const auto& entries = own_[at].programmes;
    for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
      const auto same = [&](const ProgrammeEntry& other) { return other.programme == entry->programme; };
      const auto first = std::find_if(entries.begin(), entry, same);
      if (first == entry || entry->programme.empty()) continue;
      report(entry->where, entry->line, entry->column,
             in_quotes(entry->programme) + " stands twice in this scenario; the first stands at " +
                 place_of(first->line, first->column),
             "keep one of them");
    }
  }

  /// Puts what an extended scenario says before what stands in `whole`, and tells what the scenario itself repeats.
  void inherit(std::size_t at, const ScenarioEntry& above, ScenarioEntry& whole) {
    const std::string origin = "it comes from " + in_quotes(above.name) + ", which this scenario extends";
    constexpr const char* todo = "leave it out here, or extend another scenario";
    for (const ProgrammeEntry& entry : own_[at].programmes)
      for (const ProgrammeEntry& other : above.programmes)
        if (other.programme == entry.programme && !entry.programme.empty())
          report(entry.where, entry.line, entry.column, in_quotes(entry.programme) + " is already there: " + origin,
                 todo);
    for (const ParameterChange& change : own_[at].set)
      for (const ParameterChange& other : above.set)
        if (other.path == change.path)
          report(change.where, change.line, change.column, "is already set: " + origin, todo);
    whole.programmes.insert(whole.programmes.begin(), above.programmes.begin(), above.programmes.end());
    whole.set.insert(whole.set.begin(), above.set.begin(), above.set.end());
    whole.budgets.insert(whole.budgets.begin(), above.budgets.begin(), above.budgets.end());
  }

  const Study& study_;
  const std::vector<ScenarioEntry>& own_;
  std::vector<Problem>& problems_;
  std::vector<int> parent_;
  std::vector<bool> circled_;
};

}  // namespace

void read_scenarios(const Node& scenarios, Dates dates, Study& study, std::vector<Problem>& problems) {
  ScenarioReader reader(dates, study, problems);
  for (const Node& node : scenarios.items) study.scenarios.push_back(reader.read(node));
  Ancestry ancestry(study, problems);
  auto whole = ancestry.resolve();
  for (std::size_t i = 0; i < whole.size(); ++i)
    if (!ancestry.in_circle(i)) reader.report_nothing(scenarios.items[i], whole[i], i == 0);
  study.scenarios = std::move(whole);
}

}  // namespace sleutel
