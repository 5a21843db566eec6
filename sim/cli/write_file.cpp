#include "sim/cli/write_file.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "sleutel/error.h"

namespace sleutel {

void check_place(const std::string& path, Replace replace) {
  std::error_code unseen;
  if (std::filesystem::is_directory(path, unseen))
    throw EnvironmentError(ExitCode::input_output, path + " is a folder, not a file; name a file in it");
  const bool something = std::filesystem::is_regular_file(path, unseen) && std::filesystem::file_size(path, unseen) > 0;
  if (something && replace == Replace::no)
    throw EnvironmentError(ExitCode::would_overwrite,
                           path + " is there already and would be overwritten; use --force to replace it");
}

void write_file(const std::string& path, const std::string& text) {
  std::ofstream out(path, std::ios::binary | std::ios::trunc);
  out << text;
  out.close();
  if (!out) throw EnvironmentError(ExitCode::input_output, path + ": could not be written");
}

}  // namespace sleutel
