#pragma once
/// \file
/// Opens a file a person named, or says what is wrong with it. Private to output/hdf5/.

#include <string>

#include "output/hdf5/handle.h"
#include "sleutel/error.h"

namespace sleutel::h5 {

/// A problem of a whole file, with what to do about it.
[[noreturn]] void refuse_file(const std::string& path, const std::string& what, const std::string& suggestion,
                              ExitCode code = ExitCode::bad_input);

/// A results file of our schema version, open for reading. Throws InputError or EnvironmentError.
Handle open_results(const std::string& path);

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
