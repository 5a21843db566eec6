#include "output/hdf5/readable.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <utility>

#include "output/hdf5/claim.h"
#include "output/hdf5/layout.h"

namespace sleutel::h5 {
namespace {

constexpr const char* kDamaged = "this results file is cut off or damaged";
constexpr const char* kAnother = ": its checksum is another";
constexpr const char* kRunAgain = "run the study again";

void refuse_damaged_years(const std::string& path, const Seal& seal) {
  const std::size_t damaged = seal.count(RowState::damaged);
  if (damaged > 0)
    refuse_file(path,
                "this results file is damaged: the checksum of " + std::to_string(damaged) + " of " +
                    std::to_string(seal.rows.size()) + " years of runs is another",
                "sleutel run STUDY --resume lives their runs again");
}

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

std::vector<std::uint8_t> SealedFile::complete() const {
  std::vector<std::uint8_t> flags;
  for (const RowState row : seal.rows) flags.push_back(row == RowState::there ? 1 : 0);
  if (!flags.empty()) return flags;
  const Handle variable(H5Dopen2(file, "complete", H5P_DEFAULT), &H5Dclose, "find a variable");
  std::size_t count = 1;
  for (const auto length : shape_of(variable)) count *= length;
  flags.resize(count);
  check(H5Dread(variable, H5T_NATIVE_UINT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, flags.data()), "read a variable");
  return flags;
}

SealedFile open_sealed(const std::string& path) {
  Seal seal = read_seal(path);
  if (seal.state != SealState::whole) throw Failure("could not find its checksums as they were written", "");
  return {open_to_read(path), std::move(seal)};
}

SealedFile open_results(const std::string& path, Unsealed unsealed) {
  check_that_it_is_there(path);
  const Silence silence;
  Seal seal = read_seal(path);
  if (seal.state == SealState::damaged) refuse_file(path, std::string(kDamaged) + kAnother, kRunAgain);
  if (H5Fis_hdf5(path.c_str()) <= 0)
    refuse_file(path, "this is not an HDF5 file", "name a file that sleutel run made, such as results/first-look.h5");
  try {
    SealedFile opened{open_to_read(path), std::move(seal)};
    check_that_it_is_ours(path, opened);
    if (opened.seal.state == SealState::none && unsealed == Unsealed::refuse)
      refuse_file(path, std::string(kDamaged) + ", or another program changed it: it does not end with its checksums",
                  std::string("sleutel reproduce says what was changed; or ") + kRunAgain);
    refuse_damaged_years(path, opened.seal);
    return opened;
  } catch (const Failure&) {
    refuse_file(path, kDamaged, kRunAgain);
  }
}

}  // namespace sleutel::h5
