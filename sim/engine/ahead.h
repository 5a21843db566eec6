#pragma once
/// \file
/// Going through rows whose columns are not near: what one row needs is asked for while rows before it are worked on.
/// Asking for everything first would wait for memory, and then work would wait for nothing.

#include <algorithm>
#include <cstddef>
#include <span>

#include "sleutel/residents.h"

namespace sleutel {

/// Calls visit(row) for each row in order; fetch(row), which must write nothing, some rows earlier.
template <class Fetch, class Visit>
void for_each_ahead(std::span<const Row> rows, Fetch&& fetch, Visit&& visit) {
  constexpr std::size_t ahead = 10;
  for (std::size_t i = 0; i < std::min(ahead, rows.size()); ++i) fetch(rows[i]);
  std::size_t i = 0;
  for (; i + ahead < rows.size(); ++i) {
    fetch(rows[i + ahead]);
    visit(rows[i]);
  }
  for (; i < rows.size(); ++i) visit(rows[i]);
}

}  // namespace sleutel
