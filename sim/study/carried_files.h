#pragma once
/// \file
/// The files that a study was made from, as text: a results file carries them, so that it explains itself
/// where the files have changed or are gone.

#include <string>
#include <vector>

#include "sim/study/folders.h"
#include "sleutel/scenario.h"

namespace sleutel {

/// All tables, programmes and figures of the city, its model and the evidence (.csv and .yaml), in order of name, and
/// the study's own `model` with its tables if it lies with the study. Left out is `costs/`, whose licence is another.
/// Written to a folder by their names, with the study beside them, they are all that a run reads.
std::vector<CarriedFile> carried_files(const DataFolders& folders, const std::string& model);

}  // namespace sleutel
