#pragma once
/// \file
/// Files a person names: read whole, or told why not.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sleutel/error.h"

namespace sleutel {

/// Every byte of the file; nothing if it cannot be read, with the reason added to `problems`.
std::optional<std::string> read_file(const std::string& path, std::vector<Problem>& problems);

/// Every byte of the file. Throws InputError: ExitCode::input_missing if there is no such file, else bad_input.
std::string read_file(const std::string& path);

/// Names of the files in a folder that end in `ending` (such as ".yaml"), in alphabetical order; none if the folder is
/// not there.
std::vector<std::string> files_in(const std::string& folder, std::string_view ending);

/// `name` beside `file`: the folder of the file, a slash, and the name; the name itself if it is absolute.
std::string beside(const std::string& file, const std::string& name);

}  // namespace sleutel
