#pragma once
/// \file
/// Writing a file that a person named, other than results (output/hdf5/stream.h).

#include <cstdint>
#include <string>

namespace sleutel {

enum class Replace : std::uint8_t { no, yes };

/// Throws EnvironmentError: would_overwrite if a file with anything in it is there and may not be replaced;
/// input_output if a folder is there. Asked before long work.
void check_place(const std::string& path, Replace replace);

/// Throws EnvironmentError (input_output) if it cannot be written.
void write_file(const std::string& path, const std::string& text);

}  // namespace sleutel
