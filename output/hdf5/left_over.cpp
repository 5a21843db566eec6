#include <filesystem>

#include "output/hdf5/claim.h"
#include "output/hdf5/inputs.h"

namespace sleutel {

bool remove_left_over(const std::string& path, const StudyPlan& plan, const std::string& version) {
  const std::string partial = partial_of(path);
  std::error_code ignored;
  if (!std::filesystem::exists(partial, ignored)) return true;
  const Stored stored = stored_at(partial);
  if (!stored.readable || stored.inputs != inputs_digest(plan, version)) return false;
  const WriteLock lock(partial);
  return lock.held() && lock.is_of(partial) && std::filesystem::remove(partial, ignored);
}

}  // namespace sleutel
