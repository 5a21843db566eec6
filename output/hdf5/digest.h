#pragma once
/// \file
/// One number for what a results file says.

#include <string>

namespace sleutel {

/// SHA-256 over the result variables in order of their paths: path, type, shape, little-endian values (NaN canonical,
/// -0 as +0), with the `complete` flags and the labels of axes. Not over /provenance, attributes, chunks or
/// compression. 64 hexadecimal digits. Errors as read_results.
std::string digest(const std::string& path);

}  // namespace sleutel
