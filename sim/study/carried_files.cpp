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

/// A model that lies with the study, its tables and its programmes, by the names that they have from there.
void add_own_model(const DataFolders& folders, const std::string& model, std::vector<CarriedFile>& files) {
  const fs::path from_city = folders.model.lexically_relative(folders.city);
  if (!from_city.empty() && *from_city.begin() != "..") return;  // carried with the city
  const fs::path name = fs::path(model).lexically_normal();
  files.push_back({name.generic_string(), read_file(folders.model.string())});
  std::vector<CarriedFile> found;
  std::error_code none;
  for (const char* part : {"tables", "programmes"})
    if (fs::is_directory(folders.model.parent_path() / part, none))
      add_files(folders.model.parent_path() / part, found);
  for (CarriedFile& file : found)
    files.push_back({(name.parent_path() / file.name).generic_string(), std::move(file.text)});
}

}  // namespace

std::vector<CarriedFile> carried_files(const DataFolders& folders, const std::string& model) {
  std::vector<CarriedFile> files;
  add_files(folders.evidence, files);
  add_files(folders.city, files);
  add_own_model(folders, model, files);
  return files;
}

}  // namespace sleutel
