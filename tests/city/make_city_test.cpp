#include "sim/city/make_city.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "leiden.h"
#include "sim/events/schooling.h"

using namespace sleutel;
using leiden::age;

namespace {

struct Faults {
  int count = 0;
  std::string first;
  void expect(bool holds, const char* what, std::size_t row) {
    if (holds) return;
    if (count++ == 0) first = std::string(what) + " at row " + std::to_string(row);
  }
};

// What must hold for whole cities and samples alike.
Faults faults_of_residents(const City& city) {
  const auto& r = city.residents;
  Faults faults;
  std::set<std::uint64_t> ids;
  for (Row row = 0; row < r.size(); ++row) {
    const Row household = r.household[row];
    const Row partner = r.partner[row];
    const Row mother = r.mother[row];
    faults.expect(ids.insert(r.id[row]).second, "id twice", row);
    faults.expect(r.present(row), "not present", row);
    faults.expect(household < city.households.count(), "no household", row);
    faults.expect(age(city, row) >= 0 && age(city, row) <= 100, "age", row);
    if (partner != kNone) {
      faults.expect(partner != row && r.partner[partner] == row, "partner not symmetric", row);
      faults.expect(r.household[partner] == household, "partner elsewhere", row);
      faults.expect(age(city, row) >= 18, "partner under 18", row);
      faults.expect(!r.is(row, kChildAtHome), "partner is a child", row);
    }
    if (mother != kNone) {
      const int months = r.birth_month[row] - r.birth_month[mother];
      faults.expect(r.sex[mother] == Sex::female, "mother is a man", row);
      faults.expect(months >= 15 * 12 && months <= 48 * 12, "age of the mother", row);
      faults.expect(r.parity[mother] > 0, "mother without children", row);
    }
    std::set<Row> friends;
    for (const Row tie : r.ties[row]) {
      if (tie == kNone) continue;
      faults.expect(tie < r.size() && friends.insert(tie).second, "tie twice", row);
      faults.expect(r.household[tie] != household, "tie in the household", row);
      faults.expect(std::count(r.ties[tie].begin(), r.ties[tie].end(), row) == 1, "tie not symmetric", row);
    }
  }
  return faults;
}

bool is_adult(const City& city, Row row) { return age(city, row) >= 18; }

Faults faults_of_households(const City& city) {
  const auto& r = city.residents;
  const auto& h = city.households;
  Faults faults;
  std::size_t members = 0;
  for (std::size_t i = 0; i < h.count(); ++i) {
    int size = 0;
    int adults = 0;
    int children = 0;
    Row eldest = kNone;
    Row lowest = kNone;
    for (Row row = h.first_member[i]; row != kNone; row = r.next_in_household[row]) {
      ++size;
      faults.expect(r.household[row] == i, "member of another household", row);
      children += r.is(row, kChildAtHome) ? 1 : 0;
      if (!is_adult(city, row)) continue;
      ++adults;
      if (eldest == kNone || r.birth_month[row] < r.birth_month[eldest]) eldest = row;
      if (lowest == kNone || r.id[row] < r.id[lowest]) lowest = row;
    }
    members += static_cast<std::size_t>(size);
    faults.expect(size == h.size[i] && size > 0, "size", i);
    faults.expect(adults > 0 || h.kind[i] == HouseholdKind::institution, "no adult", i);
    if (adults > 0) faults.expect(h.reference[i] == eldest && h.named_by[i] == lowest, "reference or named_by", i);
    const int parents = size - children;
    const bool couple = r.partner[h.first_member[i]] != kNone;
    switch (h.kind[i]) {
      case HouseholdKind::single:
        faults.expect(size == 1 && adults == 1, "single", i);
        break;
      case HouseholdKind::couple:
        faults.expect(size == 2 && couple && children == 0, "couple", i);
        break;
      case HouseholdKind::couple_with_children:
        faults.expect(parents == 2 && couple && children > 0, "family", i);
        break;
      case HouseholdKind::lone_parent:
        faults.expect(parents == 1 && !couple && children > 0, "lone parent", i);
        break;
      case HouseholdKind::other:
        faults.expect(size == 2 && !couple && children == 0, "other", i);
        break;
      case HouseholdKind::institution:
        faults.expect(size == 1 && r.is(h.first_member[i], kInstitution), "institution", i);
    }
    faults.expect(h.income[i] > 0, "income", i);
    faults.expect(h.dwelling[i] < city.dwellings.count(), "no dwelling", i);
    if (h.dwelling[i] < city.dwellings.count())
      faults.expect(city.dwellings.buurt[h.dwelling[i]] == h.buurt[i], "dwelling elsewhere", i);
  }
  faults.expect(members == r.size(), "residents without a household", members);
  return faults;
}

Faults faults_of_dwellings(const City& city) {
  const auto& h = city.households;
  const auto& d = city.dwellings;
  Faults faults;
  std::vector<int> lived_in(d.count(), 0);
  for (std::size_t i = 0; i < h.count(); ++i) ++lived_in[h.dwelling[i]];
  for (std::size_t i = 0; i < d.count(); ++i) {
    faults.expect(lived_in[i] == d.households[i], "count of households", i);
    faults.expect(d.households[i] <= d.places[i] && d.places[i] > 0, "more households than places", i);
    const bool home = d.kind[i] == DwellingKind::single_family || d.kind[i] == DwellingKind::multi_family;
    if (home) faults.expect(d.places[i] == 1, "places of a home", i);
    faults.expect((d.kind[i] == DwellingKind::institution) == (d.tenure[i] == Tenure::institution), "institution", i);
  }
  for (std::size_t i = 0; i < h.count(); ++i) {
    const auto kind = d.kind[h.dwelling[i]];
    faults.expect((h.kind[i] == HouseholdKind::institution) == (kind == DwellingKind::institution), "in no institution",
                  i);
    if (kind == DwellingKind::student_house) faults.expect(h.kind[i] == HouseholdKind::single, "family in a room", i);
    if (h.student_house[i] != 0) faults.expect(kind == DwellingKind::student_house, "student_house", i);
  }
  return faults;
}

void check_consistent(const City& city) {
  for (const Faults& faults : {faults_of_residents(city), faults_of_households(city), faults_of_dwellings(city)}) {
    INFO(faults.first);
    CHECK(faults.count == 0);
  }
}

double share(double part, double whole) { return part / whole; }

}  // namespace

TEST_CASE("residents, households and dwellings agree with each other", "[law]") {
  check_consistent(leiden::city());
  CHECK(leiden::city().residents.size() == 130108);
}

TEST_CASE("rows stand by buurt and household, and ids in their order") {
  const auto& city = leiden::city();
  for (Row row = 0; row < city.residents.size(); ++row) {
    REQUIRE(city.residents.id[row] == std::uint64_t{row} + 1);
    if (row > 0) REQUIRE(city.residents.household[row] >= city.residents.household[row - 1]);
  }
  CHECK(std::is_sorted(city.households.buurt.begin(), city.households.buurt.end()));
}

TEST_CASE("children at home are flagged, grown residents on their own are not") {
  const auto& city = leiden::city();
  const auto& r = city.residents;
  for (Row row = 0; row < r.size(); ++row) {
    const int years = age(city, row);
    const bool institution = r.is(row, kInstitution);
    if (years < 18 && !institution) REQUIRE(r.is(row, kChildAtHome));
    if (years >= 45) REQUIRE_FALSE(r.is(row, kChildAtHome));
    if (r.is(row, kStudent)) REQUIRE((years >= 18 && years <= 29 && !r.is(row, kChildAtHome)));
    if (!r.is(row, kChildAtHome)) continue;
    const Row head = city.households.first_member[r.household[row]];
    REQUIRE(age(city, head) - years >= 15);
    if (r.sex[head] == Sex::female) REQUIRE(r.mother[row] == head);
  }
}

TEST_CASE("the city of the default seed has the same bits under every compiler", "[law]") {
  // Made with g++ 12 and clang 14. Changes with the figures, the assumptions and the method: renew it with a reason.
  CHECK(leiden::digest(leiden::city()) == 0x01c817aa388746c8ULL);
}

TEST_CASE("one seed gives one city, to the bit; another seed another") {
  CHECK(leiden::digest(make_city(leiden::files(), 1)) == leiden::digest(leiden::city()));
  CHECK(leiden::digest(make_city(leiden::files(), 2)) != leiden::digest(leiden::city()));
}

TEST_CASE("frozen strata are those of the start") {
  const auto& city = leiden::city();
  const auto& r = city.residents;
  for (Row row = 0; row < r.size(); row += 7) {
    const Row household = r.household[row];
    REQUIRE(r.stratum_buurt[row] == city.households.buurt[household]);
    REQUIRE(r.stratum_income[row] == city.households.income_group[household]);
    REQUIRE(r.stratum_tenure[row] ==
            static_cast<std::uint8_t>(city.dwellings.tenure[city.households.dwelling[household]]));
    if (r.is(row, kChildAtHome) && r.mother[row] != kNone)
      REQUIRE(r.stratum_education[row] == level_ahead(r, r.mother[row], 0));
  }
}

TEST_CASE("the start state finds its columns empty, and positions are standard normal") {
  const auto& r = leiden::city().residents;
  double sum = 0;
  double squares = 0;
  for (Row row = 0; row < r.size(); ++row) {
    REQUIRE((r.states[row] == StateMask{} && r.adversity[row] == 0 && r.support[row] == 0 && r.stress_slow[row] == 0));
    REQUIRE(r.mastery[row] <= 32);
    for (const std::int8_t x : r.latent[row]) {
      sum += x / 32.0;
      squares += x / 32.0 * (x / 32.0);
    }
  }
  const double n = 8.0 * static_cast<double>(r.size());
  CHECK(std::abs(sum / n) < 5 / std::sqrt(n));  // five standard errors: one false alarm in a million
  CHECK(squares / n == Approx(1).epsilon(0.01));
}

TEST_CASE("households look like those of the Netherlands and of a student city") {
  const auto& city = leiden::city();
  const auto& h = city.households;
  std::array<double, 6> kind{};
  std::array<double, 6> counted{};
  double homes = 0;
  double all = 0;
  for (std::size_t i = 0; i < h.count(); ++i) {
    ++kind[static_cast<std::size_t>(h.kind[i])];
    if (h.kind[i] == HouseholdKind::institution) continue;
    ++homes;
    if (h.income_group[i] == kIncomeStudentOrInstitution) continue;
    ++counted[static_cast<std::size_t>(h.kind[i])];
    ++all;
  }
  CHECK(share(kind[0], homes) == Approx(0.55).margin(0.02));   // one person: follows from the published margins
  CHECK(share(counted[0], all) == Approx(0.44).margin(0.03));  // without students
  CHECK(share(kind[3], kind[2] + kind[3]) == Approx(0.258).margin(0.03));  // lone parents, province of Zuid-Holland
}

TEST_CASE("couples and ties are near in age, ties near in place") {
  const auto& city = leiden::city();
  const auto& r = city.residents;
  double couples = 0;
  double far = 0;
  double ties = 0;
  double same_buurt = 0;
  for (Row row = 0; row < r.size(); ++row) {
    const Row partner = r.partner[row];
    couples += partner != kNone && partner > row ? 1 : 0;
    far += partner != kNone && partner > row && std::abs(age(city, row) - age(city, partner)) > 12 ? 1 : 0;
    for (const Row tie : r.ties[row]) {
      if (tie == kNone) continue;
      ++ties;
      same_buurt += r.stratum_buurt[tie] == r.stratum_buurt[row] ? 1 : 0;
      REQUIRE(city.buurten[r.stratum_buurt[tie]].district == city.buurten[r.stratum_buurt[row]].district);
    }
  }
  CHECK(far / couples < 0.01);
  CHECK(same_buurt / ties > 0.5);
  CHECK(ties / static_cast<double>(r.size()) == Approx(2.5).margin(0.3));
}

TEST_CASE("a sample holds whole households and stays consistent", "[law]") {
  const int wanted = GENERATE(200, 2000, 20000);
  const City sample = sample_city(leiden::city(), wanted, 7);
  check_consistent(sample);
  CHECK(static_cast<double>(sample.residents.size()) == Approx(wanted).epsilon(wanted < 1000 ? 0.15 : 0.03));
  CHECK(leiden::digest(sample) == leiden::digest(sample_city(leiden::city(), wanted, 7)));
  CHECK(leiden::digest(sample) != leiden::digest(sample_city(leiden::city(), wanted, 8)));
  const auto& whole = leiden::city().residents;
  for (Row row = 0; row < sample.residents.size(); ++row) {
    const auto original = static_cast<Row>(sample.residents.id[row] - 1);
    REQUIRE(sample.residents.birth_month[row] == whole.birth_month[original]);
    REQUIRE(sample.residents.income[row] == whole.income[original]);
  }
}

TEST_CASE("a sample takes its share of every buurt") {
  const City sample = sample_city(leiden::city(), 13000, 3);
  std::array<int, 54> whole_count{};
  std::array<int, 54> sample_count{};
  for (const auto buurt : leiden::city().households.buurt) ++whole_count[buurt];
  for (const auto buurt : sample.households.buurt) ++sample_count[buurt];
  const double part = 13000.0 / 130108;
  for (std::size_t b = 0; b < 54; ++b) CHECK(std::abs(sample_count[b] - part * whole_count[b]) <= 1);
}

TEST_CASE("a sample as large as the city is the city") {
  CHECK(leiden::digest(sample_city(leiden::city(), 130108, 3)) == leiden::digest(leiden::city()));
  CHECK(leiden::digest(sample_city(leiden::city(), 0, 3)) == leiden::digest(leiden::city()));
}

TEST_CASE("the start city is where the school years of the running city would have it") {
  const auto& city = leiden::city();
  const auto& r = city.residents;
  int students = 0;
  for (Row row = 0; row < r.size(); ++row) {
    const int years = age(city, row);
    const bool learns = r.is(row, kLearning);
    if (years < 18) REQUIRE((learns && r.education[row] == Education::low));
    if (years >= 18 && learns && r.education[row] == Education::low) REQUIRE(years < 20);
    if (learns) REQUIRE(r.education[row] != Education::high);
    if (years >= 22 && learns) REQUIRE(r.is(row, kStudent));
    if (!r.is(row, kStudent)) continue;
    ++students;
    REQUIRE((learns && r.education[row] == Education::middle));
    REQUIRE(r.stratum_education[row] == Education::high);
  }
  REQUIRE(students == 14200);
}
