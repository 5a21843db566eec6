#pragma once
/// \file
/// The group /life_table: months, deaths and healthy months by income, age band and sex, of everybody and of the cohort
/// of the start. One list makes the layout and what is written. Private to output/hdf5/.

#include <string>
#include <vector>

#include "output/hdf5/handle.h"
#include "output/hdf5/layout.h"
#include "sleutel/results.h"

namespace sleutel::h5 {

/// The group, with the axes of income and sex that other groups have.
GroupLayout life_table_group(const StudyPlan& plan, std::vector<Axis> run_axes, Axis income, Axis sex);

/// What a year writes into each variable of the group, in their order: kAgeCells numbers each.
std::vector<const std::int64_t*> life_table_columns(const AgeTally& ages);

/// Reads the group; years that are not there are 0.
LifeTables read_life_tables(hid_t file, const std::vector<std::uint8_t>& complete);

}  // namespace sleutel::h5
