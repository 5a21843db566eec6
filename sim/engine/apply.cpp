#include <algorithm>

#include "sim/engine/month.h"
#include "sim/events/households.h"
#include "sim/events/income.h"

// What was drawn is written: deaths first, then durations, states, and wishes for life events. The order within each
// step does not matter: no two transitions of a month write the same thing in different ways.

namespace sleutel {

namespace {

/// Durations grow by one at the end of a month, which for what begins now is before it begins.
void grow_durations(Run& run) {
  Residents& residents = run.city.residents;
  run.blocks.each(residents.size(), [&](const Block& block) {
    run.arm->durations.grow(run.around.slotted, residents.months_in, block.first, block.last, run.arm->isa,
                            [&](Row row) { run.city.touch(row, kTouchedStates); });
  });
}

/// What is written for one resident.
class Applied {
 public:
  explicit Applied(Run& run) : run_(run), change_{run.city, run.arm->model, run.arm->plan.flows, run.key, run.month} {}

  bool remains(Row row) const { return (run_.around.shown[row] & kShownPresent) != 0; }

  void die(const Happening& what) {
    run_.around.shown[what.row] = 0;
    run_.city.touch(what.row, kTouchedStates);
    note(what.row, what);
    count(what.row, run_.arm->observed.of_begin[static_cast<std::size_t>(what.state)]);
#ifdef SLEUTEL_MUTANT_NOBODY_LOST
    if (++run_.books.deaths > 0) return;
#endif
    run_.requests.add(EventKind::death, what.row, what.id);
  }

  void happen(const Happening& what) {
    if (run_.arm->model.states[static_cast<std::size_t>(what.state)].is_event) ask(what);
    Row household = kNone;  // whose income follows
    for_each_holder(what, [&](Row row) {
      if (hold(row, what)) household = run_.city.residents.household[row];
    });
    if (household != kNone) refresh_income(change_, household);
  }

 private:
  template <class Visit>
  void for_each_holder(const Happening& what, Visit&& visit) const {
    if (what.level == Level::household) {
      return for_each_member(run_.city, what.row, [&](Row row) {
        if (remains(row)) visit(row);
      });
    }
    if (remains(what.row)) visit(what.row);
    if (what.level == Level::couple && remains(run_.city.residents.partner[what.row]))
      visit(run_.city.residents.partner[what.row]);
  }

  /// True if income must follow: a household's state is that of all its members, and a couple lives together.
  bool hold(Row row, const Happening& what) {
    const Arm& arm = *run_.arm;
    note(row, what);
    if (what.change == Change::end) return end_apart_from_income(change_, row, what.state);
    count(row, arm.observed.of_begin[static_cast<std::size_t>(what.state)]);
    return begin_apart_from_income(change_, row, what.state, what.id);
  }

  /// Who speaks for the unit: the one who named the draw, or, if he died this month, the lowest id that remains.
  void ask(const Happening& what) {
    const EventAsked asked = run_.arm->event_of[static_cast<std::size_t>(what.state)];
    if (!asked.any) return;
    const Residents& residents = run_.city.residents;
    Row speaker = kNone;
    for_each_holder(what, [&](Row row) {
      const bool better = speaker == kNone || residents.id[row] == what.id ||
                          (residents.id[speaker] != what.id && residents.id[row] < residents.id[speaker]);
      if (better) speaker = row;
    });
    if (speaker != kNone) run_.requests.add(asked.kind, speaker, residents.id[speaker]);
  }

  void note(Row row, const Happening& what) {
    if (run_.history != nullptr)
      run_.history->push_back({run_.city.residents.id[row], run_.month, what.state, what.change});
  }

  void count(Row row, std::uint64_t outcomes) {
    if (outcomes != 0) count_event(run_, row, outcomes);
  }

  Run& run_;
  StateChange change_;
};

/// Asks for what applying will read of a few transitions further on: they are many rows apart, each in lines of its
/// own.
class Ahead {
 public:
  Ahead(const Run& run, const std::vector<Happening>& happened)
      : residents_(run.city.residents), households_(run.city.households), run_(run), happened_(happened) {}

  void of(std::size_t now) const {
    if (now + 2 * kAhead < happened_.size()) fetch_home(happened_[now + 2 * kAhead]);
    if (now + kAhead < happened_.size()) fetch_holder(happened_[now + kAhead]);
  }

 private:
  static constexpr std::size_t kAhead = 8;

  void fetch_home(const Happening& what) const {
    const Row row = what.row;
    if (what.level == Level::household) return __builtin_prefetch(&households_.first_member[row]);
    if (what.level == Level::couple) __builtin_prefetch(&residents_.partner[row]);
  }

  /// The first member, near whom the others are, or the partner who names the couple.
  void fetch_holder(const Happening& what) const {
    const Row row = what.level == Level::household ? households_.first_member[what.row] : what.row;
    if (row == kNone) return;
    __builtin_prefetch(&residents_.states[row], 1);
    __builtin_prefetch(&residents_.months_in[row], 1);
    __builtin_prefetch(&residents_.shock_fast[row], 1);
    __builtin_prefetch(&residents_.shock_slow[row], 1);
    __builtin_prefetch(&run_.around.shown[row]);
    if (row < run_.city.touched.size()) __builtin_prefetch(&run_.city.touched[row], 1);
    if (what.level == Level::household) __builtin_prefetch(&residents_.next_in_household[row]);
    if (what.change == Change::begin) fetch_counted(row);
  }

  void fetch_counted(Row row) const {
    __builtin_prefetch(&residents_.birth_month[row]);
    __builtin_prefetch(&residents_.stratum_buurt[row]);
    __builtin_prefetch(&residents_.stratum_income[row]);
    __builtin_prefetch(&residents_.sex[row]);
  }

  const Residents& residents_;
  const Households& households_;
  const Run& run_;
  const std::vector<Happening>& happened_;
};

}  // namespace

void apply(Run& run) {
  grow_durations(run);
  Applied applied(run);
  const int death = run.arm->model.roles.death;
  const auto dies = [&](const Happening& what) { return what.state == death && what.level == Level::resident; };
  for (const Workplace& place : run.places)
    for (const Happening& what : place.happened)
      if (dies(what)) applied.die(what);
  for (const Workplace& place : run.places) {
    const Ahead ahead(run, place.happened);
    for (std::size_t i = 0; i < place.happened.size(); ++i) {
      ahead.of(i);
      if (!dies(place.happened[i])) applied.happen(place.happened[i]);
    }
  }
}

}  // namespace sleutel
