#include <algorithm>
#include <tuple>

#include "sim/engine/month.h"
#include "sim/events/households.h"

// Once a year: residents who are gone and households without members are dropped, the rest is put in order of buurt,
// household and id, so that who lives together lies together. Every row that is stored anywhere is renumbered.

namespace sleutel {

namespace {

constexpr Row renamed(const std::vector<Row>& new_row, Row old) { return old == kNone ? kNone : new_row[old]; }

template <class T>
void reorder(Column<T>& column, const std::vector<Row>& order) {
  Column<T> sorted(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) sorted[i] = column[order[i]];
  column.swap(sorted);
}

template <class Table>
void reorder_all(Table& table, const std::vector<Row>& order) {
  for_each_column(table, [&](auto& column, const ColumnInfo&) { reorder(column, order); });
}

std::vector<Row> inverse(const std::vector<Row>& order, std::size_t rows) {
  std::vector<Row> new_row(rows, kNone);
  for (std::size_t i = 0; i < order.size(); ++i) new_row[order[i]] = static_cast<Row>(i);
  return new_row;
}

/// Households with members by buurt, then by the lowest id of a member.
std::vector<Row> household_order(const City& city) {
  std::vector<std::tuple<std::uint8_t, std::uint64_t, Row>> keys;
  for (Row household = 0; household < city.households.count(); ++household) {
    if (city.households.size[household] == 0) continue;
    std::uint64_t lowest = ~std::uint64_t{0};
    for_each_member(city, household, [&](Row row) { lowest = std::min(lowest, city.residents.id[row]); });
    keys.emplace_back(city.households.buurt[household], lowest, household);
  }
  std::sort(keys.begin(), keys.end());
  std::vector<Row> order;
  order.reserve(keys.size());
  for (const auto& key : keys) order.push_back(std::get<2>(key));
  return order;
}

/// Residents household by household, in order of id within each.
std::vector<Row> resident_order(const City& city, const std::vector<Row>& households) {
  std::vector<Row> order, members;
  order.reserve(city.residents.size());
  for (const Row household : households) {
    list_members(city, household, members);
    order.insert(order.end(), members.begin(), members.end());
  }
  return order;
}

void rename_in_residents(Residents& residents, const std::vector<Row>& new_row, const std::vector<Row>& new_household) {
  for (Row row = 0; row < residents.size(); ++row) {
    residents.household[row] = renamed(new_household, residents.household[row]);
    residents.partner[row] = renamed(new_row, residents.partner[row]);
    residents.mother[row] = renamed(new_row, residents.mother[row]);
    for (Row& tie : residents.ties[row]) tie = renamed(new_row, tie);
  }
}

/// The member lists anew, in order of row, which is the order of id.
void link_members(City& city) {
  Residents& residents = city.residents;
  for (Row row = 0; row < residents.size(); ++row) {
    const bool last = row + 1 == residents.size() || residents.household[row + 1] != residents.household[row];
    residents.next_in_household[row] = last ? kNone : row + 1;
    const bool first = row == 0 || residents.household[row - 1] != residents.household[row];
    if (first) city.households.first_member[residents.household[row]] = row;
  }
}

}  // namespace

void resort(Run& run) {
  City& city = run.city;
  forget_absent(city);
  const std::vector<Row> households = household_order(city);
  const std::vector<Row> residents = resident_order(city, households);
  const std::vector<Row> new_row = inverse(residents, city.residents.size());
  const std::vector<Row> new_household = inverse(households, city.households.count());
  reorder_all(city.residents, residents);
  reorder_all(city.households, households);
  rename_in_residents(city.residents, new_row, new_household);
  for (Row& row : city.households.reference) row = renamed(new_row, row);
  for (Row& row : city.households.named_by) row = renamed(new_row, row);
  link_members(city);
  run.forget();
  for (Participation& part : run.taking_part) part.who = renamed(new_row, part.who);
  std::erase_if(run.taking_part, [](const Participation& part) { return part.who == kNone; });
}

}  // namespace sleutel
