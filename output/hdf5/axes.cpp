#include "output/hdf5/axes.h"

#include <cstddef>

namespace sleutel::h5 {
namespace {

hobj_ref_t reference_to(hid_t place, const char* name) {
  hobj_ref_t reference;
  check(H5Rcreate(&reference, place, name, H5R_OBJECT, -1), "attach an axis");
  return reference;
}

void write_list(hid_t object, const char* name, hid_t type, hsize_t count, const void* values) {
  const Handle space(H5Screate_simple(1, &count, nullptr), &H5Sclose, "attach an axis");
  const Handle attribute(H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT), &H5Aclose, "attach an axis");
  check(H5Awrite(attribute, type, values), "attach an axis");
}

}  // namespace

void AxesOfVariables::give(hid_t dataset, const std::string& name, const std::vector<std::size_t>& axes) {
  const hobj_ref_t variable = reference_to(place_, name.c_str());
  std::vector<hobj_ref_t> of_axes;
  for (const std::size_t axis : axes) {
    users_[axis].push_back({variable, static_cast<std::uint32_t>(of_axes.size())});
    of_axes.push_back(reference_to(scales_[axis], "."));
  }
  std::vector<hvl_t> one_each;
  for (hobj_ref_t& axis : of_axes) one_each.push_back({1, &axis});
  const Handle list(H5Tvlen_create(H5T_STD_REF_OBJ), &H5Tclose, "attach an axis");
  write_list(dataset, "DIMENSION_LIST", list, one_each.size(), one_each.data());
}

void AxesOfVariables::finish() const {
  const Handle user(H5Tcreate(H5T_COMPOUND, sizeof(User)), &H5Tclose, "attach an axis");
  check(H5Tinsert(user, "dataset", offsetof(User, dataset), H5T_STD_REF_OBJ), "attach an axis");
  check(H5Tinsert(user, "dimension", offsetof(User, dimension), H5T_NATIVE_INT), "attach an axis");
  for (std::size_t axis = 0; axis < scales_.size(); ++axis)
    if (!users_[axis].empty())
      write_list(scales_[axis], "REFERENCE_LIST", user, users_[axis].size(), users_[axis].data());
}

}  // namespace sleutel::h5
