#pragma once
/// \file
/// The group /panel: every month of some residents, one variable per state, programme and measure. One list makes the
/// layout and what is written. Private to output/hdf5/.

#include <functional>
#include <string>
#include <vector>

#include "output/hdf5/handle.h"
#include "output/hdf5/layout.h"

namespace sleutel::h5 {

/// A variable of the panel, and how a year of it is taken from the months.
struct PanelVariable {
  Variable variable;
  std::function<void(const PanelYear& year, std::vector<std::uint32_t>& room)> fill;  ///< as it lies in the file
};

/// None if the plan has no panel. Throws InputError if two would have one name.
std::vector<PanelVariable> panel_variables(const StudyPlan& plan);

/// The group; without a panel it has no path, and is not made.
GroupLayout panel_group(const StudyPlan& plan, std::vector<Axis> run_axes);

/// The residents of the panel in a file; none if it has no panel.
std::vector<std::uint64_t> panel_of(hid_t file);

}  // namespace sleutel::h5
