#pragma once
/// \file
/// Who lived with whom while the past is replayed: today's households, but nobody is a couple before it moved in
/// together, and nobody has household states of his own before he left home. When that was is drawn, by the rates at
/// which couples begin and children leave in the city. Who left for study was a student for some time.

#include <vector>

#include "sim/engine/past_rates.h"
#include "sim/events/life_events.h"

namespace sleutel {

class PastHouseholds {
 public:
  /// Draws the months from the city as made. The younger of each couple gets a household of his own, behind those of
  /// the city; `give_back` takes these households away again.
  PastHouseholds(City& city, const PastRates& rates, const Flows& flows, StreamKey key);

  /// What happens in the month of the context: who leaves home leaves its states behind, who moves in together shares
  /// his. Gives the couples that begin, by one partner each.
  const std::vector<Row>& happen(EventContext& context);

  void give_back(City& city) const;

 private:
  struct Change {
    int month = 0;  ///< since the study's start, below 0
    Row who = kNone;
    friend bool operator<(const Change& a, const Change& b) {
      return a.month != b.month ? a.month < b.month : a.who < b.who;
    }
  };

  int month_of_union(const City& city, const PastRates& rates, StreamKey key, Row one, Row other) const;
  int month_of_leaving(const City& city, const PastRates& rates, StreamKey key, Row who) const;
  int month_of_graduation(const City& city, const Flows& flows, StreamKey key, const Change& left) const;
  void move_apart(City& city, Row guest);
  void leave_home(EventContext& context, Row who);
  void graduate(EventContext& context, Row who);

  std::size_t households_;         ///< of the city as made
  std::vector<int> eldest_child_;  ///< [household] its birth month; 0 if there is none
  Column<Row> household_, reference_, named_by_;
  std::vector<int> graduates_;         ///< [resident] month in which his study ends; kNeverStudied for most
  Column<std::uint16_t> in_dwelling_;  ///< [dwelling] households that live there
  std::vector<Change> leaving_, uniting_, graduating_;  ///< in order of month
  std::size_t left_ = 0, united_ = 0, graduated_ = 0;
  std::vector<Row> begun_;
};

}  // namespace sleutel
