#pragma once
/// \file
/// How well a made city meets the published figures: a row per margin and area.

#include <optional>
#include <string>
#include <vector>

#include "sim/city/city_files.h"
#include "sleutel/city.h"

namespace sleutel {

/// Whether a published figure is met on purpose, or only shown beside what came out.
enum class FitUse : std::uint8_t { fitted, shown };

struct FitRow {
  std::string margin;     ///< such as population, or age 0-14
  std::string area;       ///< name of the buurt, district or city
  std::string area_code;  ///< CBS code
  std::string unit;
  std::optional<double> published;  ///< none: the figure is predicted
  double synthetic = 0;
  double difference = 0;  ///< synthetic - published; 0 if that is not there
  double tolerance = 0;   ///< largest difference that counts as a fit; 0 for rows that are only shown
  FitUse use = FitUse::fitted;
  bool inside = true;  ///< |difference| <= tolerance, or only shown
  int decimals = 0;    ///< for printing
  std::string note;    ///< why a figure gave way or is not fitted; mostly empty
};

struct FitTable {
  std::string city;
  std::vector<FitRow> rows;
  std::vector<std::string> notes;  ///< on the whole table: figures that cannot both hold, and which gave way

  bool all_inside() const;  ///< what `sleutel city --check` asks
  std::size_t outside() const;
};

/// Compares a whole city (not a sample) with the files it was made from.
FitTable fit_table(const City& city, const CityFiles& files);

/// How much of the table is printed: every row, or a row per margin of the city, of its districts and of its buurten
/// (of these the area that comes nearest to its limit).
enum class FitDetail : std::uint8_t { every_row, summary };

/// The table as text: numbers in columns, footnotes, figures that gave way, and a closing line that says how many
/// figures are met.
std::string fit_text(const FitTable& table, FitDetail detail);

/// A JSON array of objects with margin, area, area_code, unit, published, synthetic, difference, tolerance, fitted,
/// inside, note.
std::string fit_json(const FitTable& table);

}  // namespace sleutel
