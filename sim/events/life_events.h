#pragma once
/// \file
/// The life events: what states with hazards cannot say, because it touches more than one resident. Rates come from the
/// matrix (sim/kernel) as requests; what follows is one file each: death.cpp, birth.cpp, separation.cpp ...
///
/// How it is used, each month, after all transitions were applied:
///
///     LifeEvents events(start, model, flows);       // once per run: tables from the start city, room for lists
///     EventContext month_events{city, start, model, flows, key, month, switches, books, requests, happened, events};
///     apply_life_events(month_events);
///
/// Rows. Residents who die or leave keep their row, with kPresent cleared, and their household's list no longer holds
/// them; new residents get new rows at the end. The link to the mother may go on pointing at a row that is not
/// present: whoever reads it asks present() first; ties of who is gone end at once, and the engine's re-sort calls
/// forget_absent (households.h), drops the absent rows and renumbers. Households of size 0 are reused. Rows of
/// Dwellings never change: a dwelling's row is its permanent name. No draw is named by a row of a resident or a
/// household.

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/isa.h"
#include "sim/events/arrival_table.h"
#include "sim/events/matching.h"
#include "sim/events/place_marks.h"
#include "sim/events/requests.h"
#include "sim/events/states.h"
#include "sleutel/city.h"
#include "sleutel/flows.h"
#include "sleutel/model.h"
#include "sleutel/random.h"
#include "sleutel/recorder.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// Somebody who looks for a partner this month.
struct Single {
  Row who = kNone;
  std::uint64_t noise = 0;  ///< keyed by resident and month
  int birth_month = 0;      ///< [months since the study's start]
  int education = 0;        ///< level
  bool female = false;
  bool own_sex = false;  ///< looks for a partner of the own sex
};

/// A household that arrives this month, as it was at the start.
struct Newcomers {
  Row source = kNone;  ///< household of the start
  std::size_t persons = 0;
  bool older = false;    ///< the reference person, as HomeSeeker::older
  bool student = false;  ///< in a student house
  int income_group = 0;
};

inline constexpr int kCareFromMonths = 65 * 12;  ///< age from which who lives alone may enter an institution [months]
inline constexpr std::size_t kCareBands = 6;     ///< of five years; the last is open
inline std::size_t care_band(int age_months) {
  return std::min(kCareBands - 1, static_cast<std::size_t>(age_months - kCareFromMonths) / 60);
}

/// Somebody who is open to a new tie this month.
struct OpenToTie {
  std::uint64_t id = 0;
  std::uint64_t noise = 0;       ///< keyed by the resident
  std::uint32_t place = 0;       ///< buurt, then 16 bits of month of birth: they are sorted by it, then by id
  Row who = kNone;               ///< kNone once he has found somebody
  std::int32_t birth_month = 0;  ///< [months since the study's start]
  Row household = kNone;

  int buurt() const { return static_cast<int>(place >> 16); }
  friend bool operator<(const OpenToTie& a, const OpenToTie& b) {
    return a.place != b.place ? a.place < b.place : a.id < b.id;
  }
};

inline constexpr std::uint8_t kTiesUnknown = 255;
inline constexpr int kTiesFromMonths = 4 * 12;  ///< age at which lasting ties begin, as in the made city [months]

/// Lists that are made anew in each month: only their memory is kept, from month to month and from run to run.
struct EventRoom {
  Column<std::uint8_t> has_room;          ///< [dwelling] 1: vacant when the markets were opened
  std::vector<Row> free_households;       ///< households of size 0
  std::vector<Row> members, others;       ///< of the households at hand
  std::vector<Row> rows;                  ///< [residents] room to list them (listing.h)
  std::vector<std::uint64_t> ids, words;  ///< of many who draw, and what they draw
  Column<std::uint8_t> marks;             ///< room to mark rows (listing.h)
  std::vector<Newcomers> newcomers;       ///< households that arrive
  std::vector<Request> seekers;           ///< who looks for a partner or a home
  std::vector<OpenToTie> open, room;      ///< who looks for a tie, and room to sort them
  Pairs pairs;                            ///< possible pairs
  std::vector<Single> singles;            ///< who looks for a partner
};

/// What the life events of one run keep between months: tables made from the start city, of which only the lists of
/// homes grow with the city, and room for lists.
struct LifeEvents : EventRoom {
  LifeEvents(const City& start, const Model& model, const Flows& flows);

  ArrivalTable arrivals;                ///< households of the start, by weight of in-migration
  double arrivals_per_month = 0;        ///< people who move in [persons/month]
  std::vector<std::vector<Row>> homes;  ///< [HomeMarket] rows of Dwellings
  /// [class of seeker, see homes.h][HomeMarket] households of the start.
  std::vector<std::array<std::uint32_t, 5>> homes_like;
  std::array<double, kCareBands> care_weight{};  ///< [care_band] at the start: in institutions, for each living alone
  std::vector<std::vector<Row>> earners;         ///< [Education] residents of the start, 25-54, with an income
  std::vector<std::uint32_t> ties_until;         ///< [number of ties] running count of residents of the start
  std::vector<std::uint8_t> ties_at_start;       ///< [id] ties of a resident of the start, kNoTiesKnown for others
  StateMask household_states;                    ///< held by all members

  std::vector<PlaceMarks> vacant;              ///< [HomeMarket] places in homes: set wherever one may be vacant
  std::vector<PlaceMarks> left;                ///< [HomeMarket] the same, not marked vacant yet
  std::vector<std::uint32_t> place_in_market;  ///< [dwelling] place in homes
};

inline constexpr std::uint32_t kForLife = 0xffff'0000U;  ///< in place of the month: a draw that holds for life

/// One draw for each of many residents: words[i] = the first 64 bits of the draw that is `named` but for its resident,
/// ids[i]. The kernel has one that is faster, which the engine hands in (sim/kernel/words.h).
using DrawWords = void (*)(Isa isa, const Draw& named, std::span<const std::uint64_t> ids, std::uint64_t* words);
void draw_one_by_one(Isa isa, const Draw& named, std::span<const std::uint64_t> ids, std::uint64_t* words);

/// All that a life event may see and change in one month.
struct EventContext {
  City& city;
  const City& start;  ///< the stored start city: arrivals are copies of its households
  const Model& model;
  const Flows& flows;
  StreamKey key;  ///< of the run
  int month = 0;  ///< since the start of the study
  const Switches& switches;
  Books& books;                    ///< births, arrivals, deaths and departures are counted here, in persons
  Requests& requests;              ///< what the transitions asked for; sorted here, left for the caller to clear
  std::vector<Request>& happened;  ///< what was done is added: one entry per resident concerned, in order of doing
  LifeEvents& memory;
  /// [resident] whether he wants ties, unless his ties were touched or he is new; null: not known.
  const Column<std::uint8_t>* may_want_ties = nullptr;
  DrawWords draw_words = draw_one_by_one;
  Isa isa = Isa::scalar;  ///< for draw_words; changes no result

  StateChange change() { return {city, model, flows, key, month}; }
  std::uint64_t id(Row who) const { return city.residents.id[who]; }
  int age_months(Row who) const { return city.residents.age_months(who, month); }
  bool adult(Row who) const { return age_months(who) >= 18 * 12; }
  /// A number in [0, 1) for a decision of this month.
  double uniform(std::uint64_t resident, Purpose purpose) const {
    return sleutel::uniform({key, resident, static_cast<std::uint32_t>(month), purpose});
  }
  /// A number in [0, 1) that a resident has for life.
  double trait(std::uint64_t resident, Purpose purpose) const {
    return sleutel::uniform({key, resident, kForLife, purpose});
  }
  /// 64 bits for a decision of this month.
  std::uint64_t word(std::uint64_t resident, Purpose purpose) const {
    return first_word({key, resident, static_cast<std::uint32_t>(month), purpose});
  }
  /// The same for each of many residents, in their order; until the next call.
  std::span<const std::uint64_t> words(std::span<const Row> rows, Purpose purpose) const;
  void note(EventKind kind, Row who) { happened.push_back({kind, id(who), who}); }
};

/// True if a resident has fewer ties than he would. It changes only with what is touched (kTouchedTies).
bool wants_ties(const LifeEvents& memory, StreamKey key, const Residents& residents, Row who);

/// Applies the requests of the month in order of kind, then of id, then ends of study, arrivals, ends of school and
/// retirements. With life events switched off, only deaths; with arrivals off, nobody moves in; with competition off,
/// nobody partners or moves within the city, and those who must have a home find one whether or not it is taken.
/// `happened` then holds: death (who died), birth (the child), separating, partnering (both), leaving_home, moving
/// (every member), leaving_city (every member), arrival (every member), end_of_study, leaving_school, retirement.
void apply_life_events(EventContext& context);

}  // namespace sleutel
