#include "sim/bench/repeated_city.h"

#include <algorithm>
#include <type_traits>

namespace sleutel {

namespace {

template <class Table>
void append(Table& to, const Table& from) {
  const auto add = [&](auto member) {
    (to.*member).insert((to.*member).end(), (from.*member).begin(), (from.*member).end());
  };
  std::apply([&](const auto&... entry) { (add(entry.first), ...); }, Table::columns());
}

/// Where the rows of a copy begin.
struct Begins {
  Row resident = 0, household = 0, dwelling = 0;
};

void move_by(Row& row, Row begins) { row = row == kNone ? kNone : row + begins; }

void move_copy(City& city, const Begins& begins, std::uint64_t first_id) {
  Residents& residents = city.residents;
  for (std::size_t row = begins.resident; row < residents.size(); ++row) {
    residents.id[row] += first_id;
    move_by(residents.household[row], begins.household);
    move_by(residents.next_in_household[row], begins.resident);
    move_by(residents.partner[row], begins.resident);
    move_by(residents.mother[row], begins.resident);
    for (Row& tie : residents.ties[row]) move_by(tie, begins.resident);
  }
  Households& homes = city.households;
  for (std::size_t row = begins.household; row < homes.count(); ++row) {
    move_by(homes.first_member[row], begins.resident);
    move_by(homes.reference[row], begins.resident);
    move_by(homes.named_by[row], begins.resident);
    move_by(homes.dwelling[row], begins.dwelling);
  }
}

}  // namespace

City repeated_city(const City& city, int times) {
  City many = city;
  const std::uint64_t ids = *std::max_element(city.residents.id.begin(), city.residents.id.end());
  for (int copy = 1; copy < times; ++copy) {
    const Begins begins{static_cast<Row>(many.residents.size()), static_cast<Row>(many.households.count()),
                        static_cast<Row>(many.dwellings.count())};
    append(many.residents, city.residents);
    append(many.households, city.households);
    append(many.dwellings, city.dwellings);
    move_copy(many, begins, ids * static_cast<std::uint64_t>(copy));
  }
  return many;
}

}  // namespace sleutel
