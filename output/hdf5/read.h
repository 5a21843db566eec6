#pragma once
/// \file
/// Reads a results file, finished or not (NAME.h5.partial), also while it is being written.

#include <string>

#include "sleutel/results.h"

namespace sleutel {

/// Everything that comparing needs. Throws InputError: input_missing if there is no such file; bad_input if it is not
/// HDF5, cut off, damaged, not a result of Sleutel, or of another schema version. EnvironmentError if it cannot be
/// read.
Results read_results(const std::string& path);

/// The same without the numbers: which study it is, and which years of which runs are there. At once, however large it
/// is: who is ended by others may have no more than a second.
Results read_finished_years(const std::string& path);

}  // namespace sleutel
