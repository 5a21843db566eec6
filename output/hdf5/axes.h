#pragma once
/// \file
/// Which axes the variables of a group have, written as the HDF5 Dimension Scale Specification says. The library's own
/// H5DSattach_scale writes the list of an axis anew for each variable that has it, which for a thousand variables is
/// most of the time of making a file; here each list is written once. Private to output/hdf5/.

#include <string>
#include <vector>

#include "output/hdf5/handle.h"

namespace sleutel::h5 {

class AxesOfVariables {
 public:
  /// `place` is the group of the variables and `scales` its axes; both must outlive this.
  AxesOfVariables(hid_t place, const std::vector<Handle>& scales)
      : place_(place), scales_(scales), users_(scales.size()) {}

  /// Says that the variable `name`, just made as `dataset`, has these axes, numbers in `scales`, in this order.
  void give(hid_t dataset, const std::string& name, const std::vector<std::size_t>& axes);

  /// Writes on every axis which variables have it.
  void finish() const;

 private:
  struct User {
    hobj_ref_t dataset;
    std::uint32_t dimension;  ///< of the variable
  };

  hid_t place_;
  const std::vector<Handle>& scales_;
  std::vector<std::vector<User>> users_;  ///< [axis]
};

}  // namespace sleutel::h5
