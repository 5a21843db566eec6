#include "sim/engine/replay.h"

#include <algorithm>
#include <tuple>

#include "sim/engine/month.h"
#include "sim/engine/past_households.h"
#include "sim/events/households.h"
#include "sim/events/income.h"
#include "sim/events/purposes.h"
#include "sim/events/schooling.h"

namespace sleutel {
namespace {

/// What the made city says and a replay changes for a while.
struct Made {
  explicit Made(const City& city)
      : flags(city.residents.flags),
        partner(city.residents.partner),
        household(city.residents.household),
        next(city.residents.next_in_household),
        first(city.households.first_member),
        size(city.households.size),
        income(city.households.income),
        income_group(city.households.income_group) {}

  void give_back(City& city) const {
    city.residents.flags = flags;
    city.residents.partner = partner;
    city.residents.next_in_household = next;
    city.households.first_member = first;
    city.households.size = size;
  }

  Column<std::uint8_t> flags;
  Column<Row> partner, household, next, first;
  Column<std::uint16_t> size;
  Column<std::int32_t> income;
  Column<std::uint8_t> income_group;
};

/// Residents of one sex and year of birth: who dies in the replay gets the history of one of them.
class Cohorts {
 public:
  explicit Cohorts(const Residents& residents) : order_(residents.size()), of_(residents.size()) {
    for (Row row = 0; row < residents.size(); ++row) order_[row] = row;
    std::sort(order_.begin(), order_.end(), [&](Row a, Row b) { return key(residents, a) < key(residents, b); });
    for (std::size_t i = 0; i < order_.size(); ++i) {
      const bool opens = i == 0 || year(residents, order_[i]) != year(residents, order_[i - 1]);
      if (opens) begins_.push_back(i);
      of_[order_[i]] = begins_.size() - 1;
    }
    begins_.push_back(order_.size());
  }

  /// Somebody else of the cohort who suits, nearest to a keyed position; kNone if there is nobody.
  template <class Suits>
  Row donor(Row who, double position, Suits&& suits) const {
    const std::size_t first = begins_[of_[who]];
    const std::size_t count = begins_[of_[who] + 1] - first;
    const auto from = static_cast<std::size_t>(position * static_cast<double>(count));
    for (std::size_t step = 0; step < count; ++step) {
      const Row other = order_[first + (from + step) % count];
      if (other != who && suits(other)) return other;
    }
    return kNone;
  }

 private:
  static std::tuple<Sex, int> year(const Residents& residents, Row row) {
    return {residents.sex[row], (residents.birth_month[row] + 12 * 200) / 12};
  }
  static std::tuple<Sex, int, std::uint64_t> key(const Residents& residents, Row row) {
    return std::tuple_cat(year(residents, row), std::tuple(residents.id[row]));
  }

  std::vector<Row> order_;
  std::vector<std::size_t> of_;      ///< [resident] cohort
  std::vector<std::size_t> begins_;  ///< [cohort] place in order_
};

class Replay {
 public:
  Replay(Run& run, const PastRates& rates)
      : run_(run),
        residents_(run.city.residents),
        model_(run.arm->model),
        rates_(rates),
        made_(run.city),
        homes_(run.city, rates, run.arm->plan.flows, run.key),
        school_(run.city, run.arm->plan.flows, run.key),
        cohorts_(residents_),
        personal_(states_of_level(model_, Level::resident)),
        shared_(states_of_level(model_, Level::household)) {
    by_birth_.resize(residents_.size());
    for (Row row = 0; row < residents_.size(); ++row) by_birth_[row] = row;
    std::sort(by_birth_.begin(), by_birth_.end(), [&](Row a, Row b) {
      return std::tuple(residents_.birth_month[a], residents_.id[a]) <
             std::tuple(residents_.birth_month[b], residents_.id[b]);
    });
  }

  void all() {
    empty_city();
    run_.open_year();
    run_.month = by_birth_.empty() ? 0 : residents_.birth_month[by_birth_.front()];
    for (; run_.month < 0; ++run_.month) one_month();
    reach_this_month();
    homes_.give_back(run_.city);
    made_.give_back(run_.city);
    settle_incomes();
    run_.requests.clear();
    run_.month = 0;
  }

 private:
  void empty_city() {
    Households& homes = run_.city.households;
    std::fill(residents_.flags.begin(), residents_.flags.end(), std::uint8_t{0});
    std::fill(residents_.partner.begin(), residents_.partner.end(), kNone);
    std::fill(homes.first_member.begin(), homes.first_member.end(), kNone);
    std::fill(homes.size.begin(), homes.size.end(), std::uint16_t{0});
    run_.forget();
  }

  void one_month() {
    reach_this_month();
    surroundings(run_);
    stress(run_);
    transitions(run_);
    follow_requests();
    meet_the_unknown();
  }

  /// Who is born, comes of age or moves in together in this month.
  void reach_this_month() {
    let_be_born();
    let_grow_up();
    school_.happen(run_.city, run_.month);
    change_homes();
  }

  void let_be_born() {
    for (; born_ < by_birth_.size() && residents_.birth_month[by_birth_[born_]] <= run_.month; ++born_) {
      const Row row = by_birth_[born_];
      const Row household = residents_.household[row];
      residents_.flags[row] = made_.flags[row] & static_cast<std::uint8_t>(~(kStudent | kInstitution));
      residents_.next_in_household[row] = run_.city.households.first_member[household];
      run_.city.households.first_member[household] = row;
      ++run_.city.households.size[household];
      take_household_states(row);
      touch_home(household);
      run_.city.touch(row, kTouchedNew);  // he was looked at when he was not there yet
      for (const Row other : residents_.ties[row]) run_.city.touch(other, kTouchedTies);
    }
  }

  void touch_home(Row household) {
    for_each_member(run_.city, household, [&](Row row) { run_.city.touch(row, kTouchedStates | kTouchedFamily); });
  }

  /// A newborn holds the household-level states of the members who are there.
  void take_household_states(Row row) {
    const Row other = residents_.next_in_household[row];
    if (other != kNone) residents_.states[row] |= both_of(residents_.states[other], shared_);
  }

  /// Students become so when they are adult.
  void let_grow_up() {
    for (; adult_ < born_ && residents_.birth_month[by_birth_[adult_]] + kAdultMonths <= run_.month; ++adult_) {
      residents_.flags[by_birth_[adult_]] = made_.flags[by_birth_[adult_]];
      touch_home(residents_.household[by_birth_[adult_]]);
    }
  }

  void change_homes() {
    EventContext context{
        run_.city,  run_.city,     model_,    run_.arm->plan.flows, run_.key, run_.month, run_.arm->plan.study.switches,
        run_.books, run_.requests, run_.done, *run_.life_events};
    for (const Row row : homes_.happen(context)) {
      const Row partner = made_.partner[row];
      residents_.partner[row] = partner;
      residents_.partner[partner] = row;
      for (const Row one : {row, partner})
        for (const int state : {model_.roles.separated, model_.roles.bereaved})
          if (state >= 0) end_state(change(), one, state);
      refresh_income(change(), residents_.household[row]);
      touch_home(residents_.household[row]);
    }
  }

  void follow_requests() {
    run_.requests.sort();
    for (const Request& request : run_.requests.all())
      if (request.kind == EventKind::death) {
        take_history_of_a_survivor(request.who);
        follow_household(request.who);
      }
    run_.requests.clear();
  }

  void take_history_of_a_survivor(Row who) {
    run_.city.touch(who, kTouchedNew);  // he shows nothing since he died, and lives on
    const auto lives_as = [&](Row row) {
      return std::pair(residents_.partner[row] != kNone, residents_.is(row, kChildAtHome));
    };
    const auto suits = [&](Row row) { return run_.around.shown[row] != 0 && lives_as(row) == lives_as(who); };
    const Row donor = cohorts_.donor(who, draw(who, purpose::replay_donor), suits);
    if (donor == kNone) return;
    for (int half = 0; half < 2; ++half) {
      std::uint64_t& mine = residents_.states[who].word[half];
      const std::uint64_t theirs = residents_.states[donor].word[half];
      mine = (mine & ~personal_.word[half]) | (theirs & personal_.word[half]);
    }
    for (std::size_t state = 0; state < model_.states.size(); ++state)
      if (const int slot = model_.states[state].months_slot; slot >= 0 && model_.states[state].level == Level::resident)
        residents_.months_in[who][static_cast<std::size_t>(slot)] =
            residents_.months_in[donor][static_cast<std::size_t>(slot)];
    residents_.stress_fast[who] = residents_.stress_fast[donor];
    residents_.stress_slow[who] = residents_.stress_slow[donor];
    residents_.shock_fast[who] = residents_.shock_fast[donor];
    residents_.shock_slow[who] = residents_.shock_slow[donor];
    residents_.adversity[who] = residents_.adversity[donor];
    residents_.classes[who] = residents_.classes[donor];
    residents_.mastery[who] = residents_.mastery[donor];
    residents_.latent[who] = residents_.latent[donor];
  }

  /// What the household began or ended this month passed by who was to die: he has what another member has.
  void follow_household(Row who) {
    const Row first = run_.city.households.first_member[residents_.household[who]];
    const Row other = first != who ? first : residents_.next_in_household[who];
    if (other == kNone) return;
    run_.city.touch(who, kTouchedStates);
    for (std::size_t half = 0; half < 2; ++half) {
      std::uint64_t& mine = residents_.states[who].word[half];
      mine = (mine & ~shared_.word[half]) | (residents_.states[other].word[half] & shared_.word[half]);
    }
  }

  /// Former partners of those who have none today, and the parents of those who are adult today.
  void meet_the_unknown() {
    for (std::size_t i = 0; i < adult_; ++i) {
      const Row row = by_birth_[i];
      if (residents_.partner[row] != kNone || residents_.is(row, kChildAtHome)) continue;
      const int age = std::min(residents_.age_months(row, run_.month) / 12, kMaxAge);
      const auto a = static_cast<std::size_t>(age);
      const auto sex = static_cast<std::size_t>(residents_.sex[row]);
      const double u = draw(row, purpose::replay_partner);
      if (u < rates_.separation[a][sex]) begin(row, model_.roles.separated);
      if (u >= 1 - rates_.bereavement[a][sex]) begin(row, model_.roles.bereaved);
    }
    for (std::size_t i = adult_; i < born_; ++i) {
      const Row row = by_birth_[i];
      if (parents_known(row)) continue;
      if (draw(row, purpose::replay_parents) >= rates_.parents_separate || residents_.adversity[row] >= 10) continue;
      ++residents_.adversity[row];
      run_.city.touch(row, kTouchedFamily);
    }
  }

  /// A child who lives with two parents today: they have not separated.
  bool parents_known(Row row) const {
    return (made_.flags[row] & kChildAtHome) != 0 &&
           run_.city.households.kind[made_.household[row]] == HouseholdKind::couple_with_children;
  }

  void begin(Row row, int state) {
    if (state >= 0) begin_state(change(), row, state, residents_.id[row]);
  }

  /// Amounts follow the states at the start; strata are frozen as the study finds them.
  void settle_incomes() {
    Households& homes = run_.city.households;
    homes.income = made_.income;
    homes.income_group = made_.income_group;
    for (Row household = 0; household < homes.count(); ++household)
      if (homes.size[household] != 0) refresh_income(change(0), household);
    for (Row row = 0; row < residents_.size(); ++row)
      residents_.stratum_income[row] = homes.income_group[residents_.household[row]];
  }

  double draw(Row row, Purpose purpose) const {
    return uniform({run_.key, residents_.id[row], static_cast<std::uint32_t>(run_.month), purpose});
  }
  StateChange change() { return change(run_.month); }
  StateChange change(int month) { return {run_.city, model_, run_.arm->plan.flows, run_.key, month}; }

  Run& run_;
  Residents& residents_;
  const Model& model_;
  const PastRates& rates_;
  Made made_;
  PastHouseholds homes_;
  PastSchooling school_;
  Cohorts cohorts_;
  StateMask personal_, shared_;
  std::vector<Row> by_birth_;
  std::size_t born_ = 0, adult_ = 0;  ///< so many of by_birth_ are
};

}  // namespace

void replay_past(Run& run, const PastRates& rates) { Replay(run, rates).all(); }

}  // namespace sleutel
