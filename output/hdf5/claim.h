#pragma once
/// \file
/// Who may write where: nothing is overwritten or lost without being told. Private to output/hdf5/.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "output/hdf5/stream.h"

namespace sleutel {

/// What a results file says of itself, as far as it can be read.
struct Stored {
  bool readable = false;
  std::string inputs;                  ///< digest of its inputs
  int finished = 0;                    ///< years of runs in the file
  int all = 0;                         ///< years of runs that the study has
  std::vector<std::uint64_t> panel;    ///< StudyPlan::panel
  std::vector<std::uint8_t> complete;  ///< [scenario][draw][replicate][year] 1: is in the file
};
Stored stored_at(const std::string& path);

/// The name of a results file while it is written.
std::string partial_of(const std::string& path);

/// Makes the folder, and removes a left-over PARTIAL if that loses nothing (or overwriting is allowed). Throws
/// EnvironmentError as the constructor of Hdf5Recorder says.
void claim(const std::string& path, const std::string& partial, const std::string& inputs, Overwrite overwrite);

/// The plan as it was for a result with fewer replicates.
StudyPlan with_replicates(const StudyPlan& plan, int replicates, const std::string& study_text);

/// Whether PARTIAL can be gone on with. Throws EnvironmentError if it is being written, damaged, or of other inputs.
bool can_go_on(const std::string& partial, const std::string& inputs);

/// Throws EnvironmentError as the constructor of Hdf5Recorder says if PARTIAL cannot be gone on with.
void claim_to_resume(const std::string& path, const std::string& partial, const std::string& inputs,
                     const std::vector<std::uint64_t>& panel);

/// Tells other runs that this file is being written, while alive.
class WriteLock {
 public:
  explicit WriteLock(const std::string& path);
  ~WriteLock();
  WriteLock(const WriteLock&) = delete;
  WriteLock& operator=(const WriteLock&) = delete;

  bool held() const { return held_; }  ///< false: another run has it
  /// Whether the path still names the file that is locked.
  bool is_of(const std::string& path) const;

 private:
  int file_;
  bool held_ = true;
};

/// The lock of a file that another run left. Throws EnvironmentError (would_overwrite) if a run has it.
std::unique_ptr<WriteLock> lock_left(const std::string& partial);

/// A file that a run makes before it is named PARTIAL.
std::string unnamed_of(const std::string& partial);
/// Removes those of runs that were killed before that.
void remove_unnamed(const std::string& partial);

/// Throws EnvironmentError (would_overwrite): another run writes this file.
[[noreturn]] void refuse_written(const std::string& partial);

/// Waits until a file or folder is safe on disk. Throws EnvironmentError.
void make_safe(const std::string& path);

/// The system's words for the last error of a call.
std::string last_error();

}  // namespace sleutel
