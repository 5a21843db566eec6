#pragma once
/// \file
/// One number for what a results file says.

#include <string>
#include <vector>

namespace sleutel {

/// SHA-256 over the result variables in order of their paths: path, type, shape, little-endian values (NaN canonical,
/// -0 as +0), with the `complete` flags and the labels of axes. Not over /provenance, /panel, attributes, chunks or
/// compression. 64 hexadecimal digits. Errors as read_results.
std::string digest(const std::string& path);

/// Paths of all variables, axes and texts (but the command line) whose type, shape or values are not the same in both
/// files, or that are in one of them only, in order. Errors as read_results.
std::vector<std::string> different_variables(const std::string& one, const std::string& other);

}  // namespace sleutel
