#pragma once
/// \file
/// Time. A run counts whole months from the start of its study; ages and durations are in months too.

#include <cstdint>
#include <string>

namespace sleutel {

/// A calendar month such as 2024-01.
struct CalendarMonth {
  int year = 0;   ///< such as 2024
  int month = 1;  ///< 1 to 12

  /// Months since January of year 0: differences of this are durations in months.
  constexpr int index() const { return year * 12 + (month - 1); }
  static constexpr CalendarMonth from_index(int index) { return {index / 12, index % 12 + 1}; }

  friend constexpr bool operator==(CalendarMonth, CalendarMonth) = default;
};

/// As people write it: 2024-01.
inline std::string to_string(CalendarMonth when) {
  const std::string month = std::to_string(when.month);
  return std::to_string(when.year) + (when.month < 10 ? "-0" : "-") + month;
}

/// The eight life stages, by age in completed years.
enum class LifeStage : std::uint8_t { first_years, child, adolescent, young_adult, adult, middle, older, oldest };
inline constexpr int kLifeStages = 8;
inline constexpr int kLifeStageFrom[kLifeStages] = {0, 4, 12, 18, 25, 45, 65, 80};  ///< first age [years]
inline constexpr const char* kLifeStageNames[kLifeStages] = {"first_years", "child",  "adolescent", "young_adult",
                                                             "adult",       "middle", "older",      "oldest"};

constexpr LifeStage life_stage(int age_years) {
  int stage = kLifeStages - 1;
  while (stage > 0 && age_years < kLifeStageFrom[stage]) --stage;
  return static_cast<LifeStage>(stage);
}

/// The age bands of life tables, by age in completed years: 0, 1-4, 5-9, ..., 85-89, 90 and over.
inline constexpr int kLifeTableBands = 20;

/// First age of a band [years].
constexpr int life_table_band_from(int band) { return band == 0 ? 0 : band == 1 ? 1 : 5 * (band - 1); }

constexpr int life_table_band(int age_years) {
  if (age_years < 5) return age_years < 1 ? 0 : 1;
  return age_years / 5 + 1 < kLifeTableBands ? age_years / 5 + 1 : kLifeTableBands - 1;
}

}  // namespace sleutel
