#pragma once
/// \file
/// Names of the draws made while the city is made. Permanent and append-only: a number is never reused. The resident of
/// a draw is named as each line says; the key is stream_key(city_seed, 0, 0), the month 0 unless said.

#include <cstdint>

#include "sleutel/random.h"

namespace sleutel::city {

enum CityPurpose : int {
  kAgeSpread = 0,      ///< buurt, month = group: where the systematic spread over ages begins
  kSexSpread = 1,      ///< buurt, month = group: likewise for sexes
  kSiblings = 2,       ///< buurt and number of the family, month = child: ages of siblings
  kMotherAge = 3,      ///< buurt and number of the family
  kFatherAge = 4,      ///< buurt and number of the family
  kCouples = 5,        ///< buurt: which women live in a couple without children
  kCoupleAge = 6,      ///< buurt and number of the couple: age of the man
  kSameSex = 7,        ///< buurt and number of the couple
  kOthers = 8,         ///< buurt and number of the household
  kBirthMonth = 9,     ///< resident
  kStudents = 10,      ///< city: which residents are students
  kRooms = 11,         ///< resident: who lives in a room
  kHouseSize = 12,     ///< district, month = house
  kEducation = 13,     ///< resident
  kIncomeRank = 14,    ///< resident who heads the household
  kTenure = 15,        ///< resident who heads the household
  kDwellingKind = 16,  ///< resident who heads the household
  kOwnIncome = 17,     ///< resident
  kLatent = 18,        ///< resident, month = position
  kMastery = 19,       ///< resident
  kParity = 20,        ///< resident
  kFriend = 21,        ///< resident, month = round: whom he is next to
  kHasFriend = 22,     ///< resident, month = round
  kKin = 23,           ///< resident
  kChildAge = 24,      ///< buurt and number of the family: age of the eldest child
  kChildSex = 25,      ///< buurt and number of the child
  kSample = 26,        ///< buurt: where the sample of households begins
  kSocialRent = 27,    ///< resident who heads the household: renting from a housing association
};

/// The draws of one city.
struct CityDraws {
  StreamKey key;

  explicit CityDraws(std::uint64_t city_seed) : key(stream_key(city_seed, 0, 0)) {}

  /// Uniform in [0, 1); `who` is the resident's id, or the name that the purpose says.
  double uniform(CityPurpose purpose, std::uint64_t who, std::uint32_t month = 0) const {
    return sleutel::uniform(Draw{key, who, month, Purpose::city(purpose)});
  }
  /// Standard normal.
  double normal(CityPurpose purpose, std::uint64_t who, std::uint32_t month = 0) const;
};

/// Names the number-th thing of a buurt or district before residents have ids.
constexpr std::uint64_t local_name(std::size_t place, std::size_t number) {
  return (std::uint64_t{place + 1} << 32) | std::uint64_t{number};
}

}  // namespace sleutel::city
