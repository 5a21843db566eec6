#include "sim/engine/observed.h"

#include <algorithm>
#include <stdexcept>

namespace sleutel {

namespace {

constexpr auto kStageOfAge = [] {
  std::array<std::uint8_t, kAgeRows> table{};
  for (int age = 0; age < kAgeRows; ++age)
    table[static_cast<std::size_t>(age)] = static_cast<std::uint8_t>(life_stage(age));
  return table;
}();

void add_slot(const Model& model, const Outcome& outcome, std::uint64_t bit, Observed& to) {
  if (outcome.history < 0) return;
  to.histories.set(outcome.history);
  to.within.push_back({bit, outcome.history, model.states[static_cast<std::size_t>(outcome.history)].months_slot});
}

void add_states(const StateMask& mask, std::uint64_t bit, Observed& to) {
  for_each_bit(mask, [&](int state) { to.of_state[static_cast<std::size_t>(state)] |= bit; });
  to.states |= mask;
}

void add_response(const Model& model, const Outcome& outcome, int index, Observed& to) {
  const Response& response = model.responses.responses[static_cast<std::size_t>(outcome.response)];
  if (response.cuts.empty()) {
    to.means.push_back({index, outcome.response});
  } else {
    to.cuts.push_back({std::uint64_t{1} << index, outcome.response, outcome.min_level});
    to.of_cuts |= std::uint64_t{1} << index;
  }
}

void add_outcome(const Model& model, const Outcome& outcome, int index, Observed& to) {
  const std::uint64_t bit = std::uint64_t{1} << index;
  StateMask one;
  if (outcome.state >= 0) one.set(outcome.state);
  if (outcome.per_household) to.per_household |= bit;
  if (outcome.kind >= OutcomeKind::begin) to.flows |= bit;
  switch (outcome.kind) {
    case OutcomeKind::prevalence:
      add_states(outcome.mask, bit, to);
      break;
    case OutcomeKind::within_year:
      add_states(one, bit, to);
      add_slot(model, outcome, bit, to);
      break;
    case OutcomeKind::response:
      add_response(model, outcome, index, to);
      break;
    case OutcomeKind::utility:
      to.means.push_back({index, -1});
      break;
    case OutcomeKind::begin:
      to.of_begin[static_cast<std::size_t>(outcome.state)] |= bit;
      break;
    case OutcomeKind::deaths:
      to.deaths |= bit;
      break;
    case OutcomeKind::births:
      to.births |= bit;
      break;
    case OutcomeKind::moves_in:
      to.moves_in |= bit;
      break;
    case OutcomeKind::moves_out:
      to.moves_out |= bit;
      break;
  }
}

/// A table for each byte of a state mask: how many of its states are on cannot be foreseen, and a loop over them would
/// cost a wrong guess.
void fill_bytes(Observed& to) {
  for_each_bit(to.states, [&](int state) {
    const auto byte = static_cast<std::size_t>(state / 8);
    if (to.of_byte.size() <= byte) to.of_byte.resize(byte + 1);
    for (std::size_t value = 0; value < 256; ++value)
      if (((value >> (state % 8)) & 1U) != 0) to.of_byte[byte][value] |= to.of_state[static_cast<std::size_t>(state)];
  });
}

/// Persons, households and deaths of one cell, all threads together.
struct CellCounts {
  std::array<std::int64_t, kAgeRows> persons{}, homes{}, died{};  ///< [segment]
};

CellCounts counts_of(const Observed& observed, const std::vector<Sums>& of_threads, int cell) {
  CellCounts counts;
  const CellLayout layout(observed);
  for (const Sums& sums : of_threads) {
    const std::int32_t* const here = sums.counts.data() + layout.cell(cell);
    for (int segment = 0; segment < observed.segments; ++segment) {
      const auto s = static_cast<std::size_t>(segment);
      counts.persons[s] += here[layout.persons(segment)];
      counts.homes[s] += here[layout.homes(segment)];
      counts.died[s] += sums.died[static_cast<std::size_t>(cell) * layout.segments + s];
    }
  }
  return counts;
}

/// Numerators of one cell, all threads together.
std::array<std::int64_t, kMaxOutcomes> numerators_of(const Observed& observed, const std::vector<Sums>& of_threads,
                                                     int cell) {
  std::array<std::int64_t, kMaxOutcomes> sum{};
  const CellLayout layout(observed);
  for (const Sums& sums : of_threads) {
    const std::int32_t* const here = sums.counts.data() + layout.cell(cell);
    for (std::size_t outcome = 0; outcome < layout.outcomes; ++outcome) sum[outcome] += here[outcome];
    for (std::size_t k = 0; k < observed.means.size(); ++k)
      sum[static_cast<std::size_t>(observed.means[k].outcome)] +=
          sums.means[static_cast<std::size_t>(cell) * kMaxMeans + k];
  }
  return sum;
}

/// Half person-months of one outcome: persons or households looked at, for flows also those who died.
std::int64_t denominator(const Observed& observed, const CellCounts& counts, int outcome) {
  const std::uint64_t bit = std::uint64_t{1} << outcome;
  std::int64_t halves = 0;
  for (const std::uint8_t s : observed.segments_of[static_cast<std::size_t>(outcome)]) {
    halves += 2 * ((observed.per_household & bit) != 0 ? counts.homes[s] : counts.persons[s]);
    if ((observed.flows & bit) != 0) halves += counts.died[s];
  }
  return halves;
}

}  // namespace

Observed::Observed(const Model& model) : outcomes(static_cast<int>(model.outcomes.size())) {
  if (outcomes > kMaxOutcomes) throw std::length_error("a model has at most 64 outcomes");
  for (int i = 0; i < outcomes; ++i) add_outcome(model, model.outcomes[static_cast<std::size_t>(i)], i, *this);
  fill_bytes(*this);
  if (means.size() > kMaxMeans) throw std::length_error("a model reports at most 4 means");
  for (int age = 0; age < kAgeRows; ++age) {
    bool cut = false;
    for (int i = 0; i < outcomes; ++i) {
      const Outcome& outcome = model.outcomes[static_cast<std::size_t>(i)];
      const bool in = age >= outcome.age_from && age < outcome.age_until;
      if (in) of_age[static_cast<std::size_t>(age)] |= std::uint64_t{1} << i;
      cut = cut || age == outcome.age_from || age == outcome.age_until;
    }
    if (age > 0 && cut) ++segments;
    segment_of_age[static_cast<std::size_t>(age)] = static_cast<std::uint8_t>(segments);
  }
  ++segments;
  of_segment.resize(static_cast<std::size_t>(segments));
  for (std::size_t age = 0; age < of_age.size(); ++age) of_segment[segment_of_age[age]] = of_age[age];
  segments_of.resize(model.outcomes.size());
  for (std::size_t i = 0; i < segments_of.size(); ++i)
    for (int age = 0; age < kAgeRows; ++age) {
      const std::uint8_t segment = segment_of_age[static_cast<std::size_t>(age)];
      const bool in = ((of_age[static_cast<std::size_t>(age)] >> i) & 1U) != 0;
      if (in && (segments_of[i].empty() || segments_of[i].back() != segment)) segments_of[i].push_back(segment);
    }
}

std::uint64_t Observed::held(const StateMask& mask, const std::array<std::uint8_t, kMonthsInSlots>& months) const {
  std::uint64_t word = 0;
  for (std::size_t byte = 0; byte < of_byte.size(); ++byte)
    word |= of_byte[byte][(mask.word[byte / 8] >> (8 * (byte % 8))) & 255];
  if (!mask.any_of(histories)) return word;
  for (const Within& ask : within)
    if (mask.test(ask.history) && ask.slot >= 0 && months[static_cast<std::size_t>(ask.slot)] < 12) word |= ask.bit;
  return word;
}

void Sums::clear(const TallyShape& shape, const Observed& observed) {
  const auto cells = static_cast<std::size_t>(shape.cells());
  counts.assign(cells * CellLayout(observed).width(), 0);
  means.assign(cells * kMaxMeans, 0);
  died.assign(cells * static_cast<std::size_t>(observed.segments), 0);
  clipped = 0;
}

bool stands_for_household(const City& city, Row row) {
  const Row household = city.residents.household[row];
  const Households& homes = city.households;
  return homes.reference[household] == row && homes.student_house[household] == 0 &&
         homes.kind[household] != HouseholdKind::institution;
}

int cell_of_tally(const TallyShape& shape, const Residents& residents, Row row, int age_years) {
  return shape.cell(residents.stratum_buurt[row], residents.stratum_income[row],
                    kStageOfAge[static_cast<std::size_t>(age_years)], static_cast<int>(residents.sex[row]));
}

void add_up(const Observed& observed, const std::vector<Sums>& of_threads, Tally& tally) {
  for (int cell = 0; cell < tally.shape.cells(); ++cell) {
    const CellCounts counts = counts_of(observed, of_threads, cell);
    const std::array<std::int64_t, kMaxOutcomes> numerators = numerators_of(observed, of_threads, cell);
    for (int outcome = 0; outcome < observed.outcomes; ++outcome) {
      tally.at(cell, 2 * outcome) = numerators[static_cast<std::size_t>(outcome)];
      tally.at(cell, 2 * outcome + 1) = denominator(observed, counts, outcome);
    }
  }
}

}  // namespace sleutel
