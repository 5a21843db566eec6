#include "sim/events/check.h"

#include <algorithm>

#include "sim/events/households.h"

namespace sleutel {
namespace {

/// Collects findings, and counts on when enough were written down.
class Findings {
 public:
  explicit Findings(std::size_t most) : most_(most) {}
  /// Notes what is wrong with a row unless `right`.
  void require(bool right, const char* what, std::size_t row) {
    if (!right && list_.size() < most_) list_.push_back(std::string(what) + ", row " + std::to_string(row));
  }
  std::vector<std::string> take() { return std::move(list_); }

 private:
  std::size_t most_;
  std::vector<std::string> list_;
};

void check_partner(const City& city, Row who, int month, Findings& found) {
  const Residents& residents = city.residents;
  const Row partner = residents.partner[who];
  if (partner == kNone) return;
  const bool there = partner < residents.size() && residents.present(partner) && partner != who;
  found.require(there, "resident: partner is not there", who);
  if (!there) return;
  found.require(residents.partner[partner] == who, "resident: partner has another partner", who);
  found.require(residents.household[partner] == residents.household[who], "resident: partner lives elsewhere", who);
  found.require(residents.age_months(who, month) >= kAdultMonths, "resident: a minor with a partner", who);
}

void check_links(const City& city, Row who, Findings& found) {
  const Residents& residents = city.residents;
  found.require(residents.mother[who] == kNone || residents.mother[who] < residents.size(),
                "resident: mother is no row", who);
  const Row mother = residents.mother[who] < residents.size() ? mother_of(residents, who) : kNone;
  if (mother != kNone) {
    found.require(residents.birth_month[mother] < residents.birth_month[who], "resident: mother is younger", who);
    found.require(residents.sex[mother] == Sex::female, "resident: mother is male", who);
  }
  for (int slot = 0; slot < kTies; ++slot) {
    const Row other = residents.ties[who][static_cast<std::size_t>(slot)];
    found.require(other == kNone || (other < residents.size() && other != who), "resident: tie to no row", who);
    if (other == kNone || other >= residents.size() || !residents.present(who)) continue;
    const auto& back = residents.ties[other];
    found.require(residents.present(other), "resident: tie to somebody who is gone", who);
    found.require(std::find(back.begin(), back.end(), who) != back.end(), "resident: tie that goes one way", who);
  }
}

void check_resident(const City& city, Row who, int month, Findings& found) {
  const Residents& residents = city.residents;
  if (!residents.present(who)) {
    found.require(residents.household[who] == kNone, "absent resident in a household", who);
    found.require(residents.partner[who] == kNone, "absent resident with a partner", who);
    return;
  }
  const Row household = residents.household[who];
  found.require(household < city.households.count(), "resident: household is no row", who);
  found.require(residents.birth_month[who] <= month, "resident: not born yet", who);
  check_partner(city, who, month, found);
  check_links(city, who, found);
}

/// Walks the list with a bound, so that a ring is found too.
std::size_t members_listed(const City& city, Row household, Findings& found) {
  std::size_t count = 0;
  for (Row row = city.households.first_member[household]; row != kNone; row = city.residents.next_in_household[row]) {
    if (row >= city.residents.size() || ++count > city.households.size[household]) {
      found.require(false, "household: list of members is longer than its size", household);
      return count;
    }
    found.require(city.residents.present(row), "household: absent member", household);
    found.require(city.residents.household[row] == household, "household: member of another household", household);
  }
  return count;
}

void check_household(const City& city, Row household, int month, Findings& found) {
  const Households& households = city.households;
  if (households.size[household] == 0) return;
  const std::size_t listed = members_listed(city, household, found);
  found.require(listed == households.size[household], "household: size is not the number of members", household);
  if (listed != households.size[household]) return;
  const Row dwelling = households.dwelling[household];
  found.require(dwelling < city.dwellings.count(), "household: dwelling is no row", household);
  if (dwelling < city.dwellings.count())
    found.require(city.dwellings.buurt[dwelling] == households.buurt[household],
                  "household: not in its dwelling's buurt", household);
  const Settled right = settled(city, household, month);
  found.require(households.reference[household] == right.reference, "household: wrong reference person", household);
  found.require(households.named_by[household] == right.named_by, "household: named by the wrong adult", household);
  found.require(households.kind[household] == right.kind, "household: wrong kind", household);
}

void check_dwellings(const City& city, Findings& found) {
  std::vector<int> lived_in(city.dwellings.count(), 0);
  for (std::size_t i = 0; i < city.households.count(); ++i) {
    const Row dwelling = city.households.dwelling[i];
    if (city.households.size[i] > 0 && dwelling < lived_in.size()) ++lived_in[dwelling];
  }
  for (std::size_t i = 0; i < lived_in.size(); ++i)
    found.require(lived_in[i] == city.dwellings.households[i], "dwelling: wrong number of households", i);
}

void check_counts(const City& city, Findings& found) {
  std::vector<std::uint64_t> ids;
  std::size_t in_households = 0;
  for (std::size_t i = 0; i < city.residents.size(); ++i)
    if (city.residents.present(static_cast<Row>(i))) ids.push_back(city.residents.id[i]);
  for (std::size_t i = 0; i < city.households.count(); ++i) in_households += city.households.size[i];
  found.require(in_households == ids.size(), "residents: somebody is in no household or in two", ids.size());
  std::sort(ids.begin(), ids.end());
  found.require(std::adjacent_find(ids.begin(), ids.end()) == ids.end(), "residents: an id twice", ids.size());
}

}  // namespace

std::vector<std::string> check_city(const City& city, int month, std::size_t most) {
  Findings found(most);
  for (std::size_t i = 0; i < city.residents.size(); ++i) check_resident(city, static_cast<Row>(i), month, found);
  for (std::size_t i = 0; i < city.households.count(); ++i) check_household(city, static_cast<Row>(i), month, found);
  check_dwellings(city, found);
  check_counts(city, found);
  return found.take();
}

}  // namespace sleutel
