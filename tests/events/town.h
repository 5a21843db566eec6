#pragma once
/// \file
/// A small made-up town for the tests of the life events: every kind of household, a few vacant homes, a small model
/// with the roles that the events know. Nothing in it is drawn from figures.

#include <string>
#include <vector>

#include "sim/events/consequences.h"
#include "sim/events/homes.h"
#include "sim/events/households.h"
#include "sim/events/income.h"

namespace sleutel::testing {

enum StateNumber {
  kSeparated,
  kBereaved,
  kLowIncome,
  kDebt,
  kUnemployed,
  kDisabled,
  kInactive,
  kWasSeparated,
  kStates
};

inline State state_named(const char* name, int draw) {
  State state;
  state.name = name;
  state.draw = draw;
  return state;
}

/// Separated (marked when it ends), bereaved, low income and debt of households (debt in two classes), three ways of
/// being without work.
inline Model small_model() {
  Model model;
  const char* names[] = {"separated",  "bereaved", "low_income", "problem_debt",
                         "unemployed", "disabled", "inactive",   "was_separated"};
  for (int i = 0; i < kStates; ++i) model.states.push_back(state_named(names[i], 8 + i));
  for (const int i : {kLowIncome, kDebt}) model.states[static_cast<std::size_t>(i)].level = Level::household;
  model.states[kDebt].class_bit = 2;
  model.states[kDebt].class_share = 0.5F;
  model.states[kDebt].months_slot = 1;
  model.states[kSeparated].months_slot = 0;
  model.states[kSeparated].stress_fast = 4096;
  model.states[kSeparated].stress_slow = 2048;
  model.states[kSeparated].marks_on_end = kWasSeparated;
  model.states[kWasSeparated].is_history = true;
  model.states[kWasSeparated].months_slot = 2;
  model.groups.push_back({"work", Level::resident, -1, {kUnemployed, kDisabled, kInactive}});
  for (const int i : {kUnemployed, kDisabled, kInactive}) model.states[static_cast<std::size_t>(i)].group = 0;
  Roles& roles = model.roles;
  roles.separated = kSeparated;
  roles.bereaved = kBereaved;
  roles.low_income = kLowIncome;
  roles.problem_debt = kDebt;
  roles.unemployed = kUnemployed;
  roles.disabled = kDisabled;
  roles.inactive = kInactive;
  return model;
}

/// A keyed number below n.
inline int pick(std::uint64_t name, int purpose, int n) {
  return static_cast<int>(mixed(mixed(name + 1) + static_cast<std::uint64_t>(purpose)) % static_cast<std::uint64_t>(n));
}

/// Builds a town household by household.
class TownMaker {
 public:
  TownMaker() {
    city.low_income_line = 18000;
    city.income_fifth_bounds = {20000, 27000, 35000, 46000};
    city.districts.push_back({"WK00", "all"});
    for (int i = 0; i < 4; ++i) city.buurten.push_back({"BU0" + std::to_string(i), "buurt", 0});
  }

  Row dwelling(Tenure tenure, DwellingKind kind, int places, int buurt) {
    const Row row = static_cast<Row>(city.dwellings.count());
    resize(city.dwellings, row + 1);
    city.dwellings.tenure[row] = tenure;
    city.dwellings.kind[row] = kind;
    city.dwellings.places[row] = static_cast<std::uint16_t>(places);
    city.dwellings.buurt[row] = static_cast<std::uint8_t>(buurt);
    return row;
  }

  Row household(Row dwelling) { return new_household(city, none_free_, dwelling); }

  Row person(Row household, Sex sex, int years, int flags = 0) {
    const Row row = add_resident(city, next_id_++);
    Residents& all = city.residents;
    all.sex[row] = sex;
    all.birth_month[row] = static_cast<std::int16_t>(-years * 12 - 5);
    all.flags[row] = static_cast<std::uint8_t>(kPresent | flags);
    all.education[row] = static_cast<Education>(pick(all.id[row], 1, 3));
    all.mastery[row] = 16;
    all.income[row] = years < 18 || (flags & kStudent) != 0 ? 0 : 15000 + pick(all.id[row], 2, 30000);
    all.stratum_buurt[row] = city.households.buurt[household];
    move_in(city, row, household);
    return row;
  }

  void couple(Row one, Row other) {
    city.residents.partner[one] = other;
    city.residents.partner[other] = one;
  }

  /// Two adults and their children, in a home of their own.
  Row family(int years, int children, Row home) {
    const Row made = household(home);
    const Row mother = person(made, Sex::female, years);
    couple(mother, person(made, Sex::male, years + 2));
    for (int i = 0; i < children; ++i) child(made, mother, (years - 28) - 3 * i);
    return made;
  }

  Row child(Row household, Row mother, int years) {
    const Row row =
        person(household, pick(next_id_, 3, 2) == 0 ? Sex::male : Sex::female, std::max(years, 0), kChildAtHome);
    city.residents.mother[row] = mother;
    ++city.residents.parity[mother];
    return row;
  }

  Row home() {
    const Tenure tenure[] = {Tenure::owner, Tenure::owner, Tenure::social_rent, Tenure::private_rent};
    const std::uint64_t name = 1000 + city.dwellings.count();
    return dwelling(tenure[pick(name, 4, 4)], DwellingKind::multi_family, 1, pick(name, 5, 4));
  }

  /// Makes everything that follows from the members right.
  City finished(const Model& model, const Flows& flows) {
    for (std::size_t i = 0; i < city.households.count(); ++i) {
      refresh(city, static_cast<Row>(i), 0);
      refresh_income({city, model, flows, {}, 0}, static_cast<Row>(i));
    }
    return city;
  }

  City city;

 private:
  std::vector<Row> none_free_;
  std::uint64_t next_id_ = 1;
};

/// About 2.1 times this many residents; one home in twelve is vacant.
inline City make_town(int households, const Model& model, const Flows& flows) {
  TownMaker town;
  Row rooms = kNone;
  for (int i = 0; i < households; ++i) {
    const std::uint64_t name = static_cast<std::uint64_t>(i);
    const int years = 20 + pick(name, 6, 65);
    if (i % 12 == 0) town.home();
    const int kind = pick(name, 7, 10);
    if (kind < 4) {
      town.person(town.household(town.home()), pick(name, 8, 2) == 0 ? Sex::male : Sex::female, years);
    } else if (kind < 8) {
      town.family(years, years < 30 || years > 60 ? 0 : pick(name, 9, 4), town.home());
    } else if (kind == 8) {
      const Row made = town.household(town.home());
      const Row mother = town.person(made, Sex::female, 30 + pick(name, 10, 20));
      town.child(made, mother, 1 + pick(name, 11, 20));
    } else {
      if (rooms == kNone || town.city.dwellings.households[rooms] == 9)
        rooms = town.dwelling(Tenure::private_rent, DwellingKind::student_house, 10, 1);
      town.person(town.household(rooms), pick(name, 8, 2) == 0 ? Sex::male : Sex::female, 18 + pick(name, 12, 8),
                  kStudent);
    }
  }
  const Row care = town.dwelling(Tenure::institution, DwellingKind::institution, 20, 2);
  for (int i = 0; i < 8; ++i) town.person(town.household(care), Sex::female, 85 + i, kInstitution);
  return town.finished(model, flows);
}

inline Flows town_flows() {
  Flows flows;
  flows.arrivals = 0.08;
  for (std::size_t age = 18; age < flows.arrival_propensity.size(); ++age)
    flows.arrival_propensity[age] = age < 35 ? 3 : 1;
  return flows;
}

/// A town with everything that a month of life events needs.
class Town {
 public:
  explicit Town(City made, std::uint64_t seed = 7) : start(std::move(made)), key(stream_key(seed, 0, 0)) {}
  explicit Town(int households) : Town(make_town(households, small_model(), town_flows())) {}

  void ask(EventKind kind, Row who) { requests.add(kind, who, city.residents.id[who]); }
  /// One month of life events; who is adult is brought up to date first, as the surroundings do.
  void live() {
    for (std::size_t i = 0; i < city.households.count(); ++i) refresh(city, static_cast<Row>(i), month);
    happened.clear();
    EventContext now = context();
    apply_life_events(now);
    requests.clear();
    ++month;
  }
  EventContext context() {
    return {city, start, model, flows, key, month, switches, books, requests, happened, memory};
  }
  /// A context for calling one event by itself.
  EventContext ready() {
    EventContext now = context();
    open_markets(now);
    return now;
  }
  int count(EventKind kind) const {
    int sum = 0;
    for (const Request& what : happened) sum += what.kind == kind;
    return sum;
  }
  int residents() const {
    int sum = 0;
    for (std::size_t i = 0; i < city.residents.size(); ++i) sum += city.residents.present(static_cast<Row>(i));
    return sum;
  }
  /// The first resident who fits.
  template <class Fits>
  Row find(Fits&& fits) const {
    for (std::size_t i = 0; i < city.residents.size(); ++i)
      if (city.residents.present(static_cast<Row>(i)) && fits(static_cast<Row>(i))) return static_cast<Row>(i);
    return kNone;
  }
  Row household(Row who) const { return city.residents.household[who]; }
  bool has(Row who, int state) const { return city.residents.states[who].test(state); }

  Model model = small_model();
  Flows flows = town_flows();
  City start;
  City city = start;
  StreamKey key;
  int month = 0;
  Switches switches;
  Books books;
  Requests requests;
  std::vector<Request> happened;
  LifeEvents memory{start, model, flows};
};

}  // namespace sleutel::testing
