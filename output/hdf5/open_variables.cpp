#include "output/hdf5/open_variables.h"

#include <functional>
#include <numeric>

namespace sleutel::h5 {

OpenVariable::OpenVariable(hid_t file, const GroupLayout& group, const Variable& variable)
    : element_(variable.element),
      dataset_(H5Dopen2(file, path_in_file(group, variable.name).c_str(), H5P_DEFAULT), &H5Dclose, "open a variable"),
      file_space_(H5Dget_space(dataset_), &H5Sclose, "open a variable"),
      start_(variable.axes, 0),
      count_(variable.axes, 1) {
  for (std::size_t axis = 4; axis < variable.axes; ++axis) count_[axis] = group.axes[axis].size();
  for (std::size_t axis = 0; axis < variable.axes; ++axis) numbers_ *= group.axes[axis].size();
  row_space_ =
      Handle(H5Screate_simple(static_cast<int>(count_.size()), count_.data(), nullptr), &H5Sclose, "make a row");
}

void OpenVariable::select(const RunYear& where) const {
  start_[0] = where.scenario;
  start_[1] = where.draw;
  start_[2] = where.replicate;
  start_[3] = where.year;
  check(H5Sselect_hyperslab(file_space_, H5S_SELECT_SET, start_.data(), nullptr, count_.data(), nullptr),
        "find the place of a year");
}

std::size_t OpenVariable::row_numbers() const {
  return std::accumulate(count_.begin(), count_.end(), std::size_t{1}, std::multiplies<>());
}

void OpenVariable::read_row(const RunYear& where, void* values) const {
  select(where);
  check(H5Dread(dataset_, memory_type(element_), row_space_, file_space_, H5P_DEFAULT, values), "read a year");
}

void OpenVariable::copy_to(OpenVariable& other) const {
  std::vector<std::uint64_t> values(numbers_);  // large enough for every element type
  const hid_t type = memory_type(element_);
  check(H5Dread(dataset_, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read a variable");
  check(H5Dwrite(other.dataset_, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "write a variable");
}

std::vector<std::vector<OpenVariable>> open_variables(hid_t file, const std::vector<GroupLayout>& groups) {
  std::vector<std::vector<OpenVariable>> all;
  for (const auto& group : groups) {
    auto& opened = all.emplace_back();
    for (const auto& variable : group.variables) opened.emplace_back(file, group, variable);
  }
  return all;
}

}  // namespace sleutel::h5
