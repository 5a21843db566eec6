#include <algorithm>
#include <cstring>
#include <tuple>
#include <type_traits>

#include "sim/engine/month.h"
#include "sim/events/households.h"

// Once a year: residents who are gone and households without members are dropped, the rest is put in order of buurt,
// household and id, so that who lives together lies together. Every row that is stored anywhere is renumbered, and what
// the run keeps of residents and households moves with them.

namespace sleutel {

namespace {

constexpr Row renamed(const std::vector<Row>& new_row, Row old) { return old == kNone ? kNone : new_row[old]; }

/// Puts columns in another order, through room that is kept: nothing is allocated once it is large enough.
class Reorder {
 public:
  Reorder(const std::vector<Row>& order, Column<std::byte>& room) : order_(order), room_(room) {}

  /// `width` entries belong to each row.
  template <class T>
  void operator()(Column<T>& column, std::size_t width = 1) const {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::size_t bytes = column.size() * sizeof(T);
    if (bytes == 0) return;  // nothing is kept
    if (room_.size() < bytes) room_.resize(bytes);
    std::memcpy(room_.data(), column.data(), bytes);
    const auto* const from = reinterpret_cast<const T*>(room_.data());  // aligned as columns are
    T* const to = column.data();
    if (width == 1)
      for (std::size_t i = 0; i < order_.size(); ++i) to[i] = from[order_[i]];
    else
      for (std::size_t i = 0; i < order_.size(); ++i)
        std::memcpy(to + i * width, from + order_[i] * width, width * sizeof(T));
    column.resize(width * order_.size());
  }

  template <class Table>
  void all(Table& table) const {
    for_each_column(table, [&](auto& column, const ColumnInfo&) { (*this)(column); });
  }

 private:
  const std::vector<Row>& order_;
  Column<std::byte>& room_;
};

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

/// What the next look would have done for those who are gone.
void take_leave(Run& run) {
  for (Row row = 0; row < run.city.residents.size(); ++row)
    if (!run.city.residents.present(row)) leave_place(row, run.around);
}

/// All that the run keeps by row, with all rows, also of those who came this month.
void reorder_kept(Run& run, const Reorder& residents, const Reorder& households) {
  const std::size_t people = run.city.residents.size();
  const std::size_t homes = run.city.households.count();
  const auto move = [](const Reorder& reorder, auto& column, std::size_t rows, std::size_t width) {
    column.resize(rows * width);
    reorder(column, width);
  };
  residents(run.city.touched);
  run.each_kept_column([&](auto& column, std::size_t width) { move(residents, column, people, width); },
                       [&](auto& column, std::size_t width) { move(households, column, homes, width); });
}

}  // namespace

void resort(Run& run) {
  City& city = run.city;
  run.around.fit(city);
  take_leave(run);
  forget_absent(city);
  const std::vector<Row> households = household_order(city);
  const std::vector<Row> residents = resident_order(city, households);
  const std::vector<Row> new_row = inverse(residents, city.residents.size());
  const std::vector<Row> new_household = inverse(households, city.households.count());
  const Reorder by_resident(residents, run.room);
  const Reorder by_household(households, run.room);
  reorder_kept(run, by_resident, by_household);
  by_resident.all(city.residents);
  by_household.all(city.households);
  rename_in_residents(city.residents, new_row, new_household);
  for (Row& row : city.households.reference) row = renamed(new_row, row);
  for (Row& row : city.households.named_by) row = renamed(new_row, row);
  link_members(city);
  for (Participation& part : run.taking_part) part.who = renamed(new_row, part.who);
  std::erase_if(run.taking_part, [](const Participation& part) { return part.who == kNone; });
}

}  // namespace sleutel
