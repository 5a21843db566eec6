#include <algorithm>
#include <iostream>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "sim/events/households.h"
#include "tests/leiden/leiden_plan.h"
#include "tests/support/digest.h"

// Pairs stay paired for life (DESIGN 5, law 2): one resident disturbed changes nobody whom he cannot reach, and with
// everything that reaches others switched on, few.

namespace sleutel::test {
namespace {

using Ids = std::unordered_set<std::uint64_t>;

bool before(const Event& a, const Event& b) {
  return std::tie(a.month, a.resident, a.state, a.change) < std::tie(b.month, b.resident, b.state, b.change);
}

enum class How { other_states, gone };

/// From here on one resident's life is another: what he has of five states is turned round, and two points of stress;
/// or he is not there. The stored start city, of which arrivals are copies, stays as it is.
void disturb(Run& run, Row row, How how) {
  Residents& residents = run.city.residents;
  if (how == How::gone) {
    const Row household = residents.household[row];
    take_away(run.city, row);
    return refresh(run.city, household, 0);
  }
  const Model& model = run.arm->model;
  residents.states[row].reset(model.state("subthreshold"));
  for (const char* name : {"depressed", "lonely", "smoking", "musculoskeletal", "separated"}) {
    const int state = model.state(name);
    residents.states[row].test(state) ? residents.states[row].reset(state) : residents.states[row].set(state);
  }
  residents.stress_slow[row] = static_cast<std::uint16_t>(residents.stress_slow[row] ^ 8192);
}

/// Adults spread over the city, one for each number.
Row adult_number(const City& city, std::size_t number, std::size_t of) {
  auto row = static_cast<Row>((2 * number + 1) * city.residents.size() / (2 * of));
  while (city.residents.age_months(row, 0) < kAdultMonths) ++row;
  return row;
}

/// Whoever lives with, or is a child of, somebody who was reached, is reached.
void spread(const City& city, Ids& reached) {
  const Residents& residents = city.residents;
  std::vector<std::uint8_t> homes(city.households.count());
  const auto is = [&](Row row) { return reached.count(residents.id[row]) != 0; };
  for (bool more = true; more;) {
    more = false;
    for (Row row = 0; row < residents.size(); ++row)
      if (residents.present(row) && is(row)) homes[residents.household[row]] = 1;
    for (Row row = 0; row < residents.size(); ++row) {
      if (!residents.present(row) || is(row)) continue;
      const Row mother = mother_of(residents, row);
      if (homes[residents.household[row]] == 0 && (mother == kNone || !is(mother))) continue;
      more = reached.insert(residents.id[row]).second;
    }
  }
}

void one_month(Run& run) {
  if (run.month % 12 == 0) run.open_year();
  advance(run);
  if (run.month % 12 != 0) return;
  run.close_year();
  resort(run);
}

std::vector<Event> of_others(const std::vector<Event>& events, const Ids& reached) {
  std::vector<Event> others;
  for (const Event& event : events)
    if (reached.count(event.resident) == 0) others.push_back(event);
  std::sort(others.begin(), others.end(), before);
  return others;
}

void check_unreached(const City& one, const City& other, const Ids& reached) {
  const auto left = portraits(one), right = portraits(other);
  std::size_t same = 0;
  for (const auto& [id, portrait] : left) {
    if (reached.count(id) != 0) continue;
    const auto at = right.find(id);
    same += at != right.end() && at->second == portrait;
  }
  const auto unreached = [&](const auto& all) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const auto& entry) { return reached.count(entry.first) == 0; }));
  };
  CHECK(same == unreached(left));
  CHECK(same == unreached(right));
  CHECK(same > left.size() / 2);
}

/// (i) Everything that reaches beyond the household is off.
void check_bits(int residents, int years) {
  const std::string size = residents > 0 ? "residents: " + std::to_string(residents) + "\n" : "";
  const StudyPlan plan =
      leiden_plan(size + "years: " + std::to_string(years) +
                  "\nreplicates: 1\nseed: 5\nswitches: {ties: false, surroundings: false, competition: false}\n"
                  "scenarios: {baseline: {}}\n");
  OneRun one(plan), other(plan);
  Ids reached;
  for (std::size_t number = 0; number < 5; ++number) {
    const Row row = adult_number(*plan.start, number, 5);
    reached.insert(plan.start->residents.id[row]);
    disturb(other.run, row, How::other_states);
  }
  std::vector<Event> left, right;
  one.run.history = &left;
  other.run.history = &right;
  spread(one.run.city, reached);
  for (int month = 0; month < plan.months(); ++month) {
    one_month(one.run);
    one_month(other.run);
    spread(one.run.city, reached);
    spread(other.run.city, reached);
  }
  std::cout << "  " << reached.size() << " residents reached in " << years << " years\n";
  CHECK(of_others(left, reached) == of_others(right, reached));
  CHECK(left != right);
  check_unreached(one.run.city, other.run.city, reached);
}

/// Residents with any difference in their events up to each of these months, as a share of all who ever lived there.
std::array<double, 3> different(const std::vector<Event>& left, const std::vector<Event>& right, double everybody) {
  constexpr std::array<int, 3> until = {12, 60, 120};
  std::vector<Event> apart;
  std::set_symmetric_difference(left.begin(), left.end(), right.begin(), right.end(), std::back_inserter(apart),
                                before);
  std::array<double, 3> shares{};
  for (std::size_t i = 0; i < until.size(); ++i) {
    Ids who;
    for (const Event& event : apart)
      if (event.month < until[i]) who.insert(event.resident);
    shares[i] = static_cast<double>(who.size()) / everybody;
  }
  return shares;
}

/// Ten years of the city with one resident disturbed, or nobody (kNone).
std::vector<Event> ten_years(const StudyPlan& plan, Row row, How how) {
  OneRun one(plan);
  std::vector<Event> events;
  one.run.history = &events;
  if (row != kNone) disturb(one.run, row, how);
  for (int month = 0; month < 120; ++month) one_month(one.run);
  std::sort(events.begin(), events.end(), before);
  return events;
}

/// (ii) Everything on, the whole city, one resident disturbed at a time.
void check_few_change(std::size_t pairs, How how) {
  const StudyPlan plan = leiden_plan("years: 10\nreplicates: 1\nseed: 5\nscenarios: {baseline: {}}\n");
  const std::vector<Event> left = ten_years(plan, kNone, how);
  const auto everybody = static_cast<double>(plan.start->residents.size());  // and more: arrivals, newborns
  std::array<double, 3> mean{};
  double worst = 0;
  for (std::size_t number = 0; number < pairs; ++number) {
    const auto shares = different(left, ten_years(plan, adult_number(*plan.start, number, pairs), how), everybody);
    for (std::size_t i = 0; i < shares.size(); ++i) mean[i] += shares[i] / static_cast<double>(pairs);
    worst = std::max(worst, shares[2]);
  }
  std::cout << "  event histories that differ, mean of " << pairs << ": " << 100 * mean[0] << "% after a year, "
            << 100 * mean[1] << "% after five, " << 100 * mean[2] << "% after ten (most: " << 100 * worst << "%)\n";
  CHECK(mean[2] > 0);
  CHECK(mean[2] < 0.01);
}

}  // namespace

TEST_CASE("whom one resident cannot reach he does not change by a bit") { check_bits(8000, 3); }

TEST_CASE("whom one resident cannot reach he does not change by a bit, ten years of the city", "[long]") {
  check_bits(0, 10);
}

TEST_CASE("one resident changes few others") { check_few_change(2, How::other_states); }

TEST_CASE("one resident changes few others, 100 residents", "[long]") { check_few_change(100, How::other_states); }

TEST_CASE("who is not there changes few others", "[long]") { check_few_change(20, How::gone); }

}  // namespace sleutel::test
