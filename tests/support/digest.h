#pragma once
/// \file
/// Everything about a city as text or numbers that can be compared, whatever the order of rows.

#include <map>
#include <set>
#include <vector>

#include "sleutel/city.h"

namespace sleutel::test {

/// A resident without rows: links as ids.
struct Portrait {
  std::uint64_t partner = 0, mother = 0, named_by = 0, reference = 0;
  std::multiset<std::uint64_t> ties, members;
  StateMask states;
  std::uint64_t programmes = 0, considered = 0;
  std::vector<std::int64_t> numbers;  ///< all other columns of the resident and the household
  friend bool operator==(const Portrait&, const Portrait&) = default;
};

namespace tiny {

inline std::uint64_t id_of(const Residents& residents, Row row) {
  return row == kNone || !residents.present(row) ? 0 : residents.id[row];
}

inline Portrait portrait(const City& city, Row row) {
  const Residents& r = city.residents;
  const Households& h = city.households;
  const Row home = r.household[row];
  Portrait p;
  p.partner = id_of(r, r.partner[row]);
  p.mother = id_of(r, r.mother[row]);
  p.named_by = id_of(r, h.named_by[home]);
  p.reference = id_of(r, h.reference[home]);
  for (const Row tie : r.ties[row])
    if (id_of(r, tie) != 0) p.ties.insert(r.id[tie]);
  for (Row m = h.first_member[home]; m != kNone; m = r.next_in_household[m]) p.members.insert(r.id[m]);
  p.states = r.states[row];
  p.programmes = r.programmes[row];
  p.considered = r.considered[row];
  for (const auto number : {std::int64_t{r.birth_month[row]},
                            static_cast<std::int64_t>(r.sex[row]),
                            static_cast<std::int64_t>(r.education[row]),
                            std::int64_t{r.flags[row]},
                            std::int64_t{r.parity[row]},
                            std::int64_t{r.stress_fast[row]},
                            std::int64_t{r.stress_slow[row]},
                            std::int64_t{r.shock_fast[row]},
                            std::int64_t{r.shock_slow[row]},
                            std::int64_t{r.mastery[row]},
                            std::int64_t{r.support[row]},
                            std::int64_t{r.adversity[row]},
                            std::int64_t{r.classes[row]},
                            std::int64_t{r.income[row]},
                            std::int64_t{r.stratum_buurt[row]},
                            std::int64_t{r.stratum_income[row]},
                            static_cast<std::int64_t>(r.stratum_education[row]),
                            std::int64_t{r.stratum_tenure[row]},
                            std::int64_t{h.size[home]},
                            std::int64_t{h.dwelling[home]},
                            std::int64_t{h.buurt[home]},
                            static_cast<std::int64_t>(h.kind[home]),
                            std::int64_t{h.student_house[home]},
                            std::int64_t{h.income[home]},
                            std::int64_t{h.income_group[home]},
                            std::int64_t{h.classes[home]}})
    p.numbers.push_back(number);
  for (const auto months : r.months_in[row]) p.numbers.push_back(months);
  for (const auto latent : r.latent[row]) p.numbers.push_back(latent);
  return p;
}

}  // namespace tiny

/// Everybody present, by id.
inline std::map<std::uint64_t, Portrait> portraits(const City& city) {
  std::map<std::uint64_t, Portrait> all;
  for (Row row = 0; row < city.residents.size(); ++row)
    if (city.residents.present(row)) all[city.residents.id[row]] = tiny::portrait(city, row);
  return all;
}

/// True if every column of two tables has the same bits.
template <class Table>
bool same_columns(const Table& a, const Table& b) {
  bool same = true;
  std::apply([&](const auto&... entry) { ((same = same && a.*(entry.first) == b.*(entry.first)), ...); },
             Table::columns());
  return same;
}

inline bool same_city(const City& a, const City& b) {
  return same_columns(a.residents, b.residents) && same_columns(a.households, b.households) &&
         same_columns(a.dwellings, b.dwellings);
}

}  // namespace sleutel::test
