#include <algorithm>
#include <numeric>

#include "sim/city/apportion.h"
#include "sim/city/district_households.h"
#include "sim/city/steps.h"

namespace sleutel::city {
namespace {

// What the dwellings of one district are used for.
struct Stock {
  int rooms = 0;  // one-person households in student houses
  int student_houses = 0;
  int empty = 0;
  std::array<int, 3> tenure{};  // owner, social rent, private rent: dwellings in all
};

// Dwellings that stand empty are what the city's figures leave: dwellings, less student houses, less households with a
// home of their own; spread over districts by dwellings. A district with more households than homes has student houses.
std::vector<Stock> stocks_of(const CityFiles& files, const std::vector<DistrictHouseholds>& districts) {
  const auto& q = files.quantities;
  const double rooms = q.room_let_residents * files.whole.population;
  const double houses = q.room_let_dwellings * files.whole.dwellings;
  const double per_house = rooms / houses;
  const double empty = std::max(0.0, files.whole.dwellings - houses - (files.whole.households - rooms));
  std::vector<double> dwellings;
  for (const auto& district : files.districts) dwellings.push_back(district.dwellings);
  const auto empties = apportion(static_cast<int>(empty + 0.5), dwellings);
  std::vector<Stock> stocks(districts.size());
  for (std::size_t d = 0; d < stocks.size(); ++d) {
    Stock& stock = stocks[d];
    const auto& margin = files.districts[d];
    const int households = static_cast<int>(districts[d].all.size());
    stock.empty = empties[d];
    const int excess = households - margin.dwellings + stock.empty;
    if (excess > 0) {
      stock.student_houses = std::max(1, static_cast<int>(excess / (per_house - 1) + 0.5));
      stock.rooms = stock.student_houses + excess;
    } else {
      stock.empty -= excess;
    }
    const std::array<double, 3> percent = {margin.owner, margin.association,
                                           std::max(0.0, 100 - margin.owner - margin.association)};
    const auto parts = apportion(margin.dwellings, percent);
    std::copy(parts.begin(), parts.end(), stock.tenure.begin());
  }
  return stocks;
}

// Who lives in a room: one-person households, students first, then the young, then others.
std::vector<std::size_t> room_households(const City& city, const DistrictHouseholds& district, int rooms, int last_age,
                                         const CityDraws& draws) {
  std::vector<std::pair<double, std::size_t>> order;
  for (const std::size_t household : district.all) {
    if (city.households.kind[household] != HouseholdKind::single) continue;
    const Row row = city.households.first_member[household];
    const double late = city.residents.is(row, kStudent) ? 0.0 : age_of(city, row) <= last_age ? 0.75 : 2.0;
    order.emplace_back(late + draws.uniform(kRooms, city.residents.id[row]), household);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < order.size() && chosen.size() < static_cast<std::size_t>(rooms); ++i)
    chosen.push_back(order[i].second);
  std::sort(chosen.begin(), chosen.end());  // by buurt
  return chosen;
}

class Homes {
 public:
  Homes(City& city, const CityFiles& files, const std::vector<double>& prosperity, const CityDraws& draws)
      : city_(city), files_(files), prosperity_(prosperity), draws_(draws) {}

  void fill(std::size_t d, const DistrictHouseholds& district, const Stock& stock);
  void add_institutions();

 private:
  Row add(std::size_t buurt, DwellingKind kind, Tenure tenure, std::size_t places);
  void move_in(std::size_t household, Row dwelling);
  void student_houses(std::size_t d, const std::vector<std::size_t>& rooms, int houses, std::array<int, 3>& left);
  void student_houses_in(std::size_t d, std::span<const std::size_t> rooms, int houses, std::array<int, 3>& left);
  void own_homes(std::size_t d, const std::vector<std::size_t>& households, int empty, std::array<int, 3> left);
  std::vector<Tenure> tenures(const std::vector<std::size_t>& households, std::array<int, 3> lived_in) const;
  std::vector<DwellingKind> kinds(const std::vector<std::size_t>& households, const std::vector<Tenure>& tenure,
                                  int single_family) const;
  double head_draw(CityPurpose purpose, std::size_t household) const {
    return draws_.normal(purpose, city_.residents.id[city_.households.first_member[household]]);
  }

  City& city_;
  const CityFiles& files_;
  const std::vector<double>& prosperity_;
  const CityDraws& draws_;
};

Row Homes::add(std::size_t buurt, DwellingKind kind, Tenure tenure, std::size_t places) {
  auto& dwellings = city_.dwellings;
  const Row row = static_cast<Row>(dwellings.count());
  resize(dwellings, dwellings.count() + 1);
  dwellings.buurt[row] = static_cast<std::uint8_t>(buurt);
  dwellings.kind[row] = kind;
  dwellings.tenure[row] = tenure;
  dwellings.places[row] = static_cast<std::uint16_t>(places);
  return row;
}

void Homes::move_in(std::size_t household, Row dwelling) {
  city_.households.dwelling[household] = dwelling;
  ++city_.dwellings.households[dwelling];
  const Row head = city_.households.first_member[household];
  const bool student_house = city_.dwellings.kind[dwelling] == DwellingKind::student_house;
  city_.households.student_house[household] = student_house && city_.residents.is(head, kStudent) ? 1 : 0;
}

// Houses of one buurt: sizes vary around the mean, by keyed weights.
void Homes::student_houses_in(std::size_t d, std::span<const std::size_t> rooms, int houses, std::array<int, 3>& left) {
  std::vector<double> weights;
  for (int n = 0; n < houses; ++n) {
    const auto name = static_cast<std::uint32_t>(city_.dwellings.count() + static_cast<std::size_t>(n));
    weights.push_back(0.3 + 1.4 * draws_.uniform(kHouseSize, d + 1, name));
  }
  const auto extra = apportion(static_cast<int>(rooms.size()) - houses, weights);
  std::size_t next = 0;
  for (const int more : extra) {
    const std::size_t places = static_cast<std::size_t>(more) + 1;
    const bool social = left[2] <= left[1] / 4;  // private houses, until few private dwellings are left
    --left[social ? 1 : 2];
    const Row house = add(city_.households.buurt[rooms[next]], DwellingKind::student_house,
                          social ? Tenure::social_rent : Tenure::private_rent, places);
    for (std::size_t n = 0; n < places; ++n) move_in(rooms[next++], house);
  }
}

void Homes::student_houses(std::size_t d, const std::vector<std::size_t>& rooms, int houses, std::array<int, 3>& left) {
  std::vector<double> per_buurt(city_.buurten.size(), 0);
  for (const std::size_t household : rooms) ++per_buurt[city_.households.buurt[household]];
  auto parts = apportion(houses, per_buurt);
  for (std::size_t b = 0; b < parts.size(); ++b) {  // a buurt with rooms has a house
    if (per_buurt[b] == 0 || parts[b] > 0) continue;
    --*std::max_element(parts.begin(), parts.end());
    parts[b] = 1;
  }
  std::size_t next = 0;
  for (std::size_t b = 0; b < parts.size(); ++b) {
    const auto count = static_cast<std::size_t>(per_buurt[b]);
    if (count > 0) student_houses_in(d, std::span(rooms).subspan(next, count), parts[b], left);
    next += count;
  }
}

// The most prosperous and settled own; of the others the less prosperous and older rent from a housing association.
std::vector<Tenure> Homes::tenures(const std::vector<std::size_t>& households, std::array<int, 3> lived_in) const {
  const auto& q = files_.quantities;
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < households.size(); ++i) {
    const std::size_t household = households[i];
    const bool settled = head_age(city_, household) >= 35;
    const bool student = outside_income_figures(city_.households, household);
    const double wish =
        prosperity_[household] + (settled ? q.owner_age : 0) + q.owner_spread * head_draw(kTenure, household);
    order.emplace_back(-(student ? wish - 6 : wish), i);
  }
  std::sort(order.begin(), order.end());
  std::vector<Tenure> tenure(households.size(), Tenure::private_rent);
  std::vector<std::pair<double, std::size_t>> renters;
  for (std::size_t k = 0; k < order.size(); ++k) {
    const std::size_t i = order[k].second;
    if (k < static_cast<std::size_t>(lived_in[0])) {
      tenure[i] = Tenure::owner;
      continue;
    }
    const int age = head_age(city_, households[i]);
    renters.emplace_back(prosperity_[households[i]] -
                             (age >= 45  ? 1.0
                              : age < 30 ? -0.8
                                         : 0) +
                             q.social_rent_spread * head_draw(kSocialRent, households[i]),
                         i);
  }
  std::sort(renters.begin(), renters.end());
  for (std::size_t k = 0; k < renters.size() && k < static_cast<std::size_t>(lived_in[1]); ++k)
    tenure[renters[k].second] = Tenure::social_rent;
  return tenure;
}

// Families and owners live in single-family homes first.
std::vector<DwellingKind> Homes::kinds(const std::vector<std::size_t>& households, const std::vector<Tenure>& tenure,
                                       int single_family) const {
  std::vector<std::pair<double, std::size_t>> order;
  for (std::size_t i = 0; i < households.size(); ++i) {
    const double wish = 0.8 * std::min<int>(city_.households.size[households[i]], 4) +
                        (tenure[i] == Tenure::owner ? 0.8 : 0) + 0.25 * prosperity_[households[i]] -
                        head_draw(kDwellingKind, households[i]);
    order.emplace_back(-wish, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<DwellingKind> kind(households.size(), DwellingKind::multi_family);
  for (std::size_t k = 0; k < order.size() && k < static_cast<std::size_t>(std::max(0, single_family)); ++k)
    kind[order[k].second] = DwellingKind::single_family;
  return kind;
}

void Homes::own_homes(std::size_t d, const std::vector<std::size_t>& households, int empty, std::array<int, 3> left) {
  const std::array<double, 3> weight = {static_cast<double>(left[0]), static_cast<double>(left[1]),
                                        static_cast<double>(left[2])};
  const auto empties = apportion(empty, weight);
  std::array<int, 3> lived_in{};
  for (std::size_t t = 0; t < 3; ++t) lived_in[t] = left[t] - empties[t];
  const auto tenure = tenures(households, lived_in);
  const double share = files_.districts[d].single_family / 100;
  const int single = static_cast<int>(share * files_.districts[d].dwellings + 0.5) - static_cast<int>(share * empty);
  const auto kind = kinds(households, tenure, single);
  for (std::size_t i = 0; i < households.size(); ++i)
    move_in(households[i], add(city_.households.buurt[households[i]], kind[i], tenure[i], 1));
  int made = 0;
  for (std::size_t t = 0; t < 3; ++t) {
    for (int n = 0; n < empties[t]; ++n, ++made) {
      const std::size_t like =
          (2 * static_cast<std::size_t>(made) + 1) * households.size() / (2 * static_cast<std::size_t>(empty));
      const auto kind_here =
          made < static_cast<int>(share * empty) ? DwellingKind::single_family : DwellingKind::multi_family;
      add(city_.households.buurt[households[like]], kind_here, static_cast<Tenure>(t), 1);
    }
  }
}

void Homes::fill(std::size_t d, const DistrictHouseholds& district, const Stock& stock) {
  const int last_age = static_cast<int>(files_.quantities.room_age_last);
  const auto rooms = room_households(city_, district, stock.rooms, last_age, draws_);
  std::array<int, 3> left = stock.tenure;
  if (stock.student_houses > 0) student_houses(d, rooms, stock.student_houses, left);
  std::vector<std::size_t> others;
  for (const std::size_t household : district.all)
    if (city_.households.dwelling[household] == kNone) others.push_back(household);
  own_homes(d, others, stock.empty, left);
}

void Homes::add_institutions() {
  Row home = kNone;
  for (std::size_t household = 0; household < city_.households.count(); ++household) {
    if (city_.households.kind[household] != HouseholdKind::institution) continue;
    const auto buurt = city_.households.buurt[household];
    if (home == kNone || city_.dwellings.buurt[home] != buurt)
      home = add(buurt, DwellingKind::institution, Tenure::institution, 0);
    move_in(household, home);
    ++city_.dwellings.places[home];
  }
}

}  // namespace

void give_homes(City& city, const CityFiles& files, const std::vector<double>& prosperity, const CityDraws& draws) {
  const auto districts = private_households(city);
  const auto stocks = stocks_of(files, districts);
  Homes homes(city, files, prosperity, draws);
  for (std::size_t d = 0; d < districts.size(); ++d) homes.fill(d, districts[d], stocks[d]);
  homes.add_institutions();
}

}  // namespace sleutel::city
