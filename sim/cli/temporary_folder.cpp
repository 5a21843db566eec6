#include "sim/cli/temporary_folder.h"

#include <unistd.h>

#include <cstdlib>
#include <string>
#include <system_error>

#include "sleutel/error.h"

namespace sleutel {

TemporaryFolder::TemporaryFolder() {
  std::error_code none;
  std::filesystem::path base = std::filesystem::temp_directory_path(none);
  if (none) base = "/tmp";
  std::string name = (base / "sleutel-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    throw EnvironmentError(ExitCode::input_output, base.string() + ": could not make a folder there");
  path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace sleutel
