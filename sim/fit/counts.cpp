#include "sim/fit/counts.h"

#include <algorithm>

#include "sim/engine/float_rules.h"
#include "sim/engine/month.h"
#include "sim/engine/observed.h"

// Residents are asked after the surroundings of a month and before its transitions: their states, traits and outcomes
// are then all those of the end of the month before. Rows stay where they are within a month.

namespace sleutel {
namespace {

constexpr int kDecember = 11;

/// Those who were found among a side, to be looked at again some months later.
struct Followed {
  int month = 0;                                   ///< in which they are looked at
  std::vector<std::pair<std::uint64_t, int>> who;  ///< id and cell, by id
};

/// One side of a figure while a run lives.
class Counter {
 public:
  Counter(const Side& side, FigureMeasure measure, CountsOfSide& counts)
      : side_(side), counts_(counts), measure_(measure) {}

  void before(const Run& run) {
    if (measure_ == FigureMeasure::rate || measure_ == FigureMeasure::mean_age ||
        measure_ == FigureMeasure::healthy_years)
      list_at_risk(run);
    if (measure_ == FigureMeasure::rate || measure_ == FigureMeasure::mean_age) return;
    look_again(run);
    if (run.month % 12 == kDecember) look(run);
  }

  /// After the month: what began among those who were at risk.
  void after(const Run& run, const std::vector<std::pair<Row, int>>& begun, int death) {
    const int state = measure_ == FigureMeasure::healthy_years ? death : side_.begins;
    for (const auto& [row, what] : begun) {
      if (what != state || row >= at_risk_.size() || at_risk_[row] < 0) continue;
      CellOfSide& cell = counts_[static_cast<std::size_t>(at_risk_[row])];
      ++cell.events;
      cell.event_ages += std::max(0, run.city.residents.age_months(row, run.month));
    }
  }

 private:
  bool is_unit_of(const Run& run, Row row) const {
    return run.city.residents.present(row) && (!side_.households || stands_for_household(run.city, row)) &&
           meets(run, row, side_.among);
  }

  void list_at_risk(const Run& run) {
    const Residents& residents = run.city.residents;
    at_risk_.assign(residents.size(), -1);
    for (Row row = 0; row < residents.size(); ++row) {
      if (!is_unit_of(run, row)) continue;
      at_risk_[row] = static_cast<std::int8_t>(cell_of_age_and_sex(residents, row, run.month));
      ++counts_[static_cast<std::size_t>(at_risk_[row])].months;
    }
  }

  void look(const Run& run) {
    const Residents& residents = run.city.residents;
    Followed later{run.month + side_.after_months, {}};
    for (Row row = 0; row < residents.size(); ++row) {
      if (!is_unit_of(run, row)) continue;
      const int cell = cell_of_age_and_sex(residents, row, run.month);
      if (side_.after_months > 0)
        later.who.emplace_back(residents.id[row], cell);
      else
        count(run, row, cell);
    }
    std::sort(later.who.begin(), later.who.end());
    if (side_.after_months > 0) followed_.push_back(std::move(later));
  }

  void look_again(const Run& run) {
    const auto due = std::find_if(followed_.begin(), followed_.end(),
                                  [&](const Followed& later) { return later.month == run.month; });
    if (due == followed_.end()) return;
    const Residents& residents = run.city.residents;
    for (Row row = 0; row < residents.size(); ++row) {
      if (!residents.present(row)) continue;
      const auto one = std::lower_bound(due->who.begin(), due->who.end(), std::pair{residents.id[row], -1});
      if (one != due->who.end() && one->first == residents.id[row]) count(run, row, one->second);
    }
    followed_.erase(due);
  }

  void count(const Run& run, Row row, int at) {
    CellOfSide& cell = counts_[static_cast<std::size_t>(at)];
    ++cell.asked;
    if (measure_ != FigureMeasure::mean && measure_ != FigureMeasure::sd) {
      cell.meet += meets(run, row, side_.of) ? 1 : 0;
      return;
    }
    const auto& means = run.arm->observed.means;
    for (std::size_t k = 0; k < means.size(); ++k) {
      if (means[k].outcome != side_.of.outcome) continue;
      const std::int64_t value = run.counted[row].means[k];
      cell.sum += value;
      cell.steps += value / kSquareStep;
      cell.squares += value / kSquareStep * (value / kSquareStep);
    }
  }

  const Side& side_;
  CountsOfSide& counts_;
  FigureMeasure measure_;
  std::vector<std::int8_t> at_risk_;  ///< [row] cell, or -1
  std::vector<Followed> followed_;
};

/// Rows by id: those of the beginning of the year in order, newcomers behind them one by one.
class RowsById {
 public:
  void learn(const Residents& residents) {
    known_.clear();
    for (Row row = 0; row < residents.size(); ++row) known_.emplace_back(residents.id[row], row);
    std::sort(known_.begin(), known_.end());
  }
  Row row_of(const Residents& residents, std::uint64_t id) const {
    const auto at = std::lower_bound(known_.begin(), known_.end(), std::pair<std::uint64_t, Row>{id, 0});
    if (at != known_.end() && at->first == id) return at->second;
    for (auto row = static_cast<Row>(known_.size()); row < residents.size(); ++row)
      if (residents.id[row] == id) return row;
    return kNone;
  }

 private:
  std::vector<std::pair<std::uint64_t, Row>> known_;
};

/// All sides of all figures over one run.
class Tellers {
 public:
  Tellers(const Arm& arm, const std::vector<PublishedFigure>& figures, CountsOfFigures& counts)
      : death_(arm.model.roles.death) {
    counts.side.assign(figures.size(), {});
    counts.against.assign(figures.size(), {});
    for (std::size_t i = 0; i < figures.size(); ++i) {
      const PublishedFigure& figure = figures[i];
      counters_.emplace_back(figure.side, figure.measure, counts.side[i]);
      if (figure.contrast != Contrast::none) counters_.emplace_back(figure.against, figure.measure, counts.against[i]);
      if (figure.side.begins >= 0) wanted_.set(figure.side.begins);
      if (figure.measure == FigureMeasure::healthy_years && death_ >= 0) wanted_.set(death_);
    }
  }

  void year_begins(const Run& run) { rows_.learn(run.city.residents); }
  void before(const Run& run) {
    for (Counter& counter : counters_) counter.before(run);
  }
  void after(const Run& run, const std::vector<Event>& happened) {
    std::vector<std::pair<Row, int>> begun;
    for (const Event& event : happened) {
      if (event.change != Change::begin || event.state < 0 || !wanted_.test(event.state)) continue;
      const Row row = rows_.row_of(run.city.residents, event.resident);
      if (row != kNone) begun.emplace_back(row, event.state);
    }
    for (Counter& counter : counters_) counter.after(run, begun, death_);
  }

 private:
  int death_;
  StateMask wanted_;
  std::vector<Counter> counters_;
  RowsById rows_;
};

}  // namespace

int cell_of_age_and_sex(const Residents& residents, Row row, int month) {
  const int band = std::clamp(residents.age_months(row, month) / 60, 0, kAgeBands - 1);
  return 2 * band + (residents.sex[row] == Sex::female ? 1 : 0);
}

CountsOfFigures count_figures(const Arm& arm, int replicate, const std::vector<PublishedFigure>& figures) {
  const FloatRules rules;
  CountsOfFigures counts;
  Tellers tellers(arm, figures, counts);
  Run run(Blocks(1024, nullptr));
  std::vector<Event> happened;
  run.history = &happened;
  run.start(arm, replicate);
  while (run.month < arm.plan.months()) {
    if (run.month % 12 == 0) {
      run.open_year();
      tellers.year_begins(run);
    }
    happened.clear();
    for (const Phase& phase : kMonth) {
      if (phase.live == &transitions) tellers.before(run);
      phase.live(run);
    }
    tellers.after(run, happened);
    ++run.month;
    if (run.month % 12 != 0) continue;
    run.close_year();
    resort(run);
  }
  return counts;
}

}  // namespace sleutel
