#pragma once
/// \file
/// The variables of a file, open for reading and writing rows, or for copying whole. Private to output/hdf5/.

#include <string>
#include <vector>

#include "output/hdf5/file.h"

namespace sleutel::h5 {

/// Which run and year a row belongs to.
struct RunYear {
  hsize_t scenario = 0, draw = 0, replicate = 0, year = 0;
};

/// One variable of a file. A row is all of it for one run and year.
class OpenVariable {
 public:
  OpenVariable(hid_t file, const GroupLayout& group, const Variable& variable);

  /// Reads one run and year: as many numbers of the variable's type as a row has, the last axis fastest.
  void read_row(const RunYear& where, void* values) const;
  void write_row(const RunYear& where, const void* values);
  std::size_t row_numbers() const;  ///< numbers of a row
  /// Reads all of it here and writes all of it to another file's variable of the same shape.
  void copy_to(OpenVariable& other) const;

 private:
  void select(const RunYear& where) const;
  void copy_run_by_run(OpenVariable& other) const;

  Element element_;
  Handle dataset_, file_space_, row_space_;
  mutable std::vector<hsize_t> start_;
  std::vector<hsize_t> count_;
  std::size_t numbers_ = 1;
};

/// All variables of all groups: [group][variable].
std::vector<std::vector<OpenVariable>> open_variables(hid_t file, const std::vector<GroupLayout>& groups);

}  // namespace sleutel::h5
