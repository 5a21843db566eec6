#pragma once
/// \file
/// Opens a file a person named, or says what is wrong with it. Private to output/hdf5/.

#include <string>

#include "output/hdf5/handle.h"
#include "output/hdf5/seal.h"
#include "output/hdf5/unsealed.h"
#include "sleutel/error.h"

namespace sleutel::h5 {

/// A problem of a whole file, with what to do about it.
[[noreturn]] void refuse_file(const std::string& path, const std::string& what, const std::string& suggestion,
                              ExitCode code = ExitCode::bad_input);

/// A results file that is open for reading, and its seal.
struct SealedFile {
  Handle file;
  Seal seal;
  operator hid_t() const { return file; }  // NOLINT: made to be handed to the library
  /// [scenario][draw][replicate][year] 1: is there, as far as its checksum says; `complete` of a finished file.
  std::vector<std::uint8_t> complete() const;
};

/// A results file whose seal is whole; of a file that is being written, rows may be damaged. Throws Failure.
SealedFile open_sealed(const std::string& path);

/// A results file of our schema version, every byte of which is as it was written, open for reading. Throws InputError
/// or EnvironmentError.
SealedFile open_results(const std::string& path, Unsealed unsealed = Unsealed::refuse);

/// Runs `work`, whose failures of the library mean that the file is damaged.
template <class Work>
auto reading(const std::string& path, Work&& work) {
  const Silence silence;
  try {
    return work();
  } catch (const Failure& failure) {
    refuse_file(path, std::string("this results file is damaged: ") + failure.what(), "run the study again");
  }
}

}  // namespace sleutel::h5
