#include "output/hdf5/readable.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "output/hdf5/claim.h"
#include "output/hdf5/layout.h"

namespace sleutel::h5 {
namespace {

void check_that_it_is_there(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error))
    refuse_file(path, "this is a folder, not a results file", "name a file such as results/first-look.h5");
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    close(file);
    return;
  }
  if (errno == ENOENT || errno == ENOTDIR)
    refuse_file(path, "there is no such file", "sleutel run makes results; they are in results/<study>.h5",
                ExitCode::input_missing);
  throw EnvironmentError(ExitCode::input_output, path + ": could not read it: " + last_error());
}

void check_that_it_is_ours(const std::string& path, hid_t file) {
  if (H5Aexists(file, "schema_version") <= 0)
    refuse_file(path, "this HDF5 file was not made by Sleutel", "name a file that sleutel run made");
  const auto version = whole_attribute(file, "schema_version");
  if (version != kSchemaVersion)
    refuse_file(path,
                "this file has schema version " + std::to_string(version) + "; this program reads version " +
                    std::to_string(kSchemaVersion),
                "read it with the version of Sleutel that made it, or run its study again");
}

}  // namespace

void refuse_file(const std::string& path, const std::string& what, const std::string& suggestion, ExitCode code) {
  throw InputError({Problem{path, 0, 0, "", what, suggestion}}, code);
}

Handle open_results(const std::string& path) {
  check_that_it_is_there(path);
  const Silence silence;
  if (H5Fis_hdf5(path.c_str()) <= 0)
    refuse_file(path, "this is not an HDF5 file", "name a file that sleutel run made, such as results/first-look.h5");
  try {
    Handle file = open_to_read(path);
    check_that_it_is_ours(path, file);
    return file;
  } catch (const Failure&) {
    refuse_file(path, "this results file is cut off or damaged", "run the study again");
  }
}

}  // namespace sleutel::h5
