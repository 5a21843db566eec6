#include <algorithm>

#include "sim/city/make_city.h"
#include "sim/city/purposes.h"

namespace sleutel {
namespace {

// Evenly along a buurt's list: the share of all that is wanted, from a keyed beginning.
class EvenChoice {
 public:
  EvenChoice(double share, double start) : share_(share), passed_(start) {}
  bool next() {
    passed_ += share_;
    if (passed_ < 1) return false;
    passed_ -= 1;
    return true;
  }

 private:
  double share_;
  double passed_;
};

std::vector<char> chosen_households(const City& city, double share, const city::CityDraws& draws) {
  std::vector<char> chosen(city.households.count(), 0);
  int buurt = -1;
  EvenChoice choice(share, 0);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (city.households.buurt[i] != buurt) {
      buurt = city.households.buurt[i];
      choice = EvenChoice(share, draws.uniform(city::kSample, static_cast<std::uint64_t>(buurt) + 1));
    }
    chosen[i] = city.households.size[i] > 0 && choice.next() ? 1 : 0;
  }
  return chosen;
}

// New row of every old row that is kept, kNone for the others.
std::vector<Row> new_rows(const std::vector<char>& kept) {
  std::vector<Row> rows(kept.size(), kNone);
  Row next = 0;
  for (std::size_t i = 0; i < kept.size(); ++i)
    if (kept[i] != 0) rows[i] = next++;
  return rows;
}

template <class Table>
Table kept_rows(const Table& from, const std::vector<char>& kept) {
  Table to;
  for_each_column(to, [](auto& column, const ColumnInfo&) { column.clear(); });
  const auto copy = [&](auto member) {
    for (std::size_t i = 0; i < kept.size(); ++i)
      if (kept[i] != 0) (to.*member).push_back((from.*member)[i]);
  };
  std::apply([&](const auto&... entry) { (copy(entry.first), ...); }, Table::columns());
  return to;
}

Row moved(const std::vector<Row>& rows, Row row) { return row == kNone ? kNone : rows[row]; }

void renumber(City& city, const std::vector<Row>& residents, const std::vector<Row>& households,
              const std::vector<Row>& dwellings) {
  auto& r = city.residents;
  for (std::size_t i = 0; i < r.size(); ++i) {
    r.household[i] = households[r.household[i]];
    r.next_in_household[i] = moved(residents, r.next_in_household[i]);
    r.partner[i] = moved(residents, r.partner[i]);
    r.mother[i] = moved(residents, r.mother[i]);
    std::size_t next = 0;
    std::array<Row, kTies> ties;
    ties.fill(kNone);
    for (const Row tie : r.ties[i])
      if (moved(residents, tie) != kNone) ties[next++] = residents[tie];
    r.ties[i] = ties;
  }
  auto& h = city.households;
  for (std::size_t i = 0; i < h.count(); ++i) {
    h.first_member[i] = residents[h.first_member[i]];
    h.reference[i] = residents[h.reference[i]];
    h.named_by[i] = residents[h.named_by[i]];
    h.dwelling[i] = dwellings[h.dwelling[i]];
  }
}

// Homes of the chosen households, and the same share of those that stand empty.
std::vector<char> chosen_dwellings(const City& city, const std::vector<char>& households, double share) {
  std::vector<char> kept(city.dwellings.count(), 0);
  for (std::size_t i = 0; i < households.size(); ++i)
    if (households[i] != 0) kept[city.households.dwelling[i]] = 1;
  EvenChoice empty(share, 0.5);
  for (std::size_t d = 0; d < kept.size(); ++d)
    if (city.dwellings.households[d] == 0 && empty.next()) kept[d] = 1;
  return kept;
}

}  // namespace

City sample_city(const City& city, int residents, std::uint64_t seed) {
  const auto all = static_cast<double>(city.residents.size());
  if (residents <= 0 || residents >= all) return city;
  const double share = residents / all;
  const auto households = chosen_households(city, share, city::CityDraws(seed));
  const auto dwellings = chosen_dwellings(city, households, share);
  std::vector<char> people(city.residents.size(), 0);
  for (std::size_t i = 0; i < people.size(); ++i) people[i] = households[city.residents.household[i]];
  City sample;
  sample.id = city.id;
  sample.name = city.name;
  sample.buurten = city.buurten;
  sample.districts = city.districts;
  sample.income_fifth_bounds = city.income_fifth_bounds;
  sample.low_income_line = city.low_income_line;
  sample.residents = kept_rows(city.residents, people);
  sample.households = kept_rows(city.households, households);
  sample.dwellings = kept_rows(city.dwellings, dwellings);
  renumber(sample, new_rows(people), new_rows(households), new_rows(dwellings));
  auto& homes = sample.dwellings;
  const auto lived_in = homes.households;
  std::fill(homes.households.begin(), homes.households.end(), std::uint16_t{0});
  for (const Row home : sample.households.dwelling) ++homes.households[home];
  for (std::size_t d = 0; d < homes.count(); ++d) {  // a shared house shrinks with those who are in the sample
    const int free = homes.places[d] - lived_in[d];
    homes.places[d] = static_cast<std::uint16_t>(std::max(1, homes.households[d] + free));
  }
  return sample;
}

}  // namespace sleutel
