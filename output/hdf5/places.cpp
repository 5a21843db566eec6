#include "output/hdf5/places.h"

#include <algorithm>

namespace sleutel::h5 {
namespace {

std::uint64_t offset_of(hid_t file, const std::string& path) {
  const Handle dataset(H5Dopen2(file, path.c_str(), H5P_DEFAULT), &H5Dclose, "find a variable");
  const haddr_t offset = H5Dget_offset(dataset);
  check(offset == HADDR_UNDEF ? -1 : 0, "find the place of a variable");
  return offset;
}

/// Numbers of the axes from `first` on that a variable has, multiplied.
std::uint64_t numbers_of(const GroupLayout& group, const Variable& variable, std::size_t first, std::size_t last) {
  std::uint64_t numbers = 1;
  for (std::size_t axis = first; axis < std::min(last, variable.axes); ++axis) numbers *= group.axes[axis].size();
  return numbers;
}

/// The columns in the order in which they stand in the file, and which of them each variable of a group is.
// NOLINTNEXTLINE(readability-function-size): two loops and a search read best together
void number_columns(const std::vector<std::vector<std::uint64_t>>& offsets, Places& places) {
  auto& columns = places.parts.columns;
  std::sort(columns.begin(), columns.end(), [](const auto& a, const auto& b) { return a.offset < b.offset; });
  for (const auto& of_group : offsets) {
    auto& numbers = places.columns.emplace_back();
    for (const std::uint64_t offset : of_group) {
      const auto at = std::lower_bound(columns.begin(), columns.end(), offset,
                                       [](const SealedColumn& column, std::uint64_t to) { return column.offset < to; });
      numbers.push_back(static_cast<std::size_t>(at - columns.begin()));
    }
  }
}

}  // namespace

// NOLINTNEXTLINE(readability-function-size): groups, their variables and three cases of them
Places places_of(hid_t file, const std::vector<GroupLayout>& groups) {
  Places places;
  std::vector<std::vector<std::uint64_t>> offsets;
  for (const GroupLayout& group : groups) {
    auto& of_group = offsets.emplace_back();
    for (const Variable& variable : group.variables) {
      const std::uint64_t offset = offset_of(file, path_in_file(group, variable.name));
      places.parts.rows = numbers_of(group, variable, 0, kRunAxes);
      if (variable.element == Element::flag) {
        places.parts.flags = offset;
        continue;
      }
      of_group.push_back(offset);
      const std::uint64_t row = numbers_of(group, variable, kRunAxes, variable.axes) * bytes_of(variable.element);
      places.parts.columns.push_back({offset, row});
    }
  }
  number_columns(offsets, places);
  return places;
}

}  // namespace sleutel::h5
