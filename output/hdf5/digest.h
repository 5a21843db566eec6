#pragma once
/// \file
/// One number for what a results file says.

#include <string>
#include <vector>

#include "output/hdf5/unsealed.h"

namespace sleutel {

/// SHA-256 over the result variables in order of their paths: path, type, shape, little-endian values (NaN canonical,
/// -0 as +0), with the `complete` flags and the labels of axes; years that are not there count as missing values. Not
/// over /provenance, /panel, attributes, chunks or compression. 64 hexadecimal digits. Errors as read_results.
std::string digest(const std::string& path, Unsealed unsealed = Unsealed::refuse);

/// What is not the same in both files, or in one of them only, in order.
struct Differences {
  std::vector<std::string> variables;   ///< paths, axes and texts among them, by type, shape and values
  std::vector<std::string> attributes;  ///< such as "/problem_debt units"

  bool none() const { return variables.empty() && attributes.empty(); }
};

/// But for the command line and the history, which tell who made a file and when. Errors as read_results, but that a
/// file that another program has changed is read.
Differences differences(const std::string& one, const std::string& other);

}  // namespace sleutel
