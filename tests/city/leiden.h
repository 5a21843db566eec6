#pragma once
/// \file
/// Leiden for tests: read and made once per test program.

#include <cstring>

#include "sim/city/make_city.h"

namespace leiden {

inline const char* const kFolder = SLEUTEL_SOURCE_DIR "/scenarios/leiden";

inline const sleutel::CityFiles& files() {
  static const sleutel::CityFiles read = sleutel::read_city_files(kFolder);
  return read;
}

inline const sleutel::City& city() {
  static const sleutel::City made = sleutel::make_city(files(), 1);
  return made;
}

inline int age(const sleutel::City& city, sleutel::Row row) { return city.residents.age_months(row, 0) / 12; }

/// Every byte of every column of a table, mixed into 64 bits (FNV-1a).
template <class Table>
std::uint64_t digest(const Table& table, std::uint64_t hash = 0xcbf29ce484222325ULL) {
  sleutel::for_each_column(table, [&](const auto& column, const sleutel::ColumnInfo&) {
    for (const auto& value : column) {
      unsigned char bytes[sizeof value];
      std::memcpy(bytes, &value, sizeof value);
      for (const unsigned char byte : bytes) hash = (hash ^ byte) * 0x100000001b3ULL;
    }
  });
  return hash;
}

inline std::uint64_t digest(const sleutel::City& city) {
  return digest(city.dwellings, digest(city.households, digest(city.residents)));
}

}  // namespace leiden
