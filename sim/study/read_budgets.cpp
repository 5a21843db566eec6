#include "sim/study/read_budgets.h"

#include <algorithm>
#include <cmath>

#include "sim/base/numbers.h"
#include "sim/base/text.h"
#include "sim/model/read_programme.h"
#include "sim/programmes/purse.h"

namespace sleutel {
namespace {

std::string months_text(const BudgetEntry& entry) {
  return to_string(entry.from) + " to " + to_string(CalendarMonth::from_index(entry.until.index() - 1));
}

std::string payer_name(Payer payer) { return std::string(kPayerNames[static_cast<std::size_t>(payer)]); }

/// "EUR 1,250" or "EUR 12.50".
std::string euros_text(std::int64_t cents) {
  if (cents % 100 == 0) return "EUR " + with_thousands(cents / 100);
  const std::string rest = std::to_string(cents % 100);
  return "EUR " + with_thousands(cents / 100) + "." + (rest.size() == 1 ? "0" : "") + rest;
}

void check_months(const Node& node, const BudgetEntry& entry, const Study& study, Reader& reader) {
  const int start = study.start.index(), end = start + 12 * study.years;
  if (entry.until.index() <= entry.from.index()) {
    reader.report(node, "the budget ends in " + to_string(entry.until) + " and would begin in " + to_string(entry.from),
                  "write a first month, and as until the first month after it");
  } else if (study.years > 0 && (entry.from.index() < start || entry.until.index() > end)) {
    reader.report(node,
                  "the budget is for " + months_text(entry) + ", and the study for " + to_string(study.start) + " to " +
                      to_string(CalendarMonth::from_index(end - 1)),
                  "give it months of the study");
  }
}

/// Reports what is wrong with the budgets of one scenario.
class BudgetCheck {
 public:
  BudgetCheck(const Study& study, const ScenarioEntry& scenario, const std::vector<Programme>& programmes,
              const std::vector<ProgrammeUse>& uses, std::vector<Problem>& problems)
      : study_(study), scenario_(scenario), programmes_(programmes), uses_(uses), problems_(problems) {}

  std::vector<Budget> all() {
    const std::size_t before = problems_.size();
    std::vector<Budget> budgets;
    for (const BudgetEntry& entry : scenario_.budgets) budgets.push_back(budget_of(entry));
    for (std::size_t i = 0; i < budgets.size(); ++i) check_overlap(budgets, i);
    if (problems_.size() == before) check_sizes(budgets);
    return budgets;
  }

 private:
  void report(const BudgetEntry& entry, const std::string& what, const std::string& suggestion) {
    problems_.push_back({study_.file, entry.line, entry.column, entry.where, what, suggestion});
  }

  const Programme& of(const ProgrammeUse& use) const { return programmes_[static_cast<std::size_t>(use.programme)]; }

  std::vector<std::string> used_names() const {
    std::vector<std::string> names;
    for (const ProgrammeUse& use : uses_) names.push_back(of(use).id);
    return names;
  }

  /// What a payer has to pay of a programme at all.
  static bool costs(const Programme& programme, Payer payer) {
    const auto share = programme.pays[static_cast<std::size_t>(payer)];
    return share > 0 &&
           programme.cost_cents_per_start + programme.cost_cents_per_month + programme.cost_cents_per_year > 0;
  }

  Budget budget_of(const BudgetEntry& entry) {
    Budget budget;
    budget.name = payer_name(entry.payer) + ", " + months_text(entry);
    budget.payer = entry.payer;
    budget.from_month = entry.from.index() - study_.start.index();
    budget.until_month = entry.until.index() - study_.start.index();
    budget.cents = static_cast<std::int64_t>(std::floor(entry.euros * 100 + 0.5));
    for (const std::string& name : entry.programmes) add_named(entry, name, budget);
    std::sort(budget.programmes.begin(), budget.programmes.end());
    if (!entry.programmes.empty()) {
      budget.name += ", " + listed(entry.programmes, "and");
    } else if (std::none_of(uses_.begin(), uses_.end(),
                            [&](const ProgrammeUse& use) { return costs(of(use), entry.payer); })) {
      report(entry, in_quotes(payer_name(entry.payer)) + " pays for no programme of this scenario",
             "take the budget away, or see `pays` in the programmes' files");
    }
    return budget;
  }

  void add_named(const BudgetEntry& entry, const std::string& name, Budget& budget) {
    const std::vector<std::string> used = used_names();
    const auto at = std::find(used.begin(), used.end(), name);
    if (at == used.end()) {
      const std::string nearest = did_you_mean(name, used);
      report(entry, "this scenario has no programme " + in_quotes(name),
             !nearest.empty() ? nearest
             : used.empty()   ? ""
                              : "its programmes: " + listed(used, "and"));
      return;
    }
    const ProgrammeUse& use = uses_[static_cast<std::size_t>(at - used.begin())];
    if (std::find(budget.programmes.begin(), budget.programmes.end(), use.programme) != budget.programmes.end())
      report(entry, "the budget names " + in_quotes(name) + " twice", "keep one of the two");
    if (!costs(of(use), entry.payer))
      report(entry, in_quotes(payer_name(entry.payer)) + " pays nothing for " + in_quotes(name),
             "see `pays` and `cost` in the file of the programme");
    budget.programmes.push_back(use.programme);
  }

  static bool share_programme(const Budget& a, const Budget& b) {
    if (a.programmes.empty() || b.programmes.empty()) return true;
    return std::any_of(a.programmes.begin(), a.programmes.end(), [&](int programme) {
      return std::binary_search(b.programmes.begin(), b.programmes.end(), programme);
    });
  }

  void check_overlap(const std::vector<Budget>& budgets, std::size_t at) {
    for (std::size_t first = 0; first < at; ++first) {
      const Budget &a = budgets[first], &b = budgets[at];
      const bool at_once = a.from_month < b.until_month && b.from_month < a.until_month;
      if (a.payer != b.payer || !at_once || !share_programme(a, b)) continue;
      const BudgetEntry& other = scenario_.budgets[first];
      report(scenario_.budgets[at],
             "two budgets of " + payer_name(a.payer) +
                 " are for the same programme in the same months; the first stands at " + std::to_string(other.line) +
                 ":" + std::to_string(other.column),
             "put them together, give them other months, or name the programmes of each");
      return;
    }
  }

  /// What must be paid anyway, and one start beside it.
  void check_sizes(const std::vector<Budget>& budgets) {
    std::vector<std::int64_t> fixed(budgets.size(), 0);
    std::vector<std::int64_t> least(budgets.size(), -1);
    for (const ProgrammeUse& use : uses_) {
      const Bill bill(of(use), use, budgets, study_.years * 12);
      for (const Charge& charge : bill.of_being_there(0, study_.years * 12))
        fixed[static_cast<std::size_t>(charge.budget)] += charge.cents;
      for (std::size_t i = 0; i < budgets.size(); ++i) add_least(bill, of(use), budgets[i], i, least[i]);
    }
    for (std::size_t i = 0; i < budgets.size(); ++i) check_size(scenario_.budgets[i], budgets[i], fixed[i], least[i]);
  }

  /// The smallest of what a start of a programme asks of a budget in its first open month.
  static void add_least(const Bill& bill, const Programme& programme, const Budget& budget, std::size_t which,
                        std::int64_t& least) {
    for (int month = budget.from_month; month < budget.until_month; ++month) {
      if (!bill.is_open(month)) continue;
      const int until = programme.months > 0 ? month + programme.months : bill.paid_until(month);
      for (const Charge& charge : bill.of_start(month, until))
        if (charge.budget == static_cast<int>(which) && (least < 0 || charge.cents < least)) least = charge.cents;
    }
  }

  void check_size(const BudgetEntry& entry, const Budget& budget, std::int64_t fixed, std::int64_t least) {
    if (fixed > budget.cents) {
      report(entry, euros_text(budget.cents) + " is less than the fixed cost of its programmes, " + euros_text(fixed),
             "give it more, or offer fewer programmes or for fewer months");
    } else if (least > 0 && fixed + least > budget.cents) {
      report(entry,
             euros_text(budget.cents) + " does not pay for a single start: " +
                 (fixed > 0 ? "fixed cost is " + euros_text(fixed) + ", and " : std::string()) + "one start costs " +
                 euros_text(least),
             "give it more");
    } else if (least < 0 && fixed == 0) {
      report(entry, "nobody can start in any of its months, so it would have no effect",
             "give it months in which a programme is offered and every payer with budgets has one");
    }
  }

  const Study& study_;
  const ScenarioEntry& scenario_;
  const std::vector<Programme>& programmes_;
  const std::vector<ProgrammeUse>& uses_;
  std::vector<Problem>& problems_;
};

}  // namespace

std::optional<WaitingRule> waiting_rule(const std::string& word) {
  const auto at = std::find(kWaitingRules.begin(), kWaitingRules.end(), word);
  if (at == kWaitingRules.end()) return std::nullopt;
  return static_cast<WaitingRule>(at - kWaitingRules.begin());
}

BudgetEntry read_budget(const Node& node, Dates dates, const Study& study, Reader& reader) {
  std::vector<Problem> reported_before;
  Reader silent(reported_before);
  BudgetEntry entry;
  entry.line = node.line;
  entry.column = node.column;
  entry.where = node.path;
  const std::string payer = silent.text(node, "payer");
  const auto name = std::find(kPayerNames.begin(), kPayerNames.end(), payer);
  if (name != kPayerNames.end()) entry.payer = static_cast<Payer>(name - kPayerNames.begin());
  entry.euros = silent.number(node, "euros", 0);
  for (const std::string& word : silent.words(node, "programmes")) entry.programmes.push_back(word);
  const Node* year = node.find("year");
  const Node* from = node.find("from");
  const Node* until = node.find("until");
  const auto first = from ? silent.as_month(*from) : study.start;
  const auto after =
      until ? silent.as_month(*until) : CalendarMonth::from_index(study.start.index() + 12 * study.years);
  entry.from = first.value_or(study.start);
  entry.until = after.value_or(entry.from);
  if (year && (from || until)) {
    reader.report(node, "both year and from or until say which months the budget is for", "keep one of the two");
    return entry;
  }
  const auto whole_year = year ? silent.as_whole(*year) : std::nullopt;
  if (whole_year) {
    entry.from = {static_cast<int>(*whole_year), 1};
    entry.until = {static_cast<int>(*whole_year) + 1, 1};
  }
  const bool readable = first && after && (!year || whole_year);
  if (readable && dates == Dates::known) check_months(node, entry, study, reader);
  return entry;
}

void settle_places(const Study& study, const ProgrammeEntry& entry, bool has_budgets, const Programme& programme,
                   ProgrammeUse& use, std::vector<Problem>& problems) {
  use.places = entry.places > 0 ? entry.places : programme.places;
  use.waiting = entry.waiting.value_or(programme.waiting);
  const auto report = [&](const std::string& what, const std::string& suggestion) {
    problems.push_back({study.file, entry.line, entry.column, entry.where, what, suggestion});
  };
  if (!entry.waiting) return;
  if (use.places == 0 && !has_budgets)
    report("nobody waits for this programme: it has neither a number of places nor a budget",
           "give places, or take waiting away");
  const std::string why = use.waiting == WaitingRule::most_in_need ? why_no_need(programme) : "";
  if (!why.empty()) report(why, "write waiting: first_come or waiting: random");
}

std::vector<Budget> settle_budgets(const Study& study, const ScenarioEntry& scenario,
                                   const std::vector<Programme>& programmes, const std::vector<ProgrammeUse>& uses,
                                   std::vector<Problem>& problems) {
  return BudgetCheck(study, scenario, programmes, uses, problems).all();
}

}  // namespace sleutel
