#include "output/hdf5/size.h"

#include "output/hdf5/file.h"
#include "output/hdf5/layout.h"

namespace sleutel {
namespace {

/// [bytes] of a variable's header with its attributes and its places on the axes, measured with HDF5 1.10.
constexpr std::uint64_t kHeader = 2950;

std::uint64_t bytes_of(const h5::GroupLayout& group, const h5::Variable& variable) {
  std::uint64_t bytes = h5::bytes_of(variable.element);
  for (std::size_t axis = 0; axis < variable.axes; ++axis) bytes *= group.axes[axis].size();
  return bytes + kHeader;
}

}  // namespace

std::uint64_t bytes_while_running(const StudyPlan& plan) {
  std::uint64_t bytes = 0;
  for (const auto& group : h5::layout_of(plan, {})) {
    for (const auto& variable : group.variables) bytes += bytes_of(group, variable);
    for (const auto& text : group.texts) bytes += text.text.size();
  }
  return bytes;
}

}  // namespace sleutel
