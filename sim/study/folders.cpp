#include "sim/study/folders.h"

#include <algorithm>
#include <system_error>

#include "sim/base/files.h"
#include "sim/base/text.h"
#include "sim/study/read_study.h"
#include "sleutel/error.h"

namespace sleutel {
namespace {

namespace fs = std::filesystem;

void add_upwards(const fs::path& from, std::vector<fs::path>& all) {
  std::error_code ignored;
  for (fs::path here = fs::absolute(from, ignored).lexically_normal(); !here.empty(); here = here.parent_path()) {
    all.push_back(here);
    all.push_back(here / "scenarios");
    if (here == here.root_path()) break;
  }
}

std::vector<fs::path> candidates(const fs::path& near) {
  std::vector<fs::path> all;
  std::error_code ignored;
  add_upwards(near, all);
  add_upwards(".", all);
  const fs::path program = fs::read_symlink("/proc/self/exe", ignored);
  if (!program.empty()) {
    for (fs::path here = program.parent_path(); here != here.root_path() && !here.empty(); here = here.parent_path())
      all.push_back(here / "scenarios");
    all.push_back(program.parent_path().parent_path() / "share" / "sleutel" / "scenarios");
  }
  return all;
}

bool has_city(const fs::path& scenarios, const std::string& city) {
  std::error_code ignored;
  return fs::is_regular_file(scenarios / city / "city.yaml", ignored);
}

/// A folder of this name with a model, tables or figures in it, but without city.yaml, is meant as the city: another of
/// the same name elsewhere is not taken for it.
void refuse_half_a_city(const fs::path& scenarios, const std::string& city) {
  std::error_code ignored;
  const fs::path folder = scenarios / city;
  for (const char* part : {"model.yaml", "tables", "margins", "programmes", "flows.csv"})
    if (fs::exists(folder / part, ignored))
      throw InputError({Problem{(folder / "city.yaml").string(), 0, 0, "", "there is no such file",
                                "it belongs beside " + std::string(part) + " in the folder of the city"}},
                       ExitCode::input_missing);
}

fs::path model_file(const fs::path& city_folder, const fs::path& near, const std::string& model) {
  std::error_code ignored;
  if (model.find('/') == std::string::npos && fs::exists(city_folder / model, ignored)) return city_folder / model;
  if (fs::exists(near / model, ignored)) return near / model;
  return fs::exists(model, ignored) ? fs::path(model) : city_folder / model;
}

/// Programmes that lie beside a study's own model are meant for it; else those of the city are.
fs::path programmes_folder(const fs::path& city_folder, const fs::path& model) {
  std::error_code ignored;
  const fs::path own = model.parent_path() / "programmes";
  return fs::is_directory(own, ignored) ? own : city_folder / "programmes";
}

/// Whether a path lies in a folder, whatever links and `..` it has. Nothing of it is read.
bool lies_in(const fs::path& path, const fs::path& folder) {
  std::error_code ignored;
  const fs::path whole = fs::weakly_canonical(fs::absolute(path, ignored), ignored);
  const fs::path outer = fs::weakly_canonical(fs::absolute(folder, ignored), ignored);
  const auto [end, rest] = std::mismatch(outer.begin(), outer.end(), whole.begin(), whole.end());
  return end == outer.end() && rest != whole.end();
}

/// A study is data from anywhere: what it names as its model is read, and shown in messages, only if it lies with it.
void check_model_place(const Study& study, const DataFolders& folders) {
  for (const fs::path& folder : {folders.scenarios, folders.city, folder_of(study)})
    if (lies_in(folders.model, folder)) return;
  throw InputError({study_problem(study, "model", in_quotes(study.model) + " lies outside the folders of the study",
                                  "put the model file beside the study file, or in the city's folder")});
}

/// The study's line is told, since that is where the name of the file stands.
void check_model_is_there(const Study& study, const DataFolders& folders) {
  std::error_code ignored;
  const bool told = !study.model.ends_with(".yaml");  // that this is no name of a model file
  if (told || !study.places.contains("model") || fs::is_regular_file(folders.model, ignored)) return;
  std::vector<std::string> seen;
  for (const fs::path& folder : {folder_of(study), folders.city})
    for (std::string& name : files_in(folder.string(), ".yaml"))
      if (name != fs::path(study.file).filename() && name != "city.yaml") seen.push_back(std::move(name));
  const std::string nearest = did_you_mean(study.model, seen);
  throw InputError(
      {study_problem(study, "model",
                     "there is no file " + in_quotes(study.model) + " beside the study or in the city's folder",
                     nearest.empty() ? "leave the key out for the city's own model" : nearest)},
      ExitCode::input_missing);
}

}  // namespace

std::vector<std::string> known_cities(const fs::path& scenarios) {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(scenarios, ignored))
    if (has_city(scenarios, entry.path().filename().string())) names.push_back(entry.path().filename().string());
  std::sort(names.begin(), names.end());
  return names;
}

fs::path found_in_scenarios(const std::string& name) {
  std::error_code ignored;
  for (const fs::path& scenarios : candidates("."))
    if (scenarios.filename() == "scenarios" && fs::is_directory(scenarios / name, ignored))
      return (scenarios / name).lexically_proximate(fs::current_path(ignored));
  return {};
}

std::vector<std::string> cities_near(const fs::path& near) {
  std::vector<std::string> names;
  for (const fs::path& scenarios : candidates(near))
    for (const std::string& name : known_cities(scenarios))
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  std::sort(names.begin(), names.end());
  return names;
}

DataFolders data_folders(const std::string& city, const fs::path& near, const std::string& model) {
  for (const fs::path& scenarios : candidates(near)) {
    if (!has_city(scenarios, city)) {
      refuse_half_a_city(scenarios, city);
    } else {
      const fs::path folder = scenarios / city;
      const fs::path file = model_file(folder, near, model);
      return {scenarios, folder, scenarios / "evidence", programmes_folder(folder, file), file};
    }
  }
  const std::vector<std::string> seen = cities_near(near);
  Problem problem;
  if (near != ".") problem.file = near.string();
  problem.where = "city";
  problem.what = "unknown city \"" + city + "\": no folder of that name with a city.yaml";
  problem.suggestion = did_you_mean(city, seen);
  if (seen.empty()) problem.suggestion = "run from the project's folder, or keep the study beside scenarios/";
  if (problem.suggestion.empty()) problem.suggestion = "cities here: " + listed(seen, "and");
  throw InputError({problem}, ExitCode::input_missing);
}

fs::path folder_of(const Study& study) {
  const fs::path parent = fs::path(study.file).parent_path();
  return parent.empty() ? fs::path(".") : parent;
}

DataFolders data_folders(const Study& study) {
  DataFolders folders = data_folders(study.city, folder_of(study), study.model);
  check_model_place(study, folders);
  check_model_is_there(study, folders);
  return folders;
}

}  // namespace sleutel
