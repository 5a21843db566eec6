#include "sim/study/carried_files.h"

#include <algorithm>

#include "sim/base/files.h"

namespace sleutel {

namespace {

namespace fs = std::filesystem;

bool is_carried(const fs::path& name) {
  return (name.extension() == ".csv" || name.extension() == ".yaml") && name.begin()->string() != "costs";
}

/// Adds the files below a folder, in order of name; they are named from the folder that it lies in.
void add_files(const fs::path& folder, std::vector<CarriedFile>& files) {
  std::vector<fs::path> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const fs::path name = entry.path().lexically_relative(folder);
    if (entry.is_regular_file() && is_carried(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  for (const fs::path& name : names)
    files.push_back({(folder.filename() / name).generic_string(), read_file((folder / name).string())});
}

}  // namespace

std::vector<CarriedFile> carried_files(const DataFolders& folders) {
  std::vector<CarriedFile> files;
  add_files(folders.evidence, files);
  add_files(folders.city, files);
  return files;
}

}  // namespace sleutel
