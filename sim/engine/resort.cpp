#include <algorithm>
#include <cstring>
#include <span>
#include <type_traits>
#include <utility>

#include "sim/base/marks.h"
#include "sim/engine/month.h"
#include "sim/events/households.h"

// Once a year: residents who are gone and households without members are dropped, the rest is put in order of buurt,
// household and id, so that who lives together lies together. Every row that is stored anywhere is renumbered, and what
// the run keeps of residents and households moves with them.

namespace sleutel {

namespace {

constexpr Row renamed(const std::vector<Row>& new_row, Row old) { return old == kNone ? kNone : new_row[old]; }

/// Rows that stand side by side before and after.
struct Stretch {
  Row from = 0;
  std::uint32_t count = 0;
};

std::vector<Stretch> stretches_of(const std::vector<Row>& order) {
  std::vector<Stretch> stretches;
  stretches.reserve(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i > 0 && order[i] == order[i - 1] + 1)
      ++stretches.back().count;
    else
      stretches.push_back({order[i], 1});
  }
  return stretches;
}

/// True of a column like that of programmes, if a scenario has none: it looks the same in any order.
bool is_zero(const std::byte* column, std::size_t bytes) {
  return column[0] == std::byte{0} && std::memcmp(column, column + 1, bytes - 1) == 0;
}

/// Puts columns in another order, through room that is kept: nothing is allocated once it is large enough.
class Reorder {
 public:
  Reorder(const std::vector<Row>& order, Column<std::byte>& room)
      : order_(order), stretches_(stretches_of(order)), room_(room) {}

  /// `width` entries belong to each row.
  template <class T>
  void operator()(Column<T>& column, std::size_t width = 1) const {
    reorder(column, width, [&](const Places& places) { move(places); });
  }

  /// The same for those rows only that are marked in the new order: what the others have then means nothing.
  template <class T>
  void marked(Column<T>& column, std::size_t width, const Column<std::uint8_t>& marks) const {
    const auto move_marked = [&](const Places& places) {
      for_each_marked(marks, 0, order_.size(), 1, [&](Row row) { places.copy(order_[row], row, 1); });
    };
    reorder(column, width, move_marked);
  }

  template <class Table>
  void all(Table& table) const {
    for_each_column(table, [&](auto& column, const ColumnInfo&) { (*this)(column); });
  }

 private:
  /// From where to where rows go.
  struct Places {
    const std::byte* from = nullptr;
    std::size_t from_bytes = 0;
    std::byte* to = nullptr;
    std::size_t to_bytes = 0;
    std::size_t row_bytes = 0;

    /// In pieces: what was too much is overwritten by the rows after these, which are moved later.
    void copy(std::size_t first, std::size_t place, std::size_t rows) const {
      constexpr std::size_t piece = 32;  // bytes copied at once, however few are wanted
      const std::size_t at = first * row_bytes, goes = place * row_bytes, length = rows * row_bytes;
      std::size_t done = 0;
      for (; done < length && at + done + piece <= from_bytes && goes + done + piece <= to_bytes; done += piece)
        std::memcpy(to + goes + done, from + at + done, piece);
      if (done < length) std::memcpy(to + goes + done, from + at + done, length - done);
    }
  };

  /// Row by row if a row is long: how long a stretch is cannot be foreseen, and a wrong guess takes longer than a few
  /// rows.
  void move(const Places& places) const {
    switch (places.row_bytes) {
      case 4:
        return each_row<4>(places);
      case 8:
        return each_row<8>(places);
      case 16:
        return each_row<16>(places);
      case 32:
        return each_row<32>(places);
      default:
        return each_stretch(places);
    }
  }

  template <std::size_t kBytes>
  void each_row(const Places& places) const {
    std::byte* to = places.to;
    for (const Row row : order_) {
      std::memcpy(to, places.from + row * kBytes, kBytes);
      to += kBytes;
    }
  }

  void each_stretch(const Places& places) const {
    std::size_t to = 0;
    for (const Stretch& rows : stretches_) {
      places.copy(rows.from, to, rows.count);
      to += rows.count;
    }
  }

  template <class T, class Move>
  void reorder(Column<T>& column, std::size_t width, Move&& move_rows) const {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::size_t bytes = column.size() * sizeof(T);
    if (bytes == 0) return;  // nothing is kept
    const std::size_t row_bytes = width * sizeof(T), left = order_.size() * row_bytes;
    if (is_zero(reinterpret_cast<const std::byte*>(column.data()), bytes)) return column.resize(width * order_.size());
    if (room_.size() < bytes) room_.resize(bytes);
    std::memcpy(room_.data(), column.data(), bytes);
    move_rows(Places{room_.data(), bytes, reinterpret_cast<std::byte*>(column.data()), left, row_bytes});
    column.resize(width * order_.size());
  }

  const std::vector<Row>& order_;
  std::vector<Stretch> stretches_;
  Column<std::byte>& room_;
};

std::vector<Row> inverse(const std::vector<Row>& order, std::size_t rows) {
  std::vector<Row> new_row(rows, kNone);
  for (std::size_t i = 0; i < order.size(); ++i) new_row[order[i]] = static_cast<Row>(i);
  return new_row;
}

/// What a household of a buurt is ordered by.
struct Place {
  std::uint64_t lowest = 0;  ///< id of a member
  Row household = kNone;

  friend bool operator<(const Place& a, const Place& b) { return a.lowest < b.lowest; }
};

/// Adds a place to those that stand in line; at a step down either place may be the one that does not.
void line_up(const Place& place, std::vector<Place>& in_line, std::vector<Place>& others) {
  if (!in_line.empty() && place < in_line.back()) {
    others.push_back(in_line.back());
    in_line.pop_back();
    if (in_line.empty() || place < in_line.back()) return others.push_back(place);
  }
  in_line.push_back(place);
}

/// Puts places of one buurt in order, in which most stand already: only the others are sorted, and merged with those.
void sort_nearly_sorted(std::span<Place> places, std::vector<Place>& in_line, std::vector<Place>& others) {
  in_line.clear();
  others.clear();
  for (const Place& place : places) line_up(place, in_line, others);
  std::sort(others.begin(), others.end());
  std::merge(in_line.begin(), in_line.end(), others.begin(), others.end(), places.begin());
}

/// [household] lowest id of a member.
std::vector<std::uint64_t> lowest_ids(const City& city) {
  const Residents& residents = city.residents;
  std::vector<std::uint64_t> lowest(city.households.count(), ~std::uint64_t{0});
  for (Row row = 0; row < residents.size(); ++row) {
    if (residents.household[row] == kNone) continue;
    std::uint64_t& of_home = lowest[residents.household[row]];
    of_home = std::min(of_home, residents.id[row]);
  }
  return lowest;
}

/// Households with members by buurt, then by the lowest id of a member.
std::vector<Row> household_order(const City& city) {
  const std::vector<std::uint64_t> lowest = lowest_ids(city);
  std::vector<std::vector<Place>> buurten(city.buurten.size());
  for (Row household = 0; household < lowest.size(); ++household)
    if (city.households.size[household] > 0)
      buurten[city.households.buurt[household]].push_back({lowest[household], household});
  std::vector<Row> order;
  order.reserve(lowest.size());
  std::vector<Place> in_line, others;
  for (std::vector<Place>& places : buurten) {
    sort_nearly_sorted(places, in_line, others);
    for (const Place& place : places) order.push_back(place.household);
  }
  return order;
}

/// True for two members of one household of whom the first has the lower id.
bool is_before(const Residents& residents, Row one, Row other) {
  return residents.household[one] == residents.household[other] && residents.id[one] < residents.id[other];
}

/// Residents household by household, in order of id within each, where they nearly stand.
std::vector<Row> resident_order(const City& city, const std::vector<Row>& households,
                                const std::vector<Row>& new_household) {
  const Residents& residents = city.residents;
  std::vector<Row> next;  // [household in the new order] where its next member goes
  next.reserve(households.size());
  Row people = 0;
  for (const Row household : households) {
    next.push_back(people);
    people += city.households.size[household];
  }
  std::vector<Row> order(people);
  for (Row row = 0; row < residents.size(); ++row) {
    if (residents.household[row] == kNone) continue;
    order[next[new_household[residents.household[row]]]++] = row;
  }
  for (std::size_t i = 1; i < order.size(); ++i)
    for (std::size_t at = i; at > 0 && is_before(residents, order[at], order[at - 1]); --at)
      std::swap(order[at], order[at - 1]);
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

/// All that the run keeps by row, with all rows, also of those who came this month. Nobody reads the limits of a row
/// that names no couple; who begins to name one is bounded anew.
void reorder_kept(Run& run, const Reorder& residents, const Reorder& households) {
  const std::size_t people = run.city.residents.size();
  const std::size_t homes = run.city.households.count();
  const void* const of_couples = &run.units[static_cast<std::size_t>(Level::couple)].bounds.limit;
  const auto of_residents = [&](auto& column, std::size_t width) {
    column.resize(people * width);
    if (&column == of_couples) return residents.marked(column, width, run.around.couple);
    residents(column, width);
  };
  const auto of_households = [&](auto& column, std::size_t width) {
    column.resize(homes * width);
    households(column, width);
  };
  residents(run.city.touched);
  run.each_kept_column(of_residents, of_households);  // whose `couple` comes before the limits
}

}  // namespace

void resort(Run& run) {
  City& city = run.city;
  run.around.fit(city);
  take_leave(run);
  forget_absent(city);
  const std::vector<Row> households = household_order(city);
  const std::vector<Row> new_household = inverse(households, city.households.count());
  const std::vector<Row> residents = resident_order(city, households, new_household);
  const std::vector<Row> new_row = inverse(residents, city.residents.size());
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
  for (Waiting& one : run.waiting) one.who = renamed(new_row, one.who);
  std::erase_if(run.taking_part, [](const Participation& part) { return part.who == kNone; });
  std::erase_if(run.waiting, [](const Waiting& one) { return one.who == kNone; });
}

}  // namespace sleutel
