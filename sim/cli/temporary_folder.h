#pragma once
/// \file
/// A new folder for what a command needs for a while.

#include <filesystem>

namespace sleutel {

/// A new folder that goes with all that is in it.
class TemporaryFolder {
 public:
  /// Throws EnvironmentError (input_output) if none can be made.
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace sleutel
